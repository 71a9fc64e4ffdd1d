"""A store that holds very many submissions: one is accepted by the door, and copied in SQL under other names.

Everything is as it would be after years: delivered, sealed, with the indexes that a release makes.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Connection, Table, select, text

from formroute.intake import Intake
from formroute.store import Delivered, Store
from formroute.store.dialect import EPOCH, MICROSECOND
from formroute.store.tables import events, metadata, outbox, private_answers, submissions
from tests.small_city.samples import ANSWERS, small_city

PAUSE = 60_000_000
"""Microseconds between one submission and the next."""


def fill(store: Store, count: int) -> None:
    """Add `count` delivered submissions that came in one a minute until now."""
    reference = Intake(small_city(), store).submit("lamp", {**ANSWERS, "colour": "yellow"}).reference
    while (delivery := store.outbox.claim(f"holder of {reference}")) is not None:
        store.outbox.settle(delivery, Delivered("250 OK"))
    store.chain.seal()
    raw = store.database.engine.raw_connection()
    raw.close()
    with store.database.engine.connect() as connection:
        _prepare(connection)
        _copy(connection, count)
    _finish(store)


def _prepare(connection: Connection) -> None:
    """A digest in SQL, so that new keys fall anywhere in their indexes as real ones do, and no waiting for the disk."""
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.create_function("md5", 1, lambda value: hashlib.md5(str(value).encode()).hexdigest(), deterministic=True)
        for pragma in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-500000"):
            driver.execute(f"PRAGMA {pragma}")


def _copy(connection: Connection, count: int) -> None:
    (first,) = connection.scalars(select(submissions.c.id)).all()
    now = connection.execute(select(submissions.c.received)).scalar_one()
    moment = (now - EPOCH) // MICROSECOND
    mine = f"id = {first}"
    _insert(connection, submissions, mine, count, {
        "id": f"{first} + n", "reference": "upper(substr(md5('r' || n), 1, 12))",
        "form_token": "md5('t' || n) || md5('u' || n)", "received": f"{moment} - ({count} - n) * {PAUSE}",
        "status": "CASE WHEN n % 50 = 0 THEN 'received' ELSE 'done' END", "destinations": "1",
    })  # fmt: skip
    _insert(connection, private_answers, f"submission = {first}", count, {"submission": f"{first} + n"})
    (one, *_) = connection.scalars(select(outbox.c.id).order_by(outbox.c.id)).all()
    last = connection.execute(text("SELECT max(id) FROM outbox")).scalar_one()
    _insert(connection, outbox, f"id = {one}", count, {
        "id": f"{last} + n", "submission": f"{first} + n", "key": "md5('k' || n)",
        "settled": f"{moment} - ({count} - n) * {PAUSE}",
    })  # fmt: skip
    top, position = connection.execute(text("SELECT max(id), max(position) FROM events")).one()
    kinds = connection.scalars(select(events.c.id).order_by(events.c.id)).all()[:3]
    for place, event in enumerate(kinds):
        _insert(connection, events, f"id = {event}", count, {
            "id": f"{top} + {len(kinds)} * (n - 1) + {place + 1}", "submission": f"{first} + n",
            "position": f"{position} + {len(kinds)} * (n - 1) + {place + 1}", "salt": "md5('s' || n)",
            "digest": f"md5('{place}' || n) || md5(n || '{place}')", "at": f"{moment} - ({count} - n) * {PAUSE}",
        })  # fmt: skip
    connection.commit()


def _insert(connection: Connection, table: Table, template: str, count: int, changed: dict[str, str]) -> None:
    names = [column.name for column in table.columns]
    chosen = ", ".join(changed.get(name, f'model."{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "sqlite":
        numbers = f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})"
    else:
        numbers = f"WITH numbers AS (SELECT n FROM generate_series(1, {count}::bigint) AS n)"
        chosen = chosen.replace("|| n", "|| n::text").replace("(n ||", "(n::text ||")
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({listed}) {numbers} SELECT {chosen} FROM numbers, "
        f"(SELECT * FROM {table.name} WHERE {template}) AS model".replace("%", "%%")
        if connection.dialect.name == "postgresql"
        else f"INSERT INTO {table.name} ({listed}) {numbers} SELECT {chosen} FROM numbers, "
        f"(SELECT * FROM {table.name} WHERE {template}) AS model"
    )


def _finish(store: Store) -> None:
    """New connections with the settings of a release; what a running PostgreSQL does by itself after a while."""
    with store.database.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            for table in metadata.tables.values():
                if (number := table.autoincrement_column) is not None:
                    connection.execute(
                        text(f"SELECT setval(pg_get_serial_sequence('{table}', '{number.name}'), max({number.name}))"
                             f" FROM {table}")
                    )  # fmt: skip
            connection.commit()
    if store.database.engine.dialect.name == "postgresql":
        raw = store.database.engine.raw_connection()
        driver: Any = raw.driver_connection
        driver.autocommit = True
        driver.execute("VACUUM ANALYZE")
        driver.autocommit = False
        raw.close()
    store.database.engine.dispose()
