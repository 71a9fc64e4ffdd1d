"""Time as an earlier version of a catalogue counted it: by other calendars, or by the clocks of another zone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Any

from typing_extensions import override

from formroute.conditions.axes.aspects import Age, Aspect, Axis, Holiday, Open
from formroute.conditions.axes.moments import INSTANTS, Moment


@dataclass(frozen=True, slots=True)
class Formerly(Aspect):
    """What `aspect` was, by the clocks of `zone` where those were others than those `here`, the city's of today."""

    aspect: Aspect
    zone: tzinfo | None = None
    here: tzinfo | None = None

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        if self.zone is None:
            return self.aspect.of(answer, moment)
        is_instant = isinstance(answer, datetime) and answer.tzinfo is not None
        return self.aspect.of(answer.astimezone(self.zone) if is_instant else answer, moment.by(self.zone))

    @property
    @override
    def names_days(self) -> bool:
        return self.aspect.names_days

    @override
    def kind_of(self, day: date) -> Hashable:
        if self.zone is None:
            return self.aspect.kind_of(day)
        return apart(day, self.here, self.zone), *(self.aspect.kind_of(one) for one in days_around(day))

    @override
    def turns(self, day: date) -> Iterable[time]:
        return self.aspect.turns(day)


def days_around(day: date) -> tuple[date, date, date]:
    """The days by the clocks of one zone that a day by those of another can lie on."""
    return day - timedelta(days=1), day, day + timedelta(days=1)


@cache
def apart(day: date, here: tzinfo | None, there: tzinfo) -> Hashable:
    """How far the clocks of two zones are apart on a day; `day` itself where one of them is set on it."""
    edges = (datetime.combine(one, time(), here) for one in (day, day + timedelta(days=1)))
    begins, ends = ((at.utcoffset(), at.astimezone(there).utcoffset()) for at in edges)
    return begins if begins == ends else day


@dataclass(frozen=True, slots=True)
class Former:
    """What told the time: another `zone`, where it was another one, and by name the `calendars` that told otherwise.

    Where there is a `zone`, `here` is that of today.
    """

    zone: tzinfo | None = None
    calendars: frozenset[str] = frozenset()
    here: tzinfo | None = None

    def seen(self, axis: Axis) -> Axis:
        """The axis as it was looked at then."""
        aspect = axis.aspect
        if self.zone is not None and (axis.question in INSTANTS or isinstance(aspect, Age)):
            return Axis(axis.question, Formerly(aspect, self.zone, self.here))
        if isinstance(aspect, Holiday | Open) and aspect.calendar.name in self.calendars:
            return Axis(axis.question, Formerly(aspect))
        return axis
