"""Every kind of question in the browser, without scripts, in both languages, to the receipt."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from formroute.catalog import Catalog
from formroute.store import Store
from tests.every_kind.samples import SIMPLE, every_kind
from tests.web.resident import Page, Resident

SHOWN = {
    "en": ["$1,200.50", "4 out of 5", "June 9, 2026, 6:30\u202fPM", "March 27, 1990", "https://example.com/news"],
    "fr": [
        "1\u00a0200,50\u00a0$",
        "4 sur 5",
        "9 juin 2026 à 18\u00a0h\u00a030",
        "27 mars 1990",
        "https://example.com/news",
    ],
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_kind()


def fill(page: Page, answers: dict[str, object]) -> Page:
    return page.fill(**{name.replace(".", "__"): value for name, value in answers.items()})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_of_each_from_the_first_page_to_the_receipt(resident: Resident, store: Store, language: str) -> None:
    go_on, send = {"en": ("Continue", "Send"), "fr": ("Continuer", "Envoyer")}[language]
    page = resident.begin("simple", language)
    for answers in SIMPLE.values():
        page = fill(page, answers).press(go_on)
    assert [shown for shown in SHOWN[language] if " ".join(shown.split()) not in page.text] == []
    stored = store.find(page.press(send).root.classed("f-reference")[0].text)
    assert stored is not None
    assert stored.submission.answers == {
        "animals": 2, "weight": Decimal("2.5"), "damage": Decimal("1200.50"), "licensed": True, "colour": "blue",
        "needs": ("ramp", "lift"), "clean": 4, "seen_on": date(2026, 6, 9), "birthday": date(1990, 3, 27),
        "happened": datetime(2026, 6, 9, 18, 30), "best_time": time(9), "page": "https://example.com/news",
        "postal_code": "R3C 1A5", "plate": "ABC123", "home": "510 Main St", "name": "Ann", "details": "One\nTwo",
        "true_all": True, "signature": "Ann Lee",
    }  # fmt: skip


def test_nothing_that_was_typed_is_lost_on_a_page_in_error(resident: Resident) -> None:
    page = resident.begin("simple")
    page = fill(page, SIMPLE["numbers"]).press("Continue")
    wrong = {**SIMPLE["days"], "birthday.month": "13", "happened": "x", "page": "x y", "postal_code": "?"}
    page = fill(page, {name: value for name, value in wrong.items() if name != "true_all"}).press("Continue")
    assert page.errors == [
        "Write a date that exists, as year-month-day, such as 2026-03-09.",
        "Choose a date and a time, such as 2026-03-09 18:30.",
        "Write the address of a web page, such as https://www.example.com/page.",
        "Write a postal code such as R3C 1A5.",
        "Confirm this to go on.",
    ]
    assert {name: page.typed[name] for name in wrong if name != "true_all"} == {
        name: value for name, value in wrong.items() if name != "true_all"
    }


def test_a_birthday_has_boxes_that_the_browser_can_fill(resident: Resident) -> None:
    page = fill(resident.begin("simple"), SIMPLE["numbers"]).press("Continue")
    boxes = [box for box in page.root.all("input") if box.attributes["name"].startswith("birthday.")]
    assert [box.attributes["autocomplete"] for box in boxes] == ["bday-year", "bday-month", "bday-day"]


def test_the_boxes_of_a_birthday_stand_as_canada_writes_a_day(resident: Resident) -> None:
    page = fill(resident.begin("simple"), SIMPLE["numbers"]).press("Continue")
    names = [box.attributes.get("name", "") for box in page.root.all("input")]
    assert [name for name in names if name.startswith("birthday.")] == [
        "birthday.year",
        "birthday.month",
        "birthday.day",
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_signature_says_what_to_type(resident: Resident, language: str) -> None:
    page = resident.begin("simple", language)
    go_on = {"en": "Continue", "fr": "Continuer"}[language]
    for answers in list(SIMPLE.values())[:-1]:
        page = fill(page, answers).press(go_on)
    told = page.press(go_on)
    hint, missing = {
        "en": ("Type your full name here: it is your signature.", "Type your full name to confirm this."),
        "fr": ("Tapez ici votre nom complet\u00a0: c’est votre signature.", "Tapez votre nom complet pour confirmer"),
    }[language]
    assert " ".join(hint.split()) in page.text
    assert missing in told.text
