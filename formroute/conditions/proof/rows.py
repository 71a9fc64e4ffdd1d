"""Rows made to order: what the proof puts where a form asks for any number of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from formroute.conditions.answers.domains import Rows
from formroute.conditions.answers.wanted import NoAnswer, Wanted, line, only
from formroute.conditions.axes.aspects import Axis, Count, Every, Some
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.sets import ANYTHING, EVERYWHERE, AnswerSet, Spans
from formroute.conditions.condition import ALWAYS, All, Any, Condition, Not, Test
from formroute.conditions.proof.found import Witness
from formroute.conditions.proof.search import find
from formroute.conditions.question import Question, Scope

Row = Mapping[str, object]


def rows_of(scope: Mapping[str, Question], least: int, most: int) -> Rows:
    """From `least` to `most` rows in which these questions are asked."""
    return Rows(scope, least, most, _made)


def _made(domain: Rows, wanted: Wanted, moment: Moment) -> object:
    """Rows of which every one and some one are as wanted; not certain where a row's questions look outside it."""
    scope = closed(domain.scope)
    every, some = list(_wanted_of_every(wanted)), list(_wanted_of_some(wanted))
    if any(condition.fields - scope.keys() for condition in [*every, *some]):
        return NoAnswer(certain=False)
    rows: list[Row] = []
    for condition in some or [ALWAYS]:
        if not any(condition.holds(row, moment) for row in rows):
            row = _row(All((*every, condition, _whole(scope))), scope, moment)
            if isinstance(row, NoAnswer):
                return row
            rows.append(row)
    return _counted(rows, line({Count(): domain.space(Count())}, Count()) & line(wanted, Count()))


def closed(scope: Scope) -> Mapping[str, Question]:
    """The questions of a row that show, and follow from others, by what stands in the row alone."""
    inside: dict[str, Question] = {}
    for name, question in scope.items():
        visible = question.visible.fields if question.visible else frozenset[str]()
        if visible | question.sources <= inside.keys():
            inside[name] = question
    return inside


def scope_in_row(around: Scope, own: Scope) -> Mapping[str, Question]:
    """What conditions in a row look at: its own questions first, then those around it.

    One around it that hangs on a name which in the row is another question's may have any answer or none.
    """
    free = {name: one for name, one in around.items() if name not in own}
    for name, one in free.items():
        shows = one.visible.fields if one.visible else frozenset[str]()
        if (shows | one.sources) & own.keys():
            free[name] = replace(one, required=False, visible=None, follows=None)
    return {**free, **own}


def _wanted_of_every(wanted: Wanted) -> Iterator[Condition]:
    for aspect, accepts in wanted.items():
        if isinstance(aspect, Every) and only(True, accepts):
            yield aspect.condition
        elif isinstance(aspect, Some) and only(False, accepts):
            yield Not(aspect.condition)


def _wanted_of_some(wanted: Wanted) -> Iterator[Condition]:
    for aspect, accepts in wanted.items():
        if isinstance(aspect, Some) and only(True, accepts):
            yield aspect.condition
        elif isinstance(aspect, Every) and only(False, accepts):
            yield Not(aspect.condition)


def _whole(scope: Scope) -> Condition:
    """A row in which something is answered; every question is looked at, so that those required are answered."""
    answered = [Test(Axis(name, question.domain.main), _anything(question)) for name, question in scope.items()]
    looked_at = (replace(test, accepts=test.accepts.or_blank) for test in answered)
    asked = tuple(test for test in answered if scope[test.axis.question].follows is None)
    return All((Any(asked), *looked_at))


def _anything(question: Question) -> AnswerSet:
    return EVERYWHERE if isinstance(question.domain.space(question.domain.main), Spans) else ANYTHING


def _row(wanted: Condition, scope: Scope, moment: Moment) -> Row | NoAnswer:
    found = find(wanted, scope, near=moment)
    if isinstance(found, Witness) and wanted.holds(found.answers, moment):
        return {name: answer for name, answer in found.answers.items() if name in scope}
    return NoAnswer(certain=found is None)


def _counted(rows: list[Row], counts: Spans) -> object:
    """The rows, the last one repeated until there are as many as wanted; fewer rows that do are not looked for."""
    fitting = (piece for piece in (counts & Spans.at_least(len(rows))).on_grid(0).pieces())
    count = next((int(piece.sample) for piece in fitting), None)
    return NoAnswer(certain=False) if count is None else (*rows, *[rows[-1]] * (count - len(rows)))
