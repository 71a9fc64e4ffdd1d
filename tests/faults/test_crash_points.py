"""Promise 1: the power may go at any point. Promise 2: a harness that says so is not blind."""

import itertools
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import formroute.intake
from formroute.delivery import Worker
from formroute.store import Accepted, Delivered, Store, outbox, submissions
from formroute.store.outbox import Outbox
from tests.faults.numbers import times
from tests.faults.scenario import PowerCutError, told

STRIDE = times(7, 1)
"""The ordinary run tries every seventh point."""


def walk(folder: Path, stride: int, first: int = 0) -> Iterator[tuple[int, list[str], list[str]]]:
    """The story with a cut at each point until one lies behind its end."""
    for number in itertools.count(first, stride):
        steps, faults = told(folder / str(number), number)
        yield number, steps, faults
        if len(steps) <= number:
            return


def test_a_power_cut_at_any_point_breaks_no_promise(folder: Path) -> None:
    steps: list[str] = []
    for number, steps, faults in walk(folder, STRIDE):
        assert faults == [], f"after a cut at step {number}: {steps[-1]}"
    assert len(steps) > 150


@contextmanager
def acknowledge_before_commit() -> Iterator[None]:
    """The resident sees a reference, then it is stored."""
    real = formroute.intake.Intake._accept

    def hasty(self, *arguments):
        try:
            return real(self, *arguments)
        except PowerCutError:
            return Accepted(f"SMA-2026-{secrets.token_hex(3)}", "lamp", self.now())

    with patched(formroute.intake.Intake, "_accept", hasty):
        yield


@contextmanager
def delivered_before_sending() -> Iterator[None]:
    """A delivery is settled, then it is sent."""
    real = Worker._try

    def hasty(self, delivery):
        self._store.outbox.settle(delivery, Delivered())
        return real(self, delivery)

    with patched(Worker, "_try", hasty):
        yield


@contextmanager
def two_transactions() -> Iterator[None]:
    """The submission is committed, then its deliveries."""
    real_enqueue, real_accept = submissions.enqueue, Store.accept
    waiting: list[tuple] = []

    def later(connection, number, reference, destinations, due) -> None:
        waiting.append((number, reference, destinations, due))

    def accept(self, *arguments, **named):
        accepted = real_accept(self, *arguments, **named)
        while waiting:
            with self.database.writing() as connection:
                real_enqueue(connection, *waiting.pop())
        return accepted

    with patched(submissions, "enqueue", later), patched(Store, "accept", accept):
        yield


@contextmanager
def leases_never_expire() -> Iterator[None]:
    """A worker that dies keeps its delivery."""
    real = Outbox.claim
    with patched(Outbox, "claim", lambda self, holder, lease=None: real(self, holder, timedelta(3650))):
        yield


@contextmanager
def content_is_not_kept() -> Iterator[None]:
    """Every try renders anew."""
    with patched(Outbox, "keep_payload", lambda self, delivery, payload: True):
        yield


@contextmanager
def keys_change() -> Iterator[None]:
    """Every try has a key of its own."""
    real = Outbox.claim

    def claim(self, *arguments, **named):
        delivery = real(self, *arguments, **named)
        return delivery and replace(delivery, key=secrets.token_hex(8))

    with patched(Outbox, "claim", claim):
        yield


@contextmanager
def anybody_settles() -> Iterator[None]:
    """A worker that lost its lease may still write."""
    with patched(outbox, "_held", lambda delivery: outbox.outbox.c.id == delivery.id):
        yield


@contextmanager
def tokens_do_not_count() -> Iterator[None]:
    """The same form sent twice is taken twice."""
    with patched(formroute.intake, "_digest", lambda token: secrets.token_hex(16)):
        yield


@contextmanager
def patched(owner: object, name: str, value: object) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, value)
        yield


BUGS = [
    acknowledge_before_commit,
    delivered_before_sending,
    two_transactions,
    leases_never_expire,
    content_is_not_kept,
    keys_change,
    anybody_settles,
    tokens_do_not_count,
]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_bug_is_caught(folder: Path, bug) -> None:
    with bug():
        assert any(faults for _, _, faults in walk(folder, 1))
