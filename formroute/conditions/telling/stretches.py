"""Sets of positions on a line in plain words: numbers, days, ages and times by their stretches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any as Anything
from typing import NamedTuple

from formroute.conditions.axes.aspects import Age, Aspect, Clock, Count, Day
from formroute.conditions.axes.sets import Cut, Piece, Spans
from formroute.conditions.telling.terms import (
    day_in_words,
    distance_in_words,
    listed,
    number_in_words,
    time_in_words,
)
from formroute.messages import say


def stretches(field: str, aspect: Aspect, spans: Spans, language: str) -> list[str]:
    """A clause for each stretch of the positions that the `aspect` of a field may have; none where it may have none."""
    if isinstance(aspect, Count) and spans.cuts:
        field = say(language, "the number of {field}", field=field)
    speaker = _Speaker(field, _LINES.get(type(aspect), _NUMBERS), language)
    if isinstance(aspect, Clock):
        spans = _by_minutes(spans)
    match _pieces(aspect, ~spans):
        case [Piece(Cut(number) as cut, Cut(other))] if number == other:
            return [speaker.at(speaker.line.other_than, cut)]
        case [Piece(Cut() as end, Cut() as start)] if isinstance(aspect, Clock):
            return [speaker.piece(Piece(start, end))]
    return [speaker.piece(piece) for piece in _pieces(aspect, spans)]


class _Line(NamedTuple):
    """How stretches of a line are said: sentences, a position as a word, and whether `from_to` takes in its end."""

    exactly: str
    other_than: str
    at_least: str
    more_than: str
    at_most: str
    less_than: str
    from_to: str
    show: Callable[[Anything, str], str]
    end_is_in: bool = True


_NUMBERS = _Line(
    "{field} is {number}",
    "{field} is not {number}",
    "{field} is at least {number}",
    "{field} is more than {number}",
    "{field} is at most {number}",
    "{field} is less than {number}",
    "{field} is from {number} to {last}",
    number_in_words,
)
_DAYS = _Line(
    "{field} is {day}",
    "{field} is not {day}",
    "{field} is {day} or later",
    "{field} is after {day}",
    "{field} is {day} or earlier",
    "{field} is before {day}",
    "{field} is from {day} to {last}",
    lambda ordinal, language: day_in_words(date.fromordinal(int(ordinal)), language),
)
_DISTANCES = _Line(
    "{field} is {distance}",
    "{field} is not {distance}",
    "{field} is {distance} or later",
    "{field} is after {distance}",
    "{field} is {distance} or earlier",
    "{field} is before {distance}",
    "{field} is from {distance} to {last}",
    lambda offset, language: distance_in_words(-int(offset), language),
)
_TIMES = _Line(
    "{field} is at {time}",
    "{field} is not at {time}",
    "{field} is at {time} or later",
    "{field} is later than {time}",
    "{field} is at {time} or earlier",
    "{field} is earlier than {time}",
    "{field} is from {time} until {last}",
    lambda seconds, _: time_in_words(int(seconds)),
    end_is_in=False,
)
_LINES: dict[type[Aspect], _Line] = {Count: _NUMBERS, Day: _DAYS, Age: _DISTANCES, Clock: _TIMES}


class _Speaker(NamedTuple):
    """How the stretches of one field are said in a language."""

    field: str
    line: _Line
    language: str

    def piece(self, piece: Piece) -> str:
        """One stretch; one with an open end and a closed one is said as two bounds."""
        low, high = piece
        if low is None or high is None:
            return self.bound(low, high)
        if low.at == high.at:
            return self.at(self.line.exactly, low)
        if not low.after and high.after == self.line.end_is_in:
            return self.at(self.line.from_to, low, last=self.line.show(high.at, self.language))
        return listed([self.bound(low, None), self.bound(None, high)], "standard", self.language)

    def bound(self, low: Cut | None, high: Cut | None) -> str:
        """A stretch with one end at most."""
        if low is not None:
            return self.at(self.line.more_than if low.after else self.line.at_least, low)
        if high is not None:
            return self.at(self.line.at_most if high.after else self.line.less_than, high)
        return say(self.language, "{field} is answered", field=self.field)

    def at(self, message: str, cut: Cut, **more: str) -> str:
        """A sentence about one position."""
        word = self.line.show(cut.at, self.language)
        return say(self.language, message, field=self.field, number=word, day=word, distance=word, time=word, **more)


def _pieces(aspect: Aspect, spans: Spans) -> list[Piece]:
    """The stretches, those of ages counted forward from today."""
    return [_forward(piece) if isinstance(aspect, Age) else piece for piece in spans.pieces()]


def _by_minutes(spans: Spans) -> Spans:
    """Times of which none lies between, to the minute: what ends at 05:59:59 ends before 06:00."""
    cuts = tuple(Cut(cut.at + 1) if cut.after and cut.at % 60 == 59 else cut for cut in spans.cuts)
    return replace(spans, cuts=cuts)


def _forward(piece: Piece) -> Piece:
    low, high = piece
    return Piece(high and Cut(-high.at, not high.after), low and Cut(-low.at, not low.after))
