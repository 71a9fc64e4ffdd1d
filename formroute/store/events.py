"""What happened to a submission, in order; events are added and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, insert, select

from formroute.store.tables import events


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `received`, `routed`, `delivered`, `failed`, `read` and so on, and its details."""

    at: datetime
    kind: str
    detail: Mapping[str, Any]


def record(
    connection: Connection,
    submission: int | ScalarSelect[Any],
    at: datetime | ColumnElement[datetime],
    kind: str,
    detail: Mapping[str, object],
) -> None:
    """Add an event, as part of the caller's transaction."""
    connection.execute(insert(events).values(submission=submission, at=at, kind=kind, detail=detail))


def events_of(connection: Connection, submission: int) -> tuple[Event, ...]:
    """Everything that happened to one submission, in order."""
    rows = connection.execute(
        select(events.c.at, events.c.kind, events.c.detail)
        .where(events.c.submission == submission)
        .order_by(events.c.id)
    )
    return tuple(Event(*row) for row in rows)
