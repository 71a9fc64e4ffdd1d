"""In which periods something holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from itertools import pairwise
from operator import or_

from formroute.conditions import Condition, Test, Witness
from formroute.conditions.axes.aspects import Axis, Day
from formroute.conditions.axes.sets import EVERYWHERE, Cut, Spans

_DAY_OF_RECEIPT = Axis("received", Day())


def periods(conditions: Iterable[Condition]) -> list[Test]:
    """The stretches of days of receipt, in order, within which none of these conditions begins or ends to hold."""
    tests = (test for condition in conditions for test in condition.tests() if test.axis == _DAY_OF_RECEIPT)
    days = {int(cut.at) for test in tests if isinstance(test.accepts, Spans) for cut in test.accepts.on_grid(0).cuts}
    ends = [None, *sorted(days), None]
    spans = (Spans.between(first, None if after is None else after - 1) for first, after in pairwise(ends))
    return [Test(_DAY_OF_RECEIPT, span.on_grid(0)) for span in spans]


def in_periods(held: Iterable[Test]) -> str:
    """` (in the period from 2026-06-01 until 2026-06-30)`; nothing for all of time."""
    days = reduce(or_, (test.accepts for test in held if isinstance(test.accepts, Spans)))
    told = [_in_words(*piece) for piece in days.pieces()] if days != EVERYWHERE else []
    return f" (in the period{'s' if told[1:] else ''} {' and '.join(told)})" if told else ""


def _in_words(low: Cut | None, high: Cut | None) -> str:
    first = None if low is None else f"from {date.fromordinal(int(low.at))}"
    last = "on" if high is None else f"until {date.fromordinal(int(high.at) - 1)}"
    return f"{first} {last}" if first else last


def period_of(found: Witness, conditions: Iterable[Condition]) -> str:
    """Between which days of receipt, at which one of these conditions begins or ends to hold, a witness comes in."""
    return in_periods(one for one in periods(conditions) if one.holds({}, found.moment))
