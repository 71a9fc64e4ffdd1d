"""What a browser posts, within limits, as what `Form.check` takes.

A body is read to its end whatever is in it: a file over the limit is counted and thrown away, so that
one photo that is too large never costs a resident the rest of the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from flask import Request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from formroute.forms.posted import posted_answer

MOST_BYTES = 256_000_000
"""Of a whole body with files."""
MOST_TEXT = 2_000_000
"""Characters of all texts together, and bytes of a body without files."""
MOST_PARTS = 1000
"""Boxes and files of one page: 50 rows of 20 questions."""
IN_MEMORY = 256_000

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Posted:
    """The texts and files of one body."""

    texts: MultiDict[str, str]
    files: MultiDict[str, FileStorage]

    def answer(self, name: str, *, many: bool = False) -> Any:
        """The raw answer to a question: a text, a list where `many` can be ticked, or a mapping of its parts."""
        return posted_answer(self.texts, name, many=many)

    def files_of(self, name: str) -> list[FileStorage]:
        """The files chosen for a question; a browser sends one without a name when none was."""
        return [file for file in self.files.getlist(name) if file.filename]


def read_posted(request: Request, largest_file: int = 0) -> Posted:
    """Read the body of `request`; of a file that has more than `largest_file` bytes only the start is kept.

    Raises RequestEntityTooLarge when the body as a whole, its texts, or the number of its parts is too large.
    """
    multipart = request.mimetype == "multipart/form-data"
    request.max_content_length = MOST_BYTES if multipart else MOST_TEXT
    with ExitStack() as opened:
        made: list[CappedFile] = []

        def capped(*_: object, **__: object) -> IO[bytes]:
            made.append(opened.enter_context(CappedFile(largest_file)))
            return cast("IO[bytes]", made[-1])

        parser = FormDataParser(capped, max_form_memory_size=MOST_TEXT, max_form_parts=MOST_PARTS)
        _, texts, files = parser.parse(
            request.stream, request.mimetype, request.content_length, request.mimetype_params
        )
        texts, files = _named(texts), _named(files)
        if len(texts) > MOST_PARTS or _length(texts) > MOST_TEXT:
            raise RequestEntityTooLarge
        opened.pop_all()
    kept = {id(file.stream) for _, file in files.items(multi=True)}
    for file in made:  # of a body that is cut off, or a part without a name
        if id(file) not in kept:
            file.close()
    request.files = ImmutableMultiDict(files)  # closed with the request
    return Posted(texts, files)


def _named(parts: MultiDict[Any, Any]) -> MultiDict[str, Any]:
    """The parts that have a name, which a part of a multipart body can lack."""
    return MultiDict((name, part) for name, part in parts.items(multi=True) if name is not None)


def _length(texts: MultiDict[str, str]) -> int:
    return sum(len(name) + len(text) for name, text in texts.items(multi=True))


class CappedFile(SpooledTemporaryFile[bytes]):
    """A temporary file that keeps one byte more than `most`, enough to see that it is too large."""

    def __init__(self, most: int) -> None:
        super().__init__(max_size=IN_MEMORY)
        self._room = most + 1

    def write(self, data: Any) -> int:
        """Take all of `data` and keep what there is room for."""
        if self._room > 0:
            self._room -= super().write(data[: self._room])
        return len(data)


def writable(value: object) -> bool:
    """Whether every text in a JSON value can be written as UTF-8; JSON can carry halves of characters that cannot."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text if _HALF.search(text):
                return False
            case Mapping() as parts:
                waiting += [*parts, *parts.values()]
            case list() as parts:
                waiting += parts
    return True
