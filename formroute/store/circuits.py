"""Which addresses may be tried now: circuit breaker and rate limit, one of each for all workers on a store.

An address that failed is left alone until `open_until`, and then by all but the one who probes it (`probed_until`);
a success closes its circuit. The rate limit is the generic cell rate algorithm (ITU-T I.371): `free_at` is when the
next try fits, as many at once as a minute has.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, or_, select, update

from formroute.store.database import Database
from formroute.store.dialect import EPOCH, insert_unless_there
from formroute.store.tables import circuits

MINUTE = timedelta(minutes=1)


class Circuits:
    """What the workers of one store found out about addresses; one that is as new has no row."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sweep(self, quiet: timedelta) -> int:
        """Forget addresses that nothing has kept closed for so long; returns how many."""
        moments = (circuits.c.open_until, circuits.c.probed_until, circuits.c.free_at)
        old = [moment <= self._database.after(-quiet) for moment in moments]
        with self._database.writing() as connection:
            return connection.execute(delete(circuits).where(*old)).rowcount


def is_closed(address: ColumnElement[str], now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether an address may not be tried at the moment."""
    moments = (circuits.c.open_until, circuits.c.probed_until, circuits.c.free_at)
    waits = or_(*(moment > now for moment in moments))
    return select(circuits.c.address).where(circuits.c.address == address, waits).exists()


def pass_through(connection: Connection, address: str, per_minute: int | None, now: datetime, lease: timedelta) -> bool:
    """Take one try at an address, as part of the caller's transaction; False when another was faster."""
    if per_minute is not None:
        _make(connection, address)
    row = _locked(connection, address)
    if row is None:
        return True
    if max(row.open_until, row.probed_until, row.free_at) > now:
        return False
    taken: dict[str, datetime] = {}
    if row.failures:
        taken["probed_until"] = now + lease
    if per_minute is not None:
        taken["free_at"] = _next_free(row.free_at, now, per_minute)
    if taken:
        connection.execute(update(circuits).where(circuits.c.address == address).values(taken))
    return True


def note_success(connection: Connection, address: str) -> None:
    """Close the circuit of an address, as part of the caller's transaction."""
    failed = (circuits.c.address == address) & (circuits.c.failures > 0)
    connection.execute(update(circuits).where(failed).values(failures=0, open_until=EPOCH, probed_until=EPOCH))


def note_failure(connection: Connection, address: str, now: datetime, pause: Callable[[int], timedelta]) -> None:
    """Open the circuit of an address for as long as `pause` says after so many failures in a row.

    Several tries that were under way at once and all failed count as one.
    """
    _make(connection, address)
    row = _locked(connection, address)
    if row is None or row.open_until > now:
        return
    opened = {"failures": row.failures + 1, "open_until": now + pause(row.failures), "probed_until": EPOCH}
    connection.execute(update(circuits).where(circuits.c.address == address).values(opened))


def _make(connection: Connection, address: str) -> None:
    new = {"address": address, "failures": 0, "open_until": EPOCH, "probed_until": EPOCH, "free_at": EPOCH}
    insert_unless_there(connection, circuits, new)


def _locked(connection: Connection, address: str) -> Any:
    return connection.execute(select(circuits).where(circuits.c.address == address).with_for_update()).first()


def _next_free(free_at: datetime, now: datetime, per_minute: int) -> datetime:
    """When the next try fits after one at `now`."""
    apart = MINUTE / per_minute
    burst = apart * (per_minute - 1)
    return max(now, free_at + burst) + apart - burst
