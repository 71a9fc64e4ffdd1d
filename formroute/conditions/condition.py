"""Conditions: trees of tests, each test a set on one axis, and of what only FEEL can say."""

from __future__ import annotations

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from typing_extensions import override

from formroute.conditions.axes.aspects import Axis
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.sets import AnswerSet
from formroute.conditions.formula import Formula

Answers = Mapping[str, object]


class Condition(ABC):
    """What must hold of the answers; a blank answer meets only sets that have blank in them."""

    __slots__ = ()

    @abstractmethod
    def holds(self, answers: Answers, moment: Moment) -> bool:
        """Whether canonical answers meet it; a missing name is a blank answer."""

    @abstractmethod
    def leaves(self) -> Iterator[Test | Expression]:
        """Everything in it that looks at answers, in the order written."""

    def tests(self) -> Iterator[Test]:
        """Every test in it that is a set."""
        return (leaf for leaf in self.leaves() if isinstance(leaf, Test))

    def expressions(self) -> Iterator[Expression]:
        """Every part of it that is no set."""
        return (leaf for leaf in self.leaves() if isinstance(leaf, Expression))

    def failure(self, answers: Answers, moment: Moment) -> Condition | None:
        """The first part that these answers do not meet, or None when they meet all of it."""
        return None if self.holds(answers, moment) else self

    @property
    def fields(self) -> frozenset[str]:
        """The names of the questions and facts that it looks at."""
        return frozenset(name for leaf in self.leaves() for name in leaf.fields)


@dataclass(frozen=True, slots=True)
class Test(Condition):
    """The answer's position on `axis` is one that `accepts` has."""

    __test__ = False

    axis: Axis
    accepts: AnswerSet

    @property
    def asks_for_any(self) -> bool:
        """Whether every answer meets it."""
        return (~self.accepts).answered.is_empty

    @override
    def holds(self, answers: Answers, moment: Moment) -> bool:
        return self.axis.position(answers, moment) in self.accepts

    @override
    def leaves(self) -> Iterator[Test | Expression]:
        yield self

    @property
    @override
    def fields(self) -> frozenset[str]:
        return frozenset({self.axis.question})


@dataclass(frozen=True, slots=True)
class Expression(Condition):
    """What FEEL gives is true; `blank` says whether it holds while a question that it names has no answer."""

    formula: Formula
    blank: bool = False

    @override
    def holds(self, answers: Answers, moment: Moment) -> bool:
        if self.formula.is_ready(answers, moment):
            return self.formula.value(answers, moment) is True
        return self.blank

    @override
    def leaves(self) -> Iterator[Test | Expression]:
        yield self

    @property
    @override
    def fields(self) -> frozenset[str]:
        return self.formula.fields


@dataclass(frozen=True, slots=True)
class All(Condition):
    """Every part holds; without parts it always holds."""

    parts: tuple[Condition, ...] = ()

    @override
    def holds(self, answers: Answers, moment: Moment) -> bool:
        return all(part.holds(answers, moment) for part in self.parts)

    @override
    def failure(self, answers: Answers, moment: Moment) -> Condition | None:
        failures = (part.failure(answers, moment) for part in self.parts)
        return next((failure for failure in failures if failure is not None), None)

    @override
    def leaves(self) -> Iterator[Test | Expression]:
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class Any(Condition):
    """At least one part holds; without parts it never holds."""

    parts: tuple[Condition, ...] = ()

    @override
    def holds(self, answers: Answers, moment: Moment) -> bool:
        return any(part.holds(answers, moment) for part in self.parts)

    @override
    def leaves(self) -> Iterator[Test | Expression]:
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The part does not hold. Only this negates a blank answer too."""

    part: Condition

    @override
    def holds(self, answers: Answers, moment: Moment) -> bool:
        return not self.part.holds(answers, moment)

    @override
    def leaves(self) -> Iterator[Test | Expression]:
        yield from self.part.leaves()


ALWAYS = All()
NEVER = Any()


def both(parts: Iterable[Condition]) -> Condition:
    """All of the parts, tests on one axis made one."""
    return _joined(All, operator.and_, parts)


def either(parts: Iterable[Condition]) -> Condition:
    """Any of the parts, tests on one axis made one."""
    return _joined(Any, operator.or_, parts)


def otherwise(condition: Condition) -> Condition:
    """What `not:` means for tests on one question: answered, and none of what `condition` takes."""
    match condition:
        case Test(axis, accepts):
            return Test(axis, (~accepts).answered)
        case Expression():
            return Not(replace(condition, blank=True))
        case Not(Expression(blank=True) as doubly):
            return replace(doubly, blank=False)
        case All(parts):
            return either(map(otherwise, parts))
        case Any(parts):
            return both(map(otherwise, parts))
    return Not(condition)


def _joined(
    tree: type[All | Any], join: Callable[[AnswerSet, AnswerSet], AnswerSet], parts: Iterable[Condition]
) -> Condition:
    accepts: dict[Axis, AnswerSet] = {}
    joined: list[Condition] = []
    for part in _flattened(tree, parts):
        if isinstance(part, Test):
            known = accepts.get(part.axis)
            accepts[part.axis] = part.accepts if known is None else join(known, part.accepts)
        else:
            joined.append(part)
    joined[:0] = [Test(axis, positions) for axis, positions in accepts.items()]
    return joined[0] if len(joined) == 1 else tree(tuple(joined))


def _flattened(tree: type[All | Any], parts: Iterable[Condition]) -> Iterator[Condition]:
    for part in parts:
        if isinstance(part, tree):
            yield from part.parts
        else:
            yield part
