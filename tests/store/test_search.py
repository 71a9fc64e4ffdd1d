"""Finding submissions: what is known of them narrows the list, the latest first, a page at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from formroute.records import Status
from formroute.store import Dead, Delivered, Late, Overdue, RetryAt, Search, State, Store
from formroute.store.dialect import begins_with
from formroute.store.tables import submissions
from tests.databases import on_postgresql
from tests.store.samples import DECISION, DESK, EMAIL, NOON, SUBMISSION, Clock, accept

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
        accept(store, reference, *destinations, submission=submission)
    store.change_status("WPG-2", Status.DONE, by="zoe")
    store.change_status("WPG-3", Status.IN_PROGRESS, by="zoe")
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
        (Search(forms=["pothole"]), "WPG-2 WPG-1"),
        (Search(department="ward-3"), "WPG-3 WPG-2 WPG-1"),
        (Search(department="streets"), "BUS-4 WPG-2 WPG-1"),
        (Search(department="streets", handler="desk"), ""),
        (Search(handler="email"), "BUS-4 WPG-2 WPG-1"),
        (Search(state=State.DELIVERED), "WPG-1"),
        (Search(state=State.PENDING), "BUS-4 WPG-3"),
        (Search(state=State.DEAD), "WPG-2"),
        (Search(since=NOON + DAY), "BUS-4 WPG-3 WPG-2"),
        (Search(until=NOON + DAY), "WPG-1"),
        (Search(since=NOON + DAY, until=NOON + 2 * DAY, forms=["pothole"]), "WPG-2"),
        (Search(department="ward-3", state=State.PENDING), "WPG-3"),
        (Search(status=Status.RECEIVED), "BUS-4 WPG-1"),
        (Search(status=Status.DONE, department="streets"), "WPG-2"),
        (Search(status=Status.DECLINED), ""),
        (Search(forms=["nothing"]), ""),
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
    assert [line.reference for line in filled.at_desk("ward-3", status=Status.IN_PROGRESS)] == ["WPG-3"]
    assert filled.at_desk("streets") == ()


class TestOverdue:
    """Each is due two days after noon of the first day."""

    def test_what_is_past_its_due_date_and_still_open_the_longest_first(self, timed: Store, clock: Clock) -> None:
        for number in range(4):
            due = replace(DECISION, due=NOON + (4 - number) * DAY)
            accept(timed, f"WPG-{number}", decision=due)
        assert timed.overdue() == Overdue(0, ())
        clock.forward(3.5 * DAY)
        assert timed.overdue(limit=2) == Overdue(
            3, (Late("WPG-3", "streets", NOON + DAY), Late("WPG-2", "streets", NOON + 2 * DAY))
        )
        timed.change_status("WPG-3", Status.IN_PROGRESS, by="zoe")
        timed.change_status("WPG-2", Status.DECLINED, by="zoe")
        assert [late.reference for late in timed.overdue().longest] == ["WPG-3", "WPG-1"]

    def test_what_was_erased_or_has_no_due_date_is_not_overdue(self, timed: Store, clock: Clock) -> None:
        accept(timed, "WPG-1", DESK)
        accept(timed, "2", decision=replace(DECISION, due=None))
        clock.forward(9 * DAY)
        assert timed.overdue().count == 1
        timed.erasures.erase("WPG-1", "asked", even_undelivered=True)
        assert timed.overdue().count == 0


@on_postgresql
def test_postgresql_finds_the_beginning_of_a_reference_by_an_index(filled: Store) -> None:
    """With so few rows it would rather read them all, unless it is told not to."""
    with filled.database.reading() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        wanted = select(submissions.c.id).where(begins_with(connection, submissions.c.reference, "WPG"))
        compiled = wanted.compile(connection, compile_kwargs={"literal_binds": True})
        plan = "\n".join(connection.scalars(text(f"EXPLAIN {compiled}")))
    assert "Index Cond: ((reference ~>=~ 'WPG'::text)" in plan
    assert "submissions_by_reference" in plan
