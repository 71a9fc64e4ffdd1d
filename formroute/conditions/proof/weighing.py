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

from formroute.conditions.proof.words import WORD, Numbers, Words, count, in_one_only, packed, words

Weights = NDArray[np.signedinteger[Any]]

_WORDS_IN_A_BYTE = 3
_MORE_LOOKS = 4
_MOST_ROUNDS = 8
_FARTHEST = 0.3
_MUCH_NARROWER = 0.9
_MOST_WEIGHT = 1 << 40
_STEPS_TO_PACK = 4
_STEPS_TO_LOOK = 2


class Ways(NamedTuple):
    """Which of the branches may lead on, and of each the weights of the options; those below none lead nowhere.

    To find that out took so many `looks` at a word.
    """

    branches: Numbers
    weights: Weights
    looks: int


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
    """Axes and the options of each, told by the clauses that these meet; threads may share it.

    A weight stands above some low bits that differ among the options of an axis, so that one of them is the heaviest.
    Numbers as short as will do hold it. Options that lead nowhere have the highest two bits set, whatever is added.
    """

    def __init__(self, axes: Sequence[Words]) -> None:
        sizes = [axis.shape[1] for axis in axes]
        self._starts = np.cumsum([0, *sizes[:-1]])
        self.options = np.concatenate(axes, axis=1)
        self.spans = [slice(start, start + size) for start, size in zip(self._starts.tolist(), sizes, strict=True)]
        axis_of = np.repeat(np.arange(len(axes)), sizes)
        self._unit = 1 << max(sizes).bit_length()
        heaviest = self._unit * (1 + (1 + _MOST_ROUNDS) * int(count(self.options).max()))
        sorts = (np.int16, np.int32, np.int64)
        self._sort = next(sort for sort in sorts if heaviest <= np.iinfo(sort).max // 2)
        self._never = self._sort(np.iinfo(self._sort).min // 2)
        self._order = (self._unit - 1 - np.arange(len(axis_of)) + self._starts[axis_of]).astype(self._sort)
        named = np.bitwise_or.reduceat(self.options, self._starts, axis=1)
        against = named[:, axis_of] & ~self.options
        alone = in_one_only(named)
        self._packed = alone if _is_worth_packing(alone, against) else None
        if self._packed is not None:
            self._against = packed(against, self._packed)
        else:
            self._against = against & words([sum(1 << bit for bit in alone)], len(self.options) * WORD)

    def ways(self, unmet: Words) -> Ways:
        """What is left of branches, and of their options, after a few rounds."""
        now = self._first(unmet)
        looks = self._against.size * unmet.shape[1] + self._looks(now)
        settled: list[tuple[Numbers, Weights]] = []
        for further in reversed(range(_MOST_ROUNDS)):
            best = np.stack([now.weights[span].max(axis=0) for span in self.spans])
            excess = (best & -self._unit).sum(axis=0) - now.whole
            hopeful = np.flatnonzero(excess >= 0)
            now, best, excess = now.of(hopeful), best.take(hopeful, axis=1), excess[hopeful]
            least = ((best & -self._unit) - excess).clip(self._never).astype(self._sort)
            for span, light in zip(self.spans, least, strict=True):
                self._leave_out(now.weights[span], now.weights[span] < light)
            missed = now.unmet & ~self._met(best)
            goes_on = missed.any(axis=0) & (excess <= now.whole * _FARTHEST) & (further > 0)
            ready = now.of(np.flatnonzero(~goes_on))
            settled.append((ready.branches, ready.weights))
            on = np.flatnonzero(goes_on)
            if not len(on):
                break
            now = self._next(now.of(on), missed.take(on, axis=1))
            looks += self._looks(now)
        branches, weights = (np.concatenate(parts, axis=-1) for parts in zip(*settled, strict=True))
        return Ways(branches, weights, looks)

    def cuts(self, ways: Ways, *, together: bool) -> tuple[Numbers, Numbers]:
        """Of each branch the place of the axis to cut it by, and into how many it is cut.

        That is the axis which leaves the fewest ways, and of equal ones the heaviest. Branches that stay `together` are
        cut by one that is narrow for all of them, but for those that have a much narrower one.
        """
        heavy = ways.weights.clip(0)
        breadths = np.stack([(ways.weights[span] >= 0).sum(axis=0) for span in self.spans])
        costs = breadths * _MOST_WEIGHT - np.stack([heavy[span].sum(axis=0, dtype=np.intp) for span in self.spans])
        places = costs.argmin(axis=0)
        if together:
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
        self._leave_out(weights, failing)
        return _Round(hopeful, unmet, count(unmet) * self._unit, weights)

    def _next(self, now: _Round, missed: Words) -> _Round:
        """The branches with each missed clause one heavier."""
        weights = self._meeting(missed)
        weights *= self._unit
        weights += now.weights
        return _Round(now.branches, now.unmet, now.whole + count(missed) * self._unit, weights)

    def _leave_out(self, weights: Weights, options: NDArray[np.bool_]) -> None:
        """Options that lead nowhere; to write where a mask says so would take ten times as long."""
        marks: Weights = options * self._never
        weights |= marks

    def _failing(self, unmet: Words) -> NDArray[np.bool_]:
        """Which options fail an unmet clause that no other axis names: a row for an option, a column for a branch."""
        looked_at = unmet if self._packed is None else packed(unmet, self._packed)
        failing = np.zeros((self.options.shape[1], unmet.shape[1]), np.uint64)
        for clauses, against in zip(looked_at, self._against, strict=True):
            failing |= clauses & against[:, None]
        return failing.astype(np.bool_)

    def _meeting(self, some: Words) -> Weights:
        """How many of the clauses each option meets: a row for an option, a column for a branch."""
        counts = np.zeros((self.options.shape[1], some.shape[1]), self._sort)
        for first in range(0, len(some), _WORDS_IN_A_BYTE):
            rows = slice(first, first + _WORDS_IN_A_BYTE)
            pairs = zip(some[rows], self.options[rows], strict=True)
            counts += reduce(np.add, (np.bitwise_count(clauses & met[:, None]) for clauses, met in pairs))
        return counts

    def _looks(self, now: _Round) -> int:
        """How many it takes to weigh the options of these branches."""
        return (_MORE_LOOKS + len(self.options)) * now.weights.size

    def _met(self, best: Weights) -> Words:
        """What the heaviest option of each axis meets, all together."""
        chosen = self._starts[:, None] + (self._unit - 1 - (best & self._unit - 1))
        met: Words = reduce(np.bitwise_or, (self.options.take(options, axis=1) for options in chosen))
        return met


def _is_worth_packing(alone: Sequence[int], against: Words) -> bool:
    """Whether bits are packed in fewer steps than it saves to look at fewer words."""
    width, options = against.shape
    saved = width - -(-len(alone) // WORD)
    return bool(_STEPS_TO_PACK * len(alone) < _STEPS_TO_LOOK * saved * options)
