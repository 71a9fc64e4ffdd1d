"""The answers of groups under their whole names: a program may send `{"owner": {"email": …}}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from formroute.forms.field import Field


def flat(groups: Sequence[str], raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The raw answers with those of these groups under the names of their questions."""
    nested = {group: parts for group in groups if isinstance(parts := raw.get(group), Mapping)}
    found = {f"{group}.{part}": answer for group, parts in nested.items() for part, answer in parts.items()}
    return {**found, **{name: answer for name, answer in raw.items() if name not in nested}} if nested else raw


def flat_throughout(fields: Iterable[Field], raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same for all groups among the fields, those in rows included."""
    fields = tuple(fields)
    found = flat([field.name for field in fields if field.kind.parts], raw)
    rows = {field.name: _rows(field, found[field.name]) for field in fields if field.row and field.name in found}
    return {**found, **rows} if rows else found


def _rows(field: Field, value: Any) -> Any:
    if not isinstance(value, list | tuple):
        return value
    return [flat_throughout(field.row, row) if isinstance(row, Mapping) else row for row in value]
