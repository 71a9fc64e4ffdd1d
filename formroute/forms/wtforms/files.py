"""Posted files as the uploads that the judge knows: kept at once, so that a mistake elsewhere costs none of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO, Protocol

from formroute.forms.kinds.file import FileDefinition
from formroute.forms.posted import file_name
from formroute.records import Upload

MANY = 20
"""Files of one question that are looked at."""
_UNKNOWN = "application/octet-stream"


class Uploads(Protocol):
    """Where files are kept until they are sent: `Store.uploads`."""

    def keep(self, stream: BinaryIO, filename: str, limit: int, /, *, accept: Collection[str], as_sent: bool) -> Upload:
        """Keep a file of at most `limit` bytes and an accepted media type, a photo `as_sent` or stripped."""

    def waiting(self, tokens: Collection[str], /) -> Mapping[str, Upload]:
        """Those of `tokens` that no submission has yet."""


def keep_posted(uploads: Uploads, values: list[Any], asked: FileDefinition) -> list[Upload]:
    """The uploads that `values` name by their tokens, then the files among them, kept now.

    A file that is too large or of another kind than is `asked` for is not kept; the judge names it.
    """
    known = uploads.waiting({value for value in values if isinstance(value, str)})
    files = [value for value in values if getattr(value, "filename", None)][:MANY]
    return [*_known(known, values), *(_kept(uploads, file, asked) for file in files)]


def _known(known: Mapping[str, Upload], values: list[Any]) -> Iterator[Upload]:
    return (known[value] for value in values if isinstance(value, str) and value in known)


def _kept(uploads: Uploads, file: Any, asked: FileDefinition) -> Upload:
    name, size = file_name(file.filename), file.stream.seek(0, 2)
    file.stream.seek(0)
    if size > asked.max_size:
        return Upload("", name, _UNKNOWN, size)
    return uploads.keep(file.stream, name, asked.max_size, accept=asked.media_types, as_sent=asked.keep_location)
