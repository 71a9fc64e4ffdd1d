"""Axes weighed against clauses, for many branches of a survey at once.

The heaviest options of all axes can together meet no more than the sum of their weights. Where that is less than what
all unmet clauses weigh, a branch leads nowhere. This holds with any weights, so clauses that the heaviest options leave
unmet weigh more in the next round, until the sum falls short or a few rounds are over (the dual of a linear program, in
small steps).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from formroute.conditions.proof.effort import Effort

Words = NDArray[np.uint64]
"""The bits of clauses, 64 of them in a row; a column is a branch or an option."""

Numbers = NDArray[np.intp]
Weights = NDArray[np.signedinteger[Any]]

_WORD = 64
_WORDS_IN_A_BYTE = 3
_MORE_LOOKS = 4
_MOST_ROUNDS = 8
_FARTHEST = 0.3
_MUCH_NARROWER = 0.9
_ENOUGH_TO_PART = 2_000
_MOST_WEIGHT = 1 << 40


def words(masks: Sequence[int], bits: int) -> Words:
    """Masks of so many bits as columns."""
    width = -(-bits // _WORD)
    packed = b"".join(mask.to_bytes(width * 8, "little") for mask in masks)
    return np.ascontiguousarray(np.frombuffer(packed, "<u8").astype(np.uint64).reshape(len(masks), width).T)


class Ways(NamedTuple):
    """Which of the branches may lead on, and of each the weights of the options; those below none lead nowhere."""

    branches: Numbers
    weights: Weights


@dataclass(frozen=True, slots=True)
class _Round:
    """Branches that are still weighed, what they have not met, what that weighs, and the weights of the options."""

    branches: Numbers
    unmet: Words
    whole: Numbers
    weights: Weights

    def of(self, which: Numbers) -> _Round:
        """Some of the branches."""
        if len(which) == len(self.branches):
            return self
        taken = self.unmet.take(which, axis=1), self.whole[which], self.weights.take(which, axis=1)
        return _Round(self.branches[which], *taken)


class Weighing:
    """Axes and the options of each, told by the clauses that these meet; `effort` counts the looks.

    A weight stands above some low bits that differ among the options of an axis, so that one of them is the heaviest.
    """

    def __init__(self, axes: Sequence[Words], effort: Effort) -> None:
        self._effort = effort
        sizes = [axis.shape[1] for axis in axes]
        self._starts = np.cumsum([0, *sizes[:-1]])
        self.options = np.concatenate(axes, axis=1)
        self.spans = [slice(start, start + size) for start, size in zip(self._starts.tolist(), sizes, strict=True)]
        self._axis = np.repeat(np.arange(len(axes)), sizes)
        self._unit = 1 << max(sizes).bit_length()
        heaviest = self._unit * (1 + _MOST_ROUNDS) * _WORD * len(self.options)
        self._sort = np.int32 if heaviest * len(axes) < 1 << 30 else np.int64
        self._never = np.iinfo(self._sort).min // 2
        self._order = (self._unit - 1 - np.arange(len(self._axis)) + self._starts[self._axis]).astype(self._sort)
        named = np.bitwise_or.reduceat(self.options, self._starts, axis=1)
        alone = named & _in_one_only(named)[:, None]
        self._against = alone[:, self._axis] & ~self.options

    def ways(self, unmet: Words) -> Ways:
        """What is left of branches, and of their options, after a few rounds."""
        now = self._first(unmet)
        settled: list[Ways] = []
        for further in reversed(range(_MOST_ROUNDS)):
            best = np.stack([now.weights[span].max(axis=0) for span in self.spans])
            excess = (best & -self._unit).sum(axis=0) - now.whole
            hopeful = np.flatnonzero(excess >= 0)
            now, best, excess = now.of(hopeful), best.take(hopeful, axis=1), excess[hopeful]
            least = ((best & -self._unit) - excess).astype(self._sort)
            for span, light in zip(self.spans, least, strict=True):
                np.copyto(now.weights[span], self._never, where=now.weights[span] < light)
            missed = now.unmet & ~self._met(best)
            goes_on = missed.any(axis=0) & (excess <= now.whole * _FARTHEST) & (further > 0)
            ready = now.of(np.flatnonzero(~goes_on))
            settled.append(Ways(ready.branches, ready.weights))
            on = np.flatnonzero(goes_on)
            if not len(on):
                break
            now = self._next(now.of(on), missed.take(on, axis=1))
        return Ways(*(np.concatenate(parts, axis=-1) for parts in zip(*settled, strict=True)))

    def cuts(self, ways: Ways) -> tuple[Numbers, Numbers]:
        """Of each branch the place of the axis to cut it by, and into how many it is cut.

        That is the axis which leaves the fewest ways, and of equal ones the heaviest. A few branches are cut by one
        that is narrow for all of them, so that they stay side by side; but for those that have a much narrower one.
        """
        heavy = ways.weights.clip(0)
        breadths = np.stack([(ways.weights[span] >= 0).sum(axis=0) for span in self.spans])
        costs = breadths * _MOST_WEIGHT - np.stack([heavy[span].sum(axis=0, dtype=np.intp) for span in self.spans])
        places = costs.argmin(axis=0)
        if len(ways.branches) < _ENOUGH_TO_PART:
            common = costs.sum(axis=1).argmin()
            places = np.where(breadths.min(axis=0) < breadths[common] * _MUCH_NARROWER, places, common)
        return places, np.take_along_axis(breadths, places[None], axis=0)[0]

    def _first(self, unmet: Words) -> _Round:
        """Branches weighed for the first time, without those that fail a clause which one axis alone could meet."""
        failing = self._failing(unmet)
        hopeful = np.flatnonzero(~reduce(np.bitwise_or, [failing[span].all(axis=0) for span in self.spans]))
        unmet, failing = unmet.take(hopeful, axis=1), failing.take(hopeful, axis=1)
        weights = self._meeting(unmet)
        weights *= self._unit
        weights += self._order[:, None]
        np.copyto(weights, self._never, where=failing)
        return _Round(hopeful, unmet, _count(unmet) * self._unit, weights)

    def _next(self, now: _Round, missed: Words) -> _Round:
        """The branches with each missed clause one heavier."""
        weights = self._meeting(missed)
        weights *= self._unit
        weights += now.weights
        return _Round(now.branches, now.unmet, now.whole + _count(missed) * self._unit, weights)

    def _failing(self, unmet: Words) -> NDArray[np.bool_]:
        """Which options fail an unmet clause that no other axis names: a row for an option, a column for a branch."""
        self._effort.looks += self._against.size * unmet.shape[1]
        pairs = zip(unmet, self._against, strict=True)
        failed: Words = reduce(np.bitwise_or, (clauses & against[:, None] for clauses, against in pairs))
        return failed.astype(np.bool_)

    def _meeting(self, some: Words) -> Weights:
        """How many of the clauses each option meets: a row for an option, a column for a branch."""
        counts = np.zeros((self.options.shape[1], some.shape[1]), self._sort)
        for first in range(0, len(some), _WORDS_IN_A_BYTE):
            rows = slice(first, first + _WORDS_IN_A_BYTE)
            pairs = zip(some[rows], self.options[rows], strict=True)
            counts += reduce(np.add, (np.bitwise_count(clauses & met[:, None]) for clauses, met in pairs))
        self._effort.looks += (_MORE_LOOKS + len(some)) * counts.size
        return counts

    def _met(self, best: Weights) -> Words:
        """What the heaviest option of each axis meets, all together."""
        chosen = self._starts[:, None] + (self._unit - 1 - (best & self._unit - 1))
        met: Words = reduce(np.bitwise_or, (self.options.take(options, axis=1) for options in chosen))
        return met


def _count(some: Words) -> Numbers:
    """How many clauses each column has."""
    counts: Numbers = np.bitwise_count(some).sum(axis=0, dtype=np.intp)
    return counts


def _in_one_only(columns: Words) -> Words:
    """The bits that just one of the columns has."""
    once = np.zeros(len(columns), np.uint64)
    twice = once.copy()
    for column in columns.T:
        twice |= once & column
        once |= column
    alone: Words = once & ~twice
    return alone
