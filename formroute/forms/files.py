"""The files among raw answers, wherever a form asks for them: on a page, or in the rows of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from formroute.forms.field import Field

Made = Callable[[Field, Any], Any]


def file_questions(fields: Iterable[Field]) -> Iterator[Field]:
    """The questions that take files, those in rows included."""
    for field in fields:
        if field.kind.widget == "file":
            yield field
        yield from file_questions(field.row)


def file_answers(fields: Iterable[Field], raw: Mapping[str, Any]) -> Iterator[Any]:
    """What stands in the place of files."""
    for field in _with_files(fields, raw):
        if field.row:
            for row in _rows(raw[field.name]):
                yield from file_answers(field.row, row)
        else:
            yield raw[field.name]


def with_files(fields: Iterable[Field], raw: Mapping[str, Any], made: Made) -> Mapping[str, Any]:
    """The raw answers with what is `made`, for its question, of each that stands in the place of files."""
    changed = {field.name: _changed(field, raw[field.name], made) for field in _with_files(fields, raw)}
    return {**raw, **changed} if changed else raw


def _with_files(fields: Iterable[Field], raw: Mapping[str, Any]) -> Iterator[Field]:
    return (field for field in fields if field.name in raw and any(file_questions((field,))))


def _changed(field: Field, value: Any, made: Made) -> Any:
    if not field.row:
        return made(field, value)
    if not isinstance(value, list | tuple):
        return value
    return [with_files(field.row, row, made) if isinstance(row, Mapping) else row for row in value]


def _rows(value: Any) -> Iterator[Mapping[str, Any]]:
    return (row for row in (value if isinstance(value, list | tuple) else ()) if isinstance(row, Mapping))
