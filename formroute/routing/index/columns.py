"""Columns of a table: for each position on one axis the rows that take it, as the bits of a number."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from typing_extensions import override

from formroute.conditions.sets import AnswerSet, Spans, Values

MOST_ENTRIES = 512


class Column(ABC):
    """One axis; where `exact` is false a row may be among those that take a position without doing so."""

    __slots__ = ("axis", "exact")
    axis: int
    exact: bool

    @abstractmethod
    def rows(self, position: Any) -> int:
        """The bits of the rows that take a position, and of those that do not test the axis."""


def column(axis: int, accepts: Sequence[AnswerSet | None]) -> Column | None:
    """The column of what each row accepts (None: it does not test the axis); None where it would grow too large."""
    tested = [(bit, one) for bit, one in enumerate(reversed(accepts)) if one is not None]
    spans = [(bit, one) for bit, one in tested if isinstance(one, Spans)]
    if len(spans) == len(tested):
        return _SpanColumn(axis, spans, len(accepts))
    values = [(bit, one) for bit, one in tested if isinstance(one, Values)]
    if len(values) < len(tested) or len({value for _, one in values for value in one.members}) > MOST_ENTRIES:
        return None
    return _ValueColumn(axis, values, len(accepts))


class _ValueColumn(Column):
    """An entry for each value that a set names, one for blank, and one for all other answers."""

    __slots__ = ("_entries", "_rest")

    def __init__(self, axis: int, sets: Sequence[tuple[int, Values]], size: int) -> None:
        self.axis, self.exact = axis, True
        untested = _everything(size) ^ _bits((bit for bit, _ in sets), size)
        named: dict[Hashable, list[int]] = {}
        for bit, one in sets:
            for value in one.members:
                named.setdefault(value, []).append(bit)
        self._rest = untested | _bits((bit for bit, one in sets if one.rest), size)
        self._entries = {value: self._rest ^ _bits(bits, size) for value, bits in named.items()}
        self._entries[None] = untested | _bits((bit for bit, one in sets if one.blank), size)

    @override
    def rows(self, position: Any) -> int:
        return self._entries.get(position, self._rest)


class _SpanColumn(Column):
    """An entry for each number at which a set begins or ends, and one for each stretch between two of them.

    Where these are many, only every so-manieth number counts; a stretch then has all rows that take any of it.
    """

    __slots__ = ("_blank", "_entries", "_numbers")

    def __init__(self, axis: int, sets: Sequence[tuple[int, Spans]], size: int) -> None:
        self.axis = axis
        untested = _everything(size) ^ _bits((bit for bit, _ in sets), size)
        self._blank = untested | _bits((bit for bit, one in sets if one.blank), size)
        numbers = sorted({cut.at for _, one in sets for cut in one.cuts})
        step = -(-len(numbers) // MOST_ENTRIES) or 1
        self.exact = step == 1
        self._numbers = numbers[step - 1 :: step]
        turning: dict[tuple[Any, bool], list[int]] = {}
        for bit, one in sets:
            for cut in one.cuts:
                turning.setdefault((cut.at, cut.after), []).append(bit)
        rows = untested | _bits((bit for bit, one in sets if one.starts), size)
        self._entries = [rows]
        kept = set(self._numbers)
        for number in numbers:
            at = rows ^ _bits(turning.get((number, False), ()), size)
            rows = at ^ _bits(turning.get((number, True), ()), size)
            if number in kept:
                self._entries += [at, rows]
            else:
                self._entries[-1] |= at | rows

    @override
    def rows(self, position: Any) -> int:
        if position is None:
            return self._blank
        number = bisect_left(self._numbers, position)
        here = number < len(self._numbers) and self._numbers[number] == position
        return self._entries[2 * number + here]


def _everything(size: int) -> int:
    return (1 << size) - 1


def _bits(numbers: Iterable[int], size: int) -> int:
    """A number with these bits; made byte by byte, so that many bits cost little."""
    found = bytearray(size // 8 + 1)
    for number in numbers:
        found[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(found, "little")
