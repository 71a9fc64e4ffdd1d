"""The routes of one form, ready to be found: a decision costs the same among ten and among a hundred thousand.

The rows are split by the values of one axis, so that only those for the value at hand and those that do not
split are looked at; these may split again by another axis. What is left lies in blocks of columns.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from heapq import merge

from formroute.conditions import Condition, Moment
from formroute.conditions.aspects import Axis
from formroute.conditions.condition import Answers
from formroute.conditions.sets import Values
from formroute.routing.index.blocks import in_blocks
from formroute.routing.index.look import Known, Line, Look, Rows, lines_of
from formroute.routing.index.rows import Row, rows_of

_SPLIT_FROM = 64
_MOST_COPIES = 8
_MOST_SPLITS = 4
_WORTH_IT = 0.75


class Index:
    """Conditions by their places in a row; it is made when it is first asked, and in parts."""

    __slots__ = ("_built", "_conditions", "_lines")

    def __init__(self, conditions: Iterable[Condition]) -> None:
        self._conditions = tuple(conditions)
        self._built: tuple[Known, Rows] | None = None
        self._lines: dict[int, list[Line]] = {}

    def look(self, answers: Answers, moment: Moment) -> Look:
        """The conditions as these answers meet them."""
        built = self._built
        if built is None:
            built = self._built = _built(self._conditions)
        return Look(answers, moment, *built)

    def failing(self, number: int, look: Look) -> int | None:
        """The number of the first part of a condition that does not hold; None when all of it holds."""
        lines = self._lines.get(number)
        if lines is None:
            assert self._built is not None  # noqa: S101
            lines = self._lines[number] = lines_of(self._conditions[number], self._built[0])
        return look.failing(lines)


def _built(conditions: Sequence[Condition]) -> tuple[Known, Rows]:
    rows = [row for number, condition in enumerate(conditions) for row in rows_of(number, condition)]
    axes = dict.fromkeys(axis for row in rows for axis in row.tests)
    others = dict.fromkeys(other for row in rows for other in row.others)
    known = Known(list(axes), list(others))
    return known, _rows(rows, known, _MOST_SPLITS)


class _Split:
    """The rows by their values on one axis, each part made when first needed, and the rows without such values."""

    __slots__ = ("_axis", "_known", "_made", "_parts", "_question", "_rest")

    def __init__(self, axis: Axis, rows: Sequence[Row], known: Known, splits: int) -> None:
        self._axis, self._known = known.axes[axis], known
        self._question = known.plain(self._axis)
        self._parts: dict[Hashable, list[Row]] = {}
        rest = []
        for row in rows:
            values = _split_by(row, axis)
            if values is None:
                rest.append(row)
                continue
            without = Row(row.number, {one: accepts for one, accepts in row.tests.items() if one != axis}, row.others)
            for value in values:
                self._parts.setdefault(value, []).append(without)
        self._made: dict[Hashable, Rows] = {}
        self._rest = _rows(rest, known, splits - 1) if rest else None

    def first(self, look: Look, before: int) -> int:
        """See `Rows.first`."""
        part = self._part(look)
        if part is not None:
            before = part.first(look, before)
        return before if self._rest is None else self._rest.first(look, before)

    def met(self, look: Look) -> Iterator[int]:
        """See `Rows.met`."""
        for rows in self._both(look):
            yield from rows.met(look)

    def close(self, look: Look) -> Iterator[int]:
        """See `Rows.close`."""
        return merge(*(rows.close(look) for rows in self._both(look)))

    def _both(self, look: Look) -> list[Rows]:
        return [rows for rows in (self._part(look), self._rest) if rows is not None]

    def _part(self, look: Look) -> Rows | None:
        value = None if self._question is None else look.answers.get(self._question)
        if value is None:
            value = look.position(self._axis)
        part = self._made.get(value)
        if part is None and value in self._parts:
            part = self._made[value] = in_blocks(self._parts[value], self._known)
        return part


def _rows(rows: Sequence[Row], known: Known, splits: int) -> Rows:
    axis = _best_axis(rows) if splits and len(rows) >= _SPLIT_FROM else None
    return in_blocks(rows, known) if axis is None else _Split(axis, rows, known, splits)


def _best_axis(rows: Sequence[Row]) -> Axis | None:
    """The axis whose values leave the fewest rows to look at, None when that is not much less than all."""
    places: dict[Axis, int] = {}
    values: dict[Axis, set[Hashable]] = {}
    tested: dict[Axis, int] = {}
    for row in rows:
        for axis in row.tests:
            found = _split_by(row, axis)
            if found is not None:
                places[axis] = places.get(axis, 0) + len(found)
                tested[axis] = tested.get(axis, 0) + 1
                values.setdefault(axis, set()).update(found)
    left = {axis: len(rows) - tested[axis] + places[axis] / len(values[axis]) for axis in places}
    best = min(left, key=left.__getitem__, default=None)
    return best if best is not None and left[best] <= _WORTH_IT * len(rows) else None


def _split_by(row: Row, axis: Axis) -> frozenset[Hashable] | None:
    """The few values on which the row is met, if these are few."""
    accepts = row.tests.get(axis)
    if not isinstance(accepts, Values) or accepts.rest or accepts.blank or len(accepts.members) > _MOST_COPIES:
        return None
    return accepts.members
