"""What is left of all tables for the submissions of one form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from formroute.conditions import Condition, Scope
from formroute.records import Step
from formroute.routing.asked import Asked
from formroute.routing.index import Look
from formroute.routing.table import Route, Table


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

    def trace(self, winner: int, deciding: Look, added: list[int], adding: Look) -> tuple[tuple[Step, ...], int]:
        """What is told of the routes as they were looked at, and how many that were tried are not told of.

        `winner` is the number of the route that decides, `added` are those of the routes that add.
        """
        missed = winner == len(self.deciding)
        tried = winner if missed else winner + 1
        told = self.deciding.told(deciding, tried, [] if missed else [winner])
        if self.adding.routes:
            told += self.adding.told(adding, len(self.adding), added)
        return tuple(told), tried + len(self.adding) - len(told)
