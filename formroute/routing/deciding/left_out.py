"""Whether the answers that an example leaves out could change what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any as Anything

from formroute.conditions import (
    ALWAYS,
    NEVER,
    All,
    Any,
    Calculation,
    Condition,
    Expression,
    Lookup,
    Moment,
    Not,
    Score,
    Test,
    Witness,
    find,
)
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.sets import AnswerSet, Spans, Values
from formroute.records import Decision, Submission
from formroute.routing.deciding.plan import Plan
from formroute.routing.deciding.table import Answers, Route, Table


def other_outcome(
    table: Table, plan: Plan, submission: Submission, moment: Moment, decision: Decision
) -> Answers | None:
    """Answers to what `submission` leaves out with which other routes of `table` are met; None when there are none.

    Only questions that must be answered are left open: an optional one without an answer is blank.
    """
    met = {step.route for step in decision.trace if step.met and step.table == table.name}
    tried = list(_tried(table, submission.form, decision))
    left = _LeftOut(plan, submission, moment)
    otherwise = [Not(route.condition) if route.name in met else route.condition for route in tried]
    changed = left.settled(Any(tuple(otherwise)))
    always = tuple(map(left.settled, plan.always))
    tests = [test for condition in (changed, *always, *left.governing()) for test in left.tests(condition)]
    fixed = list(left.fixed(tests))
    found = find(changed, plan.scope, (*always, *fixed), near=moment)
    if not isinstance(found, Witness):
        return None
    open_ = dict.fromkeys(test.axis.question for test in tests if test.axis not in {one.axis for one in fixed})
    return {name: found.answers[name] for name in open_ if name in found.answers}


def _tried(table: Table, form: str, decision: Decision) -> Iterator[Route]:
    """The routes up to the one that decided."""
    for route in table.routes_of(form):
        yield route
        if table.decides and route.name == decision.route:
            return


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """What a submission leaves open, and how the rest stands."""

    plan: Plan
    submission: Submission
    moment: Moment

    def is_open(self, name: str) -> bool:
        """Whether the question must be answered and is not."""
        question = self.plan.scope.get(name)
        given = self.submission.answers.get(name, self.moment.fact(name))
        return given is None and question is not None and (question.required or question.follows is not None)

    def settled(self, condition: Condition) -> Condition:
        """The condition with what FEEL says of this submission in place of all FEEL that looks at nothing open."""
        match condition:
            case Expression() if not any(map(self.is_open, condition.fields)):
                return ALWAYS if condition.holds(self.submission.answers, self.moment) else NEVER
            case All(parts):
                return All(tuple(map(self.settled, parts)))
            case Any(parts):
                return Any(tuple(map(self.settled, parts)))
            case Not(part):
                return Not(self.settled(part))
        return condition

    def governing(self) -> Iterator[Condition]:
        """What the showing and the values of questions depend on."""
        for question in self.plan.scope.values():
            if question.visible is not None:
                yield question.visible
            match question.follows:
                case Lookup(source):
                    yield Test(Axis(source, Value()), Values())
                case Calculation(formula):
                    yield from self.looked_at(formula.fields)
                case Score(parts):
                    yield from (condition for _, condition in parts)

    def tests(self, condition: Condition) -> Iterator[Test]:
        """Every test in it, and one for each question of the FEEL that is left in it."""
        yield from condition.tests()
        for expression in condition.expressions():
            yield from self.looked_at(expression.fields)

    def looked_at(self, names: frozenset[str]) -> Iterator[Test]:
        """A test of each question that FEEL looks at by these names."""
        for name in sorted(names & self.plan.scope.keys()):
            domain = self.plan.scope[name].domain
            yield Test(Axis(name, domain.main), domain.space(domain.main))

    def fixed(self, tests: Iterable[Test]) -> Iterator[Test]:
        """Every axis that is tested, held at the position where the submission lies."""
        for axis, accepts in {test.axis: test.accepts for test in tests}.items():
            position = axis.position(self.submission.answers, self.moment)
            if position is not None or not self.is_open(axis.question):
                yield Test(axis, only(position, accepts))


def only(position: Anything, like: AnswerSet) -> AnswerSet:
    """The set of one position, of the same sort as `like`."""
    if position is None:
        return (like - like).or_blank
    return Spans.at(position) if isinstance(like, Spans) else Values.of(position)
