"""Conditions and questions of an earlier version, under the names that questions and choices have today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from formroute.conditions.answers.domains import Domain, ManyOf, OneOf, Rows
from formroute.conditions.axes.aspects import Aspect, Axis, Every, Includes, Some
from formroute.conditions.axes.formerly import Former
from formroute.conditions.axes.sets import AnswerSet, Values
from formroute.conditions.condition import All, Any, Condition, Expression, Not, Test
from formroute.conditions.formula import Formula
from formroute.conditions.question import Calculation, Follows, Lookup, Question, Scope
from formroute.conditions.score import Score

T = TypeVar("T")
Choices = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Renaming:
    """`questions` maps old names to those of today; by the latter, `choices` and `rows` have what is in them.

    `former` tells the time as it was counted then.
    """

    questions: Mapping[str, str] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)
    rows: Mapping[str, Renaming] = field(default_factory=dict)
    former: Former = field(default_factory=Former)

    def __bool__(self) -> bool:
        """Whether anything was called or told otherwise."""
        return any((self.questions, any(self.choices.values()), any(self.rows.values()), self.former != Former()))

    def __call__(self, condition: Condition) -> Condition:
        """The condition under the names of today; a choice that FEEL names in a text stays as it is."""
        match condition:
            case Test(axis, accepts):
                renamed = self._axis(axis)
                return Test(renamed, self._accepted(renamed, accepts))
            case Expression(formula):
                return replace(condition, formula=self._formula(formula))
            case All(parts) | Any(parts):
                return type(condition)(tuple(map(self, parts)))
            case Not(part):
                return Not(self(part))
        return condition

    def scope(self, scope: Scope) -> Scope:
        """The questions as they were, under the names of today; one that had such a name before stays as it is."""
        renamed = {self._named(name): question for name, question in scope.items()}
        kept = {name: scope[name] for name in renamed if name in scope}
        return {name: self._question(name, question) for name, question in {**renamed, **kept}.items()}

    def _question(self, name: str, question: Question) -> Question:
        return replace(
            question,
            name=name,
            domain=self._domain(name, question.domain),
            visible=question.visible and self(question.visible),
            follows=question.follows and self._follows(name, question.follows),
        )

    def _domain(self, name: str, domain: Domain) -> Domain:
        known = self.choices.get(name, {})
        match domain:
            case OneOf(values, labels):
                return OneOf(_each(values, known), {_today(one, known): text for one, text in labels.items()})
            case ManyOf(values, labels):
                return ManyOf(_each(values, known), {_today(one, known): text for one, text in labels.items()})
            case Rows(scope):
                return replace(domain, scope=replace(self.rows.get(name, _SAME), former=self.former).scope(scope))
        return domain

    def _follows(self, name: str, follows: Follows) -> Follows:
        match follows:
            case Lookup():
                return self._lookup(name, follows)
            case Calculation(formula):
                return replace(follows, formula=self._formula(formula))
            case Score(parts):
                return replace(follows, parts=tuple((give, self(condition)) for give, condition in parts))

    def _lookup(self, name: str, lookup: Lookup) -> Lookup:
        source = self._named(lookup.source)
        keys, values = self.choices.get(source, {}), self.choices.get(name, {})
        table = {_today(key, keys): _today(value, values) for key, value in lookup.table.items()}
        return Lookup(source, table, _today(lookup.otherwise, values))

    def _formula(self, formula: Formula) -> Formula:
        inputs = tuple((name, self._axis(axis)) for name, axis in formula.inputs)
        return replace(formula, inputs=inputs, zone=self.former.zone)

    def _named(self, question: str) -> str:
        return self.questions.get(question, question)

    def _axis(self, axis: Axis) -> Axis:
        question = self._named(axis.question)
        return self.former.seen(Axis(question, self._aspect(question, axis.aspect)))

    def _aspect(self, question: str, aspect: Aspect) -> Aspect:
        match aspect:
            case Includes(choice):
                return Includes(self.choices.get(question, {}).get(choice, choice))
            case Some(condition) | Every(condition):
                row = self.rows.get(question, _SAME)
                return type(aspect)(replace(row, former=self.former)(condition))
        return aspect

    def _accepted(self, axis: Axis, accepts: AnswerSet) -> AnswerSet:
        known = self.choices.get(axis.question)
        if known is None or isinstance(axis.aspect, Includes) or not isinstance(accepts, Values):
            return accepts
        return replace(accepts, members=frozenset(known.get(member, member) for member in accepts.members))


def _today(choice: T, known: Mapping[str, str]) -> T | str:
    return known.get(choice, choice) if isinstance(choice, str) else choice


def _each(choices: Iterable[T], known: Mapping[str, str]) -> tuple[T | str, ...]:
    """Choices under their names of today; several that became one count once."""
    return tuple(dict.fromkeys(_today(choice, known) for choice in choices))


_SAME = Renaming()
