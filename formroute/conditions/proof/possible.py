"""Whether anything can meet a condition, told at a glance where its questions do not hang together.

Most conditions on which a question shows are a test or two of choices and numbers. Written out as ways to meet them,
each way is a set on each question, and no search is needed to see that none of these sets is empty.
"""

from __future__ import annotations

from collections.abc import Iterable

from formroute.conditions.answers.domains import Numbers, OneOf
from formroute.conditions.axes.aspects import Axis
from formroute.conditions.axes.sets import AnswerSet
from formroute.conditions.condition import All, Any, Condition, Not, Test
from formroute.conditions.proof.search import find
from formroute.conditions.question import Question, Scope

_MOST_WAYS = 16
_PLAIN = (OneOf, Numbers)

Way = dict[Axis, AnswerSet]
"""Sets of which each has to hold the answer."""


def is_possible(condition: Condition, scope: Scope) -> bool:
    """Whether it is not ruled out that a submission meets it: the same as that `find` does not give None."""
    seen = _at_a_glance(condition, scope)
    return find(condition, scope) is not None if seen is None else seen


def _at_a_glance(condition: Condition, scope: Scope) -> bool | None:
    """None where the questions hang together, or are not all choices and numbers."""
    ways = _ways(condition, wanted=True)
    open_ = [_is_open(way, scope) for way in ways or ()]
    if ways is None or (None in open_ and True not in open_):
        return None
    return True in open_


def _is_open(way: Way, scope: Scope) -> bool | None:
    """Whether an answer can be had from each set."""
    found = [_has_answer(scope.get(axis.question), axis, accepts) for axis, accepts in way.items()]
    return None if None in found else False not in found


def _has_answer(question: Question | None, axis: Axis, accepts: AnswerSet) -> bool | None:
    if question is None:
        return accepts.blank
    domain = question.domain
    if question.visible is not None or question.follows is not None or not isinstance(domain, _PLAIN):
        return None
    if axis.aspect != domain.main:
        return None
    possible = domain.possible(axis.aspect, accepts)
    return not (possible.answered if question.required else possible).is_empty


def _ways(condition: Condition, *, wanted: bool) -> list[Way] | None:
    """The ways to meet it or, if not `wanted`, not to; None where FEEL decides or there are very many."""
    match condition:
        case Test(axis, accepts):
            return [{axis: accepts if wanted else ~accepts}]
        case Not(part):
            return _ways(part, wanted=not wanted)
        case All(parts) | Any(parts):
            inner = [_ways(part, wanted=wanted) for part in parts]
            return _all_of(inner) if isinstance(condition, All) == wanted else _one_of(inner)
    return None


def _one_of(options: Iterable[list[Way] | None]) -> list[Way] | None:
    ways: list[Way] = []
    for option in options:
        if option is None or len(ways) + len(option) > _MOST_WAYS:
            return None
        ways += option
    return ways


def _all_of(options: Iterable[list[Way] | None]) -> list[Way] | None:
    ways: list[Way] = [{}]
    for option in options:
        if option is None or len(ways) * len(option) > _MOST_WAYS:
            return None
        ways = [_both(one, other) for one in ways for other in option]
    return ways


def _both(one: Way, other: Way) -> Way:
    return {**one, **{axis: accepts & one[axis] if axis in one else accepts for axis, accepts in other.items()}}
