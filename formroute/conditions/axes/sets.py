"""Exact sets of positions on one axis.

A *position* is what a test looks at: a choice, a number, the number of a day, a flag. Blank (no answer)
is the position `None` and a member like any other, so that a set says by itself whether it takes a
question that was left empty. Both sorts of set are closed under `& | - ~`, and equal sets compare equal.
"""

from __future__ import annotations

import operator
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Any, NamedTuple, Self

from typing_extensions import override

Number = int | Decimal
Keep = Callable[[bool, bool], bool]
_FEW_PLACES = 4


class AnswerSet(ABC):
    """A set of positions; `blank` says whether it takes a question without an answer."""

    __slots__ = ()
    blank: bool

    @abstractmethod
    def combine(self, other: Self, keep: Keep) -> Self:
        """The positions for which `keep(in self, in other)` is true."""

    @abstractmethod
    def __contains__(self, position: object) -> bool: ...

    @property
    @abstractmethod
    def is_empty(self) -> bool:
        """Whether no position at all is in it, blank included."""

    @property
    @abstractmethod
    def answered(self) -> Self:
        """The same set without blank."""

    @property
    @abstractmethod
    def or_blank(self) -> Self:
        """The same set with blank."""

    @classmethod
    def narrowed(cls, positions: AnswerSet) -> Self:
        """`positions`, known to be of this sort by their axis; raises TypeError for any other."""
        if isinstance(positions, cls):
            return positions
        raise TypeError(f"{positions} stands on an axis of {cls.__name__}")

    def isdisjoint(self, other: Self) -> bool:
        """Whether the two have no position in common, blank included."""
        return (self & other).is_empty

    def on_grid(self, places: int | None) -> Self:  # noqa: ARG002
        """The same set where only numbers of so many decimal places exist (`None`: all numbers)."""
        return self

    def __and__(self, other: Self) -> Self:
        return self.combine(other, operator.and_)

    def __or__(self, other: Self) -> Self:
        return self.combine(other, operator.or_)

    def __sub__(self, other: Self) -> Self:
        return self.combine(other, operator.gt)

    def __invert__(self) -> Self:
        return self.combine(self, lambda mine, _: not mine)


@dataclass(frozen=True, slots=True)
class Values(AnswerSet):
    """Finitely many positions or, with `rest`, all positions but finitely many."""

    members: frozenset[Any] = frozenset()
    rest: bool = False
    blank: bool = False

    @classmethod
    def of(cls, *members: Any) -> Values:
        """Just these positions."""
        return cls(frozenset(members))

    @override
    def combine(self, other: Self, keep: Keep) -> Self:
        rest = keep(self.rest, other.rest)
        here, there = not self.rest, not other.rest
        members: frozenset[Any] = frozenset()
        if keep(here, there) != rest:
            members |= self.members & other.members
        if keep(here, other.rest) != rest:
            members |= self.members - other.members
        if keep(self.rest, there) != rest:
            members |= other.members - self.members
        return type(self)(members, rest, keep(self.blank, other.blank))

    @override
    def isdisjoint(self, other: Self) -> bool:
        if self.rest or other.rest:
            return (self & other).is_empty
        return self.members.isdisjoint(other.members) and not (self.blank and other.blank)

    def __contains__(self, position: object) -> bool:
        return self.blank if position is None else (position in self.members) != self.rest

    @property
    @override
    def is_empty(self) -> bool:
        return not (self.members or self.rest or self.blank)

    @property
    @override
    def answered(self) -> Self:
        return type(self)(self.members, self.rest) if self.blank else self

    @property
    @override
    def or_blank(self) -> Self:
        return self if self.blank else type(self)(self.members, self.rest, blank=True)


class Cut(NamedTuple):
    """A place between two positions of a line: just before the number `at`, or just `after` it."""

    at: Number
    after: bool = False


class Piece(NamedTuple):
    """A stretch of a line between two cuts; `None` where it has no end."""

    low: Cut | None
    high: Cut | None

    @property
    def sample(self) -> Number:
        """A position in it: its closed end if it has a short one, otherwise a short one well inside."""
        low, high = self
        if low is None:
            return 0 if high is None else high.at if high.after else high.at - 1
        if not low.after:
            return self.short(low.at)
        if high is None:
            return low.at + 1
        return high.at if high.after else (low.at + high.at) / Decimal(2)

    def short(self, number: Number) -> Number:
        """The number, or one above it that is read faster: 4.1 for 4.0000000001, which comes next after 4."""
        if isinstance(number, int) or round(number, _FEW_PLACES) == number:
            return number
        above = (number.quantize(Decimal(1).scaleb(-places), ROUND_CEILING) for places in range(_FEW_PLACES + 1))
        return next((one for one in above if self.high is None or one < self.high.at), number)


