"""Rows in a browser without scripts: added, removed, edited, and nothing of them lost."""

from __future__ import annotations

from datetime import date

import pytest

from formroute.catalog import Catalog
from formroute.store import Store
from tests.every_kind.samples import every_kind
from tests.web.resident import Page, Resident


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_kind()


def fill(page: Page, **answers: object) -> Page:
    """`animals_0__kind` is the box `animals-0.kind`."""
    for name, value in answers.items():
        box = name.replace("__", ".").replace("animals_", "animals-").replace("visits_", "visits-")
        page.typed.setlist(box, value if isinstance(value, list) else [value])
    return page


def rows(page: Page) -> list[str]:
    return page.typed.getlist("_row")


def two_dogs(resident: Resident) -> Page:
    page = fill(resident.begin("kennel"), licensed="yes", animals_0__kind="dog", animals_0__needs=["run", "bed"])
    return fill(page.press("Add another Animal"), animals_1__kind="dog")


def test_a_required_repeat_begins_with_one_row_and_an_optional_one_with_none(resident: Resident) -> None:
    assert rows(resident.begin("kennel")) == ["animals-0"]


def test_rows_from_the_first_page_to_the_receipt(resident: Resident, store: Store) -> None:
    page = two_dogs(resident)
    page = fill(page, animals_1__born__year="2020", animals_1__born__month="5", animals_1__born__day="1")
    page = fill(page.press("Add another When was a veterinarian there?"), visits_0__visit="2026-06-01").press(
        "Continue"
    )
    assert "vet" in page.asked
    look = fill(page, vet="Dr. Lee", name="Ann").press("Continue")
    assert told(look)[:2] == [
        ("Animal 1", ["Kind Dog", "What does it need? A run; A bed", "Date of birth Not answered", "Fee 25"]),
        ("Animal 2", ["Kind Dog", "What does it need? Not answered", "Date of birth May 1, 2020", "Fee 20"]),
    ]
    stored = store.find(look.press("Send").root.classed("f-reference")[0].text)
    assert stored is not None
    assert stored.submission.answers["animals"] == (
        {"kind": "dog", "needs": ("run", "bed"), "fee": 25}, {"kind": "dog", "born": date(2020, 5, 1), "fee": 20},
    )  # fmt: skip
    assert stored.submission.answers["visits"] == ({"visit": date(2026, 6, 1)},)
    assert stored.decision.route == "many-dogs"


def told(look: Page) -> list[tuple[str, list[str]]]:
    """The rows on the last look, each with its title and its answers."""
    titles = [title.text for listed in look.root.classed("f-listed") for title in listed.all("h3")]
    lists = [inner for listed in look.root.classed("f-listed") for inner in listed.all("dl")]
    pairs = [[f"{each.all('dt')[0].text} {each.all('dd')[0].text}" for each in one.all("div")] for one in lists]
    return list(zip(titles, pairs, strict=True))


def test_every_answer_in_a_row_has_a_link_that_leads_to_its_box_past_blank_rows(resident: Resident) -> None:
    page = resident.begin("kennel").press("Add another Animal").press("Add another Animal")
    page = fill(page, licensed="no", animals_2__kind="dog").press("Continue").press("Continue")
    look = fill(page, vet="Dr. Lee", name="Ann").press("Continue")
    assert [title for title, _ in told(look)] == ["Animal 1"]
    links = [link for link in look.root.all("a") if "Animal 1, Kind" in link.text]
    assert [link.text for link in links] == ["Change Animal 1, Kind"]
    address, _, anchor = links[0].attributes["href"].partition("#q-")
    assert anchor == "animals-2.kind"
    assert resident.get(address).typed["animals-2.kind"] == "dog"


def test_a_notice_and_a_calculated_value_follow_the_answers_of_their_own_row(resident: Resident) -> None:
    page = fill(two_dogs(resident), animals_1__kind="other", animals_1__which="A goat", animals_1__needs=["run"])
    page = page.press("Add another Animal")
    drawn = [
        (
            any("left alone" in each.text for each in row.classed("f-notice")),
            [each.text for each in row.classed("f-worked-out")],
        )
        for row in page.root.classed("f-group")
        if row.attributes.get("id", "").startswith("q-animals-")
    ]
    assert drawn == [(True, ["Fee: 25"]), (False, ["Fee: 5"]), (False, [])]


