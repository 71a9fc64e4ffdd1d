"""What a decision rests on: the answers as the routes saw them, from which every step can be told later."""

from __future__ import annotations

from typing import Self

from typing_extensions import override

from formroute.records import Evidence, Step, Told
from formroute.routing.deciding.index import Look
from formroute.routing.deciding.plan import Plan


class Seen(Evidence):
    """One submission as the routes of `plan` met it.

    `winner` is the number of the route that decides, as many as there are for none; `added` are those that add.
    """

    __slots__ = ("_told", "added", "look", "plan", "winner")

    def __init__(self, plan: Plan, look: Look, winner: int, added: list[int]) -> None:
        self.plan, self.look, self.winner, self.added = plan, look, winner, added
        self._told: Told | None = None

    @override
    def told(self) -> Told:
        if self._told is None:
            self._told = self.plan.told(self.look, self.winner, self.added)
        return self._told

    def __deepcopy__(self, _memo: object) -> Self:
        """Itself: nobody changes what was seen, and a catalogue's plan is not to be copied."""
        return self

    @override
    def __reduce__(self) -> tuple[type[Told], tuple[tuple[Step, ...], int]]:
        """What is told of it, as it comes back from a store: another process has not the plan."""
        told = self.told()
        return Told, (told.steps, told.untold)
