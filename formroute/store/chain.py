"""The event log as a chain: each event is sealed by a digest that holds the digest of the one before it.

An event is written with what it tells of, in the same commit, and sealed a moment later: by the worker every
second, and by whoever audits or erases. So no writer waits for another writer's commit, and the order of the
chain is the order of sealing. A seal commits to the event's detail under a salt of its own; erasing
deletes salt and detail, and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from formroute.store.answers import joined
from formroute.store.database import Database
from formroute.store.dialect import CHAIN_LOCK, EPOCH, MICROSECOND, alone
from formroute.store.tables import events, private_answers, submissions

START = "0" * 64
PAGE = 1000
"""Events that are sealed or read in one transaction, so that nobody waits long for it."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The digest of the event at `position`, which stands for all before it: kept elsewhere, it shows what was cut off.

    Written and read as `1234-9f86d0…`.
    """

    position: int
    digest: str

    def __str__(self) -> str:
        return f"{self.position}-{self.digest}"

    @classmethod
    def read(cls, text: str) -> Seal:
        """The seal that was written down. Raises ValueError."""
        position, _, digest = text.strip().partition("-")
        if len(digest) != len(START):
            raise ValueError("A seal is a number, a hyphen and 64 hexadecimal digits.")
        return cls(int(position), digest)


@dataclass(frozen=True, slots=True)
class Audit:
    """What a walk along the whole chain found: how far it is sound, and where it breaks first, in plain words."""

    seal: Seal
    erased: int
    broken: str | None = None


class Chain:
    """The chain of one store's events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def seal(self) -> int:
        """Seal every event that is not sealed yet; returns how many."""
        sealed = 0
        while found := self._seal_page():
            sealed += found
        return sealed

    def last(self) -> Seal:
        """The seal of the event that was sealed last."""
        with self._database.reading() as connection:
            return _last(connection)

    def audit(self, known: Seal | None = None) -> Audit:
        """Seal what is new, then verify every event from the first; `known` is a seal to be passed on the way."""
        self.seal()
        at, erased = Seal(0, START), 0
        while page := self._page_after(at.position):
            for row in page:
                broken = _broken(row, at) or _not_passed(row, known)
                if broken is not None:
                    return Audit(at, erased, broken)
                at, erased = Seal(row.position, row.digest), erased + (row.salt is None)
        if known is not None and known.position > at.position:
            return Audit(at, erased, f"Event {known.position} is missing: the log ends at {at.position}.")
        return Audit(at, erased, self._unrecorded())

    def _seal_page(self) -> int:
        with self._database.writing() as connection:
            return _seal_page(connection)

    def _page_after(self, position: int) -> list[Row[Any]]:
        content = submissions.alias()
        received = (content.c.id == events.c.submission) & (events.c.kind == "received")
        statement = (
            select(
                events,
                submissions.c.reference,
                submissions.c.erased,
                content.c.answers,
                content.c.types,
                content.c.decision,
                private_answers.c.answers.label("personal"),
                private_answers.c.types.label("personal_types"),
            )
            .join_from(events, submissions)
            .outerjoin(content, received)
            .outerjoin(private_answers, private_answers.c.submission == content.c.id)
            .where(events.c.position > position)
            .order_by(events.c.position)
            .limit(PAGE)
        )
        with self._database.reading() as connection:
            return list(connection.execute(statement))

    def _unrecorded(self) -> str | None:
        """A submission whose receipt is not in the log: its events were removed from the end of it."""
        received = select(events.c.submission).where(
            events.c.submission == submissions.c.id, events.c.kind == "received"
        )
        with self._database.reading() as connection:
            found = connection.scalars(select(submissions.c.reference).where(~received.exists()).limit(1)).first()
        return found and f"{found} was accepted, but the log does not say so: events were removed."


def seal_all(connection: Connection) -> None:
    """Seal every event that is not sealed yet, as part of the caller's transaction."""
    while _seal_page(connection):
        pass


def _seal_page(connection: Connection) -> int:
    alone(connection, CHAIN_LOCK)
    rows = connection.execute(select(events).where(events.c.position.is_(None)).order_by(events.c.id).limit(PAGE)).all()
    if rows:
        connection.execute(_sealing(), list(_sealed(rows, _last(connection))))
    return len(rows)


def content_digest(answers: Any, types: Any, decision: Any) -> str:
    """What the event of receipt keeps of answers and decision, to tell later that they were not changed."""
    return _digest([answers, types or {}, decision])


def _sealing() -> Any:
    named: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("position", "salt", "commitment", "digest")}
    return update(events).where(events.c.id == bindparam("event")).values(named)


def _sealed(rows: list[Row[Any]] | Any, last: Seal) -> Iterator[dict[str, object]]:
    """The seals of `rows`, which follow `last`."""
    for row in rows:
        salt = secrets.token_hex(16)
        commitment = _digest([salt, row.detail])
        last = Seal(last.position + 1, _linked(last, row, commitment))
        yield {
            "event": row.id,
            "new_position": last.position,
            "new_salt": salt,
            "new_commitment": commitment,
            "new_digest": last.digest,
        }


def _last(connection: Connection) -> Seal:
    newest = select(events.c.position, events.c.digest).where(events.c.position.is_not(None))
    row = connection.execute(newest.order_by(events.c.position.desc()).limit(1)).first()
    return Seal(*row) if row else Seal(0, START)


def _linked(before: Seal, row: Row[Any], commitment: str) -> str:
    at = (row.at - EPOCH) // MICROSECOND
    return _digest([before.digest, before.position + 1, row.submission, at, row.kind, commitment])


def _broken(row: Row[Any], before: Seal) -> str | None:
    """Why `row` cannot be what was sealed after `before`."""
    if row.position != before.position + 1:
        return f"Event {before.position + 1} is missing: somebody removed it."
    event = f"Event {row.position} ({row.kind} of {row.reference}, {_told(row.at)})"
    if _linked(before, row, row.commitment) != row.digest:
        return f"{event} is not what was sealed: its moment, kind or submission was changed, or an event before it."
    if row.salt is not None and _digest([row.salt, row.detail]) != row.commitment:
        return f"{event} is not what was sealed: its detail was changed."
    return _changed(row, event)


def _changed(row: Row[Any], event: str) -> str | None:
    if row.salt is None:
        never = f"{event} has lost its detail, but {row.reference} was never erased."
        return never if row.erased is None else None
    content = row.detail.get("content") if row.kind == "received" else None
    if content is None:
        return None
    answers = joined(row.answers, row.types, row.personal, row.personal_types)
    if content_digest(*answers, row.decision) != content:
        return f"The answers or the decision of {row.reference} are not those that were accepted."
    return None


def _not_passed(row: Row[Any], known: Seal | None) -> str | None:
    if known is None or row.position != known.position or row.digest == known.digest:
        return None
    return f"Event {row.position} does not have the seal that you noted: the log was written anew."


def _digest(parts: object) -> str:
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _told(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
