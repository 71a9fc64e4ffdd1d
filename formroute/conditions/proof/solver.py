"""A search among cells: which cell of each axis, so that every clause holds.

An axis has a mask of the cells that are still open. The search narrows axes where a clause leaves no choice,
tries one cell where several are open, and turns every dead end into a new clause by resolution
(conflict-driven clause learning up to the first unique implication point, here for axes with more than two
values). What is learned from the shared clauses is kept for the searches after it. Nothing in it recurses.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from formroute.conditions.proof.cells import bits
from formroute.conditions.proof.clauses import Clause, Clauses
from formroute.conditions.proof.effort import Effort

OFF, ON = 1, 2
_MOST_LEARNED = 3_000


class Reason(NamedTuple):
    """A clause, and the bits of the shared clauses from which it follows."""

    clause: Clause
    rows: int


class Step(NamedTuple):
    """One narrowing: the axis, its open cells before, and the clause that forced it (None: tried or assumed)."""

    axis: int
    before: int
    reason: Reason | None


class Solver:
    """Clauses to be searched again and again, with the first some of them enabled, and all that was learned from them.

    `effort` counts the dead ends of all searches. One axis more than those of `everything` is the searches' own:
    a clause that names it holds for one search alone.
    """

    def __init__(self, everything: Sequence[int], clauses: Iterable[Clause], effort: Effort | None = None) -> None:
        self.everything = [*everything, OFF | ON]
        self.own = len(everything)
        self.effort = effort or Effort()
        self.shared = Clauses(self.everything)
        self.shared.extend(clauses)
        self._forget()

    def reason(self, clauses: Clauses, number: int) -> Reason:
        """A clause by its number, with what it follows from."""
        return Reason(clauses.rows[number], 1 << number if clauses is self.shared else self._origins[number])

    def keep(self, reason: Reason) -> None:
        """Remember a clause; one that names the searches' own axis is not known to later ones."""
        if self.own not in reason.clause:
            until = reason.rows.bit_length()
            if until not in self._known:
                insort(self._untils, until)
            bit = 1 << len(self._origins)
            self._known[until] = self._known.get(until, 0) | bit
            self._shareable |= bit
        self._origins.append(reason.rows)
        self.learned.add(reason.clause)

    def known(self, until: int) -> int:
        """The bits of all that was learned from so many of the first clauses."""
        if self._untils and until < self._untils[-1]:
            return reduce(or_, (self._known[one] for one in self._untils[: bisect_right(self._untils, until)]), 0)
        return self._shareable

    def tidy(self) -> None:
        """When too much was learned, forget what held for one search alone, and the longer half of the rest."""
        if len(self._origins) > _MOST_LEARNED:
            learned = zip(self.learned.rows, self._origins, strict=True)
            kept = [Reason(clause, origin) for clause, origin in learned if self.own not in clause]
            kept.sort(key=lambda reason: len(reason.clause))
            self._forget()
            for reason in kept[: _MOST_LEARNED // 2]:
                self.keep(reason)

    def _forget(self) -> None:
        self.learned = Clauses(self.everything)
        self._origins: list[int] = []
        self._untils: list[int] = []
        self._known: dict[int, int] = {}
        self._shareable = 0


class Search:
    """One search for cells that meet the first `until` shared clauses, or those of `only`, and all `wanted` ones.

    After it ended with nothing, `core` has the bits of shared clauses which leave nothing by themselves. It
    gives up after `most` dead ends: then it is `tired`, and nothing is known.
    """

    def __init__(
        self, solver: Solver, until: int, wanted: Iterable[Clause], most: float, *, only: int | None = None
    ) -> None:
        solver.tidy()
        self.solver = solver
        self.tired = False
        self.core = 0
        self.state = list(solver.everything)
        self._enabled = (1 << until) - 1 if only is None else only
        self._known = solver.known(until) if only is None else 0
        self._last = solver.effort.steps + most
        self._trail: list[Step] = []
        self._levels: list[int] = []
        self._assumed = 0
        self._assume(wanted)

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
                return self.state[:-1]

    def refuse(self, clause: Clause) -> bool:
        """Search on, with a clause that the present cells do not meet; False when that leaves nothing."""
        refused = Reason({**clause, self.solver.own: OFF}, 0)
        self._keep(refused)
        return self._learn(refused)

    def _assume(self, wanted: Iterable[Clause]) -> None:
        own = self.solver.own
        self._narrow(own, ON, None)
        for clause in wanted:
            if len(clause) == 1:
                ((axis, cells),) = clause.items()
                self._narrow(axis, self.state[axis] & cells, None)
            else:
                self._keep(Reason({**clause, own: OFF}, 0))
        self._assumed = len(self._trail)

    def _keep(self, reason: Reason) -> None:
        self._known |= 1 << len(self.solver.learned.rows)
        self.solver.keep(reason)

    def _propagate(self) -> Reason | None:
        """Narrow axes as long as clauses force it; the clause that cannot be met any more, if one turns up."""
        solver = self.solver
        while True:
            forced: list[tuple[Clauses, int]] = []
            for clauses, enabled in ((solver.shared, self._enabled), (solver.learned, self._known)):
                standing = clauses.stand(enabled, self.state)
                if standing.failed:
                    return solver.reason(clauses, next(bits(standing.failed)))
                forced.append((clauses, standing.forced))
            if not any(numbers for _, numbers in forced):
                return None
            for clauses, numbers in forced:
                for number in bits(numbers):
                    if not self._force(clauses, number):
                        return solver.reason(clauses, number)

    def _force(self, clauses: Clauses, number: int) -> bool:
        """Narrow the one axis that can still meet the clause; False when none can."""
        for axis, cells in clauses.rows[number].items():
            if left := self.state[axis] & cells:
                if left != self.state[axis]:
                    self._narrow(axis, left, self.solver.reason(clauses, number))
                return True
        return False

    def _narrow(self, axis: int, cells: int, reason: Reason | None) -> None:
        if cells != self.state[axis]:
            self._trail.append(Step(axis, self.state[axis], reason))
            self.state[axis] = cells

    def _learn(self, failed: Reason) -> bool:
        """Go back to where the failed clause leaves one axis, and narrow that; False when it leaves nothing.

        On the way the clause is resolved with the reasons of the steps that made it fail, down to the first
        clause that has but one axis open where the last trial began.
        """
        effort = self.solver.effort
        effort.steps += 1
        self.tired = effort.steps > self._last
        if self.tired:
            return False
        while self._levels:
            before = self._before_level()
            open_ = _open(failed.clause, before)
            while len(open_) > 1:
                failed = self._undo(failed)
                open_ = _open(failed.clause, before)
            self._undo_level()
            if open_:
                self._back(failed, *open_)
                return True
        first = failed
        while len(self._trail) > self._assumed:
            failed = self._undo(failed)
        self.core = failed.rows
        if failed is not first:
            self._keep(failed)
        return False

    def _back(self, learned: Reason, axis: int) -> None:
        """Go back as far as the learned clause leaves but this axis, and narrow it."""
        while self._levels and not any(other != axis for other in _open(learned.clause, self._before_level())):
            self._undo_level()
        self._keep(learned)
        self._narrow(axis, self.state[axis] & learned.clause[axis], learned)

    def _before_level(self) -> dict[int, int]:
        """The open cells, before the last trial, of the axes that were narrowed since."""
        return {step.axis: step.before for step in reversed(self._trail[self._levels[-1] :])}

    def _undo(self, failed: Reason) -> Reason:
        """Take one step back, and what follows from the failed clause and the step's reason."""
        axis, before, reason = self._trail.pop()
        self.state[axis] = before
        if reason is None or not failed.clause.get(axis, 0) & before:
            return failed
        return _resolved(failed, reason, axis)

    def _undo_level(self) -> None:
        start = self._levels.pop()
        while len(self._trail) > start:
            axis, before, _ = self._trail.pop()
            self.state[axis] = before

    def _try(self) -> bool:
        """Try one cell of the axis that most live clauses for its open cells look at; False when all are met."""
        solver = self.solver
        shared = solver.shared.stand(self._enabled, self.state).live
        learned = solver.learned.stand(self._known, self.state).live
        if not shared and not learned:
            return False

        def urgency(axis: int) -> float:
            cells = self.state[axis]
            undecided = solver.shared.undecided(axis, cells, shared) + solver.learned.undecided(axis, cells, learned)
            return undecided / cells.bit_count()

        def misses(cell: int) -> int:
            return solver.shared.misses(axis, cell, shared) + solver.learned.misses(axis, cell, learned)

        axis = max(range(len(self.state)), key=urgency)
        cell = min(bits(self.state[axis]), key=misses)
        self._levels.append(len(self._trail))
        self._narrow(axis, 1 << cell, None)
        return True


def _open(clause: Clause, before: dict[int, int]) -> list[int]:
    """The axes on which the clause could still be met before those were narrowed."""
    return [axis for axis, cells in before.items() if clause.get(axis, 0) & cells]


def _resolved(failed: Reason, reason: Reason, axis: int) -> Reason:
    """What follows from both clauses together: on `axis` the cells of both, elsewhere the cells of either."""
    one, other = failed.clause, reason.clause
    clause = {name: one.get(name, 0) | other.get(name, 0) for name in {**one, **other}}
    common = one[axis] & other[axis]
    if common:
        clause[axis] = common
    else:
        del clause[axis]
    return Reason(clause, failed.rows | reason.rows)
