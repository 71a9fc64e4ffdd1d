"""Circuit breaker and rate limit hold for all workers on a store together, whichever of them found it out."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formroute.records import Destination
from formroute.store import Dead, Delivered, Delivery, Store
from tests.store.samples import DESK, Clock, accept

HALF_A_MINUTE = timedelta(seconds=30)
NUMBERS = itertools.count()
FEW = Destination("streets", "email", {"to": "streets@example.org", "per_minute": 2})


def half_a_minute(failures: int) -> timedelta:
    return HALF_A_MINUTE * 2**failures


def fail(store: Store, delivery: Delivery) -> None:
    store.outbox.settle(delivery, Dead("down"), half_a_minute)


def claims(store: Store) -> list[Delivery]:
    """Everything that may be tried now."""
    found = []
    while (delivery := store.outbox.claim(f"holder {len(found)}")) is not None:
        found.append(delivery)
    return found


@pytest.fixture
def ten(timed: Store) -> Store:
    """Ten deliveries to one address."""
    for number in range(10):
        accept(timed, f"WPG-{number}", DESK)
    return timed


def test_an_address_that_failed_is_left_alone_by_every_worker(ten: Store, clock: Clock) -> None:
    accept(ten, "other", Destination("parks", "desk"))
    fail(ten, ten.outbox.claim("one worker"))
    assert [delivery.reference for delivery in claims(ten)] == ["other"]
    clock.forward(HALF_A_MINUTE - timedelta(microseconds=1))
    assert claims(ten) == []


def test_then_one_worker_alone_tries_it_and_a_success_lets_all_go_on(ten: Store, clock: Clock) -> None:
    fail(ten, ten.outbox.claim("one worker"))
    clock.forward(HALF_A_MINUTE)
    (probe,) = claims(ten)
    ten.outbox.settle(probe, Delivered())
    assert len(claims(ten)) == 8


def test_a_failure_opens_it_for_twice_as_long(ten: Store, clock: Clock) -> None:
    tried = []
    for second in range(300):
        if (delivery := ten.outbox.claim(f"at {second}")) is not None:
            tried.append(second)
            fail(ten, delivery)
        clock.forward(timedelta(seconds=1))
    assert tried == [0, 30, 90, 210]


def test_tries_that_were_under_way_together_count_as_one_failure(ten: Store, clock: Clock) -> None:
    under_way = [ten.outbox.claim(f"worker {number}") for number in range(4)]
    for delivery in under_way:
        fail(ten, delivery)
    clock.forward(HALF_A_MINUTE)
    assert len(claims(ten)) == 1


def test_a_worker_that_dies_while_it_tries_keeps_others_away_for_its_lease_only(ten: Store, clock: Clock) -> None:
    fail(ten, ten.outbox.claim("one worker"))
    clock.forward(HALF_A_MINUTE)
    assert ten.outbox.claim("dies", timedelta(minutes=2))
    clock.forward(timedelta(minutes=2))
    assert len(claims(ten)) == 1


@given(gaps=st.lists(st.integers(0, 40), max_size=25))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_span_has_more_tries_than_a_burst_and_what_it_refills(timed: Store, clock: Clock, gaps: list[int]) -> None:
    tries = []
    for gap in gaps:
        clock.forward(timedelta(seconds=gap))
        accept(timed, f"WPG-{next(NUMBERS)}", FEW)
        tries += [clock.time for _ in claims(timed)]
    for first in range(len(tries)):
        for last in range(first, len(tries)):
            assert last - first + 1 <= 2 + (tries[last] - tries[first]) / HALF_A_MINUTE


def test_the_limit_holds_for_many_that_claim_at_once(timed: Store) -> None:
    for number in range(12):
        accept(timed, f"WPG-{number}", FEW)
    with ThreadPoolExecutor(6) as crowd:
        taken = list(crowd.map(lambda number: timed.outbox.claim(f"worker {number}"), range(12)))
    assert sum(delivery is not None for delivery in taken) == 2


def test_what_is_long_past_is_forgotten(ten: Store, clock: Clock) -> None:
    fail(ten, ten.outbox.claim("one worker"))
    assert ten.circuits.sweep(timedelta(minutes=10)) == 0
    clock.forward(timedelta(minutes=10) + HALF_A_MINUTE)
    assert ten.circuits.sweep(timedelta(minutes=10)) == 1
    assert len(claims(ten)) == 9
