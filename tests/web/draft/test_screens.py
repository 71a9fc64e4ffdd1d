"""One thing at a time, page by page, or all at once: the same form, the same judge, the same answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from formroute.catalog import Catalog, load_catalog
from formroute.intake import Intake
from formroute.problems import DefinitionError
from formroute.store import Store
from formroute.web import NO_LIMITS, create_blueprint
from tests.copies import copied, edit
from tests.web.conftest import NOW
from tests.web.resident import Page, Resident

ANSWERS = {
    "danger": "no",
    "where__address": "510 Main Street",
    "surface": "road",
    "depth_cm": "12",
    "car_damage": "no",
    "email": "alex@example.com",
}


@pytest.fixture
def asked(catalog: Catalog, store: Store) -> Callable[[str], Resident]:
    """`asked("all_at_once")` is a resident of a city that asks potholes so."""

    def visit(ask: str) -> Resident:
        pothole = dataclasses.replace(catalog.forms["pothole"], ask=ask)
        changed = dataclasses.replace(catalog, forms={**catalog.forms, "pothole": pothole})
        app = Flask("city")
        app.config.update(SECRET_KEY="x", TESTING=True)
        app.register_blueprint(create_blueprint(Intake(changed, store, clock=lambda: NOW), limits=NO_LIMITS))
        return Resident(app.test_client())

    return visit


def filled(page: Page, answers: dict[str, Any] = ANSWERS) -> Page:
    """Answer what a page asks, and go on until the last look; every page on the way has its say."""
    for _ in range(30):
        if "Check your answers" in page.title:
            return page
        known = {name: value for name, value in answers.items() if name.partition("__")[0] in page.asked}
        page = page.fill(**known).press("Continue")
    raise AssertionError(f"stuck on {page.title}: {page.errors}")


@pytest.mark.parametrize("ask", ["one_at_a_time", "page_by_page", "all_at_once"])
def test_the_same_answers_come_out_whichever_way_it_is_asked(
    asked: Callable[[str], Resident], store: Store, ask: str
) -> None:
    receipt = filled(asked(ask).begin()).press("Send")
    assert receipt.heading == "We have your request"
    stored = store.find(receipt.root.classed("f-reference")[0].text)
    assert stored is not None
    plain = {name: value for name, value in stored.submission.answers.items() if name != "where"}
    assert plain == {
        "danger": False, "surface": "road", "depth_cm": 12, "car_damage": False, "email": "alex@example.com"
    }  # fmt: skip


def test_one_thing_at_a_time_names_the_question_in_the_title_and_skips_what_does_not_show(
    asked: Callable[[str], Resident],
) -> None:
    page = asked("one_at_a_time").begin()
    seen = []
    while "Check your answers" not in page.title:
        seen.append(page.title.partition(" – ")[0])
        known = {**ANSWERS, "surface": "sidewalk", "trip_hazard": "yes"}
        page = page.fill(**{key: value for key, value in known.items() if key.partition("__")[0] in page.asked})
        page = page.press("Continue")
    assert seen[:4] == [
        "Is someone in danger right now?",
        "Where is it?",
        "Which neighbourhood is it in?",
        "What is the hole in?",
    ]
    assert "Could someone trip on it, or a wheelchair get stuck?" in seen
    assert "About how deep is it, in centimetres?" not in seen


def test_back_and_change_lead_to_the_one_question_and_keep_what_was_typed(asked: Callable[[str], Resident]) -> None:
    page = asked("one_at_a_time").begin().fill(danger="no").press("Continue").fill(where__address="1 A St")
    before = page.press("Back")
    assert before.asked == ["danger"]
    assert before.typed["danger"] == "no"
    assert before.press("Continue").typed["where.address"] == "1 A St"
    last = filled(before)
    link = next(a for a in last.root.all("a") if a.text == "Change What is the hole in?")
    change = last._resident.get(link.attributes["href"])
    assert change.asked == ["surface"]
    again = change.fill(surface="lane").press("Continue")
    assert "Check your answers" in again.title
    assert "A back lane" in again.text


def test_a_mistake_stands_on_its_own_question(asked: Callable[[str], Resident]) -> None:
    page = asked("one_at_a_time").begin()
    while "depth_cm" not in page.asked:
        page = page.fill(**{k: v for k, v in ANSWERS.items() if k.partition("__")[0] in page.asked}).press("Continue")
    wrong = page.fill(depth_cm="deep").press("Continue")
    assert wrong.errors == ["Write a whole number in digits, such as 12."]
    assert wrong.title.startswith("Error: About how deep is it")


def test_a_notice_that_stops_stands_with_its_question(asked: Callable[[str], Resident]) -> None:
    page = asked("one_at_a_time").begin().fill(danger="yes").press("Continue")
    assert page.heading == "This form stops here"
    assert page.follow("Change my answer").asked[0] == "danger"


def test_all_at_once_has_a_heading_for_each_page_and_tells_all_mistakes_together(
    asked: Callable[[str], Resident],
) -> None:
    page = asked("all_at_once").begin()
    assert page.heading == "Report a pothole"
    assert [heading.text for heading in page.root.all("h2")] == [
        "Before you start", "The place", "The hole", "How to reach you"
    ]  # fmt: skip
    wrong = page.fill(email="alex@").press("Continue")
    assert wrong.errors == [
        "Choose yes or no.",
        "Write an address or the nearest intersection.",
        "Choose one of the answers.",
        "Write an email address such as name@example.com.",
    ]
    more = wrong.fill(danger="no", where__address="1 A St", surface="road", email="a@b.ca").press("Continue")
    assert "Your answers add something" in more.news
    assert "Check your answers" in more.fill(car_damage="no").press("Continue").title


def test_the_script_is_told_of_headings_too(asked: Callable[[str], Resident]) -> None:
    resident = asked("all_at_once")
    page = resident.begin()
    address = page.root.all("form", id="form")[0].attributes["data-showing"]
    page.fill(danger="yes")
    said = resident.client.post(address, data=page.typed).json
    assert said["showing"] == ["_safety", "danger", "call_911"]


def test_an_address_of_another_way_of_asking_leads_to_what_is_asked_next(asked: Callable[[str], Resident]) -> None:
    page = asked("one_at_a_time").begin().fill(danger="no").press("Continue")
    assert page._resident.get(page.address.rpartition("/")[0] + "/hole").asked == page.asked


def test_the_word_is_the_forms_or_the_catalogues(tmp_path: Path) -> None:
    city = Path(__file__).parent.parent.parent / "small_city"
    copied(city, tmp_path)
    catalog, lamp = tmp_path / "catalog.yaml", tmp_path / "lamp.yaml"
    edit(catalog, "defaults:\n", "defaults:\n  ask: one_at_a_time\n")
    assert {form.ask for form in load_catalog(tmp_path).forms.values()} == {"one_at_a_time"}
    lamp.write_text(f"{lamp.read_text()}\nask: all_at_once\n", "utf-8")
    assert load_catalog(tmp_path).forms["lamp"].ask == "all_at_once"
    edit(lamp, "all_at_once", "all_at_one")
    with pytest.raises(DefinitionError, match="all_at_once"):
        load_catalog(tmp_path)
