"""One axis cut into cells that no test tells apart, and sets of cells as bits of a number.

Bit 0 is blank. Two positions share a cell when every set that occurs on the axis takes both or neither, so
that a search over cells is a search over all answers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from typing_extensions import override

from formroute.conditions.axes.sets import AnswerSet, Spans, Values

BLANK = 1
_LONG = 2048


class Cells(ABC):
    """The cells of one axis; `everything` has the bits of blank and of all cells that an answer can lie in."""

    __slots__ = ("everything",)
    everything: int

    @staticmethod
    def of(space: AnswerSet, sets: Iterable[AnswerSet]) -> Cells:
        """The cells into which `sets` cut the possible positions `space`."""
        if isinstance(space, Spans):
            return _SpanCells(space, (one for one in sets if isinstance(one, Spans)))
        return _ValueCells(Values.narrowed(space), (one for one in sets if isinstance(one, Values)))

    @abstractmethod
    def mask(self, accepts: AnswerSet) -> int:
        """The bits of the cells in one of the sets that cut the axis."""

    @abstractmethod
    def union(self, mask: int) -> AnswerSet:
        """The positions in the cells of these bits, without blank."""


class _ValueCells(Cells):
    """A cell for each value that a set names, and one for all others together."""

    __slots__ = ("_bits", "_named", "_rest", "_space")

    def __init__(self, space: Values, sets: Iterable[Values]) -> None:
        named = {value for one in sets for value in one.members if value in space}
        self._space = space
        self._named = sorted(named, key=repr)
        self._bits = {value: 2 << number for number, value in enumerate(self._named)}
        others = space - Values(frozenset(named))
        self._rest = 0 if others.is_empty else 2 << len(named)
        self.everything = sum(self._bits.values()) + self._rest + BLANK

    @override
    def mask(self, accepts: AnswerSet) -> int:
        values = Values.narrowed(accepts)
        named = sum(self._bits.get(value, 0) for value in values.members)
        answered = (self.everything ^ BLANK ^ named) if values.rest else named
        return answered | (BLANK if accepts.blank else 0)

    @override
    def union(self, mask: int) -> AnswerSet:
        chosen = frozenset(self._named[number] for number in bits((mask & ~self._rest) >> 1))
        return self._space - Values(frozenset(self._named) - chosen) if mask & self._rest else Values(chosen)


class _SpanCells(Cells):
    """A cell between each two neighbouring cuts, from the far left to the far right."""

    __slots__ = ("_cuts", "_numbers")

    def __init__(self, space: Spans, sets: Iterable[Spans]) -> None:
        self._cuts = sorted({cut for one in (space, *sets) for cut in one.cuts})
        self._numbers = {cut: number for number, cut in enumerate(self._cuts)}
        self.everything = (1 << len(self._cuts) + 2) - 1
        self.everything = self.mask(space) | BLANK

    @override
    def mask(self, accepts: AnswerSet) -> int:
        spans = Spans.narrowed(accepts)
        mask = -2 if spans.starts else 0
        for cut in spans.cuts:
            mask ^= -4 << self._numbers[cut]
        return (mask | (BLANK if accepts.blank else 0)) & self.everything

    @override
    def union(self, mask: int) -> AnswerSet:
        mask &= ~BLANK
        edges = (mask ^ mask << 1) >> 2
        return Spans(tuple(self._cuts[number] for number in bits(edges) if number < len(self._cuts)), bool(mask & 2))


class Absent(Cells):
    """The only cell of a question that is not asked: blank."""

    __slots__ = ()
    everything = BLANK

    @override
    def mask(self, accepts: AnswerSet) -> int:
        return BLANK if accepts.blank else 0

    @override
    def union(self, mask: int) -> AnswerSet:
        return Values()


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, the lowest first.

    A long mask is halved: finding a bit costs the length of all that is left.
    """
    if (length := mask.bit_length()) > _LONG:
        half = length // 2
        upper = mask >> half
        yield from bits(mask ^ upper << half)
        for number in bits(upper):
            yield number + half
        return
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
