"""Notes: what is no mistake, but may surprise; told only when they are asked for."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from formroute.catalog import check_catalog, load_catalog
from formroute.catalog.notes import notes as every_note
from formroute.problems import Severity
from formroute.routing.written.calendars import Holidays
from tests.copies import copied, edit

CITY = Path(__file__).parent.parent / "small_city"
UNUSED = "N603 No condition, route or calculation looks at `out_since`; people alone read it."
"""What is noted of the small city as it is."""

POLES = """\
  - page: pole
    title:
      en: The pole
      fr: Le poteau
    fields:
      poles:
        type: integer
        required: false
        label:
          en: How many?
          fr: Combien?
"""


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return copied(CITY, tmp_path / "city")


def notes(folder: Path) -> set[str]:
    _, problems = check_catalog(folder, notes=True)
    return {f"{problem.code} {problem.what}" for problem in problems if problem.severity is Severity.NOTE}


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_notes_are_told_only_when_asked_for(city: Path) -> None:
    add(city / "catalog.yaml", "fallback: lights\n")
    assert check_catalog(city)[1] == []
    assert load_catalog(city).warnings == ()
    assert notes(city) == {
        "N602 Every submission has a route, so that `lights` gets nothing as the fallback.",
        UNUSED,
    }


def test_a_calendar_whose_countrys_holidays_are_known_for_no_more_than_this_year(city: Path) -> None:
    """Those of Sri Lanka follow the moon, and are listed year by year; those of Canada are known until 2100."""
    catalog = load_catalog(city)
    (calendar,) = catalog.calendars.values()
    known = Holidays("LK").last_year
    assert known is not None
    ending = replace(catalog, calendars={"city": replace(calendar, holidays=Holidays("LK"))})
    for year, told in ((known - 1, []), (known, ["N608"]), (known + 1, ["N608"])):
        found = [one for one in every_note(ending, date(year, 6, 1)) if one.code == "N608"]
        assert [one.code for one in found] == told
        assert all(f"Of LK no holidays after {known} are known" in one.what for one in found)
        assert [one.mark.file.rpartition("/")[2] for one in found] == ["catalog.yaml"] * len(told)
    assert [one for one in every_note(catalog, date(2099, 6, 1)) if one.code == "N608"] == []


def test_a_department_that_gets_nothing(city: Path) -> None:
    add(
        city / "departments.yaml",
        "  parks:\n    name:\n      en: Parks\n      fr: Parcs\n    deliver:\n      - desk: {}\n",
    )
    assert notes(city) == {UNUSED, "N601 From today on no submission is sent or copied to `parks`."}


def test_a_private_answer_that_no_department_gets(city: Path) -> None:
    edit(city / "departments.yaml", "    private_answers: yes\n", "")
    assert notes(city) == {UNUSED, "N605 No department to which `lamp` goes gets the answer to `name`."}


def test_a_question_that_nothing_uses_and_choices_that_come_out_alike(city: Path) -> None:
    add(
        city / "lamp.yaml",
        POLES
        + """\
      leans:
        type: choice
        label:
          en: Does it lean?
          fr: Penche-t-il?
        choices: [upright, a_little, much]
      why:
        type: text
        required: false
        show_when: {leans: much}
        label:
          en: Why?
          fr: Pourquoi?
""",
    )
    assert "N603 No condition, route or calculation looks at `poles`; people alone read it." in notes(city)
    assert "N604 No condition or route tells `upright` and `a_little` of `leans` apart." in notes(city)


def test_a_question_that_only_copies_look_at_is_used(city: Path) -> None:
    """And of its choices those are alike that are copied to the same department."""
    kinds = "".join(
        f"          {name}:\n            en: {name}\n            fr: {name}\n" for name in ("oak", "elm", "ash")
    )
    add(
        city / "lamp.yaml",
        "      tree:\n        type: choice\n        label:\n          en: Which tree?\n          fr: Quel arbre?\n"
        f"        choices:\n{kinds}",
    )
    (city / "trees.csv").write_text("tree,office\noak,ward\nelm,lights\nash,ward\n", "utf-8")
    path = city / "routes.yaml"
    copies = "    copy_by:\n      match: {tree: tree}\n      from: trees.csv\n      take: office\n"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if "send_to" in line)
    path.write_text("".join([*lines[: first + 1], copies, *lines[first + 1 :]]), "utf-8")
    assert notes(city) == {UNUSED, "N604 No condition or route tells `oak` and `ash` of `tree` apart."}


def test_a_question_that_only_points_look_at_is_used(city: Path) -> None:
    add(
        city / "lamp.yaml",
        POLES
        + """\
      urgency:
        type: calculated
        points:
          - give: 2
            when: {poles: {more_than: 1}}
""",
    )
    assert notes(city) == {UNUSED}
