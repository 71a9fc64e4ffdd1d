"""The routes that decide one form as rows of sets, found by what they take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from formroute.conditions import ALWAYS, All, Calendar, Condition, Test
from formroute.conditions.axes.aspects import Axis
from formroute.conditions.axes.sets import EVERYWHERE, AnswerSet, Values
from formroute.routing.changes.receipt import received_on
from formroute.routing.deciding.router import UNROUTED, Router
from formroute.routing.deciding.table import Outputs, parts
from formroute.routing.department import takers
from formroute.routing.written.duration import Duration

Box = Mapping[Axis, AnswerSet]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is noticed of a decision: `send_to` handles it, None where neither a route nor a fallback takes it."""

    send_to: str | None
    priority: str | None
    respond_within: Duration | None


@dataclass(frozen=True)
class Rows:
    """The routes that decide one form and, behind them, what becomes of the rest.

    A route has a row for each department that handles what it sends, for the days on which it does.
    """

    names: Sequence[str | None]
    conditions: Sequence[Condition]
    outcomes: Sequence[Outcome]
    outputs: Sequence[Outputs]
    calendars: Sequence[Calendar]

    @classmethod
    def of(cls, form: str, router: Router, seen: Callable[[Condition], Condition]) -> Self:
        """Those of a router, their conditions as they are `seen`."""
        said = [(one.name, one.condition, one.outputs) for one in router.plans[form].decides.routes_of(form)]
        rest = Outputs(router.settings.fallback, priority=router.settings.priority, tags=(UNROUTED,))
        rows = [row for one in (*said, (None, ALWAYS, rest)) for row in _handled(*one, router)]
        names, conditions, outputs = zip(*rows, strict=True)
        outcomes = [Outcome(one.send_to, one.priority, one.respond_within) for one in outputs]
        calendars = [router.calendar_of(one.send_to) for one in outcomes]
        return cls(names, list(map(seen, conditions)), outcomes, outputs, calendars)

    @cached_property
    def boxes(self) -> list[Box]:
        """For each row the sets that its answers lie in at least."""
        return [_box(condition) for condition in self.conditions]

    def takes_all(self, row: int, box: Box) -> bool:
        """Whether it is plain that a row takes all of a box, without any proof."""
        own = self.boxes[row]
        if not all(isinstance(part, Test) for part in parts(self.conditions[row])):
            return False
        return all(axis in box and (box[axis] - accepts).is_empty for axis, accepts in own.items())

    def along(self, row: int) -> Outputs:
        """What else a row gives: copies, tags, values, who is told of it, and notices."""
        return replace(self.outputs[row], send_to=None, priority=None, respond_within=None)

    def keys(self) -> list[tuple[Condition, Outcome]]:
        """What makes rows of two tables the same."""
        return list(zip(self.conditions, self.outcomes, strict=True))


def _handled(
    name: str | None, condition: Condition, outputs: Outputs, router: Router
) -> Iterator[tuple[str | None, Condition, Outputs]]:
    """A row for each department that handles what is sent so, with the days of receipt on which it does."""
    for department, days in takers(outputs.send_to, router.departments) if outputs.send_to else ():
        if days == EVERYWHERE:
            yield name, condition, outputs if department == outputs.send_to else replace(outputs, send_to=department)
        elif not days.on_grid(0).is_empty:
            yield name, All((*parts(condition), received_on(days))), replace(outputs, send_to=department)
    if outputs.send_to is None:
        yield name, condition, outputs


class Column:
    """Rows found by the values that they take on one axis, with the rows that take any value there."""

    def __init__(self, boxes: Sequence[Box], split: Axis | None) -> None:
        self._boxes, self._split = boxes, split
        self._rest: list[int] = []
        self._rows: dict[object, list[int]] = {}
        for number, box in enumerate(boxes):
            values = _values(box, split)
            for value in values or ():
                self._rows.setdefault(value, []).append(number)
            if values is None:
                self._rest.append(number)

    def near(self, box: Box, before: int | None = None) -> list[int]:
        """The rows that may share submissions with the box, in their order, all or those `before` one of them."""
        end = len(self._boxes) if before is None else before
        values = _values(box, self._split)
        if values is None:
            rows: Iterable[int] = range(end)
        else:
            rows = sorted({*self._rest, *(row for value in values for row in self._rows.get(value, ()))})
        return [row for row in rows if row < end and _meet(box, self._boxes[row])]


def split_of(boxes: Iterable[Box]) -> Axis | None:
    """The axis whose single values tell most rows apart."""
    found: dict[Axis, set[object]] = {}
    for box in boxes:
        for axis, accepts in box.items():
            if isinstance(accepts, Values) and not accepts.rest:
                found.setdefault(axis, set()).update(accepts.members)
    return max(found, key=lambda axis: len(found[axis]), default=None)


def _values(box: Box, axis: Axis | None) -> list[object] | None:
    """The values on an axis, blank among them; None for any."""
    accepts = None if axis is None else box.get(axis)
    if not isinstance(accepts, Values) or accepts.rest:
        return None
    return [*accepts.members, *([None] if accepts.blank else [])]


def _box(condition: Condition) -> Box:
    box: dict[Axis, AnswerSet] = {}
    for part in parts(condition):
        if isinstance(part, Test):
            box[part.axis] = box[part.axis] & part.accepts if part.axis in box else part.accepts
    return box


def both(one: Box, other: Box) -> Box:
    """The sets that the answers lie in that lie in both."""
    return {**one, **{axis: one[axis] & accepts if axis in one else accepts for axis, accepts in other.items()}}


def _meet(one: Box, other: Box) -> bool:
    for axis, accepts in other.items():  # noqa: SIM110  (large comparisons spend half of their time here)
        if axis in one and one[axis].isdisjoint(accepts):
            return False
    return True
