"""A condition of an earlier version, as one on the questions and choices of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from formroute.conditions.aspects import Aspect, Axis, Every, Includes, Some
from formroute.conditions.condition import All, Any, Condition, Expression, Not, Test
from formroute.conditions.formerly import Former
from formroute.conditions.sets import AnswerSet, Values

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

    def __call__(self, condition: Condition) -> Condition:
        """The condition under the names of today; a choice that FEEL names in a text stays as it is."""
        match condition:
            case Test(axis, accepts):
                renamed = self._axis(axis)
                return Test(renamed, self._accepted(renamed, accepts))
            case Expression(formula):
                inputs = tuple((name, self._axis(axis)) for name, axis in formula.inputs)
                return replace(condition, formula=replace(formula, inputs=inputs, zone=self.former.zone))
            case All(parts) | Any(parts):
                return type(condition)(tuple(map(self, parts)))
            case Not(part):
                return Not(self(part))
        return condition

    def _axis(self, axis: Axis) -> Axis:
        question = self.questions.get(axis.question, axis.question)
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


_SAME = Renaming()
