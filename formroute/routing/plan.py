"""What is left of all tables for the submissions of one form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from formroute.conditions import Condition, Moment, Scope
from formroute.records import Step
from formroute.routing.asked import Asked
from formroute.routing.table import Answers, Route, Table


@dataclass(frozen=True, slots=True)
class Plan:
    """The table that decides a form and those that add to it, with the routes that the form does not shut out.

    `scope` holds the questions and facts that they look at, `always` what every submission meets.
    """

    decides: Table
    adds: tuple[Table, ...]
    deciding: Asked
    adding: Asked
    scope: Scope
    always: tuple[Condition, ...]

    @classmethod
    def of(
        cls, form: str, decides: Table, tables: Iterable[Table], scope: Scope, always: tuple[Condition, ...]
    ) -> Self:
        """The plan of `form`; of `tables` those that add to it count, in their order."""
        adds = tuple(table for table in tables if not table.decides and form in table.forms)
        adding = Asked.of(route for table in adds for route in table.routes_of(form))
        return cls(decides, adds, Asked.of(decides.routes_of(form)), adding, scope, always)

    def winner(self, name: str | None) -> Route | None:
        """The deciding route of this name."""
        return next((route for route in self.decides.routes if route.name == name), None)

    def tried(self, winner: int | None) -> int:
        """How many routes are tried: the deciding ones up to the winner's number, and all that add."""
        deciding = len(self.deciding.routes) if winner is None else winner + 1
        return deciding + len(self.adding.routes)

    def trace(self, winner: int | None, added: list[int], answers: Answers, moment: Moment) -> tuple[Step, ...]:
        """What is told of the routes that were tried."""
        adding = self.adding.told(len(self.adding.routes), added, answers, moment)
        if winner is None:
            return (*self.deciding.told(len(self.deciding.routes), [], answers, moment), *adding)
        return (*self.deciding.told(winner + 1, [winner], answers, moment), *adding)
