"""Clauses over cells, held column by column, so that thousands of them are looked at in one step.

A clause maps axes to masks of cells and holds when one of its axes lies in its mask.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from formroute.conditions.proof.cells import bits

Clause = Mapping[int, int]
_MOST_VIEWS = 4096
_AT_ONCE = 1024


class View(NamedTuple):
    """Of the clauses that name an axis: those that its open cells already meet, and those that can still be met."""

    met: int
    open: int


class Standing(NamedTuple):
    """Where a set of clauses stands: not yet met ones, and among these the ones with no or one axis left."""

    live: int
    failed: int
    forced: int


class Clauses:
    """Clauses with a bit for each; `_missing[axis][cell]` has the bits of those that name the axis without the cell."""

    def __init__(self, everything: Sequence[int]) -> None:
        self.rows: list[Clause] = []
        self._everything = everything
        self._naming: dict[int, int] = {}
        self._missing: dict[int, list[int]] = {}
        self._views: dict[int, dict[int, View]] = {}

    def extend(self, clauses: Iterable[Clause]) -> None:
        """Add clauses. Bits are set run by run, so that many wide clauses cost little."""
        waiting = iter(clauses)
        while some := list(itertools.islice(waiting, _AT_ONCE)):
            self._extend(some)

    def _extend(self, clauses: Iterable[Clause]) -> None:
        start = len(self.rows)
        naming: dict[int, int] = {}
        turns: dict[int, dict[int, int]] = {}
        for number, clause in enumerate(clauses):
            bit = 1 << number
            self.rows.append(clause)
            for axis, cells in clause.items():
                naming[axis] = naming.get(axis, 0) | bit
                missing = self._everything[axis] & ~cells
                on_axis = turns.setdefault(axis, {})
                for cell in bits(missing ^ missing << 1):
                    on_axis[cell] = on_axis.get(cell, 0) ^ bit
        for axis, on_axis in turns.items():
            self._naming[axis] = self._naming.get(axis, 0) | naming[axis] << start
            self._fill(axis, on_axis, start)

    def add(self, clause: Clause) -> None:
        """Add one clause."""
        bit = 1 << len(self.rows)
        self.rows.append(clause)
        for axis, cells in clause.items():
            self._naming[axis] = self._naming.get(axis, 0) | bit
            columns = self._columns(axis)
            for cell in bits(self._everything[axis] & ~cells):
                columns[cell] |= bit
            self._views[axis].clear()

    def stand(self, enabled: int, state: Sequence[int]) -> Standing:
        """How the clauses `enabled` stand with these open cells."""
        met = once = twice = 0
        for axis, views in self._views.items():
            cells = state[axis]
            view = views.get(cells) or self._look(axis, cells)
            met |= view.met
            twice |= once & view.open
            once |= view.open
        live = enabled & ~met
        return Standing(live, live & ~once, live & once & ~twice)

    def undecided(self, axis: int, cells: int, among: int) -> int:
        """How many of the clauses `among` these open cells of an axis can still meet or not."""
        views = self._views.get(axis)
        if views is None:
            return 0
        view = views.get(cells) or self._look(axis, cells)
        return (among & view.open & ~view.met).bit_count()

    def touching(self, box: Clause, among: int) -> int:
        """Which of the clauses `among` share a cell with the box on every axis that both name."""
        for axis, cells in box.items():
            if axis in self._views:
                view = self._views[axis].get(cells) or self._look(axis, cells)
                among &= ~self._naming[axis] | view.open
        return among

    def naming(self) -> Mapping[int, int]:
        """Of each axis that is named, the bits of the clauses that name it."""
        return self._naming

    def meeting(self, axis: int, cell: int) -> int:
        """The clauses that name the axis with this cell."""
        return self._naming[axis] & ~self._missing[axis][cell]

    def misses(self, axis: int, cell: int, among: int) -> int:
        """How many of the clauses `among` name the axis without this cell."""
        columns = self._missing.get(axis)
        return (columns[cell] & among).bit_count() if columns else 0

    def _columns(self, axis: int) -> list[int]:
        if axis not in self._missing:
            self._missing[axis] = [0] * self._everything[axis].bit_length()
            self._views[axis] = {}
        return self._missing[axis]

    def _fill(self, axis: int, turns: Mapping[int, int], start: int) -> None:
        """Bring clauses, the first of them numbered `start`, into the columns of one axis; at each turn some begin or
        end to miss the cells."""
        columns = self._columns(axis)
        self._views[axis].clear()
        missed = 0
        for cell in range(len(columns)):
            missed ^= turns.get(cell, 0)
            columns[cell] |= missed << start

    def _look(self, axis: int, cells: int) -> View:
        columns, naming, views = self._missing[axis], self._naming[axis], self._views[axis]
        never, somewhere = naming, 0
        for cell in bits(cells):
            never &= columns[cell]
            somewhere |= columns[cell]
        if len(views) >= _MOST_VIEWS:
            views.clear()
        view = views[cells] = View(naming & ~somewhere, naming & ~never)
        return view


def as_clauses(box: Clause) -> list[Clause]:
    """A box (some cells of each axis that it names) as clauses of an axis each."""
    return [{axis: cells} for axis, cells in box.items()]


def box_of(clauses: Iterable[Clause]) -> Clause:
    """On each axis the cells in which those of the clauses that name it alone leave it."""
    box: dict[int, int] = {}
    for clause in clauses:
        if len(clause) == 1:
            ((axis, cells),) = clause.items()
            box[axis] = box.get(axis, cells) & cells
    return box


def meets(box: Clause, clause: Clause) -> bool:
    """Whether something of the box may meet the clause."""
    return any(box.get(axis, cells) & cells for axis, cells in clause.items())


def lies_in(box: Clause, clause: Clause, everything: Sequence[int]) -> bool:
    """Whether all of the box meets the clause."""
    return any(not box.get(axis, everything[axis]) & ~cells for axis, cells in clause.items())
