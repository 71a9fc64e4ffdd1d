"""The files that residents send: kept at once under a random name, and bound to a submission when it is accepted."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from formroute.records import Fault, Upload
from formroute.store.content import CHUNK, FaultError, kept_of
from formroute.store.database import Database
from formroute.store.folder import Folder, write_synced
from formroute.store.scanner import Scanner
from formroute.store.sniff import media_type_of, named_as
from formroute.store.tables import uploads

WAIT = timedelta(days=2)
_AT_ONCE = 500
"""Tokens that one statement looks for; databases bound how many values it may have."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")

log = logging.getLogger(__name__)


class UploadTooLargeError(Exception):
    """More bytes came than were allowed; none was kept."""


class UploadGoneError(Exception):
    """A file of the submission was swept away, or belongs to another submission."""


class Uploads:
    """The uploads of one store. What the `scanner` could not look at is refused, unless `keep_unscanned`."""

    def __init__(
        self, database: Database, folder: Folder, scanner: Scanner | None = None, *, keep_unscanned: bool = False
    ) -> None:
        self._database = database
        self._folder = folder.uploads
        self._scanner = scanner
        self._keep_unscanned = keep_unscanned

    def keep(
        self,
        stream: BinaryIO,
        filename: str,
        limit: int,
        *,
        accept: Collection[str] | None = None,
        as_sent: bool = False,
    ) -> Upload:
        """Keep at most `limit` bytes; the content tells the media type and the ending of the name.

        A picture loses what a camera wrote beside it, unless `as_sent`. What is empty, of a type that is not in
        `accept`, or cannot be kept comes back without a token, the last with its fault. `stream` can be read
        again from a place. Raises UploadTooLargeError. What no submission or draft claims within two days is
        swept.
        """
        size = stream.seek(0, 2)
        if size > limit:
            raise UploadTooLargeError
        stream.seek(0)
        head = stream.read(CHUNK)
        stream.seek(0)
        name, media_type = named_as(filename, head), media_type_of(head)
        if not size or (accept is not None and media_type not in accept):
            return Upload("", name, media_type, size)
        try:
            return self._kept(name, media_type, kept_of(stream, media_type, as_sent=as_sent))
        except FaultError as error:
            return Upload("", name, media_type, size, error.fault)

    def _kept(self, filename: str, media_type: str, content: Iterator[bytes]) -> Upload:
        token = self._announce(filename)
        meter = _Meter(content)
        write_synced(self._folder / token, meter)
        try:
            self._ask_scanner(self._folder / token)
        except FaultError:
            self._drop([token])
            raise
        upload = Upload(token, filename, media_type, meter.size)
        whole = {
            "filename": upload.filename,
            "media_type": upload.media_type,
            "size": upload.size,
            "sha256": meter.digest.hexdigest(),
        }
        with self._database.writing() as connection:
            connection.execute(update(uploads).where(uploads.c.token == token).values(whole))
        return upload

    def waiting(self, tokens: Collection[str]) -> Mapping[str, Upload]:
        """Those of `tokens` that no submission has yet, however many are asked for and whatever they are."""
        columns = (uploads.c.token, uploads.c.filename, uploads.c.media_type, uploads.c.size)
        asked = [token for token in dict.fromkeys(tokens) if is_token(token)]
        parts = (asked[start : start + _AT_ONCE] for start in range(0, len(asked), _AT_ONCE))
        with self._database.reading() as connection:
            rows = (row for part in parts for row in connection.execute(select(*columns).where(_free(part))))
            return {row.token: Upload(*row) for row in rows}

    def is_whole(self, token: str) -> bool:
        """Whether there is such an upload, wholly received and neither swept nor erased."""
        with self._database.reading() as connection:
            known = (uploads.c.token == token) & uploads.c.sha256.is_not(None)
            return connection.scalars(select(uploads.c.token).where(known)).first() is not None

    def open(self, upload: Upload) -> BinaryIO:
        """The bytes of an upload. Raises FileNotFoundError when it was swept."""
        return self.path(upload).open("rb")

    def path(self, upload: Upload) -> Path:
        """Where the bytes of an upload lie."""
        if not is_token(upload.token):
            raise FileNotFoundError(upload.token)
        return self._folder / upload.token

    def sweep(self) -> int:
        """Delete what nobody claimed in time, and what belonged to an erased submission; returns how many.

        A row is first marked as not whole, so that no submission can take it while its file goes.
        """
        abandoned = uploads.c.submission.is_(None) & (uploads.c.expires <= self._database.now)
        erased = uploads.c.submission.is_not(None) & uploads.c.sha256.is_(None)
        with self._database.writing() as connection:
            connection.execute(update(uploads).where(abandoned).values(sha256=None))
            gone = (abandoned & uploads.c.sha256.is_(None)) | erased
            tokens = connection.scalars(select(uploads.c.token).where(gone)).all()
        self._drop(tokens)
        return len(tokens)

    def _drop(self, tokens: Collection[str]) -> None:
        """Files first, so that none is ever without a row that will sweep it."""
        for token in tokens:
            (self._folder / token).unlink(missing_ok=True)
        with self._database.writing() as connection:
            connection.execute(delete(uploads).where(uploads.c.token.in_(tokens)))

    def _ask_scanner(self, path: Path) -> None:
        if self._scanner is None:
            return
        try:
            refused = self._scanner(path)
        except Exception as error:  # noqa: BLE001 - a scanner may be anybody's code
            log.error("The scanner could not look at a file: %s: %s", type(error).__name__, error)
            if self._keep_unscanned:
                return
            raise FaultError(Fault.UNCHECKED) from None
        if refused:
            log.warning("The scanner refused a file: %s", " ".join(refused.split()))
            raise FaultError(Fault.UNSAFE)

    def _announce(self, filename: str) -> str:
        """A row that is not whole yet: no file on the disk is ever without a row that will sweep it."""
        token = secrets.token_urlsafe(16)
        row = {"token": token, "filename": filename, "expires": self._database.after(WAIT)}
        with self._database.writing() as connection:
            connection.execute(insert(uploads).values(row))
        return token


