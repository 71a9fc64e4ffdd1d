"""Groups and matrices in a browser without scripts."""

from __future__ import annotations

import pytest

from formroute.catalog import Catalog
from formroute.store import Store
from tests.every_kind.samples import every_kind
from tests.web.resident import Page, Resident

OWNER = {"owner.name": "Ann", "owner.reach": "email", "owner.home.address": "510 Main St", "shared": "no"}
SERVICE = {"service.speed": "good", "service.courtesy": "bad"}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_kind()


def fill(page: Page, answers: dict[str, str]) -> Page:
    for name, value in answers.items():
        page.typed.setlist(name, [value])
    return page


def test_a_group_from_the_first_page_to_the_receipt(resident: Resident, store: Store) -> None:
    page = fill(resident.begin("together"), {**OWNER, **SERVICE}).press("Continue")
    assert page.news.startswith("Your answers add something to this page.")
    look = fill(page, {"owner.email": "ann@example.com"}).press("Continue")
    assert "The owner – Name Ann" in look.text
    assert "How was our service? – Speed Good" in look.text
    stored = store.find(look.press("Send").root.classed("f-reference")[0].text)
    assert stored is not None
    answers = dict(stored.submission.answers)
    assert str(answers.pop("owner.home").address) == "510 Main St"  # type: ignore[attr-defined]
    assert answers == {
        "owner.name": "Ann", "owner.reach": "email", "owner.email": "ann@example.com", "shared": False, **SERVICE,
    }  # fmt: skip


def test_a_mistake_inside_a_group_leads_to_its_question_and_loses_nothing(resident: Resident) -> None:
    page = fill(resident.begin("together"), {**OWNER, "owner.name": "", "service.speed": "good"}).press("Continue")
    links = [link.attributes["href"] for box in page.root.classed("f-summary") for link in box.all("a")]
    assert links == ["#q-owner.name", "#q-service.courtesy"]
    assert {element.attributes.get("id") for element in page.root.all("input")} >= {
        "q-owner.name",
        "q-service.courtesy",
    }
    assert page.typed["owner.home.address"] == "510 Main St"
    assert page.typed["service.speed"] == "good"


def test_a_hidden_group_comes_back_with_what_was_typed(resident: Resident) -> None:
    page = fill(resident.begin("together"), {**OWNER, "shared": "yes"}).press("Continue")
    page = fill(page, {"keeper.name": "Bo", "keeper.born.year": "1990"}).press("Continue")
    page = fill(page, {"shared": "no"}).press("Continue")
    assert "keeper.name" not in page.typed
    page = fill(page, {"shared": "yes"}).press("Continue")
    assert (page.typed["keeper.name"], page.typed["keeper.born.year"]) == ("Bo", "1990")


def test_an_answer_of_a_group_can_be_changed_from_the_last_look(resident: Resident) -> None:
    page = fill(resident.begin("together"), {**OWNER, **SERVICE, "owner.reach": "phone"}).press("Continue")
    assert "#q-service.speed" in page.link("Change How was our service? – Speed")


def test_a_program_is_told_of_what_is_no_group_in_the_place_of_one(resident: Resident) -> None:
    said = {"owner.name": "Ann", "owner.reach": "email", "owner.email": "ann@example.com", "shared": "no", **SERVICE}
    answers = {**said, "owner": ["a"], "keeper": None}
    sent = resident.client.post("/api/forms/together/submissions", json={"answers": answers})
    assert (sent.status_code, sent.get_json()["ignored"]) == (201, ["owner"])
