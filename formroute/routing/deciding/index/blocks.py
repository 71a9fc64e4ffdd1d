"""Rows in blocks: every column leaves the rows that take the answers, and only what is left is looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from formroute.conditions import Condition
from formroute.conditions.axes.aspects import Axis
from formroute.conditions.axes.sets import AnswerSet
from formroute.routing.deciding.index.columns import Column, column
from formroute.routing.deciding.index.look import Known, Look
from formroute.routing.deciding.index.rows import Row

_FIRST_BLOCK = 4_096
_GROWTH = 4
_RARE = 16
"""An axis gets a column where at least one row in so many tests it."""


def in_blocks(rows: Sequence[Row], known: Known) -> Block | Blocks:
    """Rows in the order of their routes. The first block is small, for most answers are met early on."""
    blocks: list[Block] = []
    start, size = 0, _FIRST_BLOCK
    while start < len(rows):
        blocks.append(Block(rows[start : start + size], known))
        start, size = start + size, size * _GROWTH
    return blocks[0] if len(blocks) == 1 else Blocks(blocks)


class Blocks:
    """Several blocks, or none."""

    __slots__ = ("_blocks",)

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks

    def first(self, look: Look, before: int) -> int:
        """The first route before this one that is met, or `before`."""
        for block in self._blocks:
            if block.start >= before:
                break
            found = block.first(look, before)
            if found < before:
                return found
        return before

    def met(self, look: Look) -> Iterator[int]:
        """Every route that is met, in order; one with several rows may come several times."""
        for block in self._blocks:
            yield from block.met(look)

    def close(self, look: Look) -> Iterator[tuple[int, int | None]]:
        """The routes, in order, of which all columns but one take the answers, each with the axis of that column.

        None stands for an axis where a row has more than its columns tell. A route with several rows may come
        several times.
        """
        for block in self._blocks:
            yield from block.close(look)


class Block:
    """Bit 0 stands for the last row, so that the first row left is found without a search."""

    __slots__ = ("_all", "_columns", "_left", "_routes", "start")

    def __init__(self, rows: Sequence[Row], known: Known) -> None:
        self._routes = [row.number for row in rows]
        self.start = self._routes[0]
        self._all = (1 << len(rows)) - 1
        columns = dict(_columns(rows, known))
        self._columns = [(one.axis, known.plain(one.axis), one.rows) for one in columns.values()]
        exact = {axis for axis, one in columns.items() if one.exact}
        left = (_Left.of(row, exact, known) for row in rows)
        self._left = {at: one for at, one in enumerate(left) if one is not None}

    def first(self, look: Look, before: int) -> int:
        """See `Blocks.first`."""
        rows, answers = self._all, look.answers
        for axis, question, taking in self._columns:
            position = answers.get(question) if question else None
            rows &= taking(look.position(axis) if position is None else position)
            if not rows:
                return before
        found = next(self._holding(rows, look), before) if self._left else self._routes[-rows.bit_length()]
        return found if found < before else before

    def met(self, look: Look) -> Iterator[int]:
        """See `Blocks.met`."""
        rows = self._all
        for axis, _, taking in self._columns:
            rows &= taking(look.position(axis))
        return self._holding(rows, look)

    def close(self, look: Look) -> Iterator[tuple[int, int | None]]:
        """See `Blocks.close`."""
        rows = nearly = self._all
        columns: list[tuple[int, int]] = []
        for axis, _, taking in self._columns:
            taken = taking(look.position(axis))
            nearly = nearly & taken | rows
            rows &= taken
            columns.append((axis, taken))
        size, left, routes = len(self._routes), self._left, self._routes
        while nearly:
            bits = nearly.bit_length()
            bit = 1 << bits - 1
            nearly ^= bit
            missed = None
            for axis, taken in columns:
                if not taken & bit:
                    missed = axis
                    break
            at = size - bits
            yield routes[at], None if at in left else missed

    def _holding(self, rows: int, look: Look) -> Iterator[int]:
        """The routes of these rows that hold in what no column tells."""
        for at in self._places(rows):
            left = self._left.get(at)
            if left is None or left.holds(look):
                yield self._routes[at]

    def _places(self, rows: int) -> Iterator[int]:
        size = len(self._routes)
        while rows:
            bits = rows.bit_length()
            yield size - bits
            rows ^= 1 << bits - 1


class _Left:
    """What the columns do not tell of a row."""

    __slots__ = ("_conditions", "_tests")

    def __init__(self, tests: list[tuple[int, AnswerSet]], conditions: tuple[Condition, ...]) -> None:
        self._tests, self._conditions = tests, conditions

    @classmethod
    def of(cls, row: Row, exact: set[Axis], known: Known) -> _Left | None:
        """None where the columns tell everything."""
        tests = [(known.number(axis), accepts) for axis, accepts in row.tests.items() if axis not in exact]
        return cls(tests, row.others) if tests or row.others else None

    def holds(self, look: Look) -> bool:
        return all(look.position(axis) in accepts for axis, accepts in self._tests) and all(
            map(look.holds, self._conditions)
        )


def _columns(rows: Sequence[Row], known: Known) -> Iterator[tuple[Axis, Column]]:
    """A column for every axis that enough rows test, the one that most rows test first."""
    counts: dict[Axis, int] = {}
    for row in rows:
        for axis in row.tests:
            counts[axis] = counts.get(axis, 0) + 1
    for axis, count in sorted(counts.items(), key=lambda counted: -counted[1]):
        if count * _RARE >= len(rows):
            found = column(known.number(axis), [row.tests.get(axis) for row in rows])
            if found is not None:
                yield axis, found
