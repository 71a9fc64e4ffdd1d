"""The one place that knows which database it is: how each is opened, its clock, and its insert-unless-there.

SQLite and PostgreSQL. Everything else in the store is SQL that both speak.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Table,
    Text,
    TypeDecorator,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from formroute.store.address import UNKEEPABLE, address_error, read_address, refuse_unknown_options, sqlite_file

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
BUSY_SECONDS = 30
TURN_SECONDS = 0.002
"""Between two tries to begin on a SQLite file that another one uses."""
SCHEMA_LOCK = 8_311_001
CHAIN_LOCK = 8_311_002
FIRST_SOUND_WAL = (3, 51, 3)
"""Before this release of SQLite a reset of the write-ahead log could corrupt the database."""

_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Instant(TypeDecorator[datetime]):
    """A moment, kept as whole microseconds since 1970 in UTC: it sorts, adds and reads alike in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Microseconds of an aware datetime."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The datetime, in UTC."""
        return None if value is None else EPOCH + value * MICROSECOND


class Characters(TypeDecorator[str]):
    """Text of any length; signs that no database keeps (NUL, half of a surrogate pair) become U+FFFD.

    Without this a resident's odd file name or address would be an error of the database.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text as it can be kept."""
        return None if value is None else UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", value)


class DatabaseNow(FunctionElement[datetime]):
    """The database's own clock, so that machines whose clocks differ still agree on a lease."""

    inherit_cache = True
    type = Instant()


@compiles(DatabaseNow, "sqlite")
def _sqlite_now(_element: DatabaseNow, _compiler: SQLCompiler, **_options: object) -> str:
    return "(CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER) * 1000)"


@compiles(DatabaseNow, "postgresql")
def _postgresql_now(_element: DatabaseNow, _compiler: SQLCompiler, **_options: object) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"


def insert_unless_there(connection: Connection, table: Table, values: Mapping[str, object]) -> bool:
    """Insert one row and tell whether it was new; a row that breaks a unique rule is left alone."""
    statement = _INSERTS[connection.dialect.name](table).values(values).on_conflict_do_nothing()
    found = connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount
    if found not in (0, 1):
        raise RuntimeError(f"The database does not tell whether a row was inserted ({found})")
    return bool(found)


def begins_with(connection: Connection, column: ColumnElement[str], beginning: str) -> ColumnElement[bool]:
    """Whether a text has this beginning, as a range that an index can go along.

    PostgreSQL sorts as its locale says, but these operators and an index with `text_pattern_ops` go by characters.
    """
    end = f"{beginning}\U0010ffff"
    if connection.dialect.name == "sqlite":
        return (column >= beginning) & (column < end)
    return column.bool_op("~>=~")(beginning) & column.bool_op("~<~")(end)


def alone(connection: Connection, lock: int) -> None:
    """Let one process at a time go on from here to its commit; a SQLite writer is alone already."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(lock)))


def open_engine(url: str | URL) -> Engine:
    """An engine whose commits are on the disk when they return.

    Raises ValueError for a database that cannot keep that promise (in memory, or of another make).
    """
    parsed = read_address(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, sqlite_file(parsed))
    return _open_postgresql(parsed)


def scrub(engine: Engine) -> None:
    """Take deleted rows out of the write-ahead log of SQLite, or out of the tables of PostgreSQL."""
    statement = "PRAGMA wal_checkpoint(TRUNCATE)" if engine.dialect.name == "sqlite" else "VACUUM"
    _outside_of_transactions(engine, statement)


def compact(engine: Engine) -> None:
    """Write the database anew, without the leavings of deleted rows."""
    _outside_of_transactions(engine, "VACUUM" if engine.dialect.name == "sqlite" else "VACUUM FULL")


def _outside_of_transactions(engine: Engine, statement: str) -> None:
    raw = engine.raw_connection()
    try:
        connection: Any = raw.driver_connection
        if engine.dialect.name == "postgresql":
            connection.autocommit = True
        connection.execute(statement).close()
        if engine.dialect.name == "postgresql":
            connection.autocommit = False
    finally:
        raw.close()


def reading(engine: Engine) -> Engine:
    """The engine for transactions that only read and see one moment throughout."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ")
    return engine


def writing(engine: Engine) -> Engine:
    """The engine for transactions that write; see `_begin_sqlite`."""
    return engine.execution_options(formroute_writes=True)


def _engine(url: URL, **options: Any) -> Engine:
    try:
        return create_engine(url, **options)
    except (ArgumentError, ValueError):
        raise address_error(url) from None


def _open_postgresql(url: URL) -> Engine:
    engine = _engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    refuse_unknown_options(url, engine.dialect.import_dbapi())
    event.listen(engine, "connect", _configure_postgresql)
    return engine


def _configure_postgresql(connection: Any, _record: object) -> None:
    """A commit waits for the disk, whatever the server's default; a stricter setting stays."""
    connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
    )
    connection.commit()


def _open_sqlite(url: URL, path: Path) -> Engine:
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = _engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """A commit waits for the disk, and what is deleted is overwritten.

    TRUNCATE syncs the emptied journal too, which DELETE does not under FULL.
    """
    connection.isolation_level = None
    journal = "WAL" if sqlite3.sqlite_version_info >= FIRST_SOUND_WAL else "TRUNCATE"
    for pragma in (f"journal_mode={journal}", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: one that began as a reader would fail where it should wait.

    A reader takes its own at once too, so that both wait here and not in SQLite: that sleeps longer after each
    vain try, up to a tenth of a second, and whoever has waited long loses to whoever has just come.
    """
    writes = connection.get_execution_options().get("formroute_writes")
    statements = ("BEGIN IMMEDIATE",) if writes else ("BEGIN", "SELECT 1 FROM sqlite_master LIMIT 1")
    driver: Any = connection.connection.driver_connection
    until = time.monotonic() + BUSY_SECONDS
    driver.execute("PRAGMA busy_timeout=0").close()
    while (refused := _refusal(driver, statements)) == sqlite3.SQLITE_BUSY and time.monotonic() < until:
        time.sleep(TURN_SECONDS)
    if refused:
        connection.exec_driver_sql(statements[0])  # once more, for SQLAlchemy to raise what is wrong
    driver.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}").close()


def _refusal(driver: sqlite3.Connection, statements: Sequence[str]) -> int:
    """SQLite's code for why a transaction does not begin; 0 when it does."""
    try:
        for statement in statements:
            driver.execute(statement).fetchall()
    except sqlite3.OperationalError as error:
        if driver.in_transaction:
            driver.execute("ROLLBACK").close()
        return error.sqlite_errorcode & 0xFF
    return 0
