"""That answers stay as they are, said as conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from formroute.conditions import All, Any, Condition, Moment, Not, Question, Scope, Test
from formroute.conditions.axes.aspects import Axis, Day
from formroute.conditions.axes.moments import INSTANTS
from formroute.conditions.axes.sets import AnswerSet, Spans
from formroute.routing.deciding.left_out import only

_RECEIVED = "received"


class Staying:
    """The answers of one submission, each held where it lies on every axis that the `outcome` depends on."""

    def __init__(
        self, scope: Scope, answers: Mapping[str, object], moment: Moment, outcome: Sequence[Condition]
    ) -> None:
        self.scope, self.answers, self.moment, self.outcome = scope, answers, moment, outcome

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """That an answer stays as it is, for every question that is asked and every fact, by its name."""
        tested = self.tested()
        for name, question in self.scope.items():
            if question.follows is None and name != "form" and name not in INSTANTS:
                yield name, self.stays(question, tested[name])
        instants = [self.held(axis, like) for name in sorted(INSTANTS) for axis, like in tested[name].items()]
        today = Test(Axis(_RECEIVED, Day()), Spans.at(self.moment.today.toordinal()))
        yield _RECEIVED, All((today, *instants))

    def tested(self) -> dict[str, dict[Axis, AnswerSet]]:
        """The axes on which something depends, by their questions."""
        tested: dict[str, dict[Axis, AnswerSet]] = {name: {} for name in self.scope}
        looked_at = {name for question in self.scope.values() for name in question.sources}
        for condition in self.decisive():
            looked_at |= {name for expression in condition.expressions() for name in expression.fields}
            for test in condition.tests():
                tested.setdefault(test.axis.question, {})[test.axis] = test.accepts
        for name in looked_at & self.scope.keys():
            domain = self.scope[name].domain
            tested[name][Axis(name, domain.main)] = domain.space(domain.main)
        return tested

    def decisive(self) -> Iterator[Condition]:
        """The outcome's conditions, and those by which questions show and points are given."""
        yield from self.outcome
        for question in self.scope.values():
            yield from () if question.visible is None else (question.visible,)
            yield from () if question.score is None else (condition for _, condition in question.score.parts)

    def stays(self, question: Question, tested: Mapping[Axis, AnswerSet]) -> Condition:
        """That an answer stays; one to a question that no longer shows is gone without being changed."""
        main = Axis(question.name, question.domain.main)
        space = question.domain.space(main.aspect)
        is_blank = self.answers.get(question.name, self.moment.fact(question.name)) is None
        answered = Test(main, (space - space).or_blank if is_blank else space)
        same = All((answered, *(self.held(axis, like) for axis, like in tested.items())))
        return same if question.visible is None else Any((same, Not(question.visible)))

    def held(self, axis: Axis, like: AnswerSet) -> Test:
        """That answers lie where they do on an axis."""
        return Test(axis, only(axis.position(self.answers, self.moment), like))
