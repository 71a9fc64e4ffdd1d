"""What answers a question can have: one record for each sort of question."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from functools import lru_cache, reduce
from operator import or_
from typing import Any, ClassVar

from typing_extensions import override

from formroute.conditions.answers.days import sample_day, sample_instant, sample_time
from formroute.conditions.answers.texts import sample_text
from formroute.conditions.answers.wanted import NoAnswer, Wanted, fits, only
from formroute.conditions.axes.aspects import (
    NO_POINT,
    Age,
    Aspect,
    Clock,
    Count,
    Day,
    Includes,
    Inside,
    Value,
    Weekday,
    Wording,
)
from formroute.conditions.axes.formerly import Formerly
from formroute.conditions.axes.moments import Moment, RelativeDay
from formroute.conditions.axes.patterns import Pattern
from formroute.conditions.axes.sets import ANYTHING, EVERYWHERE, AnswerSet, Spans, Values
from formroute.definitions import Text
from formroute.records import Location, Upload

FLAG = Values.of(True, False)
_STREET = "1 Example Street"
_AT_SEA = (0.0, 0.0)
_LAST_SECOND = 24 * 3600 - 1


class Domain(ABC):
    """All answers of one question.

    `sort` says in a problem what the question asks for, `main` is the aspect that `answered`, `blank` and
    bare values look at.
    """

    __slots__ = ()
    sort: ClassVar[str]
    main: ClassVar[Aspect] = Value()

    @property
    def grid(self) -> int | None:
        """How many decimals the positions on a line have; None when they can have any number."""
        return 0

    @abstractmethod
    def space(self, aspect: Aspect) -> AnswerSet:
        """Every position that an answer can have on `aspect`; blank is not among them."""

    def possible(self, aspect: Aspect, accepts: AnswerSet) -> AnswerSet:
        """The positions in `accepts` that an answer can have; blank stays as it is."""
        return accepts.on_grid(self.grid) & self.space(aspect).or_blank

    @property
    def bounds(self) -> Wanted:
        """What is wanted of every answer on aspects beside the main one."""
        return {}

    @abstractmethod
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        """An answer whose position on every aspect lies in the wanted set, or `NoAnswer`.

        The sets lie within the spaces, and the `bounds` are among them.
        """


@dataclass(frozen=True, slots=True)
class OneOf(Domain):
    """One of these values; for yes_no they are True and False. `labels` is what residents read."""

    sort: ClassVar[str] = "one choice"

    values: tuple[str | bool, ...]
    labels: Mapping[str | bool, Text] = field(default_factory=dict)

    @property
    def written(self) -> Mapping[str, str | bool]:
        """The values by the words that authors write for them: `yes` and `no` for True and False."""
        return _as_written(self.values)

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return _choices(self.values) if aspect == Value() else FLAG

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        choices = wanted.get(Value(), ANYTHING)
        if isinstance(choices, Values) and len(choices.members) == 1 and not choices.rest:
            return next(iter(choices.members))
        return next(value for value in self.values if value in choices)


@dataclass(frozen=True, slots=True)
class ManyOf(Domain):
    """Any number of these values; with none the question is blank. Answers are tuples of str."""

    sort: ClassVar[str] = "several choices"
    main: ClassVar[Aspect] = Count()

    values: tuple[str, ...]
    labels: Mapping[str | bool, Text] = field(default_factory=dict)

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return Spans.between(1, len(self.values)).on_grid(0) if aspect == Count() else FLAG

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        ticked = [value for value in self.values if only(True, wanted.get(Includes(value), FLAG))]
        free = [value for value in self.values if wanted.get(Includes(value), FLAG) == FLAG]
        counts = range(max(1, len(ticked)), len(ticked) + len(free) + 1)
        count = next((count for count in counts if count in wanted.get(Count(), EVERYWHERE)), None)
        if count is None:
            return NoAnswer(certain=True)
        chosen = {*ticked, *free[: count - len(ticked)]}
        return tuple(value for value in self.values if value in chosen)


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
        number = _lowest(wanted.get(Value(), self.space(Value())))
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
        return {aspect: self.space(aspect) for aspect in (Day(), Age())}

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


@dataclass(frozen=True, slots=True)
class Texts(Domain):
    """Free text, of a `pattern` where there is one. `examples` are texts that the question surely takes; `special`
    says that it takes others only by rules of its own (an e-mail address), so that only the examples stand for them.
    Not in `own_words` are names of people and streets, in which a word is no word."""

    sort: ClassVar[str] = "a text"

    max_length: int | None = None
    special: bool = False
    examples: tuple[str, ...] = ()
    pattern: Pattern | None = None
    own_words: bool = True

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return ANYTHING if aspect in (Value(), Wording()) else FLAG

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        known = next((text for text in self.examples if fits(text, wanted, moment)), None)
        if known is not None or self.special:
            return known or NoAnswer(certain=False)
        return sample_text(wanted, moment, max_length=self.max_length, pattern=self.pattern)


@dataclass(frozen=True, slots=True)
class Points(Domain):
    """A place: an address, with a point on the map or without."""

    sort: ClassVar[str] = "a place"

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return Values.of(True, False, NO_POINT) if isinstance(aspect, Inside) else ANYTHING

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        areas = [aspect.area for aspect in wanted if isinstance(aspect, Inside)]
        points = [point for area in areas for point in area.samples()]
        places = [Location(_STREET), *(Location(_STREET, *map(_degrees, point)) for point in [*points, _AT_SEA])]
        return next((place for place in places if fits(place, wanted, moment)), NoAnswer(certain=len(areas) == 1))


@dataclass(frozen=True, slots=True)
class Files(Domain):
    """From one to `max_files` files of the type `media_type`; with none the question is blank."""

    sort: ClassVar[str] = "files"
    main: ClassVar[Aspect] = Count()

    max_files: int | None = None
    media_type: str = "image/jpeg"

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return Spans.between(1, self.max_files).on_grid(0)

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        count = _lowest(wanted.get(Count(), self.space(Count())))
        return tuple(
            Upload(f"{number:022}", f"file-{number}", self.media_type, 1) for number in range(1, int(count) + 1)
        )


@dataclass(frozen=True, slots=True)
class Unclear(Domain):
    """Nobody knows what: there is a mistake in the question. Tests on it are read and not judged."""

    sort: ClassVar[str] = "something unclear"

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return ANYTHING

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        return NoAnswer(certain=False)


@lru_cache(maxsize=256)
def _as_written(values: tuple[str | bool, ...]) -> dict[str, str | bool]:
    return {("yes" if value else "no") if isinstance(value, bool) else value: value for value in values}


@lru_cache(maxsize=256)
def _choices(values: tuple[str | bool, ...]) -> Values:
    return Values(frozenset(values))


@dataclass(frozen=True, slots=True)
class Rows(Domain):
    """From `min_items` to `max_items` rows; with none the question is blank. Answers are tuples of mappings.

    `scope` has the questions of one row by their names there, `make` answers for them.
    """

    sort: ClassVar[str] = "rows"
    main: ClassVar[Aspect] = Count()

    scope: Mapping[str, Any]
    min_items: int
    max_items: int
    make: Callable[[Rows, Wanted, Moment], object] = field(compare=False, repr=False)

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return Spans.between(max(1, self.min_items), self.max_items).on_grid(0) if aspect == Count() else FLAG

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        return self.make(self, wanted, moment)


def seconds(of_day: time) -> int:
    """The time as seconds after midnight."""
    return of_day.hour * 3600 + of_day.minute * 60 + of_day.second


def _ordinal(bound: date | RelativeDay | None) -> int | None:
    return bound.toordinal() if isinstance(bound, date) else None


def _age(bound: date | RelativeDay | None) -> int | None:
    return bound.age if isinstance(bound, RelativeDay) else None


def _lowest(accepts: AnswerSet) -> Decimal | int:
    """A number in the set: from the piece nearest to its beginning that has one."""
    return next(Spans.narrowed(accepts).pieces()).sample


def _degrees(angle: float) -> Decimal:
    return Decimal(str(angle))
