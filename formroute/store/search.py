"""Finding submissions: by what is known of them, a page at a time, the latest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, ScalarSelect, case, func, select

from formroute.records import Decision, Status
from formroute.store.answers import decision_from_json
from formroute.store.deliveries import State
from formroute.store.dialect import begins_with
from formroute.store.tables import outbox, submissions

WORST_LAST = (State.DELIVERED, State.PENDING, State.DEAD)


@dataclass(frozen=True, slots=True)
class Search:
    """What is known of the submissions that are looked for; what is left out does not matter.

    `reference` is its beginning, `forms` are the names that its form has and had, `department` is one that a delivery
    goes to, `handler` the way of it, `state` what became of its worst delivery, `status` how far its department says
    it is. `since` is the first moment of receipt, `until` the first one after.
    """

    reference: str | None = None
    forms: Collection[str] = ()
    department: str | None = None
    handler: str | None = None
    state: State | None = None
    status: Status | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of a list of submissions; `state` is that of its worst delivery."""

    reference: str
    form: str
    received: datetime
    decision: Decision
    state: State
    status: Status


def search(connection: Connection, wanted: Search, before: str | None, limit: int) -> tuple[Summary, ...]:
    """The latest submissions that meet all of `wanted`; those after the submission `before` in the list.

    A department's list goes along the index of its deliveries, every other along the submissions.
    """
    statement = select(
        submissions.c.reference,
        submissions.c.form,
        submissions.c.received,
        submissions.c.decision,
        submissions.c.status,
        _worst().label("rank"),
    ).where(submissions.c.erased.is_(None), *_met(connection, wanted))
    number: ColumnElement[int] = submissions.c.id
    if wanted.department is not None:
        first = outbox.alias()
        statement = statement.join_from(first, submissions).where(*_goes_to(first, wanted), _is_first(first, wanted))
        number = first.c.submission
    if before is not None:
        place = select(submissions.c.id).where(submissions.c.reference == before).scalar_subquery()
        statement = statement.where(number < place)
    statement = statement.order_by(number.desc()).limit(limit)
    return tuple(
        Summary(
            row.reference,
            row.form,
            row.received,
            decision_from_json(row.decision),
            WORST_LAST[row.rank],
            Status(row.status),
        )
        for row in connection.execute(statement)
    )


def rank_of() -> ColumnElement[int]:
    """How bad the state of a delivery is, as a place in `WORST_LAST`."""
    return case({state: place for place, state in enumerate(WORST_LAST)}, value=outbox.c.state)


def _met(connection: Connection, wanted: Search) -> Iterator[ColumnElement[bool]]:
    if wanted.reference is not None:
        yield begins_with(connection, submissions.c.reference, wanted.reference)
    if wanted.forms:
        yield submissions.c.form.in_(wanted.forms)
    if wanted.department is None and wanted.handler is not None:
        yield _has(*_goes_to(outbox, wanted))
    if wanted.state is not None:
        yield from _is_in(wanted.state)
    if wanted.status is not None:
        yield submissions.c.status == wanted.status
    if wanted.since is not None:
        yield submissions.c.received >= wanted.since
    if wanted.until is not None:
        yield submissions.c.received < wanted.until


def _goes_to(delivery: FromClause, wanted: Search) -> Iterator[ColumnElement[bool]]:
    if wanted.department is not None:
        yield delivery.c.department == wanted.department
    if wanted.handler is not None:
        yield delivery.c.handler == wanted.handler


def _is_first(delivery: FromClause, wanted: Search) -> ColumnElement[bool]:
    """Of several deliveries of a submission that are wanted alike, the first stands for it."""
    earlier = outbox.alias()
    same = (earlier.c.submission == delivery.c.submission) & (earlier.c.id < delivery.c.id)
    return ~select(earlier.c.id).where(same, *_goes_to(earlier, wanted)).exists()


def _is_in(state: State) -> Iterator[ColumnElement[bool]]:
    """Few are pending or dead, so those are looked up; of the delivered, the lists begin with the latest."""
    place = WORST_LAST.index(state)
    if state is not State.DELIVERED:
        yield submissions.c.id.in_(select(outbox.c.submission).where(outbox.c.state == state))
    for worse in WORST_LAST[place + 1 :]:
        yield ~_has(outbox.c.state == worse)


def _has(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(outbox.c.id).where(outbox.c.submission == submissions.c.id, *conditions).exists()


def _worst() -> ScalarSelect[Any]:
    return select(func.max(rank_of())).where(outbox.c.submission == submissions.c.id).scalar_subquery()
