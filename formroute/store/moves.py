"""The steps by which a store of an earlier release becomes one of this release.

A step is written in the SQL of its day, not with today's `tables`, and once released it is never edited.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, text

Step = Callable[[Connection], None]


def _chain_the_events(connection: Connection) -> None:
    """2: events get a place in a chain of digests; those that are there already are sealed like new ones."""
    for column in ("position BIGINT", "salt TEXT", "commitment TEXT", "digest TEXT"):
        _run(connection, f"ALTER TABLE events ADD COLUMN {column}")
    _run(connection, "CREATE UNIQUE INDEX events_by_position ON events (position)")


def _run(connection: Connection, statement: str) -> None:
    connection.execute(text(statement))


STEPS: Sequence[Step] = (_chain_the_events,)
"""Step number n (from 1) turns schema version n into n + 1."""
