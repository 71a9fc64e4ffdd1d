"""What is shown of every table before it goes live: no gap, no dead route, no overlap where one may be met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formroute.conditions import All, Any, Proof, Scope, Undecided, Witness, find
from formroute.routing.example import as_example
from formroute.routing.table import Route, Table
from formroute.routing.workbench import Workbench


def verify(table: Table, bench: Workbench) -> None:
    """Report every gap, overlap and dead route of `table`, each with an example where there is one."""
    fields = [_Field.of(table, form, bench) for form in table.forms]
    for field in fields:
        if table.decides:
            field.gap()
        if table.policy == "unique":
            field.overlaps()
    for route in table.routes:
        _reach(route, fields, bench)


@dataclass(frozen=True, slots=True)
class _Field:
    """The routes of one table over all submissions of one form."""

    table: Table
    form: str
    routes: tuple[Route, ...]
    numbers: Mapping[str, int]
    scope: Scope
    proof: Proof
    bench: Workbench

    @classmethod
    def of(cls, table: Table, form: str, bench: Workbench) -> _Field:
        routes, scope = table.routes_of(form), bench.questions(form)
        proof = Proof([route.condition for route in routes], scope, bench.scopes[form].always)
        numbers = {route.name: number for number, route in enumerate(routes)}
        return cls(table, form, routes, numbers, scope, proof, bench)

    def gap(self) -> None:
        """A submission that no route takes."""
        found, fallback = self.proof.missed(), self.bench.settings.fallback
        if found is None:
            return
        if isinstance(found, Witness):
            code, answers = "R431" if fallback is None else "R432", self.example(found, self.routes)
        else:
            code, answers = "R436" if fallback is None else "R437", ""
        place, table = self.table.place["table"], self.table.name
        self.bench.wrong(place, code, table=table, form=self.form, fallback=fallback, answers=answers)

    def overlaps(self) -> None:
        """For each route a submission that an earlier one takes too."""
        always = self.bench.scopes[self.form].always
        for number, route in enumerate(self.routes):
            earlier = self.routes[:number]
            taken = Any(tuple(other.condition for other in earlier))
            found = find(All((route.condition, taken)), self.scope, always)
            if isinstance(found, Witness):
                other = next(other for other in earlier if other.condition.holds(found.answers, found.moment))
                answers = self.example(found, (route, other))
                self.bench.wrong(
                    route.place["route"], "R435", route=route.name, other=other.name, form=self.form, answers=answers
                )

    def reached(self, name: str) -> Witness | Undecided | None:
        """A submission for which this route counts."""
        number = self.numbers.get(name)
        if number is None:
            return None
        return self.proof.reached(number) if self.table.policy == "first" else self.proof.met(number)

    def met(self, name: str) -> Witness | Undecided | None:
        """A submission that meets this route, whatever stands before it."""
        number = self.numbers.get(name)
        return None if number is None else self.proof.met(number)

    def example(self, found: Witness, routes: Sequence[Route]) -> str:
        """The answers of a witness to what these routes ask."""
        leaves = [leaf for route in routes for leaf in route.condition.leaves()]
        names = dict.fromkeys(name for leaf in leaves for name in sorted(leaf.fields))
        return as_example({name: found.answers.get(name, found.moment.fact(name)) for name in names})


def _reach(route: Route, fields: Sequence[_Field], bench: Workbench) -> None:
    """Report a route that no submission of any form reaches."""
    doubtful = False
    for field in fields:
        found = field.reached(route.name)
        if isinstance(found, Witness):
            return
        doubtful = doubtful or found is not None
    met = any(field.met(route.name) for field in fields)
    bench.wrong(route.place["route"], "R438" if doubtful else "R433" if met else "R434", route=route.name)
