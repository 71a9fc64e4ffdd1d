"""Positions named in a FEEL text: where what it gives may change, so that a search looks at both sides of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from formroute import feel
from formroute.conditions.answers.domains import Dates, Domain, Numbers, OneOf, Texts
from formroute.conditions.axes.aspects import Age, Axis, Day, Value
from formroute.conditions.axes.sets import AnswerSet, Spans, Values
from formroute.conditions.condition import Test
from formroute.conditions.formula import Formula
from formroute.conditions.question import Scope
from formroute.feel.syntax import At, Call, Node, Number, String, walk

_ALWAYS: tuple[object, ...] = (True, timedelta(0), timedelta(1))


def landmarks(formula: Formula, scope: Scope, results: Iterable[AnswerSet] = ()) -> Iterator[Test]:
    """For each question that a formula names, tests on the positions that its constants name, on today and
    yesterday, on the least and greatest answers of the other questions, with which it may be compared, and on
    the ends of the `results` that are asked for."""
    domains = {name: scope[name].domain for name in sorted(formula.fields & scope.keys())}
    named = [value for node, _ in walk(formula.program.tree) for value in _constant(node)]
    bounds = [end for domain in domains.values() if isinstance(domain, Numbers) for end in (domain.min, domain.max)]
    ends = [cut.at for accepts in results if isinstance(accepts, Spans) for cut in accepts.cuts]
    for name, domain in domains.items():
        for value in [*named, *bounds, *ends, *_ALWAYS]:
            yield from _at(name, domain, value)


def _constant(node: Node) -> Iterator[object]:
    match node:
        case Number(value) | String(value):
            yield value
        case At() | Call():
            program = feel.compile(feel.unparse(node))
            if program.names <= {"date", "duration"}:
                yield program({})


def _at(name: str, domain: Domain, value: object) -> Iterator[Test]:
    match domain, value:
        case Numbers(), bool():
            return
        case Numbers(), int() | Decimal():
            yield Test(Axis(name, Value()), Spans.at(value))
        case Texts(), str():
            yield Test(Axis(name, Value()), Values.of(value))
        case OneOf(), str() | bool():
            yield Test(Axis(name, Value()), Values.of(value))
        case Dates(), timedelta():
            yield Test(Axis(name, Age()), Spans.at(value.days))
        case Dates(), date() if not isinstance(value, datetime):
            yield Test(Axis(name, Day()), Spans.at(value.toordinal()))
