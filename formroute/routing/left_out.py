"""Whether the answers that an example leaves out could change what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any as Anything

from formroute.conditions import Any, Condition, Moment, Not, Scope, Test, Witness, find
from formroute.conditions.aspects import Axis, Value
from formroute.conditions.sets import AnswerSet, Spans, Values
from formroute.records import Step, Submission
from formroute.routing.plan import Plan
from formroute.routing.table import Answers, Table


def other_outcome(
    table: Table, plan: Plan, submission: Submission, moment: Moment, trace: Iterable[Step]
) -> Answers | None:
    """Answers to what `submission` leaves out with which other routes of `table` are met; None when there are none.

    Only questions that must be answered are left open: an optional one without an answer is blank.
    """
    met = {step.route: step.met for step in trace if step.table == table.name}
    tried = [route for route in table.routes_of(submission.form) if route.name in met]
    changed = Any(tuple(Not(route.condition) if met[route.name] else route.condition for route in tried))
    tests = [test for condition in (changed, *plan.always, *_governing(plan.scope)) for test in condition.tests()]
    fixed = list(_fixed(tests, plan, submission, moment))
    found = find(changed, plan.scope, (*plan.always, *fixed))
    if not isinstance(found, Witness):
        return None
    open_ = dict.fromkeys(test.axis.question for test in tests if test.axis not in {one.axis for one in fixed})
    return {name: found.answers[name] for name in open_ if name in found.answers}


def _governing(scope: Scope) -> Iterator[Condition]:
    """What the showing and the values of questions depend on."""
    for question in scope.values():
        if question.visible is not None:
            yield question.visible
        if question.lookup is not None:
            yield Test(Axis(question.lookup.source, Value()), Values())


def _fixed(tests: Iterable[Test], plan: Plan, submission: Submission, moment: Moment) -> Iterator[Test]:
    """Every axis that is tested, held at the position where the submission lies."""
    for axis, accepts in {test.axis: test.accepts for test in tests}.items():
        question = plan.scope.get(axis.question)
        position = axis.position(submission.answers, moment)
        is_open = position is None and question is not None and (question.required or question.lookup is not None)
        if not is_open:
            yield Test(axis, _only(position, accepts))


def _only(position: Anything, like: AnswerSet) -> AnswerSet:
    """The set of one position, of the same sort as `like`."""
    if position is None:
        return (like - like).or_blank
    return Spans.at(position) if isinstance(like, Spans) else Values.of(position)
