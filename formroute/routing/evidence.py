"""What a decision rests on: the answers as the routes saw them, from which every step can be told later."""

from __future__ import annotations

from typing_extensions import override

from formroute.records import Evidence, Told
from formroute.routing.index import Look
from formroute.routing.plan import Plan


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
