"""Finding submissions: what is known of them narrows the list, the latest first, a page at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from formroute.store import Dead, Delivered, RetryAt, Search, State, Store
from tests.store.samples import DECISION, DESK, EMAIL, NOON, SUBMISSION

DAY = timedelta(days=1)


@pytest.fixture
def filled(store: Store) -> Store:
    """WPG-1 delivered, WPG-2 dead, WPG-3 pending after a failure, BUS-4 pending; each a day after the one before."""
    for number, (reference, form, destinations) in enumerate(
        [
            ("WPG-1", "pothole", (EMAIL, DESK)),
            ("WPG-2", "pothole", (EMAIL, DESK)),
            ("WPG-3", "lamp", (DESK,)),
            ("BUS-4", "bus", (EMAIL,)),
        ]
    ):
        submission = replace(SUBMISSION, form=form, received=NOON + number * DAY)
        store.accept(submission, DECISION, destinations, reference=reference, token=reference, definition="{}")
    for outcome in (Delivered(), Delivered(), Dead("gone"), Delivered(), RetryAt(NOON + 9999 * DAY, "busy")):
        store.outbox.settle(store.outbox.claim(str(id(outcome))), outcome)
    return store


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Search(), "BUS-4 WPG-3 WPG-2 WPG-1"),
        (Search(reference="WPG"), "WPG-3 WPG-2 WPG-1"),
        (Search(reference="WPG-2"), "WPG-2"),
        (Search(reference="W%"), ""),
        (Search(form="pothole"), "WPG-2 WPG-1"),
        (Search(department="ward-3"), "WPG-3 WPG-2 WPG-1"),
        (Search(department="streets"), "BUS-4 WPG-2 WPG-1"),
        (Search(department="streets", handler="desk"), ""),
        (Search(handler="email"), "BUS-4 WPG-2 WPG-1"),
        (Search(state=State.DELIVERED), "WPG-1"),
        (Search(state=State.PENDING), "BUS-4 WPG-3"),
        (Search(state=State.DEAD), "WPG-2"),
        (Search(since=NOON + DAY), "BUS-4 WPG-3 WPG-2"),
        (Search(until=NOON + DAY), "WPG-1"),
        (Search(since=NOON + DAY, until=NOON + 2 * DAY, form="pothole"), "WPG-2"),
        (Search(department="ward-3", state=State.PENDING), "WPG-3"),
        (Search(form="nothing"), ""),
    ],
)
def test_what_is_known_narrows_the_list(filled: Store, wanted: Search, found: str) -> None:
    assert [line.reference for line in filled.search(wanted)] == found.split()


def test_a_line_tells_the_state_of_the_worst_delivery(filled: Store) -> None:
    states = {line.reference: line.state for line in filled.search(Search())}
    assert states == {
        "WPG-1": State.DELIVERED,
        "WPG-2": State.DEAD,
        "WPG-3": State.PENDING,
        "BUS-4": State.PENDING,
    }


def test_pages_follow_one_another_without_gap_or_repetition(filled: Store) -> None:
    pages, before = [], None
    while page := filled.search(Search(), before=before, limit=2):
        pages.append([line.reference for line in page])
        before = page[-1].reference
    assert pages == [["BUS-4", "WPG-3"], ["WPG-2", "WPG-1"]]


def test_a_desk_lists_what_came_to_it_the_latest_first(filled: Store) -> None:
    assert [line.reference for line in filled.at_desk("ward-3")] == ["WPG-3", "WPG-2", "WPG-1"]
    assert [line.reference for line in filled.at_desk("ward-3", before="WPG-3", limit=1)] == ["WPG-2"]
    assert filled.at_desk("streets") == ()
