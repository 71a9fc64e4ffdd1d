"""Expressions that are ready to be evaluated, and what comes out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeGuard

from formroute.feel.errors import FeelError, Finding, LimitReached, find
from formroute.feel.evaluation.closures import Closure, Scope, names_in
from formroute.feel.evaluation.tree import build
from formroute.feel.limits import LIMITS, Limits
from formroute.feel.parser import parse, parse_tests
from formroute.feel.run import Run, Warned
from formroute.feel.syntax import Node, Span, UnaryTests
from formroute.feel.values import Value, adopt

_PLAIN = frozenset({str, bool, type(None)})
_HOLDING = frozenset({list, dict})


@dataclass(frozen=True, slots=True)
class Result:
    """A value, and why it is null where it is: the warnings in the order they came up."""

    value: Value
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """An expression, read and compiled; safe to share between threads.

    `names` are the variables it looks at. Calling it gives the bare value; `evaluate` gives the warnings too.
    """

    text: str
    tree: Node
    names: frozenset[str]
    limits: Limits
    _closure: Closure = field(repr=False, compare=False)

    def __call__(self, values: Mapping[str, object], *, now: datetime | None = None) -> Value:
        """Evaluate with these values of the variables; `now` is the clock, the system's unless given."""
        return self._evaluate(values, Run(now, self.limits))

    def evaluate(self, values: Mapping[str, object], *, now: datetime | None = None) -> Result:
        """Evaluate, and tell where and why something was null."""
        run = Run(now, self.limits)
        value = self._evaluate(values, run)
        return Result(value, tuple(self._warnings(run.warned)) if run.warned else ())

    def _evaluate(self, values: Mapping[str, object], run: Run) -> Value:
        try:
            scope = values if self._is_plain(values) else self._adopted(values)
            found = self._closure(scope, run)
            if type(found) in _HOLDING:
                run.weigh(found)
        except LimitReached as reason:
            raise self._stopped(str(reason), reason.span) from None
        except RecursionError:
            raise self._stopped("this goes too deep") from None
        return found

    def _is_plain(self, values: Mapping[str, Any]) -> TypeGuard[Scope]:
        """Tell whether the values that are looked at are FEEL's already; no closure changes its scope."""
        if type(values) is not dict:
            return False
        for name in self.names:
            value: Any = values.get(name)
            kind = type(value)
            if kind not in _PLAIN and not (kind is Decimal and value.is_finite()):
                return False
        return True

    def _adopted(self, values: Mapping[str, object]) -> Scope:
        return {name: adopt(values[name], self.limits.nesting) for name in self.names if name in values}

    def _stopped(self, message: str, span: Span | None = None) -> FeelError:
        return FeelError(find("limit", message, self.text, *(span or self.tree.span)))

    def _warnings(self, warned: Iterable[Warned]) -> Iterator[Finding]:
        for span, reason in warned:
            yield find(reason.kind, reason.message, self.text, *span)


def compile_expression(
    text: str, names: Iterable[str] = (), *, fields: Iterable[str] = (), limits: Limits = LIMITS
) -> Program:
    """Read an expression and make it ready; `names` and `fields` as for `parse`."""
    return _program(text, parse(text, names, fields=fields, limits=limits), limits)


def compile_tests(
    text: str, names: Iterable[str] = (), *, fields: Iterable[str] = (), limits: Limits = LIMITS
) -> Program:
    """Read unary tests and make them ready; the value they test is the variable `?`."""
    return _program(text, parse_tests(text, names, fields=fields, limits=limits), limits)


def evaluate(
    text: str, values: Mapping[str, object] | None = None, *, now: datetime | None = None, limits: Limits = LIMITS
) -> Result:
    """Evaluate an expression once.

    `values` are its variables by name, in Python's own types: Decimal, int or float, str, bool, None, list, dict, date,
    time, datetime, timedelta. `now` is the clock of `today()` and `now()`, the system's unless given.
    """
    values = values or {}
    program = compile_expression(text, values, fields=_fields(values), limits=limits)
    return program.evaluate(values, now=now)


def evaluate_tests(
    text: str,
    value: object,
    values: Mapping[str, object] | None = None,
    *,
    now: datetime | None = None,
    limits: Limits = LIMITS,
) -> Result:
    """Tell whether a value meets unary tests, such as `[10..20], > 30`; the arguments are as for `evaluate`."""
    values = values or {}
    program = compile_tests(text, values, fields=_fields(values), limits=limits)
    return program.evaluate({**values, "?": value}, now=now)


def _program(text: str, tree: Node, limits: Limits) -> Program:
    names = names_in(tree)
    if isinstance(tree, UnaryTests):
        names |= {"?"}
    return Program(text, tree, names, limits, build(tree))


def _fields(values: Mapping[str, object]) -> Iterator[str]:
    """Give the keys of all contexts inside some values."""
    waiting = list(values.values())
    seen: dict[int, object] = {}
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        if isinstance(value, Mapping):
            yield from map(str, value)
            waiting.extend(value.values())
        elif isinstance(value, list | tuple):
            waiting.extend(value)
