"""The routes of one form, ready to be found: a decision costs the same among ten and among a hundred thousand.

The rows are split by the values of one axis, so that only those for the value at hand and those that do not
split are looked at; these may split again by another axis. What is left lies in blocks of columns.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from formroute.conditions import Condition, Moment
from formroute.conditions.aspects import Axis
from formroute.conditions.condition import Answers
from formroute.conditions.sets import Values
from formroute.routing.index.blocks import Blocks, Numbers
from formroute.routing.index.rows import Row, rows_of
from formroute.routing.index.seen import Seen

_SPLIT_FROM = 64
_MOST_COPIES = 8
_MOST_SPLITS = 4
_WORTH_IT = 0.75


class Index:
    """Conditions by their places in a row; it is made when it is first asked, and in parts."""

    __slots__ = ("_built", "_conditions")

    def __init__(self, conditions: Iterable[Condition]) -> None:
        self._conditions = tuple(conditions)
        self._built: _Built | None = None

    def first(self, answers: Answers, moment: Moment) -> int | None:
        """The place of the first condition that is met."""
        built = self._ready()
        none = len(self._conditions)
        found = built.rows.first(built.seen(answers, moment), none)
        return None if found == none else found

    def met(self, answers: Answers, moment: Moment) -> list[int]:
        """The places of all conditions that are met, in order."""
        built = self._ready()
        return sorted(set(built.rows.met(built.seen(answers, moment))))

    def close(self, answers: Answers, moment: Moment) -> list[int]:
        """The places of the conditions that the answers meet or come close to: see `Blocks.close`."""
        built = self._ready()
        return sorted(set(built.rows.close(built.seen(answers, moment))))

    def _ready(self) -> _Built:
        if self._built is None:
            self._built = _Built(self._conditions)
        return self._built


class _Built:
    """The numbers of axes and conditions, and the rows."""

    __slots__ = ("_axes", "_conditions", "rows")

    def __init__(self, conditions: Sequence[Condition]) -> None:
        rows = [row for number, condition in enumerate(conditions) for row in rows_of(number, condition)]
        axes = {axis: axis for row in rows for axis in row.tests}
        others = {other: other for row in rows for other in row.others}
        self._axes, self._conditions = list(axes), list(others)
        numbers = _numbered(self._axes), _numbered(self._conditions)
        self.rows: _Rows = _rows(rows, numbers, _MOST_SPLITS)

    def seen(self, answers: Answers, moment: Moment) -> Seen:
        return Seen(answers, moment, self._axes, self._conditions)


class _Split:
    """The rows by their values on one axis, each part made when first needed, and the rows without such values."""

    __slots__ = ("_axis", "_made", "_numbers", "_parts", "_rest")

    def __init__(self, axis: Axis, rows: Sequence[Row], numbers: Numbers, splits: int) -> None:
        self._axis, self._numbers = numbers[0][axis], numbers
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
        self._made: dict[Hashable, Blocks] = {}
        self._rest = _rows(rest, numbers, splits - 1)

    def first(self, seen: Seen, before: int) -> int:
        """The first route before this one that is met, or `before`."""
        return self._rest.first(seen, self._part(seen).first(seen, before))

    def met(self, seen: Seen) -> Iterator[int]:
        """Every route that is met."""
        yield from self._part(seen).met(seen)
        yield from self._rest.met(seen)

    def close(self, seen: Seen) -> Iterator[int]:
        """See `Blocks.close`."""
        yield from self._part(seen).close(seen)
        yield from self._rest.close(seen)

    def _part(self, seen: Seen) -> Blocks:
        value = seen.position(self._axis)
        part = self._made.get(value)
        if part is None:
            rows = self._parts.get(value)
            if rows is None:
                return _NOTHING
            part = self._made[value] = Blocks(rows, self._numbers)
        return part


_Rows = Blocks | _Split
_NOTHING = Blocks((), ({}, {}))


def _rows(rows: Sequence[Row], numbers: Numbers, splits: int) -> _Rows:
    axis = _best_axis(rows) if splits and len(rows) >= _SPLIT_FROM else None
    return Blocks(rows, numbers) if axis is None else _Split(axis, rows, numbers, splits)


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


def _numbered(things: Iterable[Axis] | Iterable[Condition]) -> dict:  # type: ignore[type-arg]
    return {thing: number for number, thing in enumerate(things)}
