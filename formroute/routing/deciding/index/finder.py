"""Finding the first route: the rows are split by values until little is left to ask.

A split leaves only the rows for the value at hand and those that name none, its rest: these are copied to the rows of
every value where that is little to keep, and asked after them where it is much. What is left may be split again by
another axis. Where one line of numbers is all that is left, a ladder tells the first route at once.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from operator import attrgetter
from typing import Any, Protocol

from formroute.conditions.axes.aspects import Axis
from formroute.conditions.axes.sets import Spans, Values
from formroute.routing.deciding.index.blocks import in_blocks
from formroute.routing.deciding.index.ladder import NEVER, Ladder
from formroute.routing.deciding.index.look import Known, Look
from formroute.routing.deciding.index.rows import Row

_SPLIT_FROM = 4
_MOST_COPIES = 8
_MOST_ROOM = 32
_MOST_SPLITS = 4
_WORTH_IT = 0.75


class Finder(Protocol):
    """Rows among which the first can be found."""

    def first(self, look: Look, before: int) -> int:
        """The first route before this one that is met, or `before`."""


def finder(rows: Sequence[Row], known: Known, splits: int = _MOST_SPLITS, room: float = _MOST_ROOM) -> Finder:
    """The rows as they are found fastest. Each may be copied into so many parts as there is `room` for."""
    rows = _up_to_any(rows)
    axes = {axis for row in rows for axis in row.tests}
    if len(axes) == 1 and not any(row.others for row in rows):
        (axis,) = axes
        if all(isinstance(accepts, Spans) for row in rows for accepts in row.tests.values()):
            return Ladder(axis, rows, known)
    best = _best(rows, room) if splits and len(rows) >= _SPLIT_FROM else None
    return in_blocks(rows, known) if best is None else _Split(best, rows, known, splits, room)


class _Split(dict[Hashable, Finder]):
    """The rows by their values on one axis, each part made when first needed, and the rows without such values."""

    __slots__ = ("_axis", "_copied", "_known", "_question", "_rest", "_rest_from", "_room", "_rows", "_splits")

    def __init__(self, axis: Axis, rows: Sequence[Row], known: Known, splits: int, room: float) -> None:
        self._axis, self._known = known.number(axis), known
        self._question = known.plain(self._axis)
        self._rows: dict[Hashable, list[Row]] = {}
        rest = []
        for row in rows:
            values = _split_by(row, axis)
            if values is None:
                rest.append(row)
                continue
            without = Row(row.number, {one: accepts for one, accepts in row.tests.items() if one != axis}, row.others)
            for value in values:
                self._rows.setdefault(value, []).append(without)
        parted = sum(map(len, self._rows.values()))
        copied = parted + len(rest) * len(self._rows)
        self._copied = rest if copied <= room * len(rows) else []
        self._splits, self._room = splits - 1, room * len(rows) / (copied if self._copied else parted)
        self._rest = finder(rest, known, splits - 1, room)
        self._rest_from = rest[0].number if rest and not self._copied else NEVER

    def first(self, look: Look, before: int) -> int:
        """See `Finder.first`."""
        value: Any = look.answers.get(self._question)
        if value is None:
            value = look.position(self._axis)
        part = self.get(value)
        if part is None:
            part = self._made(value)
            if part is None:
                return self._rest.first(look, before)
        before = part.first(look, before)
        return before if before <= self._rest_from else self._rest.first(look, before)

    def _made(self, value: Hashable) -> Finder | None:
        rows = self._rows.get(value)
        if rows is None:
            return None
        rows = sorted([*rows, *self._copied], key=attrgetter("number"))
        part = self[value] = finder(rows, self._known, self._splits, self._room)
        return part


def _up_to_any(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows up to the first that asks for nothing: no later one comes first."""
    last = next((at for at, row in enumerate(rows) if not row.tests and not row.others), len(rows))
    return rows[: last + 1]


def _best(rows: Sequence[Row], room: float) -> Axis | None:
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
    left = {
        axis: len(rows) - tested[axis] + places[axis] / len(values[axis])
        for axis in places
        if places[axis] <= room * tested[axis]
    }
    best = min(left, key=left.__getitem__, default=None)
    return best if best is not None and left[best] <= _WORTH_IT * len(rows) else None


def _split_by(row: Row, axis: Axis) -> frozenset[Hashable] | None:
    """The few values on which the row is met, if these are few."""
    accepts = row.tests.get(axis)
    if not isinstance(accepts, Values) or accepts.rest or accepts.blank or len(accepts.members) > _MOST_COPIES:
        return None
    return accepts.members
