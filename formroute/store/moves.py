"""The steps by which a store of an earlier release becomes one of this release.

A step is written in the SQL of its day, not with today's `tables`, and once released it is never edited.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

Step = Callable[[Connection], None]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _chain_the_events(connection: Connection) -> None:
    """2: events get a place in a chain of digests; those that are there already are sealed like new ones."""
    for column in ("position BIGINT", "salt TEXT", "commitment TEXT", "digest TEXT"):
        _run(connection, f"ALTER TABLE events ADD COLUMN {column}")
    _run(connection, "CREATE UNIQUE INDEX events_by_position ON events (position)")


def _part_the_personal_answers(connection: Connection) -> None:
    """3: personal answers move to a table of their own; a submission can be erased; lists go by indexes."""
    _run(connection, "ALTER TABLE submissions ADD COLUMN erased BIGINT")
    _run(
        connection,
        f"CREATE TABLE private_answers (submission {'INTEGER' if _is_sqlite(connection) else 'BIGINT'} NOT NULL,"
        " answers JSON NOT NULL, types JSON NOT NULL, PRIMARY KEY (submission),"
        " FOREIGN KEY (submission) REFERENCES submissions (id))",
    )
    for index in ("submissions_by_department", "outbox_of_submission", "outbox_by_department"):
        _run(connection, f"DROP INDEX {index}")
    for index in (
        "submissions_by_form ON submissions (form, erased, id)",
        "submissions_by_moment ON submissions (received)",
        "submissions_by_destinations ON submissions (destinations)",
        "outbox_of_submission ON outbox (submission, state)",
        "outbox_by_department ON outbox (department, submission, handler)",
        "outbox_by_state ON outbox (state, submission)",
    ):
        _run(connection, f"CREATE INDEX {index}")
    for form, version, definition in connection.execute(
        text("SELECT form, version, definition FROM definitions")
    ).all():
        if names := _personal(json.loads(definition)):
            _part(connection, form, version, names)


def _add_accounts(connection: Connection) -> None:
    """4: people who may see a desk have accounts."""
    _run(
        connection,
        "CREATE TABLE accounts (name TEXT NOT NULL, password TEXT NOT NULL, roles JSON NOT NULL,"
        " failures INTEGER NOT NULL, locked_until BIGINT, PRIMARY KEY (name))",
    )


def _add_errands(connection: Connection) -> None:
    """5: workers agree on who runs a daily errand."""
    _run(connection, "CREATE TABLE errands (name TEXT NOT NULL, taken BIGINT NOT NULL, PRIMARY KEY (name))")


def _note_status_and_due_date(connection: Connection) -> None:
    """6: lists by status and by due date go by indexes; what is dead can be dismissed."""
    for column in (
        "submissions ADD COLUMN status TEXT NOT NULL DEFAULT 'received'",
        "submissions ADD COLUMN due BIGINT",
        "outbox ADD COLUMN dismissed BIGINT",
    ):
        _run(connection, f"ALTER TABLE {column}")
    for number, detail in connection.execute(
        text("SELECT submission, detail FROM events WHERE kind = 'status' ORDER BY id")
    ).all():
        if status := _loaded(detail).get("status"):
            row = {"id": number, "status": status}
            connection.execute(text("UPDATE submissions SET status = :status WHERE id = :id"), row)
    for number, decision in connection.execute(text("SELECT id, decision FROM submissions")).all():
        if due := _loaded(decision).get("due"):
            row = {"id": number, "due": (datetime.fromisoformat(due) - _EPOCH) // timedelta(microseconds=1)}
            connection.execute(text("UPDATE submissions SET due = :due WHERE id = :id"), row)
    _run(connection, "CREATE INDEX submissions_by_status ON submissions (status, id)")
    _run(connection, "CREATE INDEX submissions_by_due ON submissions (status, due)")


def _add_circuits(connection: Connection) -> None:
    """7: workers agree on which addresses may be tried now."""
    _run(
        connection,
        "CREATE TABLE circuits (address TEXT NOT NULL, failures INTEGER NOT NULL, open_until BIGINT NOT NULL,"
        " probed_until BIGINT NOT NULL, free_at BIGINT NOT NULL, PRIMARY KEY (address))",
    )


def _add_links_to_drafts(connection: Connection) -> None:
    """8: a resident can come back to a draft by a link in a letter, from any browser."""
    number = "INTEGER" if _is_sqlite(connection) else "BIGSERIAL"
    _run(
        connection,
        f"CREATE TABLE draft_links (id {number} NOT NULL, digest TEXT NOT NULL, nonce TEXT NOT NULL,"
        " draft TEXT NOT NULL, form TEXT NOT NULL, page TEXT NOT NULL, language TEXT NOT NULL, address TEXT NOT NULL,"
        " made BIGINT NOT NULL, expires BIGINT NOT NULL, state TEXT NOT NULL,"
        " attempts INTEGER NOT NULL, next_at BIGINT NOT NULL, holder TEXT, cause TEXT NOT NULL, fix TEXT NOT NULL,"
        " PRIMARY KEY (id), UNIQUE (digest))",
    )
    _run(
        connection,
        "CREATE TABLE draft_sessions (draft TEXT NOT NULL, session TEXT NOT NULL, PRIMARY KEY (draft, session))",
    )
    _run(connection, "CREATE TABLE draft_letters (recipient TEXT NOT NULL, made BIGINT NOT NULL)")
    for index in (
        "links_due ON draft_links (state, next_at, id)",
        "links_of_draft ON draft_links (draft)",
        "links_by_expiry ON draft_links (expires)",
        "letters_by_recipient ON draft_letters (recipient, made)",
    ):
        _run(connection, f"CREATE INDEX draft_{index}")


def _find_by_address_and_beginning(connection: Connection) -> None:
    """9: a claim steps over an address that is closed at once; a reference is found by its beginning."""
    _run(connection, "CREATE INDEX outbox_by_address ON outbox (state, address, next_at, id)")
    if not _is_sqlite(connection):
        _run(connection, "CREATE INDEX submissions_by_reference ON submissions (reference text_pattern_ops)")


def _personal(definition: dict[str, Any]) -> set[str]:
    """The names of the questions that a stored definition calls private."""
    pages = definition.get("pages", ())
    return {name for page in pages for name, field in page["fields"].items() if field.get("private")}


def _part(connection: Connection, form: str, version: str, names: set[str]) -> None:
    chosen = text("SELECT id, answers, types FROM submissions WHERE form = :form AND version = :version")
    for number, *stored in connection.execute(chosen, {"form": form, "version": version}).all():
        answers, types = (_loaded(value) or {} for value in stored)
        if not names & answers.keys():
            continue
        for statement, mine in (
            ("UPDATE submissions SET answers = :answers, types = :types WHERE id = :id", answers.keys() - names),
            ("INSERT INTO private_answers (submission, answers, types) VALUES (:id, :answers, :types)", names),
        ):
            parts = {"answers": _dumped(answers, mine) or "{}", "types": _dumped(types, mine) or "null"}
            connection.execute(text(statement), {"id": number, **parts})


def _loaded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _dumped(parts: dict[str, Any], names: Collection[str]) -> str:
    chosen = {name: part for name, part in parts.items() if name in names}
    return json.dumps(chosen) if chosen else ""


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _run(connection: Connection, statement: str) -> None:
    connection.execute(text(statement))


STEPS: Sequence[Step] = (
    _chain_the_events,
    _part_the_personal_answers,
    _add_accounts,
    _add_errands,
    _note_status_and_due_date,
    _add_circuits,
    _add_links_to_drafts,
    _find_by_address_and_beginning,
)
"""Step number n (from 1) turns schema version n into n + 1."""
