"""When to try again, and when to stop: a pure function of what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from formroute.delivery.result import Failed, Result, Sent
from formroute.store import Dead, Delivered, Outcome, RetryAt


@dataclass(frozen=True, slots=True)
class Plan:
    """How failures are retried: waits grow by `factor` from `first` to `longest`, each lengthened by up to `spread`.

    With these values 13 tries span 78 hours or more.
    """

    attempts: int = 13
    first: timedelta = timedelta(minutes=1)
    factor: int = 3
    longest: timedelta = timedelta(hours=12)
    spread: float = 0.25
    patience: timedelta = timedelta(days=1)
    """The longest wait that another side may ask for."""

    def wait(self, attempts: int) -> timedelta:
        """The least wait after this many attempts."""
        wait = self.first
        for _ in range(1, attempts):
            wait = min(wait * self.factor, self.longest)
        return wait


PLAN = Plan()


def next_step(attempts: int, result: Result, now: datetime, jitter: float, plan: Plan = PLAN) -> Outcome:
    """What becomes of a delivery after its `attempts`-th try (from 1); `jitter` is in [0, 1)."""
    match result:
        case Sent(detail):
            return Delivered(detail)
        case Failed(cause, fix, _, final=True):
            return Dead(cause, fix)
        case Failed(cause, fix) if attempts >= plan.attempts:
            return Dead(f"{cause} (given up after {attempts} attempts)", fix)
        case Failed(cause, fix, wait):
            own = plan.wait(attempts) * (1 + plan.spread * jitter)
            asked = min(wait or own, plan.patience)
            return RetryAt(now + max(own, asked), cause, fix)
