"""The days between which answers lie: fixed ones, or such as are said from today."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Self

from pydantic import PlainSerializer, model_validator

from formroute.conditions import RelativeDay
from formroute.definitions import meant, suggest, wrong
from formroute.definitions.types import typed
from formroute.forms.kinds.base import FieldDefinition, reversed_bounds
from formroute.forms.kinds.reader import Refusal, refused

_POINTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})(?![0-9])", re.ASCII)
_LONG_AGO = re.compile(r"([0-9]{1,3}) (month|year)s? ago", re.ASCII)
_CALLED = {
    "today": "today",
    "now": "today",
    "aujourd'hui": "today",
    "yesterday": "1 day ago",
    "hier": "1 day ago",
    "tomorrow": "in 1 day",
    "demain": "in 1 day",
    "last week": "1 week ago",
    "next week": "in 1 week",
}
_DAYS = {"month": 30, "year": 365}
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


def _bound(value: Any) -> date | RelativeDay:
    """A day, written `2026-03-01`, `today`, `60 days ago` or `in 2 weeks`."""
    if isinstance(value, date | RelativeDay):
        return value
    day = written_day(value) or RelativeDay.parse(value) if isinstance(value, str) else None
    if day is None:
        raise wrong("F204", instead=_meant_day(value) if isinstance(value, str) else None)
    return day


def written_day(text: str) -> date | None:
    """A date written in digits with hyphens, or None: Python reads other ways of ISO 8601 too, weeks and no hyphens."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def typed_day(text: str) -> str:
    """What was typed, its day as ISO 8601 writes it: in `31.12.2026` the day stands first, wherever points are used."""
    found = _POINTED.match(text)
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}{text[found.end() :]}" if found else text


def _meant_day(text: str) -> str | None:
    """The day as an author has to write it: `yesterday` and `2 months ago` are said in days."""
    plain = text.strip().lower()
    if found := _LONG_AGO.fullmatch(plain):
        return f"{int(found[1]) * _DAYS[found[2]]} days ago"
    return meant.day(text) or _CALLED.get(suggest(plain, _CALLED) or "")


Day = Annotated[
    date | RelativeDay,
    typed(_bound, {"type": "string", "examples": ["today", "60 days ago", "2026-03-01"]}),
    PlainSerializer(str),
]


class Between(FieldDefinition):
    """Days from `min` to `max`, each fixed or relative to the day of answering."""

    min: Day = _FIRST
    """The first day that is taken: `2026-03-01`, `today`, `60 days ago`, `in 2 weeks`."""

    max: Day = _LAST
    """The last day that is taken, written in the same ways."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        today = date(2000, 1, 1)
        same_sort = type(self.min) is type(self.max)
        if same_sort and on(self.min, today) > on(self.max, today):
            raise reversed_bounds(self, "min", "max")
        return self


def on(bound: date | RelativeDay, today: date) -> date:
    """The day that a bound means when today is `today`."""
    return bound.on(today) if isinstance(bound, RelativeDay) else bound


def fixed_bounds(definition: Between) -> tuple[date, date] | None:
    """The first and the last day, where neither depends on today."""
    first, last = definition.min, definition.max
    return None if isinstance(first, RelativeDay) or isinstance(last, RelativeDay) else (first, last)


def bounds(definition: Between, now: datetime) -> tuple[date, date]:
    """The first and the last day, as seen from today."""
    return on(definition.min, now.date()), on(definition.max, now.date())


def outside(day: date, first: date, last: date) -> Refusal:
    """What is said of a day that is not between the two."""
    if day < first:
        return refused("range", "Enter {day} or a later date.", day=first)
    return refused("range", "Enter {day} or an earlier date.", day=last)


def days(st: Any, definition: Between, now: datetime) -> Any:
    """Days that the definition lets through."""
    first, last = bounds(definition, now)
    return st.dates(first, last) if first <= last else st.nothing()


def beyond(st: Any, definition: Between, now: datetime) -> Any:
    """Days before the first and after the last, written as ISO 8601 says."""
    first, last = bounds(definition, now)
    far = st.integers(1, 1_000).map(timedelta)
    return (far.map(lambda days: first - days) | far.map(lambda days: last + days)).map(date.isoformat)
