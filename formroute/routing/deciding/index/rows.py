"""Conditions as rows: in each row every test must hold, and one row of a route is enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from formroute.conditions import All, Any, Condition, Not, Test
from formroute.conditions.axes.aspects import Axis
from formroute.conditions.axes.sets import AnswerSet

_MOST_ROWS = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One way to meet the route `number`: a set on each axis, and `others` that are no sets."""

    number: int
    tests: Mapping[Axis, AnswerSet]
    others: tuple[Condition, ...]


def rows_of(number: int, condition: Condition) -> Iterator[Row]:
    """Every way to meet the route; none for one that no answers meet."""
    for leaves in _ways(condition):
        tests: dict[Axis, AnswerSet] = {}
        for leaf in leaves:
            if isinstance(leaf, Test):
                known = tests.get(leaf.axis)
                tests[leaf.axis] = leaf.accepts if known is None else known & leaf.accepts
        if not any(accepts.is_empty for accepts in tests.values()):
            yield Row(number, tests, tuple(leaf for leaf in leaves if not isinstance(leaf, Test)))


def _ways(condition: Condition) -> list[tuple[Condition, ...]]:
    """The condition as alternatives; a part with too many of them stays in one piece."""
    match condition:
        case All(parts):
            return _product(parts)
        case Any(parts):
            ways = [way for part in parts for way in _ways(part)]
            return ways if len(ways) <= _MOST_ROWS else [(condition,)]
        case Not(part):
            denied = _denied(part)
            return [(denied,)] if isinstance(denied, Not) else _ways(denied)
    return [(condition,)]


def _product(parts: tuple[Condition, ...]) -> list[tuple[Condition, ...]]:
    ways: list[tuple[Condition, ...]] = [()]
    for part in parts:
        further = _ways(part)
        if len(ways) * len(further) > _MOST_ROWS:
            further = [(part,)]
        ways = [(*way, *more) for way in ways for more in further]
    return ways


def _denied(condition: Condition) -> Condition:
    """What holds just when the condition does not, blanks included."""
    match condition:
        case Test(axis, accepts):
            return Test(axis, ~accepts)
        case Not(part):
            return part
        case All(parts):
            return Any(tuple(map(_denied, parts)))
        case Any(parts):
            return All(tuple(map(_denied, parts)))
    return Not(condition)
