"""Erasing: of a submission nothing is left but that it was there, and when something happened to it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select, update

from formroute.records import to_json
from formroute.store.chain import seal_all
from formroute.store.database import Database
from formroute.store.deliveries import State
from formroute.store.events import record
from formroute.store.folder import Folder, sync_folder
from formroute.store.references import UnknownReferenceError
from formroute.store.tables import events, outbox, private_answers, submissions, uploads
from formroute.store.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Due:
    """A submission whose time is over; `undelivered` tells that some department does not have it yet."""

    reference: str
    undelivered: bool


@dataclass(frozen=True, slots=True)
class Erasure:
    """One line of the record of erasures, which a restore applies again."""

    reference: str
    at: datetime
    why: str


class UndeliveredError(Exception):
    """The submission has not reached everybody it must reach; `missing` says whom it did not."""

    def __init__(self, reference: str, missing: Sequence[str]) -> None:
        super().__init__(f"{reference} has not been delivered: {', '.join(missing)}.")
        self.reference = reference
        self.missing = tuple(missing)


def keep_nothing(_keys: Sequence[str]) -> None:
    """Where no copies were put elsewhere."""


class Erasures:
    """The erasures of one store, and the record of them in its folder."""

    def __init__(self, database: Database, folder: Folder, files: Uploads) -> None:
        self._database = database
        self._files = files
        self.record = folder.path / "erasures"

    def erase(
        self,
        reference: str,
        why: str,
        *,
        even_undelivered: bool = False,
        forget: Callable[[Sequence[str]], None] = keep_nothing,
    ) -> bool:
        """Erase answers, files, deliveries and the details of events; False when that was done before.

        The record is written first, then `forget` is given the keys of the deliveries, to remove copies that
        handlers keep; so a crash at any point is made good by erasing again. Raises UnknownReferenceError
        and, unless `even_undelivered`, UndeliveredError.
        """
        with self._database.writing() as connection:
            chosen = select(submissions.c.id, submissions.c.erased).where(submissions.c.reference == reference)
            found = connection.execute(chosen.with_for_update()).first()
            if found is None:
                raise UnknownReferenceError(reference)
            if found.erased is not None:
                return False
            missing = _missing(connection, found.id)
            if missing and not even_undelivered:
                raise UndeliveredError(reference, missing)
            self.note(Erasure(reference, connection.scalars(select(self._database.now)).one(), why))
            forget(connection.scalars(select(outbox.c.key).where(outbox.c.submission == found.id)).all())
            seal_all(connection)
            _empty(connection, found.id)
            detail = {"why": why, "undelivered": missing} if missing else {"why": why}
            record(connection, found.id, self._database.now, "erased", detail)
            connection.execute(
                update(submissions).where(submissions.c.id == found.id).values(erased=self._database.now)
            )
        self._files.sweep()
        self._database.scrub()
        return True

    def moment(self, reference: str) -> datetime | None:
        """When a submission was erased; None when it was not."""
        with self._database.reading() as connection:
            return connection.scalars(select(submissions.c.erased).where(submissions.c.reference == reference)).first()

    def due(self, form: str, until: datetime) -> tuple[Due, ...]:
        """The submissions of a form that were received at `until` or before, the oldest first."""
        undelivered = select(outbox.c.id).where(outbox.c.submission == submissions.c.id, _is_missing())
        statement = (
            select(submissions.c.reference, undelivered.exists())
            .where(submissions.c.form == form, submissions.c.erased.is_(None), submissions.c.received <= until)
            .order_by(submissions.c.id)
        )
        with self._database.reading() as connection:
            return tuple(Due(*row) for row in connection.execute(statement))

    def recorded(self) -> tuple[Erasure, ...]:
        """Everything that was ever erased, in order."""
        return read_record(self.record.read_text("utf-8")) if self.record.exists() else ()

    def note(self, erasure: Erasure) -> None:
        """Add a line to the record, on the disk when this returns."""
        line = json.dumps({"reference": erasure.reference, "at": to_json(erasure.at), "why": erasure.why})
        descriptor = os.open(self.record, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, f"{line}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        sync_folder(self.record.parent)


def read_record(text: str) -> tuple[Erasure, ...]:
    """The lines of a record of erasures; one that was cut off in the middle was not carried out."""
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Erasure]:
    for line in text.splitlines():
        try:
            parts = json.loads(line)
        except ValueError:
            continue
        yield Erasure(parts["reference"], datetime.fromisoformat(parts["at"]), parts["why"])


def _missing(connection: Connection, submission: int) -> list[str]:
    """Whom the submission has not reached, in words."""
    here = (outbox.c.submission == submission) & _is_missing()
    columns = (outbox.c.department, outbox.c.handler, outbox.c.state)
    rows = connection.execute(select(*columns).where(here).order_by(outbox.c.id))
    return [f"{row.department or 'the resident'} by {row.handler} ({row.state})" for row in rows]


def _is_missing() -> ColumnElement[bool]:
    """Whether a delivery stands in the way of erasing: it did not arrive, and nobody said that it may rest."""
    return (outbox.c.state != State.DELIVERED) & outbox.c.dismissed.is_(None)


def _empty(connection: Connection, submission: int) -> None:
    """What stays is the row with its reference, form and department, and the moments and kinds of its events."""
    for table in (outbox, private_answers):
        connection.execute(delete(table).where(table.c.submission == submission))
    connection.execute(update(uploads).where(uploads.c.submission == submission).values(sha256=None, filename=""))
    connection.execute(update(events).where(events.c.submission == submission).values(salt=None, detail={}))
    nothing = {"answers": {}, "types": {}, "decision": {}, "channel": "", "language": "", "destinations": 0}
    nothing |= {"status": "", "due": None}
    connection.execute(
        update(submissions).where(submissions.c.id == submission).values(**nothing, form_token=f"erased {submission}")
    )