class _Meter(Iterator[bytes]):
    """Parts of a file, counted and digested as they pass."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self.size = 0
        self.digest = hashlib.sha256()
        self._parts = parts

    def __next__(self) -> bytes:
        chunk = next(self._parts)
        self.size += len(chunk)
        self.digest.update(chunk)
        return chunk


def is_token(text: str) -> bool:
    """Whether `text` could name an upload."""
    return _TOKEN.fullmatch(text) is not None


def tokens_in(value: object) -> frozenset[str]:
    """Every upload token in answers, whether canonical or as they were typed."""
    match value:
        case Upload():
            return frozenset((value.token,))
        case str():
            return frozenset((value,)) if is_token(value) else frozenset()
        case Mapping():
            return frozenset().union(*map(tokens_in, value.values()))
        case tuple() | list():
            return frozenset().union(*map(tokens_in, value))
        case _:
            return frozenset()


def tokens_of(answers: object) -> frozenset[str]:
    """The tokens of the uploads in canonical answers; a text may look like one."""
    match answers:
        case Upload():
            return frozenset((answers.token,))
        case Mapping():
            return frozenset().union(*map(tokens_of, answers.values()))
        case tuple():
            return frozenset().union(*map(tokens_of, answers))
        case _:
            return frozenset()


def bind(connection: Connection, tokens: Collection[str], submission: int) -> None:
    """Give uploads to a submission, as part of the caller's transaction. Raises UploadGoneError."""
    if connection.execute(update(uploads).where(_free(tokens)).values(submission=submission)).rowcount != len(tokens):
        raise UploadGoneError


def _free(tokens: Collection[str]) -> ColumnElement[bool]:
    """Whole, and of no submission yet."""
    return uploads.c.token.in_(tokens) & uploads.c.submission.is_(None) & uploads.c.sha256.is_not(None)
