"""Answers as FEEL sees them: the type that a question's answers have there, and the value of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from formroute.conditions.answers.domains import (
    Dates,
    Domain,
    Files,
    Instants,
    ManyOf,
    Now,
    Numbers,
    OneOf,
    Points,
    Rows,
    Texts,
    Times,
    Unclear,
)
from formroute.feel import Type, read_type
from formroute.records import Location, Upload

_TYPES: dict[type[Domain], str] = {
    ManyOf: "list<string>",
    Numbers: "number",
    Dates: "date",
    Times: "time",
    Instants: "date and time",
    Now: "date and time",
    Texts: "string",
    Points: "context<address: string, latitude: number, longitude: number>",
    Files: "list<context<filename: string, size: number>>",
    Unclear: "Any",
}


def type_of(domain: Domain) -> Type:
    """The type of every answer in `domain`."""
    return read_type(_written(domain))


def _written(domain: Domain) -> str:
    if isinstance(domain, Rows):
        return f"list<{_context({name: _written(question.domain) for name, question in domain.scope.items()})}>"
    if isinstance(domain, OneOf):
        return "boolean" if all(isinstance(value, bool) for value in domain.values) else "string"
    return _TYPES[type(domain)]


def value_of(answer: object, zone: tzinfo | None = None) -> object:
    """A canonical answer as a value that FEEL takes; a date with a time is in the city's `zone`."""
    match answer:
        case datetime():
            return answer if answer.tzinfo else answer.replace(tzinfo=zone)
        case tuple() | list():
            return [value_of(one, zone) for one in answer]
        case Mapping():
            return grouped({name: value_of(one, zone) for name, one in answer.items()})
        case Location(address, latitude, longitude):
            return {"address": address, "latitude": latitude, "longitude": longitude}
        case Upload():
            return {"filename": answer.filename, "size": answer.size}
    return answer


def grouped(flat: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a row with those of a group in a context of their own, where FEEL's paths find them."""
    nested: dict[str, Any] = {}
    for name, value in flat.items():
        group, dot, part = name.partition(".")
        if dot:
            nested.setdefault(group, {})[part] = value
        else:
            nested[name] = value
    return nested


def _context(types: Mapping[str, str]) -> str:
    named = ((name, kind if isinstance(kind, str) else _context(kind)) for name, kind in grouped(types).items())
    return f"context<{', '.join(f'{name}: {kind}' for name, kind in named)}>"
