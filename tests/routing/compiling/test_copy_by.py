"""Copies by an answer, looked up in a file."""

from dataclasses import replace
from pathlib import Path

import pytest

from formroute.conditions import OneOf, Surroundings
from formroute.definitions import Folder
from formroute.problems import Problem
from formroute.routing import Router
from tests.routing.town import CALENDAR, FORMS, SETTINGS, codes, compiled, decide, form, question, submission, text

TABLE = """\
table: streets
forms: [snow]
routes:
  - route: snow
    send_to: streets
    copy_to: contact-centre
    copy_by: {from: wards.csv, match: {place: surface}, take: desk}
"""
WARDS = "place,desk\nroad,parks\ncrossing,\n"


def routed(folder: Path, table: str = TABLE, wards: str = WARDS) -> tuple[Router, list[Problem]]:
    (folder / "wards.csv").write_text(wards, "utf-8")
    around = Surroundings({"city": CALENDAR}, CALENDAR, Folder(folder))
    return compiled(table, forms={"snow": FORMS["snow"]}, settings=replace(SETTINGS, around=around))


@pytest.mark.parametrize(
    ("surface", "copies"), [("road", ("contact-centre", "parks")), ("crossing", ("contact-centre",))]
)
def test_the_answer_tells_who_gets_a_copy(tmp_path: Path, surface: str, copies: tuple[str, ...]) -> None:
    router, problems = routed(tmp_path)
    assert problems == []
    assert decide(router, submission("snow", {"surface": surface, "depth_cm": 1})).copy_to == copies


def test_a_blank_answer_copies_to_none(tmp_path: Path) -> None:
    assert decide(routed(tmp_path)[0], submission("snow", {})).copy_to == ("contact-centre",)


WRONG = [
    ("wards.csv", "ward.csv", "D108"),
    ("wards.csv", "../wards.csv", "D109"),
    ("place: surface", "palce: surface", "D123"),
    ("take: desk", "take: desks", "D123"),
    ("place: surface", "place: surfaces", "C301"),
    ("place: surface", "place: depth_cm", "R428"),
]


@pytest.mark.parametrize(("right", "wrong", "code"), WRONG)
def test_what_is_wrong_is_told(tmp_path: Path, right: str, wrong: str, code: str) -> None:
    assert codes(routed(tmp_path, TABLE.replace(right, wrong))[1]) == [code]


@pytest.mark.parametrize(
    ("wards", "code"),
    [
        (WARDS.replace("parks", "park"), "R412"),
        ("place,desk\nroad,parks\n", "R429"),
        (WARDS + "road,streets\n", "R430"),
    ],
)
def test_departments_and_choices_must_be_there(tmp_path: Path, wards: str, code: str) -> None:
    assert codes(routed(tmp_path, wards=wards)[1]) == [code]


@pytest.mark.parametrize(("shared", "copies"), [(True, ("parks",)), (False, ()), (None, ())])
def test_a_question_with_yes_and_no_is_looked_up_as_authors_write_it(
    tmp_path: Path, shared: bool | None, copies: tuple[str, ...]
) -> None:
    (tmp_path / "shared.csv").write_text("lane,desk\nyes,parks\nno,\n", "utf-8")
    around = Surroundings({"city": CALENDAR}, CALENDAR, Folder(tmp_path))
    scope = form("lane", text("Report a lane"), question("shared", OneOf((True, False)), required=False))
    lanes = """\
table: lanes
forms: [lane]
routes:
  - route: all
    send_to: streets
    copy_by: {from: shared.csv, match: {lane: shared}, take: desk}
"""
    router, problems = compiled(lanes, forms={"lane": scope}, settings=replace(SETTINGS, around=around))
    assert problems == []
    assert decide(router, submission("lane", {"shared": shared})).copy_to == copies
