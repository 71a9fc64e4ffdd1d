"""The values inside tests, each read as the question's own answers are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from formroute.conditions.answers.domains import Dates, Domain, Instants, Now, Numbers, OneOf, Texts, Times, seconds
from formroute.conditions.axes.aspects import Age, Aspect, Count, Day, Wording
from formroute.conditions.axes.folding import fold
from formroute.conditions.axes.moments import RelativeDay
from formroute.conditions.axes.sets import Spans
from formroute.conditions.reading.in_prose import listed, meant_choices
from formroute.conditions.reading.written import Written
from formroute.conditions.telling.words import in_words
from formroute.definitions import hint, meant, suggest

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,10})?", re.ASCII)
_WHOLE = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
WHOLE_DAY = 24 * 3600


T = TypeVar("T")


class Operand(NamedTuple):
    """A value in a test: the aspect on which it lies, and where."""

    aspect: Aspect
    position: Any


class Reader(NamedTuple):
    """How the values of one sort of domain are read, and what to say when one cannot be: `meant` makes one of it."""

    read: Callable[[str, Aspect], Operand | None]
    expected: str
    example: str
    meant: Callable[[str], str | None] = lambda _text: None


def read_operand(written: Written) -> Operand:
    """The value of one scalar; raises `WrittenError` when it is no answer of the question."""
    if isinstance(written.domain, OneOf):
        return Operand(written.aspect, read_choice(written, written.domain.written))
    reader = reader_of(written.domain)
    operand = reader.read(written.raw.strip(), written.aspect) if isinstance(written.raw, str) else None
    if operand is not None:
        return _possible(written, operand)
    near = reader.meant(written.raw) if isinstance(written.raw, str) else None
    raise written.wrong(
        "C306", instead=near, value=shown(written.raw), expected=reader.expected, example=near or reader.example
    )


def read_choice(written: Written, choices: Mapping[str, T]) -> T:
    """The choice that was written; raises `WrittenError` when there is no such choice."""
    if isinstance(written.raw, str) and written.raw in choices:
        return choices[written.raw]
    choice = shown(written.raw)
    if (chosen := meant_choices(written.raw, choices, written.domain)) is None and written.question.name == "form":
        raise written.wrong("R411", instead=suggest(choice, choices), name=choice, hint=hint(choice, choices))
    if chosen is None:
        raise written.wrong("C303", instead=suggest(choice, choices), choice=choice, hint=hint(choice, choices))
    several = listed(chosen)
    if len(chosen) == 1:
        near = suggest(choice, choices) == chosen[0]
        told = f"Did you mean `{chosen[0]}`?" if near else f"Here that is written `{chosen[0]}`."
        raise written.wrong("C303", instead=chosen[0], choice=choice, hint=told)
    around = written.place.above
    if around is not None and isinstance(around.value, list):
        instead = ", ".join(chosen) if around.in_brackets() else None
        raise written.wrong(
            "C303", instead=instead, choice=choice, hint=f"Part several answers by commas: `{several}`."
        )
    raise written.wrong("C303", instead=several, choice=choice, hint=f"Write several answers as a list: `{several}`.")


def shown(raw: object) -> str:
    """A YAML value as a sentence names it."""
    return str(raw) if isinstance(raw, str | int | float) else "this list" if isinstance(raw, list) else "this"


def reader_of(domain: Domain) -> Reader:
    """How values of this domain are read."""
    if isinstance(domain, Numbers):
        return _READERS[int if domain.places == 0 else Numbers]
    return _READERS[type(domain)]


def _possible(written: Written, operand: Operand) -> Operand:
    """The value, if it lies between the question's `min` and `max`."""
    if is_possible(written.domain, operand):
        return operand
    every = written.domain.space(operand.aspect)
    if operand == (Count(), 0):
        raise written.wrong("C309")
    if isinstance(every, Spans):
        every = every.with_ends(written.domain.grid)
    raise written.wrong("C305", value=written.raw, range=in_words(written.test(every, operand.aspect), "en", {}))


def is_possible(domain: Domain, operand: Operand) -> bool:
    """Whether it lies between the question's `min` and `max`, or is the end of the day."""
    return operand.position in domain.space(operand.aspect) or operand.position == WHOLE_DAY


def _whole(text: str, aspect: Aspect) -> Operand | None:
    return Operand(aspect, int(text)) if _WHOLE.fullmatch(text) else None


def _number(text: str, aspect: Aspect) -> Operand | None:
    return Operand(aspect, Decimal(text)) if _NUMBER.fullmatch(text) else None


def _day(text: str, _: Aspect) -> Operand | None:
    if (relative := RelativeDay.parse(text)) is not None:
        return Operand(Age(), relative.age)
    try:
        return Operand(Day(), date.fromisoformat(text).toordinal()) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def _time(text: str, aspect: Aspect) -> Operand | None:
    if text == "24:00":
        return Operand(aspect, WHOLE_DAY)
    return Operand(aspect, seconds(time.fromisoformat(text))) if _TIME.fullmatch(text) else None


def _text(text: str, _: Aspect) -> Operand | None:
    return Operand(Wording(), fold(text)) if fold(text) else None


_DAYS = Reader(_day, "a date", "2026-03-01`, `today`, `10 days ago` or `in 2 weeks", meant.day)
_READERS: dict[type, Reader] = {
    int: Reader(_whole, "a whole number", "12", meant.whole_number),
    Numbers: Reader(_number, "a number", "2.5", meant.decimal_number),
    Dates: _DAYS,
    Instants: _DAYS,
    Now: _DAYS,
    Times: Reader(_time, "a time of day from 00:00 to 23:59", "hh:mm", meant.time),
    Texts: Reader(_text, "a text with a letter or digit in it", "Portage Avenue"),
}
