"""The days on which submissions come in, as conditions."""

from __future__ import annotations

from datetime import date

from formroute.conditions import Test
from formroute.conditions.axes.aspects import Axis, Day
from formroute.conditions.axes.sets import AnswerSet, Spans

_DAY_OF_RECEIPT = Axis("received", Day())


def received_on(days: AnswerSet) -> Test:
    """That something comes in on one of these days, by their ordinals."""
    return Test(_DAY_OF_RECEIPT, days)


def received_since(day: date) -> Test:
    """That something comes in on this day or later."""
    return received_on(Spans.at_least(day.toordinal()))


def received_before(day: date) -> Test:
    """That something came in on an earlier day."""
    return received_on(Spans.less_than(day.toordinal()))
