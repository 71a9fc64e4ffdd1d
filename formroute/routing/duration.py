"""How long a department has: `4 hours`, `2 days`, `4 business hours`, `5 business days`, `2 weeks`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from formroute.definitions import wrong
from formroute.definitions.shape import exactly
from formroute.definitions.types import typed
from formroute.messages import plural

_WRITTEN = re.compile(r"([1-9][0-9]{0,2}) (hour|day|business hour|business day|week)s?", re.ASCII)


class Unit(StrEnum):
    """What is counted: hours as they elapse, days of the calendar on the wall, or hours and days of work."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    BUSINESS_HOUR = "business hour"
    BUSINESS_DAY = "business day"

    @property
    def is_of_work(self) -> bool:
        """Whether a calendar with working hours is needed to count it."""
        return self in (Unit.BUSINESS_HOUR, Unit.BUSINESS_DAY)


@dataclass(frozen=True, slots=True, eq=False)
class Duration:
    """From 1 to 999 of one unit. Two weeks and 14 days are the same; 48 hours are not two days when clocks change."""

    count: int
    unit: Unit

    def __eq__(self, other: object) -> bool:
        return self._counted == other._counted if isinstance(other, Duration) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._counted)

    @property
    def _counted(self) -> tuple[int, Unit]:
        return (self.count * 7, Unit.DAY) if self.unit is Unit.WEEK else (self.count, self.unit)

    @classmethod
    def parse(cls, text: str) -> Duration | None:
        """The duration that `text` writes, or None."""
        found = _WRITTEN.fullmatch(text)
        return found and cls(int(found[1]), Unit(found[2]))

    def in_words(self, language: str) -> str:
        """`5 business days`, « 5 jours ouvrables »."""
        one, many = _WORDS[self.unit]
        return plural(language, one, many, self.count)


_WORDS = {
    Unit.HOUR: ("{count} hour", "{count} hours"),
    Unit.DAY: ("{count} day", "{count} days"),
    Unit.WEEK: ("{count} week", "{count} weeks"),
    Unit.BUSINESS_HOUR: ("{count} business hour", "{count} business hours"),
    Unit.BUSINESS_DAY: ("{count} business day", "{count} business days"),
}


_OTHERWISE = re.compile(r"(\w+) *(?:(working|work|business|ouvrables?|ouvrés?) *)?([^\W\d]+)(?: (ouvrables?|ouvrés?))?")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNITS = {
    "h": "hour",
    "hr": "hour",
    "heure": "hour",
    "d": "day",
    "jour": "day",
    "w": "week",
    "wk": "week",
    "semaine": "week",
}


def _meant(text: str) -> str | None:
    """`10 working days`, `two days` and `2 jours` as they are written here."""
    found = _OTHERWISE.fullmatch(text.strip().lower())
    if found is None:
        return None
    count = str(_NUMBERS.index(found[1]) + 1) if found[1] in _NUMBERS else found[1]
    unit = found[3] if found[3] == "s" else found[3].removesuffix("s")
    written = (
        f"{count} {'business ' if found[2] or found[4] else ''}{_UNITS.get(unit, unit)}{'' if count == '1' else 's'}"
    )
    return written if Duration.parse(written) else None


def _duration(value: Any) -> Duration:
    found = value if isinstance(value, Duration) else Duration.parse(value) if isinstance(value, str) else None
    if found is None:
        raise wrong("R401", instead=_meant(value) if isinstance(value, str) else None)
    return found


RespondWithin = Annotated[Duration, typed(_duration, exactly(_WRITTEN, "2 days", "5 business days", "12 hours"))]