@dataclass(frozen=True, slots=True)
class Spans(AnswerSet):
    """Stretches of a line of numbers: every cut turns "in" to "out" or back; `starts` is how it is before the first."""

    cuts: tuple[Cut, ...] = ()
    starts: bool = False
    blank: bool = False

    @classmethod
    def at(cls, number: Number) -> Spans:
        """Just this number."""
        return cls((Cut(number), Cut(number, after=True)))

    @classmethod
    def at_least(cls, number: Number) -> Spans:
        """This number and all above it."""
        return cls((Cut(number),))

    @classmethod
    def at_most(cls, number: Number) -> Spans:
        """This number and all below it."""
        return cls((Cut(number, after=True),), starts=True)

    @classmethod
    def more_than(cls, number: Number) -> Spans:
        """All above this number."""
        return cls((Cut(number, after=True),))

    @classmethod
    def less_than(cls, number: Number) -> Spans:
        """All below this number."""
        return cls((Cut(number),), starts=True)

    @classmethod
    def between(cls, low: Number | None, high: Number | None) -> Spans:
        """From `low` to `high`, both in; `None` where there is no end."""
        spans = EVERYWHERE
        if low is not None:
            spans &= cls.at_least(low)
        if high is not None:
            spans &= cls.at_most(high)
        return spans

    @override
    def on_grid(self, places: int | None) -> Self:
        """The set with every cut just before a number of the grid: "more than 4" becomes "at least 5"."""
        if places is None:
            return self
        step = Decimal(1).scaleb(-places)
        return replace(self, cuts=_without_pairs(_next_on_grid(cut, step) for cut in self.cuts))

    def with_ends(self, places: int | None) -> Self:
        """The same set on the same grid, every stretch up to its last number instead of short of the next one."""
        if places is None:
            return self
        step = Decimal(1).scaleb(-places)
        ends = self.cuts[not self.starts :: 2]
        return replace(self, cuts=tuple(Cut(cut.at - step, after=True) if cut in ends else cut for cut in self.cuts))

    @override
    def combine(self, other: Self, keep: Keep) -> Self:
        inside = starts = keep(self.starts, other.starts)
        cuts = []
        for cut in sorted({*self.cuts, *other.cuts}):
            if keep(self._beyond(cut), other._beyond(cut)) != inside:
                cuts.append(cut)
                inside = not inside
        return type(self)(tuple(cuts), starts, keep(self.blank, other.blank))

    def __contains__(self, position: object) -> bool:
        if position is None:
            return self.blank
        return isinstance(position, int | Decimal) and self._beyond(Cut(position))

    @override
    def isdisjoint(self, other: Self) -> bool:
        """What two sets have in common begins where one of them does."""
        if (self.starts and other.starts) or (self.blank and other.blank):
            return False
        pairs = ((self, other), (other, self))
        return not any(one._beyond(cut) and two._beyond(cut) for one, two in pairs for cut in one.cuts)

    @property
    @override
    def is_empty(self) -> bool:
        return not (self.cuts or self.starts or self.blank)

    @property
    @override
    def answered(self) -> Self:
        return type(self)(self.cuts, self.starts) if self.blank else self

    @property
    @override
    def or_blank(self) -> Self:
        return self if self.blank else type(self)(self.cuts, self.starts, blank=True)

    def pieces(self) -> Iterator[Piece]:
        """Its stretches, from the lowest to the highest."""
        ends: list[Cut | None] = [*self.cuts, None]
        if self.starts:
            ends.insert(0, None)
        return (Piece(low, high) for low, high in zip(ends[::2], ends[1::2], strict=False))

    def _beyond(self, cut: Cut) -> bool:
        """Whether the positions right after `cut` are in it."""
        return self.starts != (bisect_right(self.cuts, cut) % 2 == 1)


EVERYWHERE = Spans(starts=True)
ANYTHING = Values(rest=True)


def _next_on_grid(cut: Cut, step: Decimal) -> Cut:
    number = (Decimal(cut.at) / step).to_integral_value(ROUND_CEILING) * step
    return Cut(number + step if cut.after and number == cut.at else number)


def _without_pairs(cuts: Iterable[Cut]) -> tuple[Cut, ...]:
    """The cuts without those that undo each other at the same place."""
    kept: list[Cut] = []
    for cut in cuts:
        if kept and kept[-1] == cut:
            kept.pop()
        else:
            kept.append(cut)
    return tuple(kept)
