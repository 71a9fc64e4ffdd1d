"""Rows in a browser: read from what was posted, added and removed by a button, kept in the draft as a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from formroute.forms import Field, cell
from formroute.forms.widgets import widget_of
from formroute.web.posting import Posted

_ROW = re.compile(r"([a-z][a-z0-9_]*)-([0-9]{1,3})", re.ASCII)


def rows_of(raw: object) -> list[dict[str, Any]]:
    """The rows of a raw answer; one that cannot be drawn is an empty row."""
    if not isinstance(raw, list | tuple):
        return []
    return [dict(row) if isinstance(row, Mapping) else {} for row in raw]


def posted_rows(posted: Posted, field: Field, before: object, asked: Collection[str]) -> list[dict[str, Any]]:
    """The rows that were on the page, with what was posted; a question that was not asked keeps its answer."""
    kept = rows_of(before)
    return [
        {**(kept[number] if number < len(kept) else {}), **_row(posted, field, number, asked)}
        for number in _numbers(posted, field)
    ]


def changed_rows(field: Field, raw: object, way: str) -> list[dict[str, Any]] | None:
    """The rows after `add:animals` or `remove:animals-2`; None for any other way."""
    verb, _, what = way.partition(":")
    rows, found = rows_of(raw), _ROW.fullmatch(what)
    if verb == "add" and what == field.name:
        return [*rows, {}] if len(rows) < field.definition.max_items else rows
    if verb == "remove" and found and found[1] == field.name:
        return [row for number, row in enumerate(rows) if number != int(found[2])]
    return None


def cells_of(fields: Sequence[Field], names: Collection[str]) -> list[str]:
    """Those of `names` that are boxes in rows of these fields."""
    starts = tuple(f"{field.name}-" for field in fields if field.row)
    return [name for name in names if starts and name.startswith(starts)]


def _numbers(posted: Posted, field: Field) -> list[int]:
    found = (_ROW.fullmatch(row) for row in posted.texts.getlist("_row"))
    numbers = {int(each[2]) for each in found if each and each[1] == field.name}
    return sorted(numbers)[: field.definition.max_items + 1]


def _row(posted: Posted, field: Field, number: int, asked: Collection[str]) -> dict[str, Any]:
    boxes = ((inner, cell(field.name, number, inner.name)) for inner in field.row)
    return {inner.name: posted.answer(box, many=widget_of(inner).many) for inner, box in boxes if box in asked}
