"""Conditions on answers that are still being given: met, not met, or not to be told yet."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from formroute.conditions.axes.aspects import Count, Every, Some
from formroute.conditions.axes.moments import Moment
from formroute.conditions.condition import All, Answers, Any, Condition, Not, Test
from formroute.records import NOTHING


class BegunRow(NamedTuple):
    """One row: what is right in it, and the questions in it that are still open."""

    answers: Answers
    open: frozenset[str] = frozenset()


class BegunRows(NamedTuple):
    """Rows that are no answer yet: something in them is wrong, or they are too many or too few.

    `counted` says whether there will be as many of them.
    """

    rows: tuple[BegunRow, ...]
    counted: bool

    def meet(self, test: Test, moment: Moment) -> bool | None:
        """Whether they meet a test, whatever stands in them once they are right."""
        match test.axis.aspect:
            case Some(condition):
                found = [holds_so_far(condition, row.answers, moment, row.open) for row in self.rows]
                return self._on(test, True if True in found else self._settled(found, otherwise=False))
            case Every(condition):
                found = [holds_so_far(condition, row.answers, moment, row.open) for row in self.rows]
                return self._on(test, False if False in found else self._settled(found, otherwise=True))
            case Count() if self.counted:
                return self._on(test, len(self.rows))
        return self._on(test, None)

    def _settled(self, found: Iterable[bool | None], *, otherwise: bool) -> bool | None:
        return None if None in found or not self.counted else otherwise

    @staticmethod
    def _on(test: Test, position: int | None) -> bool | None:
        """Whether a test accepts a position; None where that is not known, unless it accepts every one."""
        if position is None:
            return True if test.asks_for_any else None
        return position in test.accepts


def holds_so_far(
    condition: Condition,
    answers: Answers,
    moment: Moment,
    unasked: Container[str],
    begun: Mapping[str, BegunRows] = NOTHING,
) -> bool | None:
    """Whether `answers` meet a condition, whatever is answered to the questions that are `unasked`.

    None where that hangs on one of these: a question that nobody was asked is neither answered nor blank
    (the strong logic of three values by Kleene). `begun` has the rows of questions that are among them, or that
    have no answer since something in the rows is wrong.
    """
    match condition:
        case All(parts):
            found = [holds_so_far(part, answers, moment, unasked, begun) for part in parts]
            return False if False in found else None if None in found else True
        case Any(parts):
            found = [holds_so_far(part, answers, moment, unasked, begun) for part in parts]
            return True if True in found else None if None in found else False
        case Not(part):
            inner = holds_so_far(part, answers, moment, unasked, begun)
            return None if inner is None else not inner
        case Test(axis) if axis.question in begun:
            return begun[axis.question].meet(condition, moment)
    is_open = any(name in unasked or name in begun for name in condition.fields)
    return None if is_open else condition.holds(answers, moment)
