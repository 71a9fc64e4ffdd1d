"""Tests on questions of which several choices may be ticked."""

from __future__ import annotations

from collections.abc import Callable

from formroute.conditions.answers.domains import ManyOf
from formroute.conditions.axes.aspects import Includes
from formroute.conditions.axes.sets import Values
from formroute.conditions.condition import Condition, both, either
from formroute.conditions.reading.operands import read_choice
from formroute.conditions.reading.vocabulary.kind import NO, SEVERAL, YES, TestKind
from formroute.conditions.reading.written import Written, read_each


def _includes(join: Callable[[list[Condition]], Condition], accepts: Values) -> Callable[[Written[ManyOf]], Condition]:
    def compile_includes(written: Written[ManyOf]) -> Condition:
        choices = {value: Includes(value) for value in written.domain.values}
        picked = read_each(lambda item: read_choice(item, choices), written.items())
        if accepts == NO and choices.keys() == {aspect.choice for aspect in picked}:
            raise written.never()
        return join([written.test(accepts, aspect) for aspect in picked])

    return compile_includes


ON_CHOICES = (
    TestKind(
        "includes",
        (ManyOf,),
        _includes(either, YES),
        SEVERAL,
        "needs: {includes: ramp}",
        "this choice is ticked; of several, one is",
    ),
    TestKind(
        "includes_all",
        (ManyOf,),
        _includes(both, YES),
        SEVERAL,
        "needs: {includes_all: [ramp, lift]}",
        "all of these are ticked",
    ),
    TestKind(
        "includes_none",
        (ManyOf,),
        _includes(both, NO),
        SEVERAL,
        "needs: {includes_none: [ramp, lift]}",
        "something is ticked, and none of these",
    ),
)
