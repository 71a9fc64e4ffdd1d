"""One database: a way to read, a way to write, and its clock."""

from __future__ import annotations

import os
import weakref
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, Connection, Engine, literal, select

from formroute.store import dialect
from formroute.store.dialect import MICROSECOND, DatabaseNow, Instant

_open: weakref.WeakSet[Engine] = weakref.WeakSet()


def _forget_connections() -> None:
    """A forked process opens its own connections: two processes on one would corrupt what they write."""
    for engine in _open:
        engine.dispose(close=False)


os.register_at_fork(after_in_child=_forget_connections)


class Database:
    """Transactions on one database; each `reading()` sees one moment, each `writing()` is all or nothing.

    `now` is the SQL expression by which leases and schedules are measured: the database's clock, unless
    a test brings its own.
    """

    def __init__(self, url: str, now: ColumnElement[datetime] | None = None) -> None:
        self.engine = dialect.open_engine(url)
        self.now = DatabaseNow() if now is None else now
        self._readers = dialect.reading(self.engine)
        self._writers = dialect.writing(self.engine)
        _open.add(self.engine)

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that only reads."""
        return self._readers.begin()

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that commits when its block ends, and leaves nothing behind when it raises."""
        return self._writers.begin()

    def scrub(self) -> None:
        """Leave nothing of deleted rows in the files of the database, as far as the database lets us."""
        dialect.scrub(self.engine)

    def compact(self) -> None:
        """Write the whole database anew, without what was ever deleted from it."""
        dialect.compact(self.engine)

    def after(self, span: timedelta) -> ColumnElement[datetime]:
        """The moment `span` after now."""
        return self.now.op("+", return_type=Instant())(literal(span // MICROSECOND, BigInteger))

    def clock(self) -> datetime:
        """Now, in UTC."""
        with self.reading() as connection:
            return connection.scalars(select(self.now)).one()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()
