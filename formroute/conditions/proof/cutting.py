"""Branches of a survey cut along one of their axes each, on all processors.

NumPy lets other threads work while it counts. Branches are cut in portions of a size that hangs on the axes alone, and
the portions come back in their order, so that a survey goes the same way on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import NamedTuple

import numpy as np

from formroute.conditions.proof.branches import Branches
from formroute.conditions.proof.cells import bits
from formroute.conditions.proof.weighing import Weighing
from formroute.conditions.proof.words import Words

_OPTIONS_IN_A_PORTION = 1 << 20
_PORTIONS_AT_ONCE = 4
_ENOUGH_TO_PART = 2_000


class Grown(NamedTuple):
    """Branches that meet every clause, others by which of their axes are open (a bit each), and the looks it took."""

    ends: Sequence[Branches]
    others: Sequence[tuple[int, Branches]]
    looks: int = 0

    @classmethod
    def of(cls, grown: Iterable[tuple[int, Branches]], looks: int = 0) -> Grown:
        """Branches, parted by whether they meet every clause."""
        ends, others = [], []
        for open_, branches in grown:
            missing = branches.unmet.any(axis=0)
            if not missing.all():
                ends.append(branches.of(np.flatnonzero(~missing)))
                branches = branches.of(np.flatnonzero(missing))
            others.append((open_, branches))
        return cls(ends, others, looks)


class Cutting:
    """The axes along which branches are cut, told by the clauses that each option meets.

    Branches are best given `at_once` or more; few are cut along one axis, so that they stay side by side.
    """

    def __init__(self, axes: Sequence[Words]) -> None:
        self._axes = axes
        self._weighings: dict[int, Weighing] = {}
        self._portion = 1 + _OPTIONS_IN_A_PORTION // (1 + sum(axis.shape[1] for axis in axes))
        self.at_once = _PORTIONS_AT_ONCE * self._portion

    def further(self, open_: int, branches: Branches, threads: Executor) -> Iterator[Grown]:
        """The branches with one axis less open, without those that cannot meet every clause."""
        if open_ not in self._weighings:
            self._weighings[open_] = Weighing([self._axes[axis] for axis in bits(open_)])
        cut = partial(self._cut, open_, branches.size < _ENOUGH_TO_PART)
        portions = branches.portions(self._portion)
        return (map if len(portions) == 1 else threads.map)(cut, portions)

    def _cut(self, open_: int, together: bool, branches: Branches) -> Grown:
        weighing, axes = self._weighings[open_], list(bits(open_))
        ways = weighing.ways(branches.unmet)
        places, breadths = weighing.cuts(ways, together=together)
        grown = []
        for place in np.unique(places).tolist():
            axis, span, here = axes[place], weighing.spans[place], np.flatnonzero(places == place)
            cut, option = np.nonzero(ways.weights[span, here].T >= 0)
            some = branches.of(ways.branches[here[cut]])
            some.chosen[axis] = option
            unmet = some.unmet & ~weighing.options.take(span.start + option, axis=1)
            grown.append((open_ & ~(1 << axis), Branches(unmet, some.chosen, some.share / breadths[here[cut]])))
        return Grown.of(grown, ways.looks)
