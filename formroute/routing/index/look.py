"""One submission looked at through an index: each position and each condition is told once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from formroute.conditions import All, Condition, Moment, Test
from formroute.conditions.aspects import Axis, Value
from formroute.conditions.condition import Answers
from formroute.conditions.sets import AnswerSet

_Aspect = Callable[[Any, Moment], Hashable]


class Rows(Protocol):
    """Rows that can be found."""

    def first(self, look: Look, before: int) -> int:
        """The first route before this one that is met, or `before`."""

    def met(self, look: Look) -> Iterator[int]:
        """Every route that is met."""

    def close(self, look: Look) -> Iterator[int]:
        """The routes, in order, of which all columns but one take the answers, and those that miss nothing but
        what is no column."""


class Known:
    """The axes and the conditions of an index by their numbers; conditions are those that are no sets."""

    def __init__(self, axes: Sequence[Axis], conditions: Sequence[Condition]) -> None:
        self.axes: Mapping[Axis, int] = {axis: number for number, axis in enumerate(axes)}
        self.conditions: Mapping[Condition, int] = {one: number for number, one in enumerate(conditions)}
        self.aspects = [(axis.question, None if axis.aspect == Value() else axis.aspect.of) for axis in axes]
        self.tried = conditions

    def plain(self, axis: int) -> str | None:
        """The question whose answers are themselves the positions on an axis."""
        question, of = self.aspects[axis]
        return question if of is None else None


class Look:
    """The routes that answers meet at a moment; `rows` are those of all `routes`."""

    __slots__ = ("_holds", "_known", "_moment", "_positions", "_rows", "answers")

    def __init__(self, answers: Answers, moment: Moment, known: Known, rows: Rows) -> None:
        self.answers, self._moment = answers, moment
        self._known, self._rows = known, rows
        self._positions: dict[int, Hashable] = {}
        self._holds: dict[int, bool] = {}

    def first(self, before: int) -> int:
        """The first route before this one that is met, or `before`."""
        return self._rows.first(self, before)

    def met(self) -> list[int]:
        """All routes that are met, in order."""
        return sorted(set(self._rows.met(self)))

    def close(self) -> Iterator[int]:
        """The routes that are met or nearly so, in order: see `Rows.close`."""
        last = -1
        for number in self._rows.close(self):
            if number != last:
                yield number
            last = number

    def position(self, axis: int) -> Hashable:
        """Where the answers lie on an axis; None is blank."""
        positions = self._positions
        if axis in positions:
            return positions[axis]
        question, of = self._known.aspects[axis]
        answer: Any = self.answers.get(question)
        if answer is None:
            answer = self._moment.fact(question)
        position: Hashable = answer if of is None or answer is None else of(answer, self._moment)
        positions[axis] = position
        return position

    def holds(self, condition: int) -> bool:
        """Whether the answers meet a condition."""
        holds = self._holds.get(condition)
        if holds is None:
            holds = self._holds[condition] = self._known.tried[condition].holds(self.answers, self._moment)
        return holds

    def failing(self, lines: Sequence[Line]) -> int | None:
        """The number of the first of these lines that the answers do not meet; None when they meet all."""
        for number, (axis, accepts, condition) in enumerate(lines):
            if accepts is None:
                if not condition.holds(self.answers, self._moment):
                    return number
            elif self.position(axis) not in accepts:
                return number
        return None


Line = tuple[int, AnswerSet | None, Condition]
"""A part of a condition: a set on the axis of this number, or what is no set."""


def lines_of(condition: Condition, known: Known) -> list[Line]:
    """The parts of a condition, which must all hold."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return [
        (known.axes[part.axis], part.accepts, part)
        if isinstance(part, Test) and part.axis in known.axes
        else (-1, None, part)
        for part in parts
    ]