def test_adding_and_removing_judges_nothing_and_loses_nothing(resident: Resident) -> None:
    page = fill(two_dogs(resident), animals_1__kind="other", animals_1__born__year="MM").press("Add another Animal")
    assert page.errors == []
    assert rows(page) == ["animals-0", "animals-1", "animals-2"]
    assert page.typed["animals-1.born.year"] == "MM"
    page = fill(page, animals_2__kind="dog").press("Remove Animal 1")
    assert rows(page) == ["animals-0", "animals-1"]
    assert [page.typed[f"animals-{number}.kind"] for number in (0, 1)] == ["other", "dog"]
    assert page.typed["animals-0.born.year"] == "MM"
    assert page.typed["licensed"] == "yes"


def test_no_more_rows_than_the_form_takes(resident: Resident) -> None:
    page = two_dogs(resident).press("Add another Animal").press("Add another Animal")
    (button,) = [found for found in page.root.all("button") if found.attributes.get("value") == "add:animals"]
    assert "hidden" in button.attributes
    page.typed.setlist("_go", ["add:animals"])
    assert len(rows(resident.post(page.address, page.typed))) == 4


def test_a_mistake_in_a_row_leads_to_its_box(resident: Resident) -> None:
    page = fill(two_dogs(resident), animals_1__born__year="1").press("Continue")
    links = [link.attributes["href"] for box in page.root.classed("f-summary") for link in box.all("a")]
    assert links == ["#q-animals-1.born"]
    assert [box for box in page.root.all("input") if box.attributes.get("id") == "q-animals-1.born"]
    page = fill(resident.begin("kennel"), animals_0__kind="dog")


LINES = {
    "en": "Animal 2 – Date of birth: Write a date that exists, as year-month-day, such as 2026-03-09.",
    "fr": "Animal 2 – Date de naissance : Écrivez une date qui existe, sous la forme année-mois-jour, par exemple "
    "2026-03-09.",
}


@pytest.mark.parametrize("language", LINES)
def test_the_summary_names_the_row_and_the_question_in_it(resident: Resident, language: str) -> None:
    page = fill(two_dogs(resident), animals_1__born__year="1").press("Continue")
    if language == "fr":
        page = page.press("Français").press("Continuer")
    assert page.summary == [LINES[language]]


def test_a_repeat_without_rows_leads_to_the_button_that_adds_one(resident: Resident) -> None:
    page = fill(resident.begin("kennel"), licensed="no").press("Remove Animal 1").press("Continue")
    assert page.errors == ["Add at least one."]
    (button,) = [found for found in page.root.all("button") if found.attributes.get("id") == "q-animals"]
    assert button.text == "Add another Animal"


def test_a_question_in_a_row_appears_and_comes_back_with_what_was_typed(resident: Resident) -> None:
    page = fill(resident.begin("kennel"), licensed="no", animals_0__kind="other").press("Continue")
    assert page.news.startswith("Your answers add something")
    page = fill(page, animals_0__which="A goat", animals_0__kind="dog").press("Add another Animal")
    assert "animals-0.which" not in page.typed
    page = fill(page, animals_0__kind="other").press("Add another Animal")
    assert page.typed["animals-0.which"] == "A goat"


def test_back_keeps_rows(resident: Resident) -> None:
    told = two_dogs(resident).press("Continue")  # the notice of the second dog was not on the page yet
    page = told.press("Continue").press("Back")
    assert [page.typed[f"animals-{number}.kind"] for number in (0, 1)] == ["dog", "dog"]
    assert page.typed.getlist("animals-0.needs") == ["run", "bed"]


HOSTILE = [
    {"_row": "animals-²"},
    {"_row": "animals-٣"},
    {"_row": "animals-99999"},
    {"_row": "animals--1"},
    {"_row": "visits-0.visit"},
    {"_row": "nothing-0"},
    {"animals-².kind": "dog"},
    {"animals-0": "x", "animals": "x"},
    {"_go": "remove:animals-²"},
    {"_go": "remove:animals-999"},
    {"_go": "remove:"},
    {"_go": "add:licensed"},
    {"_go": "add:animals-0.kind"},
    {"_asked": "animals-0.evil", "animals-0.evil": "x"},
    {"_row": [f"animals-{number}" for number in range(250)]},
]


@pytest.mark.parametrize("junk", HOSTILE)
def test_hostile_names_of_rows_break_nothing(resident: Resident, junk: dict[str, object]) -> None:
    page = two_dogs(resident)
    for name, value in junk.items():
        values = value if isinstance(value, list) else [value]
        page.typed.setlist(name, [*page.typed.getlist(name), *values] if name != "_go" else values)
    answer = resident.post(page.address, page.typed)
    assert answer.status in (200, 422)
    if answer.status == 200 and answer.heading == "The animals":
        assert answer.typed["animals-0.kind"] == "dog"
