"""Circuit breaker and rate limit hold for all workers on a store together, whichever of them found it out."""

import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from formroute.records import Destination
from formroute.store import Dead, Delivered, Delivery, Store, due
from formroute.store.tables import outbox as table
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


PLACES = [Destination(f"department {number}", "desk") for number in range(7)]


@pytest.mark.parametrize("near", [1, 3, 1000])
@pytest.mark.parametrize("seed", range(4))
def test_what_is_due_elsewhere_is_claimed_however_many_wait_for_a_closed_address(
    timed: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch, near: int, seed: int
) -> None:
    """A claim looks at `near` of what has been due longest, and then goes by addresses."""
    monkeypatch.setattr(due, "NEAR", near)
    chosen = random.Random(seed)
    closed, late = chosen.sample(PLACES, chosen.randrange(7)), chosen.sample(PLACES, 2)
    for place in closed:
        accept(timed, f"closed {place}", place)
        fail(timed, timed.outbox.claim(f"a worker that fails at {place}"))
    for number in range(20):
        clock.forward(timedelta(milliseconds=1))
        accept(timed, f"WPG-{number}", *chosen.sample(PLACES, 2))
    for place in late:
        accept(timed, f"late {place}", place)
        delivery = timed.find(f"late {place}").deliveries[0]
        with timed.database.writing() as connection:
            hour = clock.time + timedelta(hours=1)
            connection.execute(update(table).where(table.c.id == delivery.id).values(next_at=hour))
    waiting = [each for number in range(20) for each in timed.find(f"WPG-{number}").deliveries]
    wanted = {each.id for each in waiting if each.destination not in closed}
    found = [delivery.id for delivery in claims(timed)]
    assert len(found) == len(wanted)
    assert set(found) == wanted


def test_many_that_claim_at_once_get_each_delivery_once_where_most_wait_for_a_closed_address(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "NEAR", 5)
    for number in range(20):
        accept(store, f"closed {number}", DESK)
    store.outbox.settle(store.outbox.claim("one worker"), Dead("down"), lambda _failures: timedelta(hours=1))
    for number in range(10):
        accept(store, f"WPG-{number}", *PLACES[:3])
    with ThreadPoolExecutor(8) as crowd:
        taken = list(crowd.map(lambda number: store.outbox.claim(f"worker {number}"), range(40)))
    found = [delivery.id for delivery in taken if delivery is not None]
    found += [delivery.id for delivery in claims(store)]
    assert len(found) == len(set(found)) == 30


def test_what_is_long_past_is_forgotten(ten: Store, clock: Clock) -> None:
    fail(ten, ten.outbox.claim("one worker"))
    assert ten.circuits.sweep(timedelta(minutes=10)) == 0
    clock.forward(timedelta(minutes=10) + HALF_A_MINUTE)
    assert ten.circuits.sweep(timedelta(minutes=10)) == 1
    assert len(claims(ten)) == 9


@pytest.mark.parametrize(("places", "latest"), [(due.NEAR, due.NEAR), (40, 90)])
def test_behind_a_closed_address_nobody_waits_for_newer_deliveries_to_all_the_others(
    timed: Store, clock: Clock, places: int, latest: int
) -> None:
    """A claim looks at some addresses and takes what has been due longest there; with few it looks at all of them."""
    for number in range(due.NEAR + 5):
        accept(timed, f"closed {number}", DESK)
    fail(timed, timed.outbox.claim("one worker"))
    for number in range(4):
        clock.forward(timedelta(milliseconds=1))
        accept(timed, f"round {number}", *(Destination(f"department {place}", "desk") for place in range(places)))
    clock.forward(timedelta(milliseconds=1))
    taken = [delivery.destination.department for delivery in claims(timed)]
    assert len(taken) == 4 * places
    assert max(taken.index(f"department {place}") for place in range(places)) < latest
