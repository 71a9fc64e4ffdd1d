"""Answers as a form has them: nothing that it does not ask, and all that follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formroute.conditions.answers.domains import Domain, Rows
from formroute.conditions.axes.moments import FACTS, INSTANTS, Moment
from formroute.conditions.question import Scope
from formroute.records import NOTHING


def as_asked(
    scope: Scope, answers: Mapping[str, Any], moment: Moment, *, around: Mapping[str, object] = NOTHING
) -> dict[str, object]:
    """Of `answers` those to questions that show, and with them what follows, worked out again, in the order asked.

    A name that `scope` does not have is left out. Of rows, each is seen so, with the answers `around` it.
    """
    found: dict[str, object] = {}
    for name, question in scope.items():
        known = {**around, **found}
        if name in FACTS or name in INSTANTS or (question.visible and not question.visible.holds(known, moment)):
            continue
        answer = answers.get(name) if question.follows is None else question.follows.answer(known, moment)
        if answer is not None:
            found[name] = _seen(question.domain, answer, moment, known)
    return found


def _seen(domain: Domain, answer: Any, moment: Moment, around: Mapping[str, object]) -> object:
    if not isinstance(domain, Rows):
        return answer
    return tuple(as_asked(domain.scope, row, moment, around=around) for row in answer)
