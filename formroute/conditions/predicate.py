"""A condition as one function, for those who ask it again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from formroute.conditions.axes.aspects import Value
from formroute.conditions.axes.moments import FACTS, INSTANTS, Moment
from formroute.conditions.axes.sets import Values
from formroute.conditions.condition import ALWAYS, All, Answers, Any, Condition, Not, Test

Predicate = Callable[[Answers, Moment], bool]


def predicate(condition: Condition) -> Predicate:
    """What `condition.holds` says, with everything settled that does not depend on the answers."""
    match condition:
        case Test(axis, Values() as accepts) if axis.aspect == Value() and axis.question not in FACTS | INSTANTS:
            return _chosen(axis.question, accepts)
        case Not(part):
            holds = predicate(part)
            return lambda answers, moment: not holds(answers, moment)
        case All((part,)) | Any((part,)):
            return predicate(part)
        case All(parts):
            return _all(parts)
        case Any(parts):
            return _any(parts)
    return condition.holds


def unless_always(condition: Condition) -> Predicate | None:
    """The predicate, or None for a condition that always holds, so that nothing needs to be asked."""
    return None if condition == ALWAYS else predicate(condition)


def _chosen(question: str, accepts: Values) -> Predicate:
    """Whether the answer, None when it is blank, is among these, or among all others."""
    blank = frozenset({None})
    if accepts.rest:
        others = accepts.members if accepts.blank else accepts.members | blank
        return lambda answers, _moment: answers.get(question) not in others
    members = accepts.members | blank if accepts.blank else accepts.members
    return lambda answers, _moment: answers.get(question) in members


def _all(parts: Iterable[Condition]) -> Predicate:
    predicates = tuple(map(predicate, parts))
    return lambda answers, moment: all(holds(answers, moment) for holds in predicates)


def _any(parts: Iterable[Condition]) -> Predicate:
    predicates = tuple(map(predicate, parts))
    return lambda answers, moment: any(holds(answers, moment) for holds in predicates)
