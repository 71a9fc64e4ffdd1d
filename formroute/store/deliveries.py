"""A delivery and what can become of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from formroute.records import Destination


class State(StrEnum):
    """Every delivery is in one of these, so that accepted = delivered + pending + dead."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the outbox: one submission on its way to one destination.

    `key` identifies it to the receiver on every try. `address` is the same for all deliveries that go to
    the same place. `next_at` is the moment of the next try, or of the end of the lease while `holder`
    tries it. `cause` and `fix` tell why the last try failed and what an operator can do. `dismissed` is when a
    person said that a dead one may rest.
    """

    id: int
    key: str
    reference: str
    destination: Destination
    address: str
    state: State
    attempts: int
    next_at: datetime
    received: datetime
    cause: str = ""
    fix: str = ""
    settled: datetime | None = None
    holder: str | None = None
    payload: bytes | None = None
    dismissed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """The destination has it; `detail` is what it answered."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class RetryAt:
    """The try failed; the next one is due at `at`."""

    at: datetime
    cause: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Dead:
    """No further try is made until a person steps in."""

    cause: str
    fix: str = ""


Outcome = Delivered | RetryAt | Dead
