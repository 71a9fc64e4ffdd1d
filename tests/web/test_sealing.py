"""A page is taken only from the session it was shown to, and lately; otherwise it comes again with its answers."""

from collections.abc import Callable

import pytest
from flask import Flask, url_for
from itsdangerous import TimestampSigner

from formroute.store import Store
from tests.web.resident import Page, Resident

AWAY = "You were away for a while, or your browser did not send its cookie back."


@pytest.fixture
def place(resident: Resident) -> Page:
    return resident.begin().fill(danger="no").press("Continue").fill(where__address="510 Main Street")


def grow_old(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    signed_at = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: signed_at(signer) + seconds)


def test_a_page_left_open_for_a_day_comes_again_with_its_answers(place: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    grow_old(monkeypatch, 24 * 3600)
    page = place.press("Continue")
    assert page.status == 403
    assert page.news.startswith(AWAY)
    assert page.typed["where.address"] == "510 Main Street"
    assert page.press("Continue").heading == "The hole"


def test_a_lost_session_comes_again_with_all_pages_kept(place: Page, resident: Resident) -> None:
    resident.client.delete_cookie("session")
    page = place.press("Continue")
    assert page.news.startswith(AWAY)
    assert page.press("Back").typed["danger"] == "no"


def test_without_its_seal_a_page_comes_again_with_what_was_posted(resident: Resident, place: Page) -> None:
    place.typed["_seal"] = "forged"
    page = place.press("Continue")
    assert (page.status, page.typed["where.address"]) == (403, "510 Main Street")


def test_another_site_cannot_change_a_draft(visitor: Callable[[], Resident], resident: Resident, place: Page) -> None:
    place.press("Continue")
    attack = visitor().begin().fill(danger="yes")
    attack.typed["where.address"] = "Somewhere else"
    seal = attack.typed["_seal"]
    answer = resident.post(place.address, {"_seal": seal, "_asked": "where", "where.address": "Somewhere else"})
    assert answer.status == 403
    assert resident.get(place.address).typed["where.address"] == "510 Main Street"


def test_a_seal_is_for_one_draft(resident: Resident, place: Page) -> None:
    other = resident.begin("graffiti").typed["_seal"]
    place.typed["_seal"] = other
    assert place.press("Continue").status == 403


def test_sending_asks_for_the_seal_too(resident: Resident, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    look = resident.fill_pothole()
    grow_old(monkeypatch, 24 * 3600)
    again = look.press("Send")
    assert again.status == 403
    assert again.news.startswith("You were away for a while. Nothing has been sent yet")
    assert store.outbox.standing().submissions.accepted == 0
    assert again.press("Send").heading == "We have your request"


def test_a_key_that_was_changed_still_opens_what_it_sealed(app: Flask, place: Page) -> None:
    app.config.update(SECRET_KEY="a new key", SECRET_KEY_FALLBACKS=["a key for tests"])
    assert place.press("Continue").heading == "The hole"


POSTED = {
    "danger": "yes",
    "where.address": "Somewhere else",
    "status": "done",
    "address": "x@attacker.example",
    "_go": "out",
}


def test_no_address_that_takes_a_post_does_anything_for_another_site(
    app: Flask, visitor: Callable[[], Resident], resident: Resident, store: Store
) -> None:
    """Every rule of the site, with the cookies of who was there, and no seal, a forged one or that of the attacker."""
    look = resident.fill_pothole()
    token, other = look.address.split("/")[4].partition("?")[0], visitor().begin().typed["_seal"]
    parts = {"form_id": "pothole", "token": token, "page_id": "place", "lang": "en"}
    for rule in app.url_map.iter_rules():
        name = rule.endpoint.rpartition(".")[2]
        if "POST" in (rule.methods or ()) and "elsewhere" not in name and not name.startswith("api_"):
            values = {part: parts.get(part, "street-maintenance") for part in rule.arguments}
            with app.test_request_context():
                address = url_for(rule.endpoint, **values)
            for seal in ({}, {"_seal": "forged"}, {"_seal": other}):
                assert resident.client.post(address, data={**POSTED, **seal}).status_code in (303, 403, 404), name
    assert store.outbox.standing().submissions.accepted == 0
    receipt = resident.get(look.address).press("Send")
    stored = store.find(receipt.root.classed("f-reference")[0].text)
    assert stored is not None
    assert stored.submission.answers["where"].address == "510 Main Street"  # type: ignore[union-attr]
