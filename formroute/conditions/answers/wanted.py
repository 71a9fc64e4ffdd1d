"""What an answer made to order has to be, and the reply when there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from formroute.conditions.axes.aspects import Aspect
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.sets import EVERYWHERE, AnswerSet, Number, Spans

Wanted = Mapping[Aspect, AnswerSet]


class NoAnswer(NamedTuple):
    """There is no such answer or, when not `certain`, none was found."""

    certain: bool


def fits(answer: object, wanted: Wanted, moment: Moment) -> bool:
    """Whether the answer's position on every aspect lies in the set that is wanted there."""
    return all(aspect.of(answer, moment) in accepts for aspect, accepts in wanted.items())


def together(wants: list[Wanted]) -> Wanted:
    """What one answer has to be that all of them want."""
    joined: dict[Aspect, AnswerSet] = {}
    for wanted in wants:
        for aspect, accepts in wanted.items():
            joined[aspect] = joined[aspect] & accepts if aspect in joined else accepts
    return joined


def line(wanted: Wanted, aspect: Aspect) -> Spans:
    """The stretches of whole numbers wanted on an aspect; everywhere, when nothing is."""
    return Spans.narrowed(wanted.get(aspect, EVERYWHERE)).on_grid(0)


def lowest(accepts: AnswerSet) -> Number:
    """A number in the set: from the piece nearest to its beginning that has one."""
    return next(Spans.narrowed(accepts).pieces()).sample


def only(flag: bool, accepts: AnswerSet) -> bool:
    """Whether a set of flags has this one and not the other."""
    return flag in accepts and (not flag) not in accepts
