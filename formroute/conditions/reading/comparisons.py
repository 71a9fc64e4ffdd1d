"""Values, ranges and comparisons, on numbers, days and times alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from formroute.conditions.answers.domains import Dates, Instants, Now, Numbers, Times
from formroute.conditions.axes.aspects import Age
from formroute.conditions.axes.sets import Spans, Values
from formroute.conditions.condition import Condition, both
from formroute.conditions.reading.operands import Operand, read_operand
from formroute.conditions.reading.other_writing import refuse_other_writing
from formroute.conditions.reading.written import Written, read_each

LINES = (Numbers, Dates, Instants, Now, Times)


def compile_value(written: Written, *, listed: bool = False) -> Condition:
    """A value or a range, `5`, `5..10`, `road`; `listed` says whether it is one of several."""
    on_line = isinstance(written.domain, LINES)
    if on_line and isinstance(written.raw, str):
        low, dots, high = written.raw.partition("..")
        if dots and low.strip() and high.strip() and not high.startswith("."):
            return _range(written)
        refuse_other_writing(written, listed=listed)
    aspect, position = read_operand(written)
    return written.test(Spans.at(position) if on_line else Values.of(position), aspect)


def _range(written: Written) -> Condition:
    """`5..10` with both ends in; of times the end is out, and the range may go past midnight."""
    ends = written.raw.split("..", 1)
    low, high = read_each(read_operand, [replace(written, raw=end) for end in ends])
    if isinstance(written.domain, Times):
        return _time_range(written, low.position, high.position)
    first, last = (high, low) if low.aspect == Age() else (low, high)
    if low.aspect == high.aspect and last.position < first.position:
        raise written.wrong("C314", instead="..".join(reversed(ends)), value=written.raw)
    return both([_compared(written, low, Spans.at_least), _compared(written, high, Spans.at_most)])


def _time_range(written: Written, start: int, end: int) -> Condition:
    if start == end:
        raise written.wrong("C314", value=written.raw)
    since, until = Spans.at_least(start), Spans.less_than(end)
    return written.test(since & until if start < end else since | until)


def comparison(spans: Callable[[Any], Spans]) -> Callable[[Written], Condition]:
    """How a test such as `at_least` is compiled, which means the stretch that `spans` makes of its number."""
    return lambda written: _compared(written, read_operand(written), spans)


_ON_AGES: dict[Any, Callable[[Any], Spans]] = {
    Spans.at_least: Spans.at_most,
    Spans.at_most: Spans.at_least,
    Spans.more_than: Spans.less_than,
    Spans.less_than: Spans.more_than,
}


def _compared(written: Written, operand: Operand, spans: Callable[[Any], Spans]) -> Condition:
    """The later a day, the smaller its age."""
    side = _ON_AGES[spans] if operand.aspect == Age() else spans
    return written.test(side(operand.position), operand.aspect)
