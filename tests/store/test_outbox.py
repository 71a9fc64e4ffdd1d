"""The outbox: claimed under a lease, settled by the holder alone, counted so that nothing is missing."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, event

from formroute.records import Status
from formroute.store import Counts, Dead, Delivered, Delivery, RetryAt, Search, State, Store
from formroute.store.tables import metadata, outbox
from tests.databases import on_sqlite
from tests.store.samples import DESK, EMAIL, NOON, WEBHOOK, Clock, accept

MINUTE = timedelta(minutes=1)
LEASE = timedelta(minutes=2)


def claimed(store: Store, holder: str = "a", **options: object) -> Delivery:
    delivery = store.outbox.claim(holder, **options)
    assert delivery is not None
    return delivery


def states(store: Store, reference: str = "WPG-1") -> list[str]:
    return [delivery.state for delivery in store.find(reference).deliveries]


class TestClaim:
    def test_takes_what_has_been_due_longest(self, timed: Store, clock: Clock) -> None:
        accept(timed, "WPG-1", EMAIL)
        clock.forward(MINUTE)
        accept(timed, "WPG-2", EMAIL)
        assert [claimed(timed, "a").reference, claimed(timed, "b").reference] == ["WPG-1", "WPG-2"]
        assert timed.outbox.claim("c") is None

    def test_counts_as_an_attempt_even_when_the_holder_dies(self, timed: Store, clock: Clock) -> None:
        accept(timed, "WPG-1", EMAIL)
        attempts = []
        for holder in "abc":
            attempts.append(claimed(timed, holder, lease=LEASE).attempts)
            clock.forward(LEASE)
        assert attempts == [1, 2, 3]

    @pytest.mark.parametrize(("waited", "free"), [(LEASE - timedelta(microseconds=1), False), (LEASE, True)])
    def test_leaves_alone_what_another_holds(self, timed: Store, clock: Clock, waited: timedelta, free: bool) -> None:
        accept(timed, "WPG-1", EMAIL)
        claimed(timed, "a", lease=LEASE)
        clock.forward(waited)
        assert (timed.outbox.claim("b") is not None) is free

    def test_skips_addresses_without_counting_an_attempt(self, store: Store) -> None:
        accept(store, "WPG-1", EMAIL, WEBHOOK)
        email, webhook = store.find("WPG-1").deliveries
        accept(store, "WPG-2", EMAIL)
        store.outbox.settle(claimed(store), Dead("down"), lambda _failures: timedelta(hours=1))
        assert claimed(store, "a").id == webhook.id
        assert store.outbox.claim("b") is None
        (waiting,) = store.find("WPG-2").deliveries
        assert (waiting.address, waiting.attempts) == (email.address, 0)

    def test_gives_each_delivery_to_one_of_many_that_ask_at_once(self, store: Store) -> None:
        for number in range(20):
            accept(store, f"WPG-{number}", EMAIL, DESK)

        def take(worker: int) -> list[int]:
            rounds = (store.outbox.claim(f"worker {worker}, {number}") for number in itertools.count())
            return [delivery.id for delivery in iter(lambda: next(rounds), None)]

        with ThreadPoolExecutor(8) as pool:
            taken = sorted(itertools.chain.from_iterable(pool.map(take, range(8))))
        assert taken == sorted(set(taken))
        assert len(taken) == 40

    def test_goes_by_the_clock_of_the_database(self, store: Store) -> None:
        accept(store, "WPG-1", EMAIL)
        before = store.now()
        until = claimed(store, lease=LEASE).next_at
        assert before <= until - LEASE <= store.now()


class TestSettle:
    def test_delivered_is_the_end(self, store: Store) -> None:
        accept(store, "WPG-1", EMAIL, DESK)
        assert store.outbox.settle(claimed(store), Delivered("250 OK"))
        assert states(store) == [State.DELIVERED, State.PENDING]
        assert store.find("WPG-1").events[-1].detail == {
            "department": "streets",
            "handler": "email",
            "attempt": 1,
            "detail": "250 OK",
        }

    def test_a_failure_waits_for_its_next_try(self, timed: Store, clock: Clock) -> None:
        accept(timed, "WPG-1", EMAIL)
        again = NOON + 5 * MINUTE
        assert timed.outbox.settle(claimed(timed), RetryAt(again, "Connection refused.", "Start the mail server."))
        (failing,) = timed.outbox.failing()
        assert (failing.next_at, failing.cause, failing.fix) == (again, "Connection refused.", "Start the mail server.")
        assert timed.outbox.claim("b") is None
        clock.forward(5 * MINUTE)
        assert claimed(timed, "b").attempts == 2

    def test_a_dead_letter_is_never_claimed_and_tells_why(self, timed: Store, clock: Clock) -> None:
        accept(timed, "WPG-1", EMAIL)
        assert timed.outbox.settle(claimed(timed), Dead("410 Gone", "Ask the department for its new address."))
        clock.forward(timedelta(days=365))
        assert timed.outbox.claim("b") is None
        (dead,) = timed.outbox.dead()
        assert (dead.reference, dead.cause, dead.fix) == (
            "WPG-1",
            "410 Gone",
            "Ask the department for its new address.",
        )

    @pytest.mark.parametrize("late", [Delivered(), RetryAt(NOON, "late"), Dead("late")], ids=["done", "retry", "dead"])
    def test_who_lost_the_lease_changes_nothing(self, timed: Store, clock: Clock, late: object) -> None:
        accept(timed, "WPG-1", EMAIL)
        stalled = claimed(timed, "a", lease=LEASE)
        clock.forward(LEASE)
        current = claimed(timed, "b", lease=LEASE)
        before = timed.find("WPG-1")
        assert not timed.outbox.settle(stalled, late)
        assert not timed.outbox.keep_payload(stalled, b"late")
        assert timed.find("WPG-1") == before
        assert timed.outbox.settle(current, Delivered())
        assert not timed.outbox.settle(current, Dead("twice"))
        assert states(timed) == [State.DELIVERED]


class TestPayload:
    def test_bytes_of_the_first_try_are_there_for_the_second(self, timed: Store, clock: Clock) -> None:
        accept(timed, "WPG-1", EMAIL)
        first = claimed(timed, "a")
        assert first.payload is None
        assert timed.outbox.keep_payload(first, b"the letter\x00\xff")
        timed.outbox.settle(first, RetryAt(NOON, "busy"))
        assert claimed(timed, "b").payload == b"the letter\x00\xff"

    def test_is_forgotten_when_it_has_arrived(self, store: Store) -> None:
        accept(store, "WPG-1", EMAIL)
        delivery = claimed(store)
        store.outbox.keep_payload(delivery, b"the letter")
        store.outbox.settle(delivery, Delivered())
        assert store.find("WPG-1").deliveries[0].payload is None


class TestStanding:
    def test_of_an_empty_store(self, store: Store) -> None:
        standing = store.outbox.standing()
        assert standing.submissions == standing.deliveries == Counts(0, 0, 0, 0)
        assert standing.oldest_pending is None

    def test_a_submission_is_as_bad_as_its_worst_delivery(self, store: Store) -> None:
        for reference, outcomes in {
            "WPG-1": [Delivered(), Delivered()],
            "WPG-2": [Delivered(), RetryAt(NOON + timedelta(days=9999), "busy")],
            "WPG-3": [Dead("gone"), Delivered()],
            "WPG-4": [Dead("gone"), RetryAt(NOON + timedelta(days=9999), "busy")],
        }.items():
            accept(store, reference, EMAIL, DESK)
            for outcome in outcomes:
                store.outbox.settle(claimed(store), outcome)
        standing = store.outbox.standing()
        assert standing.submissions == Counts(accepted=4, delivered=1, pending=1, dead=2)
        assert standing.deliveries == Counts(accepted=8, delivered=4, pending=2, dead=2)
        assert standing.submissions.add_up
        assert standing.deliveries.add_up
        assert standing.oldest_pending == NOON

    def test_a_delivery_that_vanished_is_noticed(self, store: Store) -> None:
        accept(store, "WPG-1", EMAIL, DESK)
        with store.database.writing() as connection:
            connection.execute(delete(outbox).where(outbox.c.handler == "desk"))
        assert not store.outbox.standing().deliveries.add_up


@on_sqlite
def test_nothing_that_happens_often_reads_a_whole_table(store: Store) -> None:
    """A million stored submissions must not slow down the next one: every statement goes by an index."""
    statements = []

    def note(_connection, _cursor, statement: str, parameters: tuple, *_rest: object) -> None:
        statements.append((statement, parameters))

    event.listen(store.database.engine, "before_cursor_execute", note)
    accept(store, "WPG-1", EMAIL, DESK, draft="draft")
    delivery = claimed(store)
    store.outbox.keep_payload(delivery, b"letter")
    store.outbox.settle(delivery, Delivered())
    store.find("WPG-1")
    store.accepted("token")
    store.at_desk("ward-3")
    store.outbox.standing()
    store.search(Search(forms=["pothole"], since=NOON))
    for state in State:
        store.search(Search(department="streets", state=state), before="WPG-1")
    store.overdue()
    store.search(Search(status=Status.DONE))
    store.search(Search(reference="WPG"))
    store.outbox.by_department()
    store.chain.seal()
    event.remove(store.database.engine, "before_cursor_execute", note)
    with store.database.reading() as connection:
        plans = [
            (statement, row[3])
            for statement, parameters in statements
            if not statement.startswith("BEGIN")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    assert len(plans) > 10
    scans = [plan for plan in plans if plan[1].startswith("SCAN") and "USING" not in plan[1]]
    assert [plan for plan in scans if plan[1].split()[1] in metadata.tables] == []
