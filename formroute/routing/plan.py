"""What is left of all tables for the submissions of one form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from formroute.conditions import Condition, Scope
from formroute.routing.table import Route, Table


@dataclass(frozen=True, slots=True)
class Plan:
    """The table that decides a form and those that add to it, with the routes that the form does not shut out.

    `scope` holds the questions and facts that they look at, `always` what every submission meets.
    """

    decides: Table
    adds: tuple[Table, ...]
    routes: tuple[Route, ...]
    adding: tuple[Route, ...]
    scope: Scope
    always: tuple[Condition, ...]

    @classmethod
    def of(
        cls, form: str, decides: Table, tables: Iterable[Table], scope: Scope, always: tuple[Condition, ...]
    ) -> Self:
        """The plan of `form`; of `tables` those that add to it count, in their order."""
        adds = tuple(table for table in tables if not table.decides and form in table.forms)
        adding = tuple(route for table in adds for route in table.routes_of(form))
        return cls(decides, adds, decides.routes_of(form), adding, scope, always)

    def winner(self, name: str | None) -> Route | None:
        """The deciding route of this name."""
        return next((route for route in self.decides.routes if route.name == name), None)
