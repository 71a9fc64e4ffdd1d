"""How long a department has: `4 hours`, `2 days`, `4 business hours`, `5 business days`, `2 weeks`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from formroute.definitions import suggest, wrong
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
    def in_days(self) -> int:
        """How many days of the calendar some days or weeks are."""
        return self.count * (7 if self.unit is Unit.WEEK else 1)

    @property
    def _counted(self) -> tuple[int, Unit]:
        return (self.in_days, Unit.DAY) if self.unit is Unit.WEEK else (self.count, self.unit)

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


_WORDS_IN = re.compile(r"[0-9]+|[^\W\d_]+")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORKING = ("business", "working", "work", "ouvrable", "ouvré")
_UNITS = {
    **{unit: unit for unit in ("hour", "day", "week")},
    "h": "hour",
    "hr": "hour",
    "heure": "hour",
    "d": "day",
    "jour": "day",
    "w": "week",
    "wk": "week",
    "semaine": "week",
}
_BESIDE = ("within", "in", "dans", "les", "max", "about")


def _meant(text: str) -> str | None:
    """`10 working days`, `within two days`, `2 jours` and `2`, which are days, as they are written here."""
    words = [word for word in _WORDS_IN.findall(text.lower()) if word not in _BESIDE]
    counts = [str(_NUMBERS.index(word) + 1) if word in _NUMBERS else word for word in words[:1]]
    singular = [word if len(word) == 1 else word.removesuffix("s") for word in words[1:]]
    working = [word for word in singular if word not in _UNITS and suggest(word, _WORKING)]
    units = [_UNITS.get(word) or _UNITS.get(suggest(word, _UNITS) or "") for word in singular if word not in working]
    if len(units) > 1 or len(working) > 1 or None in units:
        return None
    unit = (units or ["day"])[0]
    written = f"{''.join(counts)} {'business ' if working else ''}{unit}{'' if counts == ['1'] else 's'}"
    return written if Duration.parse(written) else None


def _duration(value: Any) -> Duration:
    found = value if isinstance(value, Duration) else Duration.parse(value) if isinstance(value, str) else None
    if found is None:
        raise wrong("R401", instead=_meant(value) if isinstance(value, str) else None)
    return found


RespondWithin = Annotated[Duration, typed(_duration, exactly(_WRITTEN, "2 days", "5 business days", "12 hours"))]
