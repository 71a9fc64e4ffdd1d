"""What is left of all tables for the submissions of one form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from formroute.conditions import Condition, Scope
from formroute.records import Step, Told
from formroute.routing.deciding.index import Known, Look
from formroute.routing.deciding.indexed_routes import IndexedRoutes
from formroute.routing.deciding.table import Route, Table, Wording


@dataclass(frozen=True, slots=True)
class Plan:
    """The table that decides a form and those that add to it, with the routes that the form does not shut out.

    `scope` holds the questions and facts that they look at, `always` what every submission meets, `tells` whether a
    route that adds has a notice for residents.
    """

    form: str
    decides: Table
    adds: tuple[Table, ...]
    deciding: IndexedRoutes
    adding: IndexedRoutes
    known: Known = field(compare=False, repr=False)
    scope: Scope
    always: tuple[Condition, ...]
    tells: bool = False

    @classmethod
    def of(
        cls, form: str, decides: Table, tables: Iterable[Table], scope: Scope, always: tuple[Condition, ...]
    ) -> Self:
        """The plan of `form`; of `tables` those that add to it count, in their order."""
        known = Known()
        adds = tuple(table for table in tables if not table.decides and form in table.forms)
        adding = IndexedRoutes.of((route for table in adds for route in table.routes_of(form)), known)
        deciding = IndexedRoutes.of(decides.routes_of(form), known)
        tells = any(route.outputs.notices for route in adding.routes)
        return cls(form, decides, adds, deciding, adding, known, scope, always, tells)

    def winner(self, name: str | None) -> Route | None:
        """The deciding route of this name."""
        return next((route for route in self.decides.routes if route.name == name), None)

    def wording(self, step: Step) -> Wording | None:
        """How the route of a step that was met is told; None where it asks for something else by now."""
        routes = (*self.deciding.routes, *self.adding.routes)
        named = (route.wording for route in routes if (route.wording.table, route.name) == (step.table, step.route))
        return next((wording for wording in named if wording.met == step), None)

    def told(self, look: Look, winner: int, added: list[int]) -> Told:
        """What is told of the routes as they were looked at.

        `winner` is the number of the route that decides, `added` are those of the routes that add.
        """
        missed = winner == len(self.deciding)
        tried = winner if missed else winner + 1
        told = self.deciding.told(look, tried, [] if missed else [winner])
        if self.adding.routes:
            told += self.adding.told(look, len(self.adding), added)
        return Told(tuple(told), untold=tried + len(self.adding) - len(told))
