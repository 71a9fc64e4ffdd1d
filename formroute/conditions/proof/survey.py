"""All that a row of clauses leaves over, found by counting how many of them each cell could meet.

Where every clause names many axes, a search meets dead ends that teach it little. Here nothing is learned. Cells are
chosen axis by axis, and a branch ends as soon as the best cells of its open axes together meet fewer clauses than are
still unmet. Thousands of branches are weighed side by side.
"""

from __future__ import annotations

import itertools
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from formroute.conditions.proof.branches import Branches, Waiting
from formroute.conditions.proof.cells import bits
from formroute.conditions.proof.clauses import Clause, Clauses
from formroute.conditions.proof.cutting import Cutting, Grown
from formroute.conditions.proof.effort import Effort
from formroute.conditions.proof.words import Words, words

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
        self._cutting = Cutting([axis.accepting for axis in self._axes])

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
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            while True:
                for grown in fresh:
                    self._effort.looks += grown.looks
                    for branches in grown.ends:
                        yield from self._boxes(branches)
                    for open_, branches in grown.others:
                        waiting.add(open_, branches)
                if not waiting:
                    return
                looks = self._effort.looks - before
                if looks >= most or self._is_slow(looks / most, 1 - waiting.share):
                    self.tired = True
                    return
                fresh = self._cutting.further(*waiting.take(self._cutting.at_once), threads)

    @staticmethod
    def _is_slow(spent: float, way: float) -> bool:
        """Whether what was spent led too short a way for it to end in time."""
        return spent > _FIRST_STOCKTAKING and way < spent * _LEAST_PACE

    def _whole(self) -> Iterator[Grown]:
        """The one branch on which nothing is chosen yet."""
        if self._possible:
            chosen = np.full((len(self._axes), 1), _OPEN, np.int32)
            branch = Branches(words([self._all], self._until), chosen, np.ones(1))
            yield Grown.of([((1 << len(self._axes)) - 1, branch)])

    def _boxes(self, branches: Branches) -> Iterator[Clause]:
        """What the branches have chosen."""
        for chosen in branches.chosen.T.tolist():
            taken = zip(self._axes, chosen, strict=True)
            yield {axis.number: axis.cells[option] for axis, option in taken if option != _OPEN}


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
