"""FEEL's unary tests as the sets that they mean, where they mean one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from formroute import feel
from formroute.conditions.answers.domains import Dates, Domain, Numbers, OneOf, Texts, Times, seconds
from formroute.conditions.answers.variables import value_of
from formroute.conditions.axes.aspects import Aspect, Axis, Clock, Day, TimeOfDay, Value
from formroute.conditions.axes.sets import ANYTHING, EVERYWHERE, AnswerSet, Spans, Values
from formroute.conditions.condition import Condition, Expression
from formroute.conditions.formula import Formula
from formroute.conditions.reading.compile_feel import CLOCK, compile_unary
from formroute.conditions.reading.written import Written
from formroute.feel.syntax import Node, UnaryTests

_SIDES: dict[str, Callable[[Any], Spans]] = {
    "=": Spans.at,
    "!=": lambda number: (~Spans.at(number)).answered,
    "<": Spans.less_than,
    "<=": Spans.at_most,
    ">": Spans.more_than,
    ">=": Spans.at_least,
}


def unary_condition(written: Written) -> Condition:
    """The test under `feel`: a set when it is one, otherwise FEEL itself asked about the one answer."""
    program = compile_unary(written)
    if not program.names & CLOCK:
        match written.domain:
            case OneOf(values):
                accepts: AnswerSet | None = _chosen(values, program)
            case domain:
                accepts = _met(domain, program.tree)
        if accepts is not None:
            return written.test(accepts, _aspect(written))
    axis = Axis(written.question.name, _looked_at(written))
    return Expression(Formula(program.text, (("?", axis),), program))


def _chosen(values: Iterable[str | bool], program: feel.Program) -> AnswerSet:
    """The choices that meet it: every one is tried."""
    return Values(frozenset(value for value in values if program({"?": value_of(value)}) is True))


def _met(domain: Domain, tests: Node) -> AnswerSet | None:
    """The positions that meet one of the tests (none of them, when negated); None when that is no set."""
    read = _READERS.get(type(domain))
    if read is None or not isinstance(tests, UnaryTests):
        return None
    nothing, anything = (Values(), ANYTHING) if isinstance(domain, Texts) else (Spans(), EVERYWHERE)
    sets = [_set(test, read) for test in tests.tests]
    if None in sets:
        return None
    accepts = reduce(or_, (one for one in sets if one is not None), nothing) if sets else anything
    return (~accepts).answered if tests.negated else accepts


def _set(test: Node, read: Callable[[Any], AnswerSet | None]) -> AnswerSet | None:
    """The positions that meet one test without names in it, which is a value like any other."""
    try:
        value = feel.compile(feel.unparse(test))({"?": None}) if _is_constant(test) else None
    except feel.FeelError:
        return None
    if not isinstance(value, list):
        return read(value)
    items = [read(item) for item in value]
    return None if None in items or not items else reduce(or_, (item for item in items if item is not None))


def _is_constant(test: Node) -> bool:
    return not feel.compile(feel.unparse(test)).names & {"?", *CLOCK}


def _span(position: Callable[[Any], Decimal | int | None]) -> Callable[[Any], Spans | None]:
    """The reader of values and ranges on a line, on which `position` says where one value lies."""

    def read(value: Any) -> Spans | None:
        if not isinstance(value, feel.Range):
            at = position(value)
            return None if at is None else Spans.at(at)
        start, end = position(value.start), position(value.end)
        if value.operator in _SIDES:
            at = start if end is None else end
            return None if at is None else _SIDES[value.operator](at)
        if start is None or end is None:
            return None
        low = Spans.at_least(start) if value.start_included else Spans.more_than(start)
        return low & (Spans.at_most(end) if value.end_included else Spans.less_than(end))

    return read


def _number(value: Any) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _day(value: Any) -> int | None:
    return value.toordinal() if isinstance(value, date) and not isinstance(value, datetime) else None


def _second(value: Any) -> int | None:
    plain = isinstance(value, time) and value.tzinfo is None and not value.microsecond
    return seconds(value) if plain else None


def _text(value: Any) -> Values | None:
    """Texts are taken as they stand: FEEL folds neither case nor accents."""
    if isinstance(value, str):
        return Values.of(value)
    if not isinstance(value, feel.Range) or value.operator not in ("=", "!="):
        return None
    named = Values.of(value.start if value.end is None else value.end)
    return named if value.operator == "=" else (~named).answered


_READERS: dict[type, Callable[[Any], AnswerSet | None]] = {
    Numbers: _span(_number),
    Dates: _span(_day),
    Times: _span(_second),
    Texts: _text,
}


def _aspect(written: Written) -> Aspect:
    """The aspect on which the sets of the question lie."""
    return _SETS_ON.get(type(written.domain)) or _looked_at(written)


def _looked_at(written: Written) -> Aspect:
    """What FEEL is asked about: a time or a count where only these are tested, else the answer itself."""
    match written.domain:
        case Numbers():
            return written.aspect
        case Times():
            return TimeOfDay()
    return Value()


_SETS_ON: dict[type, Aspect] = {Dates: Day(), Times: Clock()}
