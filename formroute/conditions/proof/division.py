"""Clauses divided by the cells of one axis: a search for one cell looks only at those that this cell leaves open.

A long table mostly asks one question by a single choice in each row. Of its rows, a search for one choice meets few.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from formroute.conditions.proof.cells import bits
from formroute.conditions.proof.clauses import Clause
from formroute.conditions.proof.effort import Effort
from formroute.conditions.proof.solver import Search, Solver

_MOST_COPIES = 4


@dataclass(frozen=True, slots=True)
class Share:
    """Some of the clauses, by their numbers among all, and what was learned from them."""

    solver: Solver
    numbers: Sequence[int]

    def search(self, until: int, wanted: Sequence[Clause], most: float) -> Search:
        """A search for cells that meet those of the first `until` of all clauses, and the `wanted` ones."""
        return Search(self.solver, bisect_left(self.numbers, until), wanted, most)

    def core(self, search: Search) -> list[int]:
        """The numbers of clauses that left nothing for a search in this share."""
        return [self.numbers[bit] for bit in bits(search.core)]


class Division:
    """All clauses as one share, and a share for each cell of the axis by which they divide best, if they do."""

    def __init__(self, everything: Sequence[int], rows: Sequence[Clause]) -> None:
        self.effort = Effort()
        self.whole = Share(Solver(everything, rows, self.effort), range(len(rows)))
        self._everything, self._rows = everything, rows
        self._axis = _best_axis(everything, rows)
        self._numbers = {} if self._axis is None else self._by_cell(self._axis)
        self._shares: dict[int, Share] = {}

    def share(self, box: Clause) -> Share:
        """The clauses that are not met already by whatever lies in the box."""
        cell = 0 if self._axis is None else box.get(self._axis, 0)
        if cell not in self._numbers:
            return self.whole
        if cell not in self._shares:
            numbers = self._numbers[cell]
            rows = map(self._rows.__getitem__, numbers)
            self._shares[cell] = Share(Solver(self._everything, rows, self.effort), numbers)
        return self._shares[cell]

    def _by_cell(self, axis: int) -> dict[int, list[int]]:
        """The clauses that do not hold in all of a cell, by the bit of the cell."""
        every = self._everything[axis]
        numbers: dict[int, list[int]] = {1 << cell: [] for cell in bits(every)}
        for number, clause in enumerate(self._rows):
            for cell in bits(every & ~clause.get(axis, 0)):
                numbers[1 << cell].append(number)
        return numbers


def _best_axis(everything: Sequence[int], rows: Sequence[Clause]) -> int | None:
    """The axis by whose cells the clauses fall into the smallest shares; none is to stand in many of them."""
    met = [0] * len(everything)
    for clause in rows:
        for axis, cells in clause.items():
            met[axis] += cells.bit_count()
    copies = [every.bit_count() * len(rows) - held for every, held in zip(everything, met, strict=True)]
    fit = [axis for axis, count in enumerate(copies) if count <= _MOST_COPIES * len(rows)]
    return min(fit, key=lambda axis: copies[axis] / everything[axis].bit_count(), default=None)
