"""From what an author wrote to a condition, or to every problem in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formroute.conditions.calendars import Calendar
from formroute.conditions.condition import Condition
from formroute.conditions.question import Scope
from formroute.definitions import Place
from formroute.problems import Problem
from formroute.records import NOTHING


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a condition may name besides questions: the catalogue's calendars, the calendar whose hours
    `after_hours` means, and the schemas folder in which word lists and areas lie."""

    calendars: Mapping[str, Calendar] = field(default_factory=lambda: NOTHING)
    working: Calendar | None = None
    folder: Path | None = None


NOWHERE = Surroundings()


def compile_condition(
    raw: object,
    place: Place,
    scope: Scope,
    problems: list[Problem],
    *,
    later: Collection[str] = (),
    around: Surroundings = NOWHERE,
) -> Condition | None:
    """The condition under `when`, `show_when` or `require`; None when it adds to `problems`.

    `raw` is the YAML value at `place`, `scope` the questions that it may look at, and `later` the names of
    those that are asked only afterwards.
    """
    raise NotImplementedError
