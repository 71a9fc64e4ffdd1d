"""Named calendars: which days are holidays, and when the city's desks are open."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from formroute.definitions import Place

_FIRST, _LAST = date(2020, 1, 1), date(2049, 12, 31)


class Hours(NamedTuple):
    """A desk's hours on one weekday; `closes` is the first moment at which it is shut."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days and hours of one city or service.

    `holidays` is anything that answers `day in holidays`: a set of dates, or an object of the package
    `holidays`. `hours` holds seven entries from Monday to Sunday, None for a day without work; it is
    empty where a calendar only names holidays. Two calendars of one name are the same calendar. `place` is where it
    was written.
    """

    name: str
    zone: ZoneInfo = field(compare=False)
    holidays: Container[date] = field(default=frozenset(), compare=False, repr=False)
    hours: tuple[Hours | None, ...] = field(default=(), compare=False, repr=False)
    place: Place | None = field(default=None, compare=False, repr=False)

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is a holiday here."""
        return day in self.holidays

    def hours_on(self, day: date) -> Hours | None:
        """The hours of `day`, None when nobody works on it."""
        if not self.hours or self.is_holiday(day):
            return None
        return self.hours[day.weekday()]

    def is_open(self, instant: datetime) -> bool:
        """Whether the desks are open at `instant`, which is aware or already in the city's time."""
        local = instant.astimezone(self.zone) if instant.tzinfo else instant
        hours = self.hours_on(local.date())
        return hours is not None and hours.opens <= local.time() < hours.closes

    def tells_like(self, other: Calendar) -> bool:
        """Whether both have the same days and hours, whatever they are called and by whichever clocks they are read."""
        if self.hours != other.hours:
            return False
        same = self.holidays == other.holidays
        return same or all(self.is_holiday(day) == other.is_holiday(day) for day in days_compared())


def days_compared() -> Iterator[date]:
    """The days on which calendars are compared: those of thirty years."""
    return (_FIRST + timedelta(days=number) for number in range((_LAST - _FIRST).days + 1))
