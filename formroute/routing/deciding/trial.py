"""Trying the examples of authors: what came of one, against what was expected of it."""

from __future__ import annotations

from formroute.conditions import Moment
from formroute.conditions.telling.example import as_example
from formroute.problems import Problem
from formroute.records import Decision, Submission
from formroute.routing.deciding.left_out import other_outcome
from formroute.routing.deciding.router import Router
from formroute.routing.deciding.table import Answers
from formroute.routing.table_test import Outcome, TableTest


def try_test(
    router: Router, test: TableTest, submission: Submission, moment: Moment, stopped: str | None = None
) -> Problem | None:
    """What is wrong with `test`; `submission` are its answers as the form checked them.

    `stopped` names the notice at which the form ended, if it did. A test that comes out as expected is
    still wrong when answers that it leaves out could change that.
    """
    if stopped is not None:
        return test.compare(Outcome(stops=stopped))
    decision = router.decide(submission, moment)
    explanation = router.explain(submission, decision, moment, "en")
    wrong = test.compare(outcome(router, test, submission.answers, decision), explanation)
    return wrong or _unsure(router, test, submission, moment, decision)


def outcome(router: Router, test: TableTest, answers: Answers, decision: Decision) -> Outcome:
    """What came of an example, as far as its own table says it."""
    names = [step.route for step in decision.trace if step.met and step.table == test.table]
    met = [route.outputs for route in router.tables[test.table].routes if route.name in names]
    return Outcome(
        route=test.expect.route if test.expect.route in names else next(iter(names), None),
        send_to=decision.send_to,
        copy_to=tuple(department for outputs in met for department in outputs.copies(answers)),
        priority=decision.priority,
        due=decision.due and decision.due.replace(tzinfo=None),
        tags=tuple(tag for outputs in met for tag in outputs.tags),
        values={name: value for outputs in reversed(met) for name, value in outputs.values.items()},
        notify=tuple(address for outputs in met for address in outputs.notify),
    )


def _unsure(
    router: Router, test: TableTest, submission: Submission, moment: Moment, decision: Decision
) -> Problem | None:
    table, plan = router.tables[test.table], router.plans[test.form]
    other = other_outcome(table, plan, submission, moment, decision)
    return None if other is None else test.place["answers"].problem("R445", answers=as_example(other))
