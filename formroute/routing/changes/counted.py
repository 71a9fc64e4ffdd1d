"""What the two versions of a form ask, and what their submissions have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, Self

from formroute.conditions import Condition, ManyOf, OneOf, Question, Scope
from formroute.routing.changes.receipt import received_before, received_since


@dataclass(frozen=True, slots=True, eq=False)
class FormSide:
    """One version of a form: what it asks, and what every submission of it meets. Each is a key of its own."""

    scope: Scope
    always: tuple[Condition, ...]

    def meeting(self, condition: Condition) -> Self:
        """The same, of submissions that meet one condition besides."""
        return replace(self, always=(*self.always, condition))

    def takes_all_of(self, other: Self) -> bool:
        """Whether it is plain that both let the same answers through."""
        return self.always == other.always and self._unlabelled() == other._unlabelled()

    def _unlabelled(self) -> Mapping[str, object]:
        """What answers each question can have; the form itself is told apart by its routes."""
        return {name: _unlabelled(question) for name, question in self.scope.items() if name != "form"}


class Counted(NamedTuple):
    """What counts: what the form lets through `now` and, where it let other answers through `then`, those.

    With a clock, what came in before counts as `past`, by the form of then.
    """

    now: FormSide
    then: FormSide | None
    past: FormSide | None = None

    @classmethod
    def of(cls, now: FormSide, then: FormSide, since: date | None) -> Self:
        """The same of one form, from a day on."""
        other = None if now.takes_all_of(then) else then
        if since is None:
            return cls(now, other)
        later, earlier = received_since(since), received_before(since)
        return cls(now.meeting(later), other and other.meeting(later), (other or now).meeting(earlier))


def _unlabelled(question: Question) -> object:
    domain = question.domain
    plain = replace(domain, labels={}) if isinstance(domain, OneOf | ManyOf) else domain
    formula = question.calculation and question.calculation.formula
    return plain, question.required, question.visible, question.lookup, formula, question.score
