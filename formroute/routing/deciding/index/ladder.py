"""Rows that ask for nothing but numbers on one line: the first route for every stretch of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from heapq import heappop, heappush
from math import inf
from typing import Any

from formroute.conditions.axes.aspects import Axis
from formroute.conditions.axes.sets import EVERYWHERE, Cut, Number
from formroute.routing.deciding.index.look import Known, Look
from formroute.routing.deciding.index.rows import Row

NEVER = 1 << 62
"""After every route."""


class Ladder:
    """A rung for each number at which the first route changes.

    The rungs are the numbers, and then the first route below the first of them, at it, between it and the next, and so
    on: one tuple, for what is fetched from memory takes longer than what is reckoned with it.
    """

    __slots__ = ("_axis", "_blank", "_end", "_question", "_rungs")

    def __init__(self, axis: Axis, rows: Sequence[Row], known: Known) -> None:
        self._axis = known.number(axis)
        self._question = known.plain(self._axis)
        self._blank = next((row.number for row in rows if axis not in row.tests or row.tests[axis].blank), NEVER)
        inside = _Inside(axis, rows)
        numbers: list[Number] = []
        firsts = [inside.first]
        for number in sorted({cut.at for cut in inside.turning}):
            rung = [inside.beyond(Cut(number)), inside.beyond(Cut(number, after=True))]
            if rung != [firsts[-1]] * 2:
                numbers.append(number)
                firsts += rung
        self._end = len(numbers)
        self._rungs = (*numbers, inf, *firsts)

    def first(self, look: Look, before: int) -> int:
        """See `Finder.first`."""
        position: Any = look.answers.get(self._question)
        if position is None:
            position = look.position(self._axis)
            if position is None:
                return min(self._blank, before)
        rungs, end = self._rungs, self._end
        rung = bisect_left(rungs, position, 0, end)
        found = rungs[end + 1 + 2 * rung + (rungs[rung] == position)]
        return found if found < before else before


class _Inside:
    """The rows that take a position, as it moves along the line."""

    def __init__(self, axis: Axis, rows: Sequence[Row]) -> None:
        self.turning: dict[Cut, list[int]] = {}
        self._inside: set[int] = set()
        self._rows = rows
        for place, row in enumerate(rows):
            accepts: Any = row.tests.get(axis, EVERYWHERE)
            if accepts.starts:
                self._inside.add(place)
            for cut in accepts.cuts:
                self.turning.setdefault(cut, []).append(place)
        self._waiting = sorted(self._inside)

    def beyond(self, cut: Cut) -> int:
        """The first route right after this cut, which comes after all that were asked for before."""
        for place in self.turning.get(cut, ()):
            self._inside ^= {place}
            if place in self._inside:
                heappush(self._waiting, place)
        return self.first

    @property
    def first(self) -> int:
        """The first route that takes the position."""
        while self._waiting and self._waiting[0] not in self._inside:
            heappop(self._waiting)
        return self._rows[self._waiting[0]].number if self._waiting else NEVER
