"""What a page showed, in short: it tells what was typed on it from what another window typed meanwhile."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from formroute.forms import Field, cell
from formroute.records import Upload
from formroute.web.draft.posting import Posted

Marks = Mapping[str, str]
"""By the name of a box what it showed, nothing where that was blank; by the name of a row its key."""

BLANK = ""
KEY = "_key"
"""Under this a row of a draft has what tells it from every other row, wherever it stands."""


def mark_of(raw: object) -> str:
    """A raw answer in short; the same for what a browser makes of it and sends back."""
    plain = _plain(raw)
    return hashlib.blake2s(json.dumps(plain, sort_keys=True).encode(), digest_size=9).hexdigest() if plain else BLANK


def marks_of(fields: Iterable[Field], raw: Mapping[str, Any]) -> Marks:
    """What a page with these questions shows."""
    return {name: mark for name, mark in _marks(fields, raw) if mark}


def read_marks(posted: Posted) -> Marks | None:
    """What a page showed that comes back; None where it does not say."""
    try:
        found = json.loads(posted.texts.get("_shown", "null"))
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    return {name: mark for name, mark in found.items() if isinstance(mark, str)}


def rows_of(raw: object) -> list[dict[str, Any]]:
    """The rows of a raw answer, each with its key; one that cannot be drawn is an empty row."""
    if not isinstance(raw, list | tuple):
        return []
    rows = [dict(row) if isinstance(row, Mapping) else {} for row in raw]
    return [{KEY: str(number), **row} for number, row in enumerate(rows)]


def _marks(fields: Iterable[Field], raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in fields:
        if field.row:
            for number, row in enumerate(rows_of(raw.get(field.name))):
                yield f"{field.name}-{number}", str(row[KEY])
                yield from ((cell(field.name, number, inner.name), mark_of(row.get(inner.name))) for inner in field.row)
        elif field.kind.asks and field.kind.widget != "file":
            yield field.name, mark_of(raw.get(field.name))


def _plain(raw: object) -> Any:
    """Without blanks, and with the line ends of text areas as one sign."""
    match raw:
        case str():
            return raw.replace("\r\n", "\n")
        case Mapping():
            return {str(name): plain for name, part in raw.items() if (plain := _plain(part))}
        case list() | tuple():
            return [plain for part in raw if (plain := _plain(part))]
        case Upload():
            return raw.token
        case None:
            return None
    return str(raw)
