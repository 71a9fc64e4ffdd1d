"""Drafts: what was typed, kept as it was typed, for the session that typed it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from formroute.store import Store
from tests.store.samples import NOON, Clock

RAW = {"surface": "lane", "where": {"address": "510 Main"}, "needs": ["ramp"], "bad": "\x00\ud800 <b>'\"", "depth": "x"}


def test_a_draft_comes_back_as_it_was_typed(timed: Store, clock: Clock) -> None:
    timed.drafts.save("draft", "pothole", "session", RAW)
    draft = timed.drafts.load("draft", "session")
    assert (draft.id, draft.form, draft.raw, draft.updated) == ("draft", "pothole", RAW, NOON)


def test_saving_again_replaces_the_names_that_are_saved(store: Store) -> None:
    store.drafts.save("draft", "pothole", "session", RAW)
    assert store.drafts.save("draft", "pothole", "session", {"surface": "road"})
    assert store.drafts.load("draft", "session").raw == {**RAW, "surface": "road"}


def test_what_is_saved_at_once_is_all_kept(store: Store) -> None:
    names = [f"answer{number}" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda name: store.drafts.save("draft", "pothole", "session", {name: name}), names))
    assert store.drafts.load("draft", "session").raw == dict(zip(names, names, strict=True))


def test_nothing_of_an_expired_draft_comes_back(timed: Store, clock: Clock) -> None:
    timed.drafts.save("draft", "pothole", "session", RAW, keep=timedelta(days=1))
    clock.forward(timedelta(days=1))
    timed.drafts.save("draft", "pothole", "session", {"surface": "road"})
    assert timed.drafts.load("draft", "session").raw == {"surface": "road"}


def test_another_session_neither_sees_nor_changes_it(store: Store) -> None:
    store.drafts.save("draft", "pothole", "mine", RAW)
    assert store.drafts.load("draft", "theirs") is None
    assert not store.drafts.save("draft", "pothole", "theirs", {})
    assert store.drafts.load("draft", "mine").raw == RAW


def test_a_draft_can_be_dropped(store: Store) -> None:
    store.drafts.save("draft", "pothole", "session", RAW)
    store.drafts.drop("draft")
    assert store.drafts.load("draft", "session") is None


def test_a_draft_expires(timed: Store, clock: Clock) -> None:
    timed.drafts.save("short", "pothole", "session", RAW, keep=timedelta(days=1))
    timed.drafts.save("long", "pothole", "session", RAW, keep=timedelta(days=2))
    clock.forward(timedelta(days=1))
    assert timed.drafts.load("short", "session") is None
    assert timed.drafts.sweep() == 1
    assert timed.drafts.load("long", "session") is not None
