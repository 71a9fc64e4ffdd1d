"""Answers that lie on a line: numbers, days and times."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import ClassVar

from typing_extensions import override

from formroute.conditions.answers.days import sample_day, sample_instant, sample_time
from formroute.conditions.answers.domains.domain import FLAG, Domain
from formroute.conditions.answers.wanted import NoAnswer, Wanted, fits, lowest
from formroute.conditions.axes.aspects import Age, Aspect, Clock, Day, Value, Weekday
from formroute.conditions.axes.formerly import Formerly
from formroute.conditions.axes.moments import Moment, RelativeDay
from formroute.conditions.axes.sets import AnswerSet, Spans, Values

_LAST_SECOND = 24 * 3600 - 1


@dataclass(frozen=True, slots=True)
class Numbers(Domain):
    """Numbers from `min` to `max` (both in), with at most `places` decimals (0: whole numbers; None: any).

    Where `only` is given, no other numbers than these.
    """

    sort: ClassVar[str] = "a number"

    min: Decimal | int | None = None
    max: Decimal | int | None = None
    places: int | None = None
    only: tuple[Decimal | int, ...] | None = None

    @property
    @override
    def grid(self) -> int | None:
        return self.places

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        if self.only is not None:
            return reduce(or_, map(Spans.at, self.only), Spans()).on_grid(self.places)
        return Spans.between(self.min, self.max).on_grid(self.places)

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        number = lowest(wanted.get(Value(), self.space(Value())))
        return int(number) if self.places == 0 else Decimal(number)


@dataclass(frozen=True, slots=True)
class Dates(Domain):
    """Calendar days from `min` to `max` (both in), each fixed or said from today."""

    sort: ClassVar[str] = "a date"
    main: ClassVar[Aspect] = Day()

    min: date | RelativeDay | None = None
    max: date | RelativeDay | None = None

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        match aspect:
            case Day():
                return Spans.between(_ordinal(self.min), _ordinal(self.max)).on_grid(0)
            case Age():
                return Spans.between(_age(self.max), _age(self.min)).on_grid(0)
            case Weekday():
                return Values(frozenset(range(7)))
            case Formerly(formerly):
                return self.space(formerly)
        return FLAG

    @property
    @override
    def bounds(self) -> Wanted:
        return {aspect: self.space(aspect) for aspect in (Day(), Age())}

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        return sample_day(wanted, moment)


@dataclass(frozen=True, slots=True)
class Times(Domain):
    """Times of day from `min` to `max` (both in), to the second."""

    sort: ClassVar[str] = "a time"
    main: ClassVar[Aspect] = Clock()

    min: time | None = None
    max: time | None = None

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        low = 0 if self.min is None else seconds(self.min)
        return Spans.between(low, _LAST_SECOND if self.max is None else seconds(self.max)).on_grid(0)

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        return sample_time(wanted.get(Clock(), self.space(Clock())))


@dataclass(frozen=True, slots=True)
class Instants(Domain):
    """A day with a time, in the city's time; `days` bounds the day."""

    sort: ClassVar[str] = "a date with a time"
    main: ClassVar[Aspect] = Day()

    days: Dates = field(default_factory=Dates)

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        plain = aspect.aspect if isinstance(aspect, Formerly) else aspect
        return Times().space(plain) if plain == Clock() else self.days.space(plain)

    @property
    @override
    def bounds(self) -> Wanted:
        return self.days.bounds

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        return sample_instant(wanted, moment)


@dataclass(frozen=True, slots=True)
class Now(Domain):
    """The present moment: the facts `now` and `received`."""

    sort: ClassVar[str] = "a moment"
    main: ClassVar[Aspect] = Day()

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        plain = aspect.aspect if isinstance(aspect, Formerly) else aspect
        return Spans.at(0).on_grid(0) if plain == Age() else Instants().space(plain)

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        return moment.now if fits(moment.now, wanted, moment) else NoAnswer(certain=True)


def seconds(of_day: time) -> int:
    """The time as seconds after midnight."""
    return of_day.hour * 3600 + of_day.minute * 60 + of_day.second


def _ordinal(bound: date | RelativeDay | None) -> int | None:
    return bound.toordinal() if isinstance(bound, date) else None


def _age(bound: date | RelativeDay | None) -> int | None:
    return bound.age if isinstance(bound, RelativeDay) else None
