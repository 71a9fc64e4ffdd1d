"""What tests look at: one record for each way of putting an answer on an axis.

Most questions have one aspect, their value. A date has several that no one line can hold: the day, how
long ago it is, the weekday. Each aspect turns an answer into a position that the sets know.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from typing_extensions import override

from formroute.conditions.axes.areas import Area
from formroute.conditions.axes.calendars import Calendar
from formroute.conditions.axes.folding import Phrases, fold
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.patterns import Pattern


class Aspect(ABC):
    """One way of looking at an answer."""

    __slots__ = ()

    @abstractmethod
    def of(self, answer: Any, moment: Moment) -> Any:
        """The position of `answer`, which is never blank and of the type that the question gives."""

    @property
    def names_days(self) -> bool:
        """Whether one Monday may have other positions than the next."""
        return False

    def kind_of(self, day: date) -> Hashable:  # noqa: ARG002
        """Days of one weekday and one kind have the same positions at the same times; `day` itself is like no other."""
        return None

    def turns(self, day: date) -> Iterable[time]:  # noqa: ARG002
        """The times of this day at which its position may change, where no set names them: hours of work."""
        return ()


class Flag(Aspect):
    """One that is true or false and has words of its own."""

    __slots__ = ()

    @abstractmethod
    def in_words(self, field: str, flag: bool, language: str) -> str:
        """The clause that says so of the question called `field`."""


@dataclass(frozen=True, slots=True)
class Value(Aspect):
    """The answer itself: a choice, yes or no, a number."""

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return answer


@dataclass(frozen=True, slots=True)
class Wording(Aspect):
    """A text without case and accents."""

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return fold(answer)


@dataclass(frozen=True, slots=True)
class Contains(Aspect):
    """Whether a text contains one of the phrases; `source` is the file that lists them."""

    phrases: Phrases
    source: str = ""

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return self.phrases.found_in(fold(answer))


@dataclass(frozen=True, slots=True)
class StartsWith(Aspect):
    """Whether a text begins so; `start` is folded, `written` how its author wrote it."""

    start: str
    written: str = field(default="", compare=False)

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return fold(answer).startswith(self.start)


@dataclass(frozen=True, slots=True)
class Matches(Aspect):
    """Whether a pattern matches the whole text."""

    pattern: Pattern

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return self.pattern.matches(answer)


@dataclass(frozen=True, slots=True)
class Count(Aspect):
    """How many choices are ticked, files sent, rows filled in."""

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return len(answer)


@dataclass(frozen=True, slots=True)
class Includes(Aspect):
    """Whether a choice is among those ticked."""

    choice: str

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return self.choice in answer


@dataclass(frozen=True, slots=True)
class Clock(Aspect):
    """The time of day, in seconds after midnight."""

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return answer.hour * 3600 + answer.minute * 60 + answer.second


@dataclass(frozen=True, slots=True)
class TimeOfDay(Aspect):
    """The time of day itself."""

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return answer.time() if isinstance(answer, datetime) else answer


@dataclass(frozen=True, slots=True)
class Day(Aspect):
    """The calendar day, counted as Python's ordinal."""

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return answer.toordinal()


@dataclass(frozen=True, slots=True)
class Age(Aspect):
    """How many days before today a day lies; negative when it lies ahead."""

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return moment.today.toordinal() - answer.toordinal()


@dataclass(frozen=True, slots=True)
class Weekday(Aspect):
    """The day of the week, Monday being 0."""

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return answer.weekday()


@dataclass(frozen=True, slots=True)
class _ByCalendar(Aspect):
    """What a calendar tells of a day or an instant."""

    calendar: Calendar

    @property
    @override
    def names_days(self) -> bool:
        return True

    @override
    def kind_of(self, day: date) -> Hashable:
        return self.calendar.is_holiday(day)


@dataclass(frozen=True, slots=True)
class Holiday(_ByCalendar):
    """Whether a day is a holiday of this calendar."""

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return self.calendar.is_holiday(_day(answer))


@dataclass(frozen=True, slots=True)
class Open(_ByCalendar):
    """Whether an instant lies within the working hours of this calendar."""

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return self.calendar.is_open(answer)

    @override
    def turns(self, day: date) -> Iterable[time]:
        return self.calendar.hours_on(day) or ()


NO_POINT = "no point"


@dataclass(frozen=True, slots=True)
class Inside(Aspect):
    """Whether a place lies in this area: True, False, or `NO_POINT` when only an address was given."""

    area: Area

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        if answer.latitude is None or answer.longitude is None:
            return NO_POINT
        return self.area.contains(answer.latitude, answer.longitude)


@dataclass(frozen=True, slots=True)
class Some(Aspect):
    """Whether a row meets a condition on its own questions."""

    condition: Any

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return any(self.condition.holds(row, moment) for row in answer)


@dataclass(frozen=True, slots=True)
class Every(Aspect):
    """Whether every row meets a condition on its own questions; there is at least one row."""

    condition: Any

    @override
    def of(self, answer: Any, moment: Moment) -> Any:
        return all(self.condition.holds(row, moment) for row in answer)


@dataclass(frozen=True, slots=True)
class Axis:
    """One aspect of one question."""

    question: str
    aspect: Aspect

    @override
    def __hash__(self) -> int:
        return hash(self.question)  # which is kept by Python; few axes share a question

    def position(self, answers: Mapping[str, object], moment: Moment) -> Hashable:
        """Where these answers lie on it; None when the question has no answer."""
        answer = answers.get(self.question)
        if answer is None:
            answer = moment.fact(self.question)
        return None if answer is None else self.aspect.of(answer, moment)


def _day(answer: date) -> date:
    return answer.date() if isinstance(answer, datetime) else answer
