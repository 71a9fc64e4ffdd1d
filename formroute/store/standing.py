"""The figures of the whole outbox, counted so that they must add up to what was accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from formroute.store.deliveries import State
from formroute.store.tables import outbox, submissions


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were accepted, and what became of them: `accepted` is counted apart from the other three."""

    accepted: int
    delivered: int
    pending: int
    dead: int

    @property
    def add_up(self) -> bool:
        """Whether none is missing."""
        return self.accepted == self.delivered + self.pending + self.dead


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of the whole outbox: counted by submission and by delivery, and since when the oldest waits.

    `dismissed` are the dead deliveries that a person let rest.
    """

    submissions: Counts
    deliveries: Counts
    oldest_pending: datetime | None
    dismissed: int = 0

    @property
    def alarming(self) -> int:
        """The dead deliveries that need a hand."""
        return self.deliveries.dead - self.dismissed


def standing(connection: Connection) -> Standing:
    """The figures as this transaction sees them."""
    return Standing(
        _count_submissions(connection),
        _count_deliveries(connection),
        connection.scalars(_oldest_pending()).one(),
        connection.scalars(_count_dismissed()).one(),
    )


def by_department(connection: Connection) -> tuple[tuple[str, State, int], ...]:
    """How many deliveries are pending or dead, by department; residents stand under RESIDENT."""
    place = outbox.c.department, outbox.c.state
    open_ones = select(*place, func.count()).where(outbox.c.state.in_((State.PENDING, State.DEAD)))
    counted = connection.execute(open_ones.group_by(*place).order_by(*place))
    return tuple((name, State(state), count) for name, state, count in counted)


def _count_submissions(connection: Connection) -> Counts:
    """A submission is dead when any delivery is, else pending when any is, else delivered; all by indexes alone."""
    accepted = select(func.count()).select_from(submissions).where(submissions.c.destinations > 0)
    on_the_way = select(func.count(outbox.c.submission.distinct()))
    is_dead = select(outbox.c.submission).where(outbox.c.state == State.DEAD)
    only_pending = on_the_way.where(outbox.c.state == State.PENDING, outbox.c.submission.not_in(is_dead))
    dead = on_the_way.where(outbox.c.state == State.DEAD)
    total, known, waiting, lost = (
        connection.execute(count).scalar_one() for count in (accepted, on_the_way, only_pending, dead)
    )
    return Counts(total, known - waiting - lost, waiting, lost)


def _count_deliveries(connection: Connection) -> Counts:
    accepted = connection.execute(select(func.coalesce(func.sum(submissions.c.destinations), 0))).scalar_one()
    rows = connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    counted = dict.fromkeys(State, 0) | {State(state): count for state, count in rows}
    return Counts(int(accepted), counted[State.DELIVERED], counted[State.PENDING], counted[State.DEAD])


def _count_dismissed() -> Select[Any]:
    let_rest = (outbox.c.state == State.DEAD) & outbox.c.dismissed.is_not(None)
    return select(func.count()).select_from(outbox).where(let_rest)


def _oldest_pending() -> Select[Any]:
    waiting = submissions.join(outbox, outbox.c.submission == submissions.c.id)
    return select(func.min(submissions.c.received)).select_from(waiting).where(outbox.c.state == State.PENDING)
