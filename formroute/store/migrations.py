"""Bringing a database to the tables of this release: made new, or moved forward step by step."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, inspect, select, update

from formroute.store.dialect import SCHEMA_LOCK, alone
from formroute.store.moves import STEPS, Step
from formroute.store.opening import NoStoreError, StoreTooNewError
from formroute.store.tables import metadata, schema


def need_tables(connection: Connection) -> None:
    """That this is the database of a store. Raises NoStoreError."""
    if version_of(connection) is None:
        raise NoStoreError("the database has none of its tables")


def migrate(connection: Connection, steps: Sequence[Step] = STEPS) -> int:
    """Make or move the tables, within the caller's transaction; returns the schema version reached."""
    alone(connection, SCHEMA_LOCK)
    newest = len(steps) + 1
    version = version_of(connection)
    if version is None:
        metadata.create_all(connection)
        connection.execute(insert(schema).values(version=newest))
        return newest
    if version > newest:
        raise StoreTooNewError(
            f"The store has schema version {version}; this formroute knows {newest}. Install the newer formroute."
        )
    for step in steps[version - 1 :]:
        step(connection)
    if version < newest:
        connection.execute(update(schema).values(version=newest))
    return newest


def version_of(connection: Connection) -> int | None:
    """The schema version of a database; None when it is empty."""
    if not inspect(connection).has_table(schema.name):
        return None
    version: int = connection.scalars(select(schema.c.version)).one()
    return version
