"""Deliveries as rows of the outbox: written for a submission, and read back one by one or in lists."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, null, select

from formroute.records import Destination, to_json
from formroute.store.deliveries import Delivery, State
from formroute.store.tables import outbox, submissions


def enqueue(
    connection: Connection,
    submission: int,
    reference: str,
    destinations: Sequence[Destination],
    due: ColumnElement[datetime],
    after: int = 0,
) -> None:
    """Write one pending delivery per destination, as part of the caller's transaction; `after` were written before."""
    rows = [
        {
            "submission": submission,
            "key": digest(reference, position),
            "department": destination.department,
            "handler": destination.handler,
            "settings": to_json(destination.settings),
            "address": address_of(reference, destination),
            "state": State.PENDING,
            "attempts": 0,
            "cause": "",
            "fix": "",
        }
        for position, destination in enumerate(destinations, start=after + 1)
    ]
    if rows:
        connection.execute(insert(outbox).values(next_at=due), rows)


def deliveries_of(connection: Connection, submission: int) -> tuple[Delivery, ...]:
    """Every delivery of one submission, in the order of its destinations."""
    rows = connection.execute(deliveries().where(outbox.c.submission == submission).order_by(outbox.c.id))
    return tuple(map(delivery, rows))


def address_of(reference: str, destination: Destination) -> str:
    """The same for all deliveries that go to the same place; a resident is a place of their own."""
    return digest(destination.department or reference, destination.handler, to_json(destination.settings))


def digest(*parts: object) -> str:
    """A key of 128 bits for what the parts say."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def deliveries() -> Select[Any]:
    """Deliveries with all that is known of them."""
    return select(outbox, submissions.c.reference, submissions.c.received).join_from(outbox, submissions)


def _in_lists() -> Select[Any]:
    """Without what was rendered: a hundred letters with photos would not fit into memory."""
    light = [column for column in outbox.columns if column is not outbox.c.payload]
    of_submission = submissions.c.reference, submissions.c.received
    return select(*light, null().label("payload"), *of_submission).join_from(outbox, submissions)


def dead() -> Select[Any]:
    """Those that nobody will try again, without those that were dismissed."""
    return _in_lists().where(outbox.c.state == State.DEAD, outbox.c.dismissed.is_(None))


def failing(others: ColumnElement[bool] | None = None) -> Select[Any]:
    """Those that failed and wait for another try, and `others` that are pending."""
    failed = outbox.c.cause != ""
    return _in_lists().where(outbox.c.state == State.PENDING, failed if others is None else failed | others)


def abandoned(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a worker took it and let its lease run out."""
    return outbox.c.holder.is_not(None) & (outbox.c.next_at <= now)


def delivery(row: Row[Any]) -> Delivery:
    """The delivery that a row holds."""
    return Delivery(
        id=row.id,
        key=row.key,
        reference=row.reference,
        destination=Destination(row.department, row.handler, row.settings),
        address=row.address,
        state=State(row.state),
        attempts=row.attempts,
        next_at=row.next_at,
        received=row.received,
        cause=row.cause,
        fix=row.fix,
        settled=row.settled,
        holder=row.holder,
        payload=None if row.payload is None else bytes(row.payload),
        dismissed=row.dismissed,
    )
