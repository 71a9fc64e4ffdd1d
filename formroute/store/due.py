"""Which delivery is next: what has been due longest, at an address that may be tried now."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Row, Select, select

from formroute.store.circuits import is_closed
from formroute.store.deliveries import State
from formroute.store.tables import outbox

NEAR = 20
"""Deliveries that a claim looks at one by one for an address that may be tried, before it goes by addresses."""
_LAST = "g"
"""After every address: these are digests in hexadecimal digits."""
_PENDING = outbox.c.state == State.PENDING
_BY_ADDRESS = outbox.c.address, outbox.c.next_at, outbox.c.id


def candidates(connection: Connection, now: ColumnElement[datetime], start: str) -> Iterator[Row[Any]]:
    """What is due and nobody is at, each row locked: nearly always the first will do.

    A row has `id`, `address`, `settings` and `now`. Far from the first, addresses are gone along from `start` on.
    """
    first = connection.execute(_due(now, *_asked(now)).limit(1).with_for_update(skip_locked=True)).first()
    if first is None:
        return
    yield first
    closed = is_closed(outbox.c.address, now).label("closed")
    near = connection.execute(_due(now, outbox.c.id, outbox.c.address, closed).limit(NEAR)).all()
    refused = {first.address}
    for row in near:
        if not row.closed and row.address not in refused:
            yield from connection.execute(_locked(now, outbox.c.id == row.id)).all()
            refused.add(row.address)
    if len(near) == NEAR:
        yield from _far_away(connection, now, start)


def _far_away(connection: Connection, now: ColumnElement[datetime], start: str) -> Iterator[Row[Any]]:
    """Go along the addresses, some at a time, from a place that every claim has of its own: the longest due first.

    One at a time would not do: an address whose digest comes soon after another's would hardly get a turn.
    """
    around = _open_addresses(connection, now, start)
    while some := sorted(itertools.islice(around, NEAR), key=lambda row: row.due):
        for address in (row.address for row in some):
            here = _locked(now, outbox.c.address >= address).order_by(*_BY_ADDRESS).limit(1)
            yield from (row for row in connection.execute(here) if row.address == address)


def _open_addresses(connection: Connection, now: ColumnElement[datetime], start: str) -> Iterator[Row[Any]]:
    """Every address that may be tried and has something due, from `start` on and around."""
    for place, last in ((start, _LAST), ("", start)):
        while rows := connection.execute(_open_addresses_after(now, place).limit(NEAR)).all():
            yield from (row for row in rows if row.address <= last)
            place = rows[-1].address
            if place > last:
                break


def _open_addresses_after(now: ColumnElement[datetime], start: str) -> Select[Any]:
    """The next addresses with since when something is due there; each address costs a look or two at an index."""
    address = _pending_addresses(start).c.address
    due = _in_order_from(outbox.c.address >= address, outbox.c.next_at).scalar_subquery()
    return select(address, due.label("due")).where(address.is_not(None), ~is_closed(address, now), due <= now)


def _pending_addresses(start: str) -> CTE:
    """Every address after `start` at which something is pending, in order, and None at the end.

    Each is found from the one before it by the index, however many are pending there.
    """
    first = _in_order_from(outbox.c.address > start, outbox.c.address)
    found = select(first.scalar_subquery().label("address")).cte("addresses", recursive=True)
    after = _in_order_from(outbox.c.address > found.c.address, outbox.c.address)
    return found.union_all(select(after.scalar_subquery()).where(found.c.address.is_not(None)))


def _in_order_from(place: ColumnElement[bool], column: ColumnElement[Any]) -> Select[Any]:
    """Of the first pending delivery from a place on: ordered so that PostgreSQL takes the index by address, whatever
    it last counted.
    """
    return select(column).where(_PENDING, place).order_by(*_BY_ADDRESS).limit(1)


def _locked(now: ColumnElement[datetime], which: ColumnElement[bool]) -> Select[Any]:
    due = outbox.c.next_at <= now
    return select(*_asked(now)).where(_PENDING, due, which).with_for_update(skip_locked=True)


def _due(now: ColumnElement[datetime], *columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).where(_PENDING, outbox.c.next_at <= now).order_by(outbox.c.next_at, outbox.c.id)


def _asked(now: ColumnElement[datetime]) -> Sequence[ColumnElement[Any]]:
    return outbox.c.id, outbox.c.address, outbox.c.settings, now.label("now")
