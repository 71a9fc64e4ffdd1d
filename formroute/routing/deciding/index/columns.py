"""Columns of a table: for each position on one axis the rows that take it, as the bits of a number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from formroute.conditions.axes.sets import AnswerSet, Spans, Values

MOST_ENTRIES = 512


@dataclass(frozen=True, slots=True)
class Column:
    """One axis; `rows` gives for a position the bits of the rows that take it and of those that do not test the axis.

    Where `exact` is false a row may be among those that take a position without doing so.
    """

    axis: int
    rows: Callable[[Any], int]
    exact: bool = True


def column(axis: int, accepts: Sequence[AnswerSet | None]) -> Column | None:
    """The column of what each row accepts (None: it does not test the axis); None where they are of several sorts."""
    size = len(accepts)
    tested = [(bit, one) for bit, one in enumerate(reversed(accepts)) if one is not None]
    spans = [(bit, one) for bit, one in tested if isinstance(one, Spans)]
    if len(spans) == len(tested):
        stretches = _Stretches(spans, size)
        return Column(axis, stretches.__getitem__, stretches.exact)
    values = [(bit, one) for bit, one in tested if isinstance(one, Values)]
    if len(values) < len(tested):
        return None
    entries = _Entries(values, size)
    return Column(axis, entries.__getitem__, entries.exact)


class _Entries(dict[Any, int]):
    """An entry for each value that a set names, one for blank, and one for all other answers.

    Where these are many, several values share an entry, which has the rows that take any of them.
    """

    __slots__ = ("_rest", "exact")

    def __init__(self, sets: Sequence[tuple[int, Values]], size: int) -> None:
        untested = _everything(size) ^ _bits((bit for bit, _ in sets), size)
        named: dict[Hashable, list[int]] = {}
        for bit, one in sets:
            for value in one.members:
                named.setdefault(value, []).append(bit)
        self._rest = untested | _bits((bit for bit, one in sets if one.rest), size)
        self.exact = len(named) <= MOST_ENTRIES
        shared = [0] * min(len(named), MOST_ENTRIES)
        for number, bits in enumerate(named.values()):
            shared[number % MOST_ENTRIES] |= self._rest ^ _bits(bits, size)
        super().__init__({value: shared[number % MOST_ENTRIES] for number, value in enumerate(named)})
        self[None] = untested | _bits((bit for bit, one in sets if one.blank), size)

    def __missing__(self, _value: object) -> int:
        return self._rest


class _Stretches(dict[Any, int]):
    """An entry for each number at which a set begins or ends, and one for each stretch between two of them.

    Where these are many, only every so-manieth number counts; a stretch then has all rows that take any of it. As
    a dict it keeps what was found for the first positions that were asked for.
    """

    __slots__ = ("_entries", "_numbers", "exact")

    def __init__(self, sets: Sequence[tuple[int, Spans]], size: int) -> None:
        untested = _everything(size) ^ _bits((bit for bit, _ in sets), size)
        super().__init__()
        self[None] = untested | _bits((bit for bit, one in sets if one.blank), size)
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

    def __missing__(self, position: Any) -> int:
        number = bisect_left(self._numbers, position)
        here = number < len(self._numbers) and self._numbers[number] == position
        rows = self._entries[2 * number + here]
        if len(self) < MOST_ENTRIES:
            self[position] = rows
        return rows


def _everything(size: int) -> int:
    return (1 << size) - 1


def _bits(numbers: Iterable[int], size: int) -> int:
    """A number with these bits; made byte by byte, so that many bits cost little."""
    found = bytearray(size // 8 + 1)
    for number in numbers:
        found[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(found, "little")
