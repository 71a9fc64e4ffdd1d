"""Posted files as the uploads that the judge knows: kept at once, so that a mistake elsewhere costs none of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO, Protocol

from formroute.forms.posted import file_name
from formroute.records import Upload

MANY = 20
"""Files of one question that are looked at."""
_UNKNOWN = "application/octet-stream"


class Uploads(Protocol):
    """Where files are kept until they are sent: `Store.uploads`."""

    def keep(self, stream: BinaryIO, filename: str, limit: int, /) -> Upload:
        """Keep a file of at most `limit` bytes."""

    def waiting(self, tokens: Collection[str], /) -> Mapping[str, Upload]:
        """Those of `tokens` that no submission has yet."""


def keep_posted(uploads: Uploads, values: list[Any], most: int) -> list[Upload]:
    """The uploads that `values` name by their tokens, then the files among them, kept now.

    A file of more than `most` bytes is not kept; the judge names it.
    """
    known = uploads.waiting({value for value in values if isinstance(value, str)})
    files = [value for value in values if getattr(value, "filename", None)][:MANY]
    return [*_known(known, values), *(_kept(uploads, file, most) for file in files)]


def _known(known: Mapping[str, Upload], values: list[Any]) -> Iterator[Upload]:
    return (known[value] for value in values if isinstance(value, str) and value in known)


def _kept(uploads: Uploads, file: Any, most: int) -> Upload:
    name, size = file_name(file.filename), file.stream.seek(0, 2)
    file.stream.seek(0)
    return Upload("", name, _UNKNOWN, size) if size > most else uploads.keep(file.stream, name, most)
