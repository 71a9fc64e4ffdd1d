"""Branches of a survey that lie side by side, and those that wait until they are looked at."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from formroute.conditions.proof.words import Numbers, Words

_MOST_WORDS_WAITING = 1 << 22


class Branches(NamedTuple):
    """Of each branch the clauses not yet met, the number of the option chosen on each axis, and its share of the whole.

    An axis on which nothing is chosen has a number below none.
    """

    unmet: Words
    chosen: NDArray[np.int32]
    share: NDArray[np.float64]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.share)

    def of(self, which: Numbers) -> Branches:
        """Some of them."""
        return Branches(self.unmet.take(which, axis=1), self.chosen.take(which, axis=1), self.share[which])

    def split(self, size: int) -> list[Branches]:
        """So many of them, and the others."""
        return [Branches(*parts) for parts in zip(*(np.split(part, [size], axis=-1) for part in self), strict=True)]

    def portions(self, size: int) -> list[Branches]:
        """All of them, at most so many together."""
        starts = range(size, self.size, size)
        return [Branches(*parts) for parts in zip(*(np.split(part, starts, axis=-1) for part in self), strict=True)]


class Waiting:
    """Branches that wait, by which of their axes are open (a bit each); `share` is that of all of them."""

    def __init__(self) -> None:
        self.share = 0.0
        self._groups: dict[int, list[Branches]] = {}
        self._sizes: dict[int, int] = {}
        self._words = 0

    def __bool__(self) -> bool:
        return bool(self._groups)

    def add(self, open_: int, branches: Branches) -> None:
        """Let them wait."""
        if branches.size:
            self._groups.setdefault(open_, []).append(branches)
            self._count(open_, branches, 1)

    def take(self, most: int) -> tuple[int, Branches]:
        """At most so many that have the same axes open, those of few axes first.

        As long as there is room, small groups wait until more have come: a hundred branches cost little more than one.
        """
        open_ = self._next(most)
        group, taken, size = self._groups[open_], [], 0
        while group and size < most:
            some, *others = group.pop().split(most - size)
            group += [one for one in others if one.size]
            taken.append(some)
            size += some.size
        branches = Branches(*(np.concatenate(parts, axis=-1) for parts in zip(*taken, strict=True)))
        self._count(open_, branches, -1)
        if not group:
            del self._groups[open_], self._sizes[open_]
        return open_, branches

    def _next(self, most: int) -> int:
        full = [open_ for open_, size in self._sizes.items() if size >= most]
        if full or self._words > _MOST_WORDS_WAITING:
            return min(full or self._sizes, key=int.bit_count)
        return max(self._sizes, key=self._sizes.__getitem__)

    def _count(self, open_: int, branches: Branches, sign: int) -> None:
        self._sizes[open_] = self._sizes.get(open_, 0) + sign * branches.size
        self._words += sign * branches.unmet.size
        self.share += sign * float(branches.share.sum())
