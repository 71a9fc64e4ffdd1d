"""What a browser posts for one question, as what the judge reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Protocol

LONGEST_NAME = 150
"""Characters of a file's name that are kept."""

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Multi(Protocol):
    """Names with one or more values each, as Werkzeug and WTForms hand them around."""

    def __iter__(self) -> Iterator[str]: ...

    def getlist(self, name: str, /) -> list[Any]:
        """Every value of a name, in the order posted."""


def posted_answer(posted: Multi, name: str, *, many: bool = False) -> Any:
    """The raw answer to a question: a text, a list where `many` can be ticked, or a mapping of its parts."""
    parts = {key[len(name) + 1 :]: posted.getlist(key)[0] for key in posted if _is_part(key, name)}
    if parts:
        return parts
    values = posted.getlist(name)
    return values if many else values[0] if values else ""


def file_name(given: str | None) -> str:
    """A file's name as it may be shown: without folders and signs that cannot be printed."""
    bare = (given or "").replace("\\", "/").rpartition("/")[2]
    return _UNWRITABLE.sub("", bare).strip()[-LONGEST_NAME:] or "file"


def _is_part(key: object, name: str) -> bool:
    return isinstance(key, str) and key.startswith(f"{name}.")
