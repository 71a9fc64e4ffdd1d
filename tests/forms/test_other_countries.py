"""A municipality elsewhere: its numbers, days, telephones, postal codes and plates as people write them there."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from formroute.catalog import Catalog, check_catalog
from formroute.definitions.types import named
from formroute.forms.kinds.number import only_between_thousands
from formroute.messages import order_of_a_day
from tests.copies import edit

CATALOG = """\
city: Stadt Lindenau
languages: [de]
time_zone: Europe/Berlin
currency: EUR
calendar: rathaus
calendars:
  rathaus: {country: DE, subdivision: SN, working_days: [mon], working_hours: 08:00..16:00}
"""
FORM = """\
form: alles
title: Alles
summary: Alles, was es gibt.
keywords: [Bürger, Straße]
pages:
  - page: alles
    title: Alles
    fields:
      zahl: {type: number, required: no, label: Eine Zahl}
      anzahl: {type: integer, required: no, label: Wie viele}
      betrag: {type: money, required: no, label: Ein Betrag}
      tag: {type: date, required: no, label: Ein Tag}
      zeitpunkt: {type: date_time, required: no, label: Ein Zeitpunkt}
      telefon: {type: phone, required: no, label: Telefon}
      plz: {type: postal_code, required: no, label: Postleitzahl}
      kennzeichen: {type: plate, required: no, label: Kennzeichen}
      ort: {type: choice, required: no, label: Ortsteil, choices_from: orte.csv}
