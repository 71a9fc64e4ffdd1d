"""The store: one database and the folder beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import ColumnElement

from formroute.records import Destination, Status
from formroute.store import statuses, submissions
from formroute.store.accounts import Accounts
from formroute.store.address import sqlite_file
from formroute.store.case import Case
from formroute.store.chain import Chain
from formroute.store.circuits import Circuits
from formroute.store.database import Database
from formroute.store.drafts import Drafts, drop_draft
from formroute.store.erasures import Erasures
from formroute.store.errands import Errands
from formroute.store.folder import Folder
from formroute.store.links import DraftLinks
from formroute.store.migrations import migrate, need_tables, version_of
from formroute.store.opening import opening
from formroute.store.outbox import Outbox
from formroute.store.readings import Readings
from formroute.store.references import ReferenceTakenError
from formroute.store.scanner import Scanner
from formroute.store.search import Search, Summary, search
from formroute.store.statuses import Overdue
from formroute.store.submissions import Accepted, Stored
from formroute.store.uploads import Uploads


class Store:
    """Everything that must not be lost: submissions, their deliveries and events, drafts and uploads.

    `url` is `sqlite:///file.db` or `postgresql://…`; the tables are made or brought forward on opening.
    `files` is the folder of the uploads and the site's key, `<file.db>.files` beside a SQLite file unless
    given. `scanner` looks at each file before anybody gets it; what it could not look at is refused, unless
    `keep_unscanned`. With `new=False` a database without a store's tables is left as it is. `now` replaces the
    database's clock in tests. Raises ValueError for an address that cannot be used and StoreError for a store that
    cannot be opened: StoreTooNewError, with `new=False` NoStoreError, or why the disk or the server refuses.
    """

    def __init__(
        self,
        url: str,
        files: str | Path | None = None,
        *,
        scanner: Scanner | None = None,
        keep_unscanned: bool = False,
        new: bool = True,
        now: ColumnElement[datetime] | None = None,
    ) -> None:
        folder = beside(sqlite_file(url)) if files is None else Path(files)
        with opening(url):
            self.database = _opened(url, new, now)
            self.folder = Folder(folder)
        self.chain = Chain(self.database)
        self.outbox = Outbox(self.database)
        self.circuits = Circuits(self.database)
        self.drafts = Drafts(self.database)
        self.links = DraftLinks(self.database)
        self.accounts = Accounts(self.database)
        self.errands = Errands(self.database)
        self.readings = Readings(self.database)
        self.uploads = Uploads(self.database, self.folder, scanner, keep_unscanned=keep_unscanned)
        self.erasures = Erasures(self.database, self.folder, self.uploads)

    @cached_property
    def key(self) -> bytes:
        """The site's key, 32 bytes made on first use."""
        return self.folder.site_key()

    def accept(self, case: Case, reference: str) -> Accepted:
        """Write submission, decision, uploads and one delivery per destination in one commit, and drop the draft.

        A case with the same token a second time writes nothing and returns what was accepted the first time. Raises
        ReferenceTakenError and UploadGoneError; then nothing is written.
        """
        with self.database.writing() as connection:
            written = submissions.write(connection, case, reference, self.database.now)
            accepted = submissions.by_token(connection, case.token)
            if accepted is None:
                raise ReferenceTakenError(reference)
            if written and case.draft is not None:
                drop_draft(connection, case.draft)
        return accepted

    def change_status(
        self, reference: str, status: Status, *, by: str, destinations: Sequence[Destination] = ()
    ) -> bool:
        """Set the status of a submission, with one delivery per destination in the same commit.

        False, and nothing is written, when it is set already. Raises UnknownReferenceError.
        """
        with self.database.writing() as connection:
            return statuses.change_status(connection, reference, status, by, destinations, self.database.now)

    def overdue(self, limit: int = 50) -> Overdue:
        """What is past its due date and neither done nor declined, at most `limit` of it by name."""
        with self.database.reading() as connection:
            return statuses.overdue(connection, self.database.now, limit)

    def accepted(self, token: str) -> Accepted | None:
        """What was accepted with a form token."""
        with self.database.reading() as connection:
            return submissions.by_token(connection, token)

    def is_reused(self, key: str, token: str) -> bool:
        """Whether a form token that begins with `key` was accepted, and it was not `token`."""
        with self.database.reading() as connection:
            return submissions.is_reused(connection, key, token)

    def find(self, reference: str) -> Stored | None:
        """All that is known of one submission."""
        with self.database.reading() as connection:
            return submissions.find(connection, reference)

    def definition(self, form: str, version: str) -> str | None:
        """The text of a form's definition as a submission saw it."""
        with self.database.reading() as connection:
            return submissions.definition(connection, form, version)

    def definitions(self, form: str) -> tuple[str, ...]:
        """The texts of all versions of a form that were ever sent."""
        with self.database.reading() as connection:
            return submissions.versions(connection, form)

    def forms(self) -> tuple[str, ...]:
        """The names of all forms that were ever sent."""
        with self.database.reading() as connection:
            return submissions.forms(connection)

    def search(self, wanted: Search, *, before: str | None = None, limit: int = 50) -> tuple[Summary, ...]:
        """The submissions that meet all of `wanted`, the latest first; `before` continues after a reference."""
        with self.database.reading() as connection:
            return search(connection, wanted, before, limit)

    def at_desk(
        self, department: str, *, status: Status | None = None, before: str | None = None, limit: int = 50
    ) -> tuple[Summary, ...]:
        """What came to a department's desk, the latest first; `before` continues after a reference."""
        return self.search(Search(department=department, handler="desk", status=status), before=before, limit=limit)

    def now(self) -> datetime:
        """The time by the database's clock, in UTC."""
        return self.database.clock()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def _opened(url: str, new: bool, now: ColumnElement[datetime] | None) -> Database:
    """The database with the tables of this release."""
    database = Database(url, now)
    try:
        with database.writing() as connection:
            if not new:
                need_tables(connection)
            before = version_of(connection)
            moved = before not in (None, migrate(connection))
        if moved:
            database.compact()  # earlier releases did not overwrite what they deleted
    except BaseException:
        database.close()
        raise
    return database


def beside(file: Path) -> Path:
    """The folder that belongs to a SQLite file."""
    return file.with_name(f"{file.name}.files")
