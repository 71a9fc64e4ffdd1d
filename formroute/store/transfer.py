"""Every row of one database in another, whichever engine either is on: what backups and moves are made of."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Table, func, insert, select, text

from formroute.store.database import Database
from formroute.store.migrations import migrate
from formroute.store.tables import metadata, schema

PAGE = 1000
"""Rows that are in memory at once."""

_TABLES = [table for table in metadata.sorted_tables if table is not schema]
"""In an order in which every row finds those it refers to."""


class NotEmptyError(Exception):
    """There is a store in the database already."""


def write_snapshot(database: Database, path: Path) -> None:
    """Make a SQLite file of a database as it is at one moment, while others go on working."""
    copy = Database(f"sqlite:///{path}")
    try:
        with database.reading() as source, copy.writing() as target:
            migrate(target)
            _copy_rows(source, target)
    finally:
        copy.close()
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def fill(connection: Connection, snapshot: Path) -> None:
    """Write what a SQLite file of this release holds into an empty database, within the caller's transaction.

    Raises NotEmptyError.
    """
    migrate(connection)
    if any(connection.execute(select(table).limit(1)).first() for table in _TABLES):
        raise NotEmptyError
    kept = Database(f"sqlite:///{snapshot}")
    try:
        with kept.reading() as source:
            _copy_rows(source, connection)
    finally:
        kept.close()
    for table in _TABLES:
        _go_on_numbering(connection, table)


def _copy_rows(source: Connection, target: Connection) -> None:
    for table in _TABLES:
        rows = source.execute(select(table).execution_options(yield_per=PAGE)).mappings()
        for page in rows.partitions():
            target.execute(insert(table), [dict(row) for row in page])


def _go_on_numbering(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after the last one; SQLite does so by itself."""
    number = table.autoincrement_column
    if number is None or connection.dialect.name != "postgresql":
        return
    last = connection.scalars(select(func.max(number))).one()
    if last is not None:
        sequence = {"of": table.name, "column": number.name, "last": last}
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:of, :column), :last)"), sequence)
