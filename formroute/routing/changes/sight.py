"""What each of two versions of a form makes of the same resident's answers.

A resident would answer a question alike whichever version asks it. A version that does not ask it of this resident has
a blank there; and where the versions work out an answer otherwise, each has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    Scope,
    Score,
    Test,
)
from formroute.conditions.condition import both, either


@dataclass(frozen=True, slots=True)
class Sight:
    """What a version sees of what a resident would answer; `differing` are the questions that not both ask alike."""

    scope: Scope
    differing: frozenset[str] = frozenset()

    def __call__(self, condition: Condition) -> Condition:
        """What the would-be answers have to meet for the version to find that its condition holds."""
        if self.differing.isdisjoint(condition.fields):
            return condition
        match condition:
            case All(parts):
                return both(map(self, parts))
            case Any(parts):
                return either(map(self, parts))
            case Not(part):
                return Not(self(part))
            case Test(_, accepts):
                holds_blank = accepts.blank
            case Expression(_, holds_blank):
                pass
        asked = self.asks(condition.fields)
        return either((*map(Not, asked), condition)) if holds_blank else both((*asked, condition))

    def asks(self, names: Iterable[str]) -> list[Condition]:
        """When it asks these questions, as far as the other version does not ask them alike."""
        return [self.asks_one(name) for name in sorted(self.differing.intersection(names))]

    def asks_one(self, name: str) -> Condition:
        """When it asks this question."""
        question = self.scope.get(name)
        if question is None:
            return NEVER
        return ALWAYS if question.visible is None else self(question.visible)

    def is_asked(self, name: str, answers: Mapping[str, object], moment: Moment) -> bool:
        """Whether it asks this question of who would answer so."""
        return self.scope[name].follows is None and self.asks_one(name).holds(answers, moment)

    def question(self, question: Question) -> Question:
        """One of its questions, with what it depends on said of the would-be answers."""
        visible, follows = self.asks_one(question.name), question.follows
        if isinstance(follows, Score):
            follows = replace(follows, parts=tuple((give, self(condition)) for give, condition in follows.parts))
        elif follows is not None and (asked := self.asks(follows.sources)):
            visible = both((visible, *asked))
        return _shown(question, visible, follows)


def _shown(question: Question, visible: Condition, follows: Follows | None) -> Question:
    return replace(question, visible=None if visible == ALWAYS else visible, follows=follows)


class Sights(NamedTuple):
    """Two versions, the former one under the names of today: what a resident may answer to each, and what each sees."""

    then: Sight
    now: Sight
    called: Renaming

    @classmethod
    def of(cls, then: Scope, now: Scope) -> Self:
        """Those of two scopes; an answer that the former version works out otherwise gets a name of its own."""
        otherwise = _otherwise(then, now)
        apart = [name for name in otherwise if then[name].follows or now[name].follows]
        called = Renaming({name: f"{name} (before)" for name in apart})
        then = called.scope(then)
        differing = frozenset(otherwise.difference(apart) | (then.keys() ^ now.keys()))
        return cls(Sight(then, differing), Sight(now, differing), called)

    def former(self, renaming: Renaming) -> Callable[[Condition], Condition]:
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

    def scopes(self) -> tuple[Scope, Scope]:
        """What a resident may answer, each question as then, or as now, and asked where one of both asks it.

        A question that only one version knows is blank for the other. What that works out is known to both.
        """
        return self._scope(self.then, self.now), self._scope(self.now, self.then)

    def _scope(self, own: Sight, other: Sight) -> Scope:
        known = {name: self._question(own, question) for name, question in own.scope.items()}
        others = (question for name, question in other.scope.items() if name not in known)
        return known | {question.name: other.question(question) for question in others if question.follows}

    def _question(self, own: Sight, question: Question) -> Question:
        seen = own.question(question)
        if question.name not in own.differing or question.follows:
            return seen
        asked = [sight.asks_one(question.name) for sight in self[:2] if question.name in sight.scope]
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
    return _depends(one) != _depends(other) or not differing.isdisjoint(looks_at)


def _depends(question: Question) -> object:
    formula = question.calculation and (question.calculation.formula, question.domain)
    return question.visible, question.lookup, formula, question.score
