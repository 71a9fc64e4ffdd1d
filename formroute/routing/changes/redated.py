"""The moments of receipt from which an answer is due otherwise by one calendar than by another."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Any

from typing_extensions import override

from formroute.conditions import Calendar, Moment
from formroute.conditions.axes.aspects import Flag
from formroute.conditions.axes.calendars import days_compared
from formroute.conditions.axes.formerly import apart
from formroute.messages import say
from formroute.routing.due import reckon, shifts
from formroute.routing.written.duration import Duration, Unit

_INSIDE = timedelta(), timedelta(seconds=20), timedelta(seconds=40)
"""Between two turns, whole minutes apart, both due moments stand still or go with the clock: two moments tell all."""


@dataclass(frozen=True, slots=True)
class Redated(Flag):
    """Whether `duration` after an instant is over at another moment by the `new` calendar than by the `old` one."""

    duration: Duration
    old: Calendar
    new: Calendar
    _known: dict[datetime, bool] = field(default_factory=dict, compare=False, repr=False)

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        at = moment.at.astimezone(UTC)
        if at not in self._known:
            old, new = (reckon(at, self.duration, calendar).at for calendar in (self.old, self.new))
            self._known[at] = old.astimezone(UTC) != new.astimezone(UTC)
        return self._known[at]

    @property
    @override
    def names_days(self) -> bool:
        return True

    @override
    def kind_of(self, day: date) -> Hashable:
        still = not self.duration.unit.is_of_work and _go_alike(day, self.duration, self.new.zone, self.old.zone)
        return still or day

    @override
    def turns(self, day: date) -> Iterable[time]:
        if self.kind_of(day) != day:
            return ()
        around = [day + timedelta(days=days) for days in ((0,) if self.old.zone == self.new.zone else (-1, 0, 1))]
        found = (turn for calendar in (self.old, self.new) for one in around for turn in self._turns(one, calendar))
        local = ((turn + inside).astimezone(self.new.zone) for turn in found for inside in _INSIDE)
        return (at.time() for at in local if at.date() == day)

    def _turns(self, day: date, calendar: Calendar) -> Iterator[datetime]:
        """Where the due moment jumps, stops, or starts to go with the clock, in UTC."""
        if not self.duration.unit.is_of_work:
            midnight = datetime.combine(day, time(), calendar.zone).astimezone(UTC)
            yield from (midnight + timedelta(minutes=minutes) for minutes in range(0, 24 * 60, 30))
        elif calendar.hours_on(day):
            opens, closes = (edge.astimezone(UTC) for edge in next(shifts(day, calendar)))
            yield from (opens, closes)
            if self.duration.unit is Unit.BUSINESS_HOUR:
                yield from (closes - left for left in self._left(day, calendar) if left <= closes - opens)

    def _left(self, day: date, calendar: Calendar) -> Iterator[timedelta]:
        """How long before closing time something comes in that is due just when a later day ends."""
        left = timedelta(hours=self.duration.count)
        for opens, closes in shifts(day + timedelta(days=1), calendar):
            yield left
            left -= closes.astimezone(UTC) - opens.astimezone(UTC)
            if left < timedelta():
                return

    @override
    def in_words(self, field: str, flag: bool, language: str) -> str:
        message = "{duration} from {field} end otherwise" if flag else "{duration} from {field} end as before"
        return say(language, message, duration=self.duration.in_words(language), field=field)


@cache
def _go_alike(day: date, duration: Duration, here: tzinfo, there: tzinfo) -> bool:
    """Whether the clocks of neither zone are set from a day until what it receives is due, in days of the calendar."""
    last = day + timedelta(days=duration.in_days + 1)
    around = (day + timedelta(days=number) for number in range(-1, (last - day).days + 1))
    first, *others = (apart(one, here, there) for one in around)
    return first != day - timedelta(days=1) and all(other == first for other in others)


def redated(duration: Duration | None, old: Calendar, new: Calendar) -> Redated | None:
    """When `duration` is over otherwise by `new` than by `old`; None where that is never so."""
    if duration is None or duration.unit is Unit.HOUR:
        return None
    never = old.zone == new.zone and (not duration.unit.is_of_work or _count_alike(duration.unit, old, new))
    return None if never else Redated(duration, old, new)


def _count_alike(unit: Unit, old: Calendar, new: Calendar) -> bool:
    """Whether both have the same hours on every day; for business days it only counts when they end."""
    hours = ((old.hours_on(day), new.hours_on(day)) for day in days_compared())
    if unit is Unit.BUSINESS_HOUR:
        return all(one == other for one, other in hours)
    return all((one and one.closes) == (other and other.closes) for one, other in hours)
