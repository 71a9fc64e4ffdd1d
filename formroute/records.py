"""The values that travel between the rooms: what was answered, what was decided, what was promised.

All are frozen. Answers are canonical: `bool` for yes_no, `int` for integer, `Decimal` for number and money,
`date` and `time` for themselves, `datetime` without a zone for a date with a time (the city's), `str` for
text and choices, tuples of `str` for choices, `Location` for places, tuples of `Upload` for files.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from typing_extensions import override

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Fault(StrEnum):
    """Why a file was not kept: it is not whole, it unfolds to more than anybody can use, the operator's scanner refused
    it, or could not be asked.
    """

    DAMAGED = "damaged"
    HUGE = "huge"
    UNSAFE = "unsafe"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a resident sent: `token` finds its bytes, `media_type` is told by its content, `size` is in bytes.

    One with a `fault` was not kept and has no token.
    """

    token: str
    filename: str
    media_type: str
    size: int
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """A place: an address in words, a point (WGS 84, decimal degrees), or both."""

    address: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """Checked answers with the facts of their sending.

    `form` is its name and `version` the digest of its definition, `channel` the way it came by (`web`, `api`, …),
    `language` the tag of the language it was filled in, `received` is aware and in UTC.
    """

    form: str
    version: str
    answers: Mapping[str, object]
    channel: str
    language: str
    received: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One route that was tried, in table order: the test that decided it, in words, and whether it was met."""

    table: str
    route: str
    test: str
    met: bool


class Evidence(ABC):
    """What a decision rests on. It is told when it is asked for, from what was seen when it was decided."""

    __slots__ = ()

    @abstractmethod
    def told(self) -> Told:
        """The routes that were tried, in words."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Evidence):
            return NotImplemented
        mine, theirs = self.told(), other.told()
        return (mine.steps, mine.untold) == (theirs.steps, theirs.untold)

    def __hash__(self) -> int:
        told = self.told()
        return hash((told.steps, told.untold))


@dataclass(frozen=True, slots=True, eq=False)
class Told(Evidence):
    """Every route that was tried, in table order; of many that were not met only the closest.

    `untold` counts the others.
    """

    steps: tuple[Step, ...] = ()
    untold: int = 0

    @override
    def told(self) -> Told:
        return self


NO_EVIDENCE = Told()


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a submission goes and why. `route` is None when only the fallback department took it (tag `unrouted`).

    `send_to` and `copy_to` are names of departments, `priority` is one of the catalogue's or None.
    `due` is aware, None where nobody promised an answer.
    `notices` are for the resident, in the submission's language; `values` are named by authors for whoever
    gets it, and `notify` are e-mail addresses that are told of it. The `trace` tells of every route that was
    tried, in table order; of many that were not met only the closest, and `untold` counts the others.
    """

    form: str
    table: str
    route: str | None
    send_to: str
    copy_to: tuple[str, ...] = ()
    priority: str | None = None
    due: datetime | None = None
    tags: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    notify: tuple[str, ...] = ()
    evidence: Evidence = NO_EVIDENCE

    @property
    def trace(self) -> tuple[Step, ...]:
        """The routes that were tried and, for each, the test that decided it; made when it is first asked for."""
        return self.evidence.told().steps

    @property
    def untold(self) -> int:
        """How many routes were tried that the trace leaves out."""
        return self.evidence.told().untold


class Status(StrEnum):
    """How far a submission is, as its department says."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DECLINED = "declined"


RESIDENT = ""
"""Stands for the department where the one to be told is the resident."""


@dataclass(frozen=True, slots=True)
class Destination:
    """One way to reach a department: `handler` is `email`, `webhook` or `desk`, `settings` what that handler needs.

    The `department` of a letter to the resident is RESIDENT, its handler `acknowledgement` or `news`. That of a
    letter to an address that a route notifies is the address, its handler `notice`.
    """

    department: str
    handler: str
    settings: Mapping[str, Any] = dataclasses.field(default_factory=lambda: NOTHING)

    def __str__(self) -> str:
        return f"{self.department or 'the resident'} by {self.handler}"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The promise to the resident, given only after the commit.

    Anybody may be told the `reference`; with the `status_token` whoever has it sees how far the submission is.
    `received` is aware and in UTC.
    """

    reference: str
    status_token: str
    received: datetime


def to_json(value: object) -> Any:
    """A canonical answer as JSON: dates in ISO 8601, decimals as text, places and files as objects.

    `Form.check` reads every one of these back to the same answer.
    """
    match value:
        case date() | time():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case Location():
            parts = {"address": value.address, "latitude": value.latitude, "longitude": value.longitude}
            return {name: to_json(part) for name, part in parts.items() if part is not None}
        case Upload():
            return {
                "token": value.token,
                "filename": value.filename,
                "media_type": value.media_type,
                "size": value.size,
            }
        case Mapping():
            return {name: to_json(part) for name, part in value.items()}
        case tuple() | list():
            return [to_json(part) for part in value]
        case _:
            return value
