"""First answers, choices offered only sometimes, and warnings, in a browser without scripts."""

from __future__ import annotations

import pytest

from formroute.catalog import Catalog
from formroute.store import Store
from tests.every_kind.samples import every_kind
from tests.web.resident import Page, Resident


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_kind()


def begin(resident: Resident, query: str = "") -> Page:
    return resident.get(f"/en/forms/offers{query}")


@pytest.mark.parametrize("query", ["?surface=lane", "?surface=Back+lane", "?surface=RUELLE"])
def test_a_link_brings_a_first_answer_by_value_or_label(resident: Resident, query: str) -> None:
    assert begin(resident, query).typed["surface"] == "lane"


def test_a_first_answer_waits_on_a_later_page_and_can_be_changed(resident: Resident, store: Store) -> None:
    page = begin(resident, "?asset=P-12&surface=road&wanted=patch&depth=9&evil=%3Cscript%3E")
    assert "wanted" not in page.typed
    page = page.fill(wanted="patch").press("Continue")
    assert (page.typed["asset"], page.typed["depth"]) == ("P-12", "5")
    receipt = page.fill(depth="7").press("Continue").press("Send")
    stored = store.find(receipt.root.classed("f-reference")[0].text)
    assert stored is not None
    assert stored.submission.answers == {"surface": "road", "wanted": "patch", "depth": 7, "asset": "P-12"}


def test_what_was_typed_stands_above_what_a_link_brings(resident: Resident) -> None:
    begin(resident, "?asset=1").fill(surface="road", wanted="patch").press("Continue").fill(asset="2").press("Back")
    page = begin(resident, "?asset=3&surface=lane")
    assert page.typed["surface"] == "road"
    assert page.press("Continue").typed["asset"] == "2"


def test_looking_at_a_link_keeps_nothing(resident: Resident, store: Store) -> None:
    begin(resident, "?asset=P-12")
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("select count(*) from drafts").scalar_one() == 0


def test_a_choice_that_is_not_offered_is_neither_seen_nor_taken(resident: Resident) -> None:
    page = begin(resident, "?surface=road")
    (held,) = [label for label in page.root.all("label") if "Plough" in label.text]
    assert "hidden" in held.attributes
    assert "disabled" in held.all("input")[0].attributes
    page = page.fill(wanted="plough").press("Continue")
    assert page.errors == ["Choose one of the answers."]
    page = page.fill(surface="lane", wanted="plough").press("Continue")
    assert page.heading == "The size"


def test_a_warning_is_shown_once_and_lets_the_resident_go_on(resident: Resident) -> None:
    page = begin(resident).fill(surface="road", wanted="patch").press("Continue").fill(depth="100").press("Continue")
    assert (page.status, page.heading) == (200, "The size")
    assert page.errors == ["Is it really that deep?"]
    look = page.press("Continue")
    assert look.heading == "Check your answers"
    assert "Is it really that deep?" in look.text
    assert look.press("Send").heading == "We have your request"


def test_an_author_words_what_is_missing(resident: Resident) -> None:
    page = begin(resident).fill(surface="road", wanted="patch").press("Continue").fill(depth="").press("Continue")
    assert page.errors == ["Say how deep it is."]
