"""The files that residents send: kept at once under a random name, and bound to a submission when it is accepted."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from formroute.records import Upload
from formroute.store.database import Database
from formroute.store.folder import Folder, write_synced
from formroute.store.sniff import media_type_of, named_as
from formroute.store.tables import uploads

CHUNK = 64 * 1024
WAIT = timedelta(days=2)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


class UploadTooLargeError(Exception):
    """More bytes came than were allowed; none was kept."""


class UploadGoneError(Exception):
    """A file of the submission was swept away, or belongs to another submission."""


class Uploads:
    """The uploads of one store."""

    def __init__(self, database: Database, folder: Folder) -> None:
        self._database = database
        self._folder = folder.uploads

    def keep(self, stream: BinaryIO, filename: str, limit: int) -> Upload:
        """Keep at most `limit` bytes; the content tells the media type and the ending of the name.

        Raises UploadTooLargeError. What no submission or draft claims within two days is swept.
        """
        token = self._announce(filename)
        meter = _Meter(stream, limit)
        write_synced(self._folder / token, meter)
        upload = Upload(token, named_as(filename, meter.head), media_type_of(meter.head), meter.size)
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
        """Those of `tokens` that no submission has yet."""
        columns = (uploads.c.token, uploads.c.filename, uploads.c.media_type, uploads.c.size)
        with self._database.reading() as connection:
            rows = connection.execute(select(*columns).where(_free(tokens)))
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
        for token in tokens:
            (self._folder / token).unlink(missing_ok=True)
        with self._database.writing() as connection:
            connection.execute(delete(uploads).where(uploads.c.token.in_(tokens)))
        return len(tokens)

    def _announce(self, filename: str) -> str:
        """A row that is not whole yet: no file on the disk is ever without a row that will sweep it."""
        token = secrets.token_urlsafe(16)
        row = {"token": token, "filename": filename, "expires": self._database.after(WAIT)}
        with self._database.writing() as connection:
            connection.execute(insert(uploads).values(row))
        return token


class _Meter(Iterator[bytes]):
    """The chunks of a stream, counted and digested as they pass."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self.size = 0
        self.head = b""
        self.digest = hashlib.sha256()
        self._stream = stream
        self._limit = limit

    def __next__(self) -> bytes:
        chunk = self._stream.read(CHUNK)
        if not chunk:
            raise StopIteration
        self.size += len(chunk)
        if self.size > self._limit:
            raise UploadTooLargeError
        self.head = self.head or chunk
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


def bind(connection: Connection, tokens: Collection[str], submission: int) -> None:
    """Give uploads to a submission, as part of the caller's transaction. Raises UploadGoneError."""
    if connection.execute(update(uploads).where(_free(tokens)).values(submission=submission)).rowcount != len(tokens):
        raise UploadGoneError


def _free(tokens: Collection[str]) -> ColumnElement[bool]:
    """Whole, and of no submission yet."""
    return uploads.c.token.in_(tokens) & uploads.c.submission.is_(None) & uploads.c.sha256.is_not(None)
