"""Answers as a form has them: nothing that it does not ask, and all that follows."""

from __future__ import annotations

from collections.abc import Mapping

from formroute.conditions.axes.moments import FACTS, INSTANTS, Moment
from formroute.conditions.question import Scope


def as_asked(scope: Scope, answers: Mapping[str, object], moment: Moment) -> dict[str, object]:
    """Of `answers` those to questions that show, and with them what follows, worked out again, in the order asked.

    A name that `scope` does not have is left out.
    """
    found: dict[str, object] = {}
    for name, question in scope.items():
        if name in FACTS or name in INSTANTS:
            continue
        if question.visible is None or question.visible.holds(found, moment):
            follows = question.follows
            answer = answers.get(name) if follows is None else follows.answer(found, moment)
            if answer is not None:
                found[name] = answer
    return found
