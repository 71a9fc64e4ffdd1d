"""The files among raw answers, wherever a form asks for them: on a page, or in the rows of one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from formroute.forms.field import Field
from formroute.records import Upload

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


def told_apart(answers: Mapping[str, object]) -> Mapping[str, object]:
    """Canonical answers in which no two files have one name: a phone calls every photo `image.jpg`."""
    taken: set[str] = set()
    return {name: _told_apart(answer, taken) for name, answer in answers.items()}


def _told_apart(answer: object, taken: set[str]) -> Any:
    match answer:
        case Upload(filename=filename):
            stem, dot, ending = filename.rpartition(".")
            start, end = (stem, dot + ending) if stem else (filename, "")
            numbered = (f"{start}-{number}{end}" for number in itertools.count(2))
            free = next(name for name in itertools.chain([filename], numbered) if name not in taken)
            taken.add(free)
            return answer if free == filename else replace(answer, filename=free)
        case Mapping():
            return {name: _told_apart(part, taken) for name, part in answer.items()}
        case tuple():
            return tuple(_told_apart(part, taken) for part in answer)
    return answer


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
