"""When a failed delivery is tried again, and when it is given up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.delivery.result import Failed, Sent
from formroute.delivery.retry import PLAN, next_step
from formroute.store import Dead, Delivered, RetryAt

NOW = datetime(2026, 3, 7, 12, tzinfo=UTC)
BUSY = Failed("busy", "wait")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (1, MINUTE),
        (2, 3 * MINUTE),
        (3, 9 * MINUTE),
        (4, 27 * MINUTE),
        (5, 81 * MINUTE),
        (6, 243 * MINUTE),
        (7, 12 * HOUR),
        (8, 12 * HOUR),
        (12, 12 * HOUR),
    ],
)
def test_waits_grow_to_half_a_day(attempts: int, wait: timedelta) -> None:
    assert next_step(attempts, BUSY, NOW, 0.0) == RetryAt(NOW + wait, "busy", "wait")


@pytest.mark.parametrize(
    ("attempts", "result", "outcome"),
    [
        (1, Sent("250 OK"), Delivered("250 OK")),
        (99, Sent(), Delivered()),
        (1, Failed("gone", "ask", final=True), Dead("gone", "ask")),
        (13, BUSY, Dead("busy (given up after 13 attempts)", "wait")),
        (14, BUSY, Dead("busy (given up after 14 attempts)", "wait")),
        (1, Failed("busy", wait=5 * MINUTE), RetryAt(NOW + 5 * MINUTE, "busy")),
        (1, Failed("busy", wait=timedelta(seconds=5)), RetryAt(NOW + MINUTE, "busy")),
        (1, Failed("busy", wait=-HOUR), RetryAt(NOW + MINUTE, "busy")),
        (1, Failed("busy", wait=timedelta(days=9999)), RetryAt(NOW + timedelta(days=1), "busy")),
        (9, Failed("busy", wait=5 * MINUTE), RetryAt(NOW + 12 * HOUR, "busy")),
    ],
)
def test_next_step(attempts: int, result: object, outcome: object) -> None:
    assert next_step(attempts, result, NOW, 0.0) == outcome


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=13, max_size=13))
def test_ten_tries_or_more_over_three_days_or_more(jitter: list[float]) -> None:
    now, tries = NOW, 0
    for attempt, random in enumerate(jitter, start=1):
        tries += 1
        outcome = next_step(attempt, BUSY, now, random)
        if isinstance(outcome, Dead):
            break
        assert outcome.at > now
        now = outcome.at
    assert isinstance(outcome, Dead)
    assert tries >= 10
    assert timedelta(hours=72) <= now - NOW <= timedelta(hours=100)


@given(st.integers(1, PLAN.attempts - 1), st.floats(0, 1, exclude_max=True), st.integers(-10, 10**9))
def test_a_wait_asked_for_is_kept_within_reason(attempts: int, jitter: float, seconds: int) -> None:
    asked = timedelta(seconds=seconds)
    outcome = next_step(attempts, Failed("busy", wait=asked), NOW, jitter)
    assert isinstance(outcome, RetryAt)
    assert outcome.at - NOW >= min(asked, PLAN.patience)
