"""All that a row of clauses leaves over, found by counting how many of them each cell could meet.

Where every clause names many axes, a search meets dead ends that teach it little. Here nothing is learned. Cells are
chosen axis by axis, and a branch ends as soon as the best cells of its open axes together meet fewer clauses than are
still unmet. Thousands of branches are weighed side by side.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from formroute.conditions.proof.branches import Branches, Waiting
from formroute.conditions.proof.cells import bits
from formroute.conditions.proof.clauses import Clause, Clauses
from formroute.conditions.proof.effort import Effort
from formroute.conditions.proof.weighing import Weighing, Words, words

_OPTIONS_AT_ONCE = 1 << 20
_OPEN = -1
_FIRST_STOCKTAKING = 0.1
_LEAST_PACE = 0.8


class _Axis(NamedTuple):
    """An axis, its options (cells together that the same clauses accept), and the clauses that each accepts."""

    number: int
    cells: Sequence[int]
    accepting: Words


class Survey:
    """The first `until` clauses, to be gone through axis by axis; `effort` counts the looks."""

    def __init__(self, everything: Sequence[int], clauses: Clauses, until: int, effort: Effort) -> None:
        self.tired = False
        self._effort = effort
        self._until = until
        self._all = (1 << until) - 1
        naming = {axis: numbers & self._all for axis, numbers in clauses.naming().items()}
        self._axes = [_axis(axis, everything[axis], clauses, until) for axis, numbers in naming.items() if numbers]
        self._everything, self._rows = everything, clauses.rows[:until]
        self._possible = all(everything) and all(self._rows)
        self._weighings: dict[int, Weighing] = {}
        self._at_once = 1 + _OPTIONS_AT_ONCE // (1 + sum(len(axis.cells) for axis in self._axes))

    def is_promising(self, few: int) -> bool:
        """Whether few choices are left over, as far as can be told from how much each clause takes by itself."""
        axes = [axis.number for axis in self._axes]
        return _expected(axes, self._rows, self._everything) <= few

    def all(self, few: int, most: float) -> list[Clause] | None:
        """The boxes; None when it takes more than `most` looks, or when they are not so few."""
        found = list(itertools.islice(self.boxes(most), few + 1))
        return None if self.tired or len(found) > few else found

    def boxes(self, most: float) -> Iterator[Clause]:
        """Boxes that lie apart and together hold just what meets every clause, unless it grew `tired` before the end.

        `most` is the number of looks. From a tenth of them on, it gives up, too, where they led less far than
        they would have to.
        """
        before = self._effort.looks
        waiting = Waiting()
        fresh = self._whole()
        while True:
            for open_, branches in fresh:
                missing = branches.unmet.any(axis=0)
                yield from self._boxes(branches.of(np.flatnonzero(~missing)))
                waiting.add(open_, branches.of(np.flatnonzero(missing)))
            if not waiting:
                return
            looks = self._effort.looks - before
            if looks >= most or self._is_slow(looks / most, 1 - waiting.share):
                self.tired = True
                return
            fresh = self._further(*waiting.take(self._at_once))

    @staticmethod
    def _is_slow(spent: float, way: float) -> bool:
        """Whether what was spent led too short a way for it to end in time."""
        return spent > _FIRST_STOCKTAKING and way < spent * _LEAST_PACE

    def _whole(self) -> Iterator[tuple[int, Branches]]:
        """The one branch on which nothing is chosen yet."""
        if self._possible:
            chosen = np.full((len(self._axes), 1), _OPEN, np.int32)
            yield (1 << len(self._axes)) - 1, Branches(words([self._all], self._until), chosen, np.ones(1))

    def _boxes(self, branches: Branches) -> Iterator[Clause]:
        """What the branches have chosen."""
        for chosen in branches.chosen.T.tolist():
            taken = zip(self._axes, chosen, strict=True)
            yield {axis.number: axis.cells[option] for axis, option in taken if option != _OPEN}

    def _further(self, open_: int, branches: Branches) -> Iterator[tuple[int, Branches]]:
        """The branches cut along one of their axes each, without what cannot meet every clause."""
        weighing, axes = self._weighing(open_), list(bits(open_))
        ways = weighing.ways(branches.unmet)
        places, breadths = weighing.cuts(ways)
        for place in np.unique(places).tolist():
            axis, span, here = axes[place], weighing.spans[place], np.flatnonzero(places == place)
            cut, option = np.nonzero(ways.weights[span, here].T >= 0)
            some = branches.of(ways.branches[here[cut]])
            some.chosen[axis] = option
            unmet = some.unmet & ~weighing.options.take(span.start + option, axis=1)
            yield open_ & ~(1 << axis), Branches(unmet, some.chosen, some.share / breadths[here[cut]])

    def _weighing(self, open_: int) -> Weighing:
        if open_ not in self._weighings:
            self._weighings[open_] = Weighing([self._axes[axis].accepting for axis in bits(open_)], self._effort)
        return self._weighings[open_]


def _axis(number: int, everything: int, clauses: Clauses, until: int) -> _Axis:
    """An axis seen by the first `until` clauses."""
    together: dict[int, int] = {}
    for cell in bits(everything):
        accepting = clauses.meeting(number, cell) & (1 << until) - 1
        together[accepting] = together.get(accepting, 0) | 1 << cell
    return _Axis(number, list(together.values()), words(list(together), until))


def _expected(axes: Iterable[int], rows: Sequence[Clause], everything: Sequence[int]) -> float:
    """How many choices would meet every clause if no clause had to do with another, apart from those of one axis."""
    allowed = list(everything)
    for row in rows:
        if len(row) == 1:
            ((axis, cells),) = row.items()
            allowed[axis] &= cells
    several = [row for row in rows if len(row) > 1]
    taken = (math.prod(1 - _share(cells, allowed[axis]) for axis, cells in row.items()) for row in several)
    return math.prod(allowed[axis].bit_count() for axis in axes) * math.prod(1 - share for share in taken)


def _share(cells: int, allowed: int) -> float:
    return (cells & allowed).bit_count() / max(1, allowed.bit_count())
