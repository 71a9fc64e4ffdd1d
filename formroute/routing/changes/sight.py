"""What each of two versions of a form makes of the same resident's answers.

A resident would answer a question alike whichever version asks it. A version that does not ask it of this resident has
a blank there; and where the versions work out an answer otherwise, each has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from formroute.conditions import (
    ALWAYS,
    NEVER,
    All,
    Any,
    Condition,
    Expression,
    Follows,
    Moment,
    Not,
    Question,
    Renaming,
    Rows,
    Scope,
    Score,
    Test,
)
from formroute.conditions.axes.aspects import Aspect, Axis, Every, Some
from formroute.conditions.condition import both, either


@dataclass(frozen=True, slots=True)
class Sight:
    """What a version sees of what a resident would answer; `rows` has what it sees of each row of a question.

    `differing` are the questions that another version asks, and that this one does not ask alike, or at all.
    """

    scope: Scope
    differing: frozenset[str]
    rows: Mapping[str, Sight]

    def __call__(self, condition: Condition) -> Condition:
        """What the would-be answers have to meet for the version to find that its condition holds."""
        otherwise = self.differing | self.rows.keys()
        if not otherwise or otherwise.isdisjoint(condition.fields):
            return condition
        match condition:
            case All(parts):
                return both(map(self, parts))
            case Any(parts):
                return either(map(self, parts))
            case Not(part):
                return Not(self(part))
            case Test(axis, accepts):
                condition, holds_blank = Test(self.axis(axis), accepts), accepts.blank
            case Expression(_, holds_blank):
                pass
        asked = self.when_asked(condition.fields)
        return either((*map(Not, asked), condition)) if holds_blank else both((*asked, condition))

    def axis(self, axis: Axis) -> Axis:
        """The same aspect of the would-be answer."""
        sight, aspect = self.rows.get(axis.question), axis.aspect
        if sight is None or not isinstance(aspect, Some | Every):
            return axis
        return Axis(axis.question, type(aspect)(sight(aspect.condition)))

    def when_asked(self, names: Iterable[str]) -> list[Condition]:
        """When it asks those of these questions that differ, and that it does not ask always."""
        asked = (self.when_asks(name) for name in sorted(self.differing.intersection(names)))
        return [condition for condition in asked if condition != ALWAYS]

    def when_asks(self, name: str) -> Condition:
        """When it asks this question."""
        question = self.scope.get(name)
        if question is None:
            return NEVER
        return ALWAYS if question.visible is None else self(question.visible)

    def is_asked(self, name: str, answers: Mapping[str, object], moment: Moment) -> bool:
        """Whether it asks this question of who would answer so."""
        return self.scope[name].follows is None and self.when_asks(name).holds(answers, moment)

    def question(self, question: Question) -> Question:
        """One of its questions, with what it depends on said of the would-be answers."""
        visible, follows = self.when_asks(question.name), question.follows
        if isinstance(follows, Score):
            follows = replace(follows, parts=tuple((give, self(condition)) for give, condition in follows.parts))
        elif follows is not None and (asked := self.when_asked(follows.sources)):
            visible = both((visible, *asked))
        return _shown(question, visible, follows)


def _shown(question: Question, visible: Condition, follows: Follows | None) -> Question:
    return replace(question, visible=None if visible == ALWAYS else visible, follows=follows)


class Scopes(NamedTuple):
    """What a resident may answer, each question as the version of then has it, and as that of now does."""

    then: Scope
    now: Scope


@dataclass(frozen=True, slots=True)
class Sights:
    """Two versions, the former one under the names of today: what a resident may answer to each, and what each sees.

    `called` has the names of what the former version works out otherwise, `rows` the same of what is asked row by row.
    """

    then: Sight
    now: Sight
    called: Renaming
    rows: Mapping[str, Sights]

    @classmethod
    def of(cls, then: Scope, now: Scope) -> Self:
        """Those of two scopes; what is not the same answer to both gets another name for the former."""
        otherwise = _otherwise(then, now)
        rows = {name: one for name, one in cls._of_rows(then, now) if one.is_different}
        apart = {name: f"{name} (before)" for name in otherwise if _is_another(then[name], now[name])}
        called = Renaming(apart, rows={name: one.called for name, one in rows.items()})
        then = called.scope(then)
        differing = frozenset(otherwise.difference(apart))
        return cls(
            Sight(then, differing | (now.keys() - then.keys()), {name: one.then for name, one in rows.items()}),
            Sight(now, differing | (then.keys() - now.keys()), {name: one.now for name, one in rows.items()}),
            called,
            rows,
        )

    @classmethod
    def _of_rows(cls, then: Scope, now: Scope) -> Iterator[tuple[str, Self]]:
        for name in then.keys() & now.keys():
            before, after = then[name].domain, now[name].domain
            if isinstance(before, Rows) and isinstance(after, Rows):
                yield name, cls.of(before.scope, after.scope)

    @property
    def is_different(self) -> bool:
        """Whether the versions do not make the same of every answer."""
        return bool(self.then.differing or self.now.differing or self.rows)

    def formerly(self, renaming: Renaming) -> Callable[[Condition], Condition]:
        """How a condition of the former version is seen, which has the names of then."""
        return lambda condition: self.then(self.called(renaming(condition)))

    def asked_by_one(self, answers: Mapping[str, object], moment: Moment) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Of these would-be answers, which only the version of now asks for, and which only that of then.

        Those to questions that one of both does not know are neither.
        """
        known = [name for name in answers if name in self.now.scope and name in self.then.scope]
        asked = {name: [sight.is_asked(name, answers, moment) for sight in (self.now, self.then)] for name in known}
        now, then = (tuple(name for name in known if asked[name] == one) for one in ([True, False], [False, True]))
        return now, then

    def scopes(self) -> Scopes:
        """What a resident may answer, each question as then, or as now, and asked where one of both asks it.

        A question that only one version knows is blank for the other. What that works out is known to both.
        """
        return Scopes(self._scope(self.then, self.now), self._scope(self.now, self.then))

    def _scope(self, own: Sight, other: Sight) -> Scope:
        known = {name: self._question(own, question) for name, question in own.scope.items()}
        others = (question for name, question in other.scope.items() if name not in known)
        return known | {question.name: other.question(question) for question in others if question.follows}

    def _question(self, own: Sight, question: Question) -> Question:
        seen, rows = own.question(question), self.rows.get(question.name)
        if rows is not None and isinstance(seen.domain, Rows):
            scopes = rows.scopes()
            scope = scopes.now if own is self.now else scopes.then
            seen = replace(seen, domain=replace(seen.domain, scope=scope))
        if question.name not in own.differing or question.follows:
            return seen
        sights = (sight for sight in (self.then, self.now) if question.name in sight.scope)
        asked = [sight.when_asks(question.name) for sight in sights]
        return _shown(seen, ALWAYS if ALWAYS in asked else either(asked), None)


def _otherwise(then: Scope, now: Scope) -> set[str]:
    """The questions of both versions that these do not ask alike, or work out alike, of the same answers."""
    differing = set(then.keys() ^ now.keys())
    found: set[str] = set()
    while more := {name for name in then.keys() & now.keys() - found if _differ(then[name], now[name], differing)}:
        found |= more
        differing |= more
    return found


def _differ(one: Question, other: Question, differing: set[str]) -> bool:
    looks_at = one.sources if one.visible is None else one.sources | one.visible.fields
    return _depends(one) != _depends(other) or _sort(one) != _sort(other) or not differing.isdisjoint(looks_at)


def _is_another(one: Question, other: Question) -> bool:
    """Whether the same answer cannot be given to both."""
    return bool(one.follows or other.follows) or _sort(one) != _sort(other)


def _sort(question: Question) -> tuple[Aspect, type]:
    """How its answers lie on its main axis."""
    domain = question.domain
    return domain.main, type(domain.space(domain.main))


def _depends(question: Question) -> object:
    formula = question.calculation and (question.calculation.formula, question.domain)
    return question.visible, question.lookup, formula, question.score
