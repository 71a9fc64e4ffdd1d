"""How far a submission is, as its department says; the resident's letter is part of the same commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select, update

from formroute.records import Destination, Status
from formroute.store.answers import decision_from_json
from formroute.store.events import Event, events_of, record
from formroute.store.outbox import enqueue
from formroute.store.tables import submissions

KIND = "status"


def status_of(events: Sequence[Event]) -> Status:
    """The status that was set last."""
    set_ = [event for event in events if event.kind == KIND]
    return Status(set_[-1].detail["status"]) if set_ else Status.RECEIVED


def overdue(connection: Connection, now: datetime) -> tuple[tuple[str, str, datetime], ...]:
    """What should be dealt with by `now` and is not: reference, department and due date, the longest overdue first."""
    closed = (Status.DONE, Status.DECLINED)
    rows = connection.execute(
        select(submissions.c.id, submissions.c.reference, submissions.c.decision)
        .where(submissions.c.erased.is_(None))
        .order_by(submissions.c.id)
    )
    decided = ((row.id, row.reference, decision_from_json(row.decision)) for row in rows)
    late = [(number, reference, found) for number, reference, found in decided if found.due and found.due < now]
    open_ = [
        (reference, found.send_to, found.due)
        for number, reference, found in late
        if found.due and status_of(events_of(connection, number)) not in closed
    ]
    return tuple(sorted(open_, key=lambda each: each[2]))


def change_status(
    connection: Connection,
    reference: str,
    status: Status,
    by: str,
    destinations: Sequence[Destination],
    now: ColumnElement[datetime],
) -> bool:
    """Set the status and write the letters that tell of it; False, and nothing written, when it is set already.

    Raises KeyError for an unknown reference.
    """
    chosen = select(submissions.c.id, submissions.c.destinations).where(submissions.c.reference == reference)
    found = connection.execute(chosen.with_for_update()).first()
    if found is None:
        raise KeyError(reference)
    if status_of(events_of(connection, found.id)) == status:
        return False
    record(connection, found.id, now, KIND, {"status": status, "by": by})
    enqueue(connection, found.id, reference, destinations, now, after=found.destinations)
    told = found.destinations + len(destinations)
    connection.execute(update(submissions).where(submissions.c.id == found.id).values(destinations=told))
    return True
