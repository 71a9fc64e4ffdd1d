"""Conditions on answers that are still being given: met, not met, or not to be told yet."""

from __future__ import annotations

from collections.abc import Container

from formroute.conditions.condition import All, Answers, Any, Condition, Not
from formroute.conditions.moments import Moment


def holds_so_far(condition: Condition, answers: Answers, moment: Moment, unasked: Container[str]) -> bool | None:
    """Whether `answers` meet a condition, whatever is answered to the questions that are `unasked`.

    None where that hangs on one of these: a question that nobody was asked is neither answered nor blank
    (the strong logic of three values by Kleene).
    """
    match condition:
        case All(parts):
            found = [holds_so_far(part, answers, moment, unasked) for part in parts]
            return False if False in found else None if None in found else True
        case Any(parts):
            found = [holds_so_far(part, answers, moment, unasked) for part in parts]
            return True if True in found else None if None in found else False
        case Not(part):
            inner = holds_so_far(part, answers, moment, unasked)
            return None if inner is None else not inner
    return None if any(name in unasked for name in condition.fields) else condition.holds(answers, moment)
