"""What a decision has looked at: each position and each condition once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from formroute.conditions import Condition, Moment
from formroute.conditions.aspects import Axis
from formroute.conditions.condition import Answers


class Seen:
    """One submission, looked at by the numbers of axes and conditions."""

    __slots__ = ("_answers", "_axes", "_conditions", "_holds", "_moment", "_positions")

    def __init__(self, answers: Answers, moment: Moment, axes: Sequence[Axis], conditions: Sequence[Condition]) -> None:
        self._answers, self._moment = answers, moment
        self._axes, self._conditions = axes, conditions
        self._positions: dict[int, Hashable] = {}
        self._holds: dict[int, bool] = {}

    def position(self, axis: int) -> Hashable:
        """Where the answers lie on an axis; None is blank."""
        if axis in self._positions:
            return self._positions[axis]
        position = self._positions[axis] = self._axes[axis].position(self._answers, self._moment)
        return position

    def holds(self, condition: int) -> bool:
        """Whether the answers meet a condition."""
        holds = self._holds.get(condition)
        if holds is None:
            holds = self._holds[condition] = self._conditions[condition].holds(self._answers, self._moment)
        return holds
