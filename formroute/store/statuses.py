"""How far a submission is, as its department says; the resident's letter is part of the same commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select, update

from formroute.records import Destination, Status
from formroute.store.delivery_rows import enqueue
from formroute.store.events import Event, record
from formroute.store.references import UnknownReferenceError
from formroute.store.tables import submissions

KIND = "status"
OPEN = (Status.RECEIVED, Status.IN_PROGRESS)
"""While a submission has one of these, its department is to deal with it."""


@dataclass(frozen=True, slots=True)
class Late:
    """One submission that should have been dealt with by `due`."""

    reference: str
    department: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many submissions are past their due date, and those that have been for longest."""

    count: int
    longest: tuple[Late, ...]


def status_of(events: Sequence[Event]) -> Status:
    """The status that was set last."""
    set_ = [event for event in events if event.kind == KIND]
    return Status(set_[-1].detail["status"]) if set_ else Status.RECEIVED


def overdue(connection: Connection, now: ColumnElement[datetime], limit: int) -> Overdue:
    """What should have been dealt with by `now` and is neither done nor declined."""
    late = (submissions.c.status.in_(OPEN), submissions.c.due < now)
    columns = (submissions.c.reference, submissions.c.department, submissions.c.due)
    count = connection.scalars(select(func.count()).select_from(submissions).where(*late)).one()
    rows = connection.execute(select(*columns).where(*late).order_by(submissions.c.due, submissions.c.id).limit(limit))
    return Overdue(count, tuple(Late(*row) for row in rows))


def change_status(
    connection: Connection,
    reference: str,
    status: Status,
    by: str,
    destinations: Sequence[Destination],
    now: ColumnElement[datetime],
) -> bool:
    """Set the status and write the letters that tell of it; False, and nothing written, when it is set already.

    Raises UnknownReferenceError.
    """
    chosen = select(submissions.c.id, submissions.c.destinations, submissions.c.status).where(
        submissions.c.reference == reference
    )
    found = connection.execute(chosen.with_for_update()).first()
    if found is None:
        raise UnknownReferenceError(reference)
    if found.status == status:
        return False
    record(connection, found.id, now, KIND, {"status": status, "by": by})
    enqueue(connection, found.id, reference, destinations, now, after=found.destinations)
    told = found.destinations + len(destinations)
    changed = update(submissions).where(submissions.c.id == found.id).values(destinations=told, status=status)
    connection.execute(changed)
    return True
