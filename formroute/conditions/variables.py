"""Answers as FEEL sees them: the type that a question's answers have there, and the value of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from formroute.conditions.domains import (
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
}


def type_of(domain: Domain) -> Type:
    """The type of every answer in `domain`."""
    if isinstance(domain, Rows):
        cells = ", ".join(f"{name}: {type_of(question.domain).name}" for name, question in domain.scope.items())
        return read_type(f"list<context<{cells}>>")
    if isinstance(domain, OneOf):
        return read_type("boolean" if all(isinstance(value, bool) for value in domain.values) else "string")
    return read_type(_TYPES[type(domain)])


def value_of(answer: object, zone: tzinfo | None = None) -> object:
    """A canonical answer as a value that FEEL takes; a date with a time is in the city's `zone`."""
    match answer:
        case datetime():
            return answer if answer.tzinfo else answer.replace(tzinfo=zone)
        case tuple() | list():
            return [value_of(one, zone) for one in answer]
        case Mapping():
            return {name: value_of(one, zone) for name, one in answer.items()}
        case Location(address, latitude, longitude):
            return {"address": address, "latitude": latitude, "longitude": longitude}
        case Upload():
            return {"filename": answer.filename, "size": answer.size}
    return answer
