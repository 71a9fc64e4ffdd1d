"""Counting who does what how often: as the library `limits` counts, in memory that has a bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from limits import RateLimitItem, parse

from formroute.web.counts import Counts

HOUR = parse("3 per hour")
MINUTE = parse("2 per minute")


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@given(st.lists(st.tuples(st.integers(0, 2_000), st.sampled_from("ab"), st.sampled_from([HOUR, MINUTE]))))
def test_just_as_many_are_let_through_as_the_window_has_room_for(steps: list[tuple[int, str, RateLimitItem]]) -> None:
    clock = Clock()
    counts, taken = Counts(3600, clock=clock), list[tuple[float, str, RateLimitItem]]()
    for passed, who, measure in steps:
        clock.now += passed
        lately = [at for at, *key in taken if key == [who, measure] and at > clock.now - measure.get_expiry()]
        free = len(lately) < measure.amount
        assert counts.hit(measure, who, str(measure)) is free
        taken += [(clock.now, who, measure)] if free else []


def test_who_is_refused_is_told_how_long_to_wait(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_000.0)
    counts = Counts(3600, clock=clock)
    for clock.now in (0.0, 10.0, 20.0):
        assert counts.hit(HOUR, "a")
    assert not counts.hit(HOUR, "a")
    assert counts.get_window_stats(HOUR, "a") == (1_000 + 3_580, 0)
    assert counts.get_window_stats(HOUR, "b") == (1_000, 3)


def test_who_was_not_seen_for_the_longest_time_is_forgotten(clock: Clock) -> None:
    counts = Counts(3600, clock=clock)
    for clock.now in map(float, range(0, 36_000, 36)):
        counts.hit(MINUTE, f"address {clock.now}")
    assert len(counts) == 100


def test_beyond_the_bound_the_quietest_is_forgotten(clock: Clock) -> None:
    counts = Counts(3600, most=10, clock=clock)
    for number in range(1_000):
        assert counts.hit(HOUR, f"address {number}")
        counts.hit(HOUR, "busy")
    assert len(counts) <= 10
    assert not counts.hit(HOUR, "busy")
