"""Every page has an address in each language; switching keeps the place and what was typed."""

import pytest

from formroute.web.site.language import direction, own_name
from tests.web.resident import Resident


@pytest.mark.parametrize(
    ("accepts", "address"),
    [("fr-CA,fr;q=0.9,en;q=0.5", "/fr/"), ("en-CA", "/en/"), ("de, es", "/en/"), ("", "/en/"), ("\x01;q=x", "/en/")],
)
def test_the_front_door_opens_in_the_browsers_language(resident: Resident, accepts: str, address: str) -> None:
    answer = resident.client.get("/", headers={"Accept-Language": accepts})
    assert (answer.status_code, answer.location) == (302, address)


def test_the_front_door_remembers_the_last_visit(resident: Resident) -> None:
    resident.get("/fr/")
    assert resident.client.get("/", headers={"Accept-Language": "en"}).location == "/fr/"


def test_the_catalogue_leads_to_itself_in_the_other_language(resident: Resident) -> None:
    page = resident.get("/en/?q=hole").follow("Français")
    assert (page.address, page.query) == ("/fr/", "q=hole")


def test_switching_on_a_form_keeps_what_is_typed_and_the_page(resident: Resident) -> None:
    page = resident.begin().fill(danger="no").press("Continue").fill(where__address="rue Principale")
    page = page.press("Français")
    assert (page.status, page.heading) == (200, "L’endroit")
    assert page.typed["where.address"] == "rue Principale"
    assert page.press("Continuer").heading == "Le trou"


def test_switching_on_the_first_page_keeps_the_answer(resident: Resident) -> None:
    assert resident.begin().fill(danger="no").press("Français").typed["danger"] == "no"


def test_a_language_that_is_not_offered_has_no_pages(resident: Resident) -> None:
    assert resident.client.get("/de/").status_code == 404


@pytest.mark.parametrize(
    ("language", "name", "way"),
    [("en", "English", "ltr"), ("fr", "Français", "ltr"), ("ar", "العربية", "rtl"), ("xx-YY", "xx-YY", "ltr")],
)
def test_a_language_says_its_own_name_and_direction(language: str, name: str, way: str) -> None:
    assert (own_name(language), direction(language)) == (name, way)