"""
ROUTES = "table: alle\nforms: all\nroutes:\n  - route: alles\n    send_to: rathaus\n"
RATHAUS = "departments:\n  rathaus:\n    name: Rathaus\n    deliver:\n      - desk: {}\n"

UNCLEAR = "A point or a comma before three digits can be read in two ways. Write thousands without it, such as 1200."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("catalog", CATALOG), ("form", FORM), ("routes", ROUTES), ("departments", RATHAUS)):
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    (tmp_path / "orte.csv").write_bytes(b"\xef\xbb\xbf" + "value;label\r\nöst;Österau\r\n".encode())
    return tmp_path


@pytest.fixture
def catalog(folder: Path) -> Catalog:
    found, problems = check_catalog(folder)
    assert found is not None, problems
    return found


@pytest.mark.parametrize(
    ("field", "typed", "answer"),
    [
        ("zahl", "1.234,5", Decimal("1234.5")),
        ("zahl", "1234,5", Decimal("1234.5")),
        ("zahl", "1.234.567,25", Decimal("1234567.25")),
        ("zahl", "1 234,5", Decimal("1234.5")),
        ("zahl", "1'234.5", Decimal("1234.5")),
        ("zahl", "12.5", Decimal("12.5")),
        ("zahl", "0.125", Decimal("0.125")),
        ("zahl", "0,125", Decimal("0.125")),
        ("zahl", "1234,567", Decimal("1234.567")),
        ("anzahl", "1.200", 1200),
        ("anzahl", "-1.234.567", -1234567),
        ("anzahl", "1 200", 1200),
        ("anzahl", "1'200", 1200),
        ("anzahl", "1’200", 1200),
        ("betrag", "1.200", Decimal("1200.00")),
        ("betrag", "1'234.50", Decimal("1234.50")),
        ("betrag", "1’234’567.50 €", Decimal("1234567.50")),
        ("betrag", "1.234,50 €", Decimal("1234.50")),
        ("betrag", "€ 12,5", Decimal("12.50")),
        ("tag", "31.12.2026", date(2026, 12, 31)),
        ("tag", "1. 6. 2026", date(2026, 6, 1)),
        ("zeitpunkt", "3.10.2026 18:30", datetime(2026, 10, 3, 18, 30)),
        ("telefon", "0341 123 45 67", "+493411234567"),
        ("telefon", "+1 204 555 0123", "+12045550123"),
        ("plz", " 04177 ", "04177"),
        ("kennzeichen", "fü-a 12", "FÜ-A 12"),
        ("kennzeichen", "L AB 123", "L-AB 123"),
        ("kennzeichen", "LA-B123", "LA-B 123"),
        ("kennzeichen", "HH-XY 123E", "HH-XY 123E"),
        ("kennzeichen", "lab123", "LAB123"),
        ("ort", "öst", "öst"),
    ],
)
def test_what_is_typed_there_is_taken(catalog: Catalog, field: str, typed: str, answer: object) -> None:
    assert dict(catalog.forms["alles"].check({field: typed}).answers) == {field: answer}


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("zahl", "1.234", UNCLEAR),
        ("zahl", "1,234", UNCLEAR),
        ("anzahl", "1,200", UNCLEAR),
        ("anzahl", "1.20", "Write a whole number in digits, such as 12."),
        ("anzahl", "1.200'300", "Write a whole number in digits, such as 12."),
        ("betrag", "1.234,567", "Write an amount in digits, such as 12.50."),
        ("betrag", "1'23.50", "Write an amount in digits, such as 12.50."),
        ("zahl", "1.23,5", "Write a number in digits, such as 2.5."),
        ("tag", "12/31/2026", "Write a date that exists, as year-month-day, such as 2026-03-09."),
        ("tag", "31.2.2026", "Write a date that exists, as year-month-day, such as 2026-03-09."),
        ("telefon", "anrufen", "Write a phone number with its area code, such as 030 123456."),
        ("plz", "R3C 1A5", "Write a postal code such as 01234."),
    ],
)
def test_what_could_be_two_things_or_none_is_not(catalog: Catalog, field: str, typed: str, told: str) -> None:
    assert [error.say("en") for error in catalog.forms["alles"].check({field: typed}).errors] == [told]


@pytest.mark.parametrize(
    ("languages", "sign"),
    [
        (["en"], ","),
        (["de"], "."),
        (["de", "fr"], "."),
        (["it", "de"], "."),
        (["fr"], ""),
        (["en", "fr"], ""),
        (["de", "en"], ""),
        (["de-CH"], ""),
    ],
)
def test_a_sign_is_only_for_thousands_where_no_language_has_it_for_decimals(languages: list[str], sign: str) -> None:
    assert only_between_thousands(languages) == sign


@pytest.mark.parametrize(
    ("country", "language", "order"),
    [
        ("DE", "de", "day month year"),
        ("CA", "en", "year month day"),
        ("CA", "fr", "year month day"),
        ("GB", "en", "day month year"),
        ("US", "en", "month day year"),
        ("HU", "hu", "year month day"),
        ("DE", "uk", "day month year"),
        ("DE", "xx", "day month year"),
    ],
)
def test_the_boxes_of_a_day_stand_as_it_is_written_there(country: str, language: str, order: str) -> None:
    assert " ".join(order_of_a_day(language, country)) == order


def test_so_they_do_on_the_page(folder: Path) -> None:
    edit(folder / "form.yaml", "tag: {type: date,", "tag: {type: date, as: boxes,")
    catalog, _ = check_catalog(folder)
    assert catalog is not None
    question = catalog.forms["alles"].wtforms_class("de")().tag
    assert re.findall(r'name="tag\.(\w+)"', str(question())) == ["day", "month", "year"]


def test_a_telephone_number_is_shown_as_its_country_writes_it(catalog: Catalog) -> None:
    form = catalog.forms["alles"]
    assert [form.fields["telefon"].show(number, "de") for number in ("+493411234567", "+12045550123")] == [
        "0341 1234567",
        "+1 204-555-0123",
    ]


def test_a_question_may_be_about_another_country(folder: Path) -> None:
    edit(folder / "form.yaml", "{type: postal_code,", "{type: postal_code, country: PL,")
    catalog, _ = check_catalog(folder)
    assert catalog is not None
    assert catalog.forms["alles"].check({"plz": "00950"}).answers == {"plz": "00-950"}


def test_a_country_whose_postal_codes_are_not_known_is_told(folder: Path) -> None:
    edit(folder / "catalog.yaml", "currency: EUR", "country: VA")
    _, problems = check_catalog(folder)
    assert [(one.code, one.mark.line) for one in problems if one.code == "F257"] == [("F257", 15)]


@pytest.mark.parametrize(
    ("called", "code"),
    [
        ("Deutschland", "DE"),
        ("germany", "DE"),
        ("Allemagne", "DE"),
        ("DEU", "DE"),
        ("Österreich", "AT"),
        ("Osterreich", "AT"),
        ("Schweiz", "CH"),
        ("UK", "GB"),
        ("Polska", "PL"),
        ("Canda", "CA"),
    ],
)
def test_the_code_is_offered_for_the_name_of_a_country(folder: Path, called: str, code: str) -> None:
    edit(folder / "catalog.yaml", "currency: EUR", f"country: {called}")
    edit(folder / "catalog.yaml", "{country: DE, subdivision: SN,", f"{{country: {called},")
    _, problems = check_catalog(folder)
    corrected = [one.corrected for one in problems if one.code in {"D119", "R453"}]
    assert corrected[0] == f"country: {code}"
    assert all(f"country: {code}," in line for line in corrected[1:])


@pytest.mark.parametrize("called", ["Narnia", "Winnipeg", "123", "x" * 5_000])
def test_no_country_is_guessed_for_what_is_none(folder: Path, called: str) -> None:
    edit(folder / "catalog.yaml", "currency: EUR", f"country: {called}")
    _, problems = check_catalog(folder)
    assert [(one.code, one.corrected) for one in problems if one.code == "D119"] == [("D119", None)]


@pytest.mark.parametrize(
    ("word", "name"),
    [("sperrmüll", "sperrmuell"), ("Straße", "strasse"), ("Grünfläche", "gruenflaeche"), ("tårn", "taarn")],
)
def test_a_name_is_offered_as_people_spell_it_without_the_letter(word: str, name: str) -> None:
    assert named(word, "_") == name


def test_yes_is_offered_for_ja(folder: Path) -> None:
    edit(folder / "form.yaml", "type: plate,", "type: plate, show_when: {sicher: ja},")
    edit(folder / "form.yaml", "      zahl:", "      sicher: {type: yes_no, label: Sicher?}\n      zahl:")
    _, problems = check_catalog(folder)
    assert [one.corrected for one in problems if one.code == "C303"] == [
        "      kennzeichen: {type: plate, show_when: {sicher: yes}, required: no, label: Kennzeichen}"
    ]


def test_a_language_is_offered_for_what_it_calls_itself(folder: Path) -> None:
    edit(folder / "catalog.yaml", "languages: [de]", "languages: [Deutsch]")
    _, problems = check_catalog(folder)
    assert [one.corrected for one in problems if one.code == "G507"] == ["languages: [de]"]


def test_a_list_of_keywords_alone_is_in_the_first_language(folder: Path) -> None:
    edit(folder / "catalog.yaml", "languages: [de]", "languages: [de, da]")
    catalog, _ = check_catalog(folder)
    assert catalog is not None
    assert catalog.forms["alles"].keywords == {"de": ("Bürger", "Straße")}
