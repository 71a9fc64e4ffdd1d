"""One submission looked at through an index: each position and each truth is found once, and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any as Anything

from formroute.conditions import All, Any, Condition, Moment, Not, Test
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.condition import Answers

_Aspect = Callable[[Anything, Moment], Hashable]


class Known:
    """The axes of one or several indexes by their numbers, which they get as they are met."""

    def __init__(self) -> None:
        self.aspects: list[tuple[str, _Aspect | None]] = []
        self._numbers: dict[Axis, int] = {}
        self._lock = Lock()

    def number(self, axis: Axis) -> int:
        """The number of an axis, a new one for an axis that has none."""
        with self._lock:
            if axis not in self._numbers:
                self.aspects.append((axis.question, None if axis.aspect == Value() else axis.aspect.of))
                self._numbers[axis] = len(self._numbers)
            return self._numbers[axis]

    def plain(self, axis: int) -> str:
        """The question whose answers are themselves the positions on an axis; empty where none's are."""
        question, of = self.aspects[axis]
        return question if of is None else ""


class Look:
    """Answers at a moment as conditions see them. What was once seen of them stays as it was."""

    __slots__ = ("_known", "_moment", "_seen", "answers")

    def __init__(self, answers: Answers, moment: Moment, known: Known) -> None:
        self.answers, self._moment, self._known = answers, moment, known
        self._seen: dict[int | Condition, Hashable] = {}

    def position(self, axis: int) -> Hashable:
        """Where the answers lie on an axis; None is blank."""
        seen = self._seen
        if axis in seen:
            return seen[axis]
        question, of = self._known.aspects[axis]
        answer: Anything = self.answers.get(question)
        if answer is None:
            answer = self._moment.fact(question)
        position: Hashable = answer if of is None or answer is None else of(answer, self._moment)
        seen[axis] = position
        return position

    def holds(self, condition: Condition) -> bool:
        """Whether the answers meet a condition."""
        if isinstance(condition, Test):  # nearly all are
            axis = condition.axis
            if not isinstance(axis.aspect, Value):
                return self.position(self._known.number(axis)) in condition.accepts
            answer = self.answers.get(axis.question)  # which costs less to find than to look up
            return (self._moment.fact(axis.question) if answer is None else answer) in condition.accepts
        match condition:
            case All(parts):
                return all(map(self.holds, parts))
            case Any(parts):
                return any(map(self.holds, parts))
            case Not(part):
                return not self.holds(part)
        if condition not in self._seen:
            self._seen[condition] = condition.holds(self.answers, self._moment)
        return bool(self._seen[condition])

    def failure(self, condition: Condition) -> Condition | None:
        """The first part of a condition that the answers do not meet; None when they meet all of it."""
        if isinstance(condition, All):
            return next(filter(None, map(self.failure, condition.parts)), None)
        return None if self.holds(condition) else condition
