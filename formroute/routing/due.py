"""Until when a department has to answer.

The rule, in the city's time zone:

- *hours* elapse: four hours are four hours, also in the night when the clocks change;
- *days* and *weeks* are counted on the wall calendar: the same time of day, so many days later;
- *business hours* are counted while the desks are open; what is left at closing time is counted from the next
  opening. Where the clocks change during opening hours, they count as they elapse;
- *business days* are counted from the next working moment: the moment of receiving itself when the desks
  are open, otherwise the next opening. That day is day 0; the due moment is closing time on the n-th
  working day after it. Holidays and days without working hours are not counted.

A time of day that the clocks skip becomes the same moment by the clock that has gone forward.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from formroute.conditions import Calendar
from formroute.messages import calendar_day, say
from formroute.routing.written.duration import Duration, Unit


@dataclass(frozen=True, slots=True)
class Due:
    """A due moment and how it was counted; moments are aware and in the city's zone.

    `passed_over` are the holidays on the way that would otherwise have been working days.
    """

    at: datetime
    duration: Duration
    counted_from: datetime
    passed_over: tuple[date, ...] = ()

    def in_words(self, language: str) -> str:
        """One sentence that lets a reader count it again."""
        days = "; ".join(_day(day, language) for day in self.passed_over)
        return say(
            language,
            "{at}: {duration}, counted from {start}, holidays left out: {days}"
            if days
            else "{at}: {duration}, counted from {start}",
            at=moment_in_words(self.at, language),
            duration=self.duration.in_words(language),
            start=moment_in_words(self.counted_from, language),
            days=days,
        )


def reckon(received: datetime, duration: Duration, calendar: Calendar) -> Due:
    """When `duration` after `received` (aware) is over; the rule stands at the head of this module."""
    local = received.astimezone(calendar.zone)
    match duration.unit:
        case Unit.HOUR:
            ends = (received.astimezone(UTC) + timedelta(hours=duration.count)).astimezone(calendar.zone)
            return Due(ends, duration, local)
        case Unit.BUSINESS_HOUR:
            return _in_business_hours(local, duration, calendar)
        case Unit.BUSINESS_DAY:
            return _in_business_days(local, duration, calendar)
        case _:
            return Due(_existing(local + timedelta(days=duration.in_days)), duration, local)


def _in_business_hours(local: datetime, duration: Duration, calendar: Calendar) -> Due:
    left = timedelta(hours=duration.count)
    first: datetime | None = None
    for opens, closes in shifts(local.date(), calendar):
        start = max(opens.astimezone(UTC), local.astimezone(UTC))
        open_for = closes.astimezone(UTC) - start
        if open_for <= timedelta():
            continue
        first = first or start.astimezone(calendar.zone)
        if left <= open_for:
            ends = (start + left).astimezone(calendar.zone)
            return Due(ends, duration, first, tuple(_passed_over(local.date(), ends.date(), calendar)))
        left -= open_for
    raise AssertionError("working days never end")


def _in_business_days(local: datetime, duration: Duration, calendar: Calendar) -> Due:
    left = (shift for shift in shifts(local.date(), calendar) if shift.closes > local)
    first = next(left)
    last = next(islice(left, duration.count - 1, None))
    passed_over = tuple(_passed_over(local.date(), last.closes.date(), calendar))
    return Due(last.closes, duration, max(local, first.opens), passed_over)


class Shift(NamedTuple):
    """The hours of one business day."""

    opens: datetime
    closes: datetime


def shifts(day: date, calendar: Calendar) -> Iterator[Shift]:
    """The working hours of every business day from `day` on."""
    while True:
        if hours := calendar.hours_on(day):
            opens, closes = (_existing(datetime.combine(day, time, calendar.zone)) for time in hours)
            yield Shift(opens, closes)
        day += timedelta(days=1)


def _passed_over(first: date, last: date, calendar: Calendar) -> Iterator[date]:
    days = (first + timedelta(days=number) for number in range((last - first).days))
    return (day for day in days if calendar.is_holiday(day) and calendar.hours[day.weekday()] is not None)


def _existing(local: datetime) -> datetime:
    """The same moment by a clock that is not in the gap of a change to summer time."""
    return local.astimezone(UTC).astimezone(local.tzinfo)


def _day(day: date, language: str) -> str:
    return calendar_day(language, day, "full")


def moment_in_words(at: datetime, language: str) -> str:
    """A moment by the clocks of its zone."""
    return say(language, "{day} at {hour:02}:{minute:02}", day=_day(at, language), hour=at.hour, minute=at.minute)
