"""A search among cells: which cell of each axis, so that every clause holds.

An axis has a mask of the cells that are still open. A clause maps axes to masks and holds when one of its
axes lies in its mask. The search narrows axes where a clause leaves no choice, tries one cell where
several are open, and turns every dead end into a new clause by resolution (conflict-driven clause
learning, here for axes with more than two values). Nothing in it recurses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from formroute.conditions.cells import bits

Clause = Mapping[int, int]
_MOST_VIEWS = 4096


class View(NamedTuple):
    """Of the clauses that name an axis: those that its open cells already meet, and those that can still be met."""

    met: int
    open: int


class Clauses:
    """Clauses held column by column: a bit for each clause, so that all of them are looked at in one step.

    `_missing[axis][cell]` has the bits of the clauses that name the axis without this cell.
    """

    def __init__(self, everything: Sequence[int]) -> None:
        self.rows: list[Clause] = []
        self._everything = everything
        self._naming: dict[int, int] = {}
        self._missing: dict[int, list[int]] = {}
        self._views: dict[int, dict[int, View]] = {}

    @property
    def axes(self) -> Iterable[int]:
        """The axes that some clause names."""
        return self._naming

    def extend(self, clauses: Iterable[Clause]) -> None:
        """Add clauses. Bits are set run by run, so that many wide clauses cost little."""
        turns: dict[int, dict[int, int]] = {}
        for clause in clauses:
            bit = 1 << len(self.rows)
            self.rows.append(clause)
            for axis, cells in clause.items():
                self._naming[axis] = self._naming.get(axis, 0) | bit
                missing = self._everything[axis] & ~cells
                on_axis = turns.setdefault(axis, {})
                for cell in bits(missing ^ missing << 1):
                    on_axis[cell] = on_axis.get(cell, 0) ^ bit
        for axis, on_axis in turns.items():
            self._fill(axis, on_axis)

    def view(self, axis: int, cells: int) -> View:
        """How the clauses stand when `cells` of `axis` are open."""
        views = self._views[axis]
        view = views.get(cells)
        if view is None:
            if len(views) >= _MOST_VIEWS:
                views.clear()
            view = views[cells] = self._look(axis, cells)
        return view

    def misses(self, axis: int, cell: int, among: int) -> int:
        """How many of the clauses `among` name the axis without this cell."""
        return (self._missing[axis][cell] & among).bit_count() if axis in self._missing else 0

    def _fill(self, axis: int, turns: Mapping[int, int]) -> None:
        """Bring the clauses into the columns of one axis; at each turn some begin or end to miss the cells."""
        self._views[axis] = {}
        columns = self._missing.setdefault(axis, [0] * self._everything[axis].bit_length())
        missed = 0
        for cell in range(len(columns)):
            missed ^= turns.get(cell, 0)
            columns[cell] |= missed

    def _look(self, axis: int, cells: int) -> View:
        columns, naming = self._missing[axis], self._naming[axis]
        never, somewhere = naming, 0
        for cell in bits(cells):
            never &= columns[cell]
            somewhere |= columns[cell]
        return View(naming & ~somewhere, naming & ~never)


class Standing(NamedTuple):
    """Where a set of clauses stands: not yet met ones, and among these the ones with no or one axis left."""

    live: int
    failed: int
    forced: int


def stand(clauses: Clauses, enabled: int, state: Sequence[int]) -> Standing:
    """How the clauses `enabled` stand with these open cells."""
    met = once = twice = 0
    for axis in clauses.axes:
        view = clauses.view(axis, state[axis])
        met |= view.met
        twice |= once & view.open
        once |= view.open
    live = enabled & ~met
    return Standing(live, live & ~once, live & once & ~twice)


class Step(NamedTuple):
    """One narrowing: the axis, its open cells before, and the clause that forced it (None: it was tried)."""

    axis: int
    before: int
    reason: Clause | None


class Search:
    """One search: all cells of the axes, shared clauses of which some are `enabled`, and clauses of its own."""

    def __init__(self, everything: Sequence[int], shared: Clauses, enabled: int, wanted: Iterable[Clause]) -> None:
        self.shared = shared
        self.enabled = enabled
        self.own = Clauses(everything)
        self.state = list(everything)
        self.trail: list[Step] = []
        for clause in wanted:
            if len(clause) == 1:
                ((axis, cells),) = clause.items()
                self.state[axis] &= cells
            else:
                self.own.extend([clause])

    def next(self) -> Sequence[int] | None:
        """Open cells from which any choice meets every clause; None when there is no choice that does."""
        if not all(self.state):
            return None
        while True:
            failed = self._propagate()
            if failed is not None:
                if not self._learn(failed):
                    return None
            elif not self._try():
                return self.state

    def refuse(self, clause: Clause) -> bool:
        """Search on, with a clause that the present cells do not meet; False when that leaves nothing."""
        self.own.extend([clause])
        return self._learn(clause)

    def _propagate(self) -> Clause | None:
        """Narrow axes as long as clauses force it; the clause that cannot be met any more, if one turns up."""
        while True:
            forced: list[Clause] = []
            for clauses, enabled in self._both():
                standing = stand(clauses, enabled, self.state)
                if standing.failed:
                    return clauses.rows[next(bits(standing.failed))]
                forced += [clauses.rows[number] for number in bits(standing.forced)]
            if not forced:
                return None
            for clause in forced:
                if not self._force(clause):
                    return clause

    def _both(self) -> tuple[tuple[Clauses, int], tuple[Clauses, int]]:
        return (self.shared, self.enabled), (self.own, (1 << len(self.own.rows)) - 1)

    def _force(self, clause: Clause) -> bool:
        """Narrow the one axis that can still meet the clause; False when none can."""
        for axis, cells in clause.items():
            if self.state[axis] & cells:
                self._narrow(axis, self.state[axis] & cells, clause)
                return True
        return False

    def _narrow(self, axis: int, cells: int, reason: Clause | None) -> None:
        if cells != self.state[axis]:
            self.trail.append(Step(axis, self.state[axis], reason))
            self.state[axis] = cells

    def _learn(self, failed: Clause) -> bool:
        """Go back to where the failed clause leaves one axis, and narrow that; False when it leaves nothing.

        On the way the clause is resolved with the reasons of the steps that made it fail.
        """
        while self.trail:
            axis, before, reason = self.trail.pop()
            self.state[axis] = before
            if not failed.get(axis, 0) & before:
                continue
            if reason is None:
                self.own.extend([failed])
                self._narrow(axis, before & failed[axis], failed)
                return True
            failed = _resolved(failed, reason, axis)
        return False

    def _try(self) -> bool:
        """Try one cell of the axis that most live clauses for its open cells look at; False when all are met."""
        lives = [(clauses, stand(clauses, enabled, self.state).live) for clauses, enabled in self._both()]
        if not any(live for _, live in lives):
            return False
        axis = max(range(len(self.state)), key=lambda axis: self._urgency(axis, lives))
        cell = min(bits(self.state[axis]), key=lambda cell: sum(c.misses(axis, cell, live) for c, live in lives))
        self._narrow(axis, 1 << cell, None)
        return True

    def _urgency(self, axis: int, lives: Sequence[tuple[Clauses, int]]) -> float:
        cells = self.state[axis]
        undecided = 0
        for clauses, live in lives:
            if axis in clauses.axes:
                view = clauses.view(axis, cells)
                undecided += (live & view.open & ~view.met).bit_count()
        return undecided / cells.bit_count()


def _resolved(failed: Clause, reason: Clause, axis: int) -> Clause:
    """What follows from both clauses together: on `axis` the cells of both, elsewhere the cells of either."""
    clause = {name: failed.get(name, 0) | reason.get(name, 0) for name in {**failed, **reason}}
    common = failed[axis] & reason[axis]
    if common:
        clause[axis] = common
    else:
        del clause[axis]
    return clause
