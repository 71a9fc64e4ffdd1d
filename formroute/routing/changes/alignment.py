"""Two versions of a table beside each other: which rows are the same in both, and all rows of both in one line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Alignment:
    """Rows of an old and of a new table by their numbers, as many of them the same as there can be in one order.

    `new_of` has for each old row that is the same in both its number in the new table, `old_of` the other way round.
    Of equal rows in one table only the first counts; nothing reaches the others.
    """

    def __init__(self, old: Sequence[object], new: Sequence[object]) -> None:
        self.new_of = dict(_longest(_shared(old, new)))
        self.old_of = {other: one for one, other in self.new_of.items()}

    def merged(self, old: Sequence[T], new: Sequence[T]) -> tuple[list[T], Mapping[int, int]]:
        """The rows of both tables in one line, and where in it those stand that are the same in both.

        Before each of these stands just what stands before it in either table.
        """
        line: list[T] = []
        places: dict[int, int] = {}
        first = second = 0
        for one, other in self.new_of.items():
            line += [*old[first:one], *new[second:other]]
            places[one] = len(line)
            line.append(old[one])
            first, second = one + 1, other + 1
        return [*line, *old[first:], *new[second:]], places


def _shared(old: Sequence[object], new: Sequence[object]) -> list[tuple[int, int]]:
    """The numbers of what stands in both, in the order of the old one."""
    known: dict[object, int] = {}
    first, second = ([known.setdefault(row, len(known)) for row in rows] for rows in (old, new))
    places = _firsts(second)
    return [(number, places[row]) for row, number in _firsts(first).items() if row in places]


def _firsts(rows: Sequence[int]) -> dict[int, int]:
    """Where each row stands first, in their order."""
    found: dict[int, int] = {}
    for number, row in enumerate(rows):
        found.setdefault(row, number)
    return found


def _longest(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The most of these pairs that can be in one order on both sides (patience sorting)."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for number, (_, other) in enumerate(pairs):
        at = bisect_left(ends, other)
        before.append(last[at - 1] if at else None)
        ends[at : at + 1] = [other]
        last[at : at + 1] = [number]
    chain: list[int] = []
    link = last[-1] if last else None
    while link is not None:
        chain.append(link)
        link = before[link]
    return (pairs[number] for number in reversed(chain))
