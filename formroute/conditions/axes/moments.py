"""The moment at which conditions are judged, and days said relative to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple, Self

from formroute.records import NOTHING

FACTS = frozenset({"form", "channel", "language"})
INSTANTS = frozenset({"now", "received"})
_RELATIVE = re.compile(
    r"(?P<today>today)"
    r"|(?P<past>\d{1,5}) (?P<past_unit>days?|weeks?) ago"
    r"|in (?P<ahead>\d{1,5}) (?P<ahead_unit>days?|weeks?)"
    r"|(?P<future>\d{1,5}) (?P<future_unit>days?|weeks?) from (?:now|today)"
)


class Moment(NamedTuple):
    """When and by which way answers are judged.

    `at` is aware; once a submission is accepted it is the moment of acceptance,
    so that `now` and `received` name the same instant wherever both can be tested. `facts` holds
    `form`, `channel` and `language`. `zone` is the city's, or None when `at` is in it already.
    """

    at: datetime
    facts: Mapping[str, str] = NOTHING
    zone: tzinfo | None = None

    @property
    def now(self) -> datetime:
        """The instant by the city's clocks; most forms never look at them."""
        return self.at if self.zone is None else self.at.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The city's calendar day."""
        return self.now.date()

    def by(self, zone: tzinfo) -> Moment:
        """The same by the clocks of another zone."""
        return Moment(self.at.astimezone(zone), self.facts)

    def fact(self, name: str) -> object:
        """The fact of this name, or None."""
        return self.now if name in INSTANTS else self.facts.get(name)


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A day said from today: `age` days before it, negative when it lies ahead."""

    age: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """`today`, `10 days ago`, `in 2 weeks`, `3 days from now`; None for anything else.

        Months and years are left out because they have no fixed number of days.
        """
        found = _RELATIVE.fullmatch(text.strip().lower())
        if found is None:
            return None
        if found["past"]:
            return cls(_days(found["past"], found["past_unit"]))
        ahead, unit = found["ahead"] or found["future"], found["ahead_unit"] or found["future_unit"]
        return cls(-_days(ahead, unit) if ahead else 0)

    def on(self, today: date) -> date:
        """The calendar day it means when today is `today`."""
        return today - timedelta(days=self.age)

    def __str__(self) -> str:
        if self.age == 0:
            return "today"
        unit = "day" if abs(self.age) == 1 else "days"
        return f"{self.age} {unit} ago" if self.age > 0 else f"in {-self.age} {unit}"


def _days(count: str, unit: str) -> int:
    return int(count) * (7 if unit.startswith("week") else 1)
