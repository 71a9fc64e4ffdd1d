"""What is shown of every table before it goes live: no gap, no dead route, no overlap where one may be met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from formroute.conditions import All, Any, Proof, Scope, Undecided, Witness, find
from formroute.routing.example import as_example
from formroute.routing.table import Route, Table
from formroute.routing.workbench import Workbench

_MOST_NAMES = 5
_MOST_PAIRS = 100


def verify(table: Table, bench: Workbench) -> None:
    """Report every gap, overlap and dead route of `table`, each with an example where there is one."""
    fields = [_Field.of(table, form, bench) for form in table.forms]
    if not _lacks_forms(table, bench):
        _Reach(table, fields, bench).report()
    for field in fields:
        if table.decides:
            field.gap()
        if table.policy == "unique":
            field.overlaps()


def _lacks_forms(table: Table, bench: Workbench) -> bool:
    """Whether it serves forms that could not be read: these may reach a route that no other does."""
    named = table.place["forms"].plain()
    return "form" in bench.unread if named in ("all", ["all"]) else any(form not in bench.scopes for form in named)


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
        """For each pair of routes a submission that both take; of very many pairs, the first."""
        pairs = self.pairs()
        for route, other, found in islice(pairs, _MOST_PAIRS):
            place, answers = route.place["route"], self.example(found, (route, other))
            self.bench.wrong(place, "R435", route=route.name, other=other.name, form=self.form, answers=answers)
        if next(pairs, None) is not None:
            self.bench.wrong(
                self.table.place["table"], "R448", table=self.table.name, form=self.form, count=_MOST_PAIRS
            )

    def pairs(self) -> Iterator[tuple[Route, Route, Witness]]:
        """Each route with each earlier one that takes a submission too; one witness may stand for several pairs."""
        always = self.bench.scopes[self.form].always
        for number, route in enumerate(self.routes):
            earlier = self.routes[:number]
            while earlier:
                taken = Any(tuple(other.condition for other in earlier))
                found = find(All((route.condition, taken)), self.scope, always)
                if not isinstance(found, Witness):
                    break
                for other in earlier:
                    if other.condition.holds(found.answers, found.moment):
                        yield route, other, found
                earlier = tuple(one for one in earlier if not one.condition.holds(found.answers, found.moment))

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

    def is_full(self, names: Iterable[str]) -> bool:
        """Whether it is known that nothing is left for these routes."""
        taken_by = self.proof.taken_by if self.table.policy == "first" else None
        return taken_by is not None and all(self.numbers.get(name, taken_by) >= taken_by for name in names)

    def takers(self, name: str | None) -> list[str]:
        """The routes that take all that this one could take; None for those that take everything."""
        if name is not None and name not in self.numbers:
            return []
        takers = self.proof.takers(None if name is None else self.numbers[name])
        return [self.routes[taker].name for taker in takers]

    def example(self, found: Witness, routes: Sequence[Route]) -> str:
        """The answers of a witness to what these routes ask."""
        leaves = [leaf for route in routes for leaf in route.condition.leaves()]
        names = dict.fromkeys(name for leaf in leaves for name in sorted(leaf.fields))
        return as_example({name: found.answers.get(name, found.moment.fact(name)) for name in names})


class _Reach:
    """Which routes of a table a submission of some form can reach."""

    def __init__(self, table: Table, fields: Sequence[_Field], bench: Workbench) -> None:
        self.table, self.fields, self.bench = table, fields, bench
        self.numbers = {route.name: number for number, route in enumerate(table.routes)}

    def report(self) -> None:
        """Report the routes that no submission reaches, and those of which that could not be found out."""
        given_up: list[Route] = []
        for number, route in enumerate(self.table.routes):
            found = [field.reached(route.name) for field in self.fields]
            if any(isinstance(one, Witness) for one in found):
                continue
            if any(isinstance(one, Undecided) and one.tired for one in found):
                given_up.append(route)
            elif any(found):
                self.bench.wrong(route.place["route"], "R438", route=route.name)
            elif (after := len(self.table.routes) - number - 1) and self.nothing_is_left(number):
                self.bench.wrong(route.place["route"], "R440", route=route.name, count=after, others=self.takers(None))
                break
            elif not any(field.met(route.name) for field in self.fields):
                self.bench.wrong(route.place["route"], "R434", route=route.name)
            else:
                self.bench.wrong(route.place["route"], "R433", route=route.name, others=self.takers(route.name))
        if given_up:
            place = self.table.place["table"]
            self.bench.wrong(place, "R439", routes=_listed([one.name for one in given_up]), table=self.table.name)

    def nothing_is_left(self, number: int) -> bool:
        """Whether the routes before this one take everything in all forms, and later ones could be met otherwise."""
        later = [route.name for route in self.table.routes[number:]] if self.may_be_full() else []
        return all(field.is_full(later) for field in self.fields) and all(
            any(field.met(name) for field in self.fields) for name in later
        )

    def may_be_full(self) -> bool:
        """Whether some routes of each form are known to take everything."""
        return all(field.is_full(()) for field in self.fields)

    def takers(self, name: str | None) -> str:
        """The routes that take what this one could take, in the order of the table."""
        names = {taker for field in self.fields for taker in field.takers(name)}
        return _listed(sorted(names, key=self.numbers.__getitem__))


def _listed(names: Sequence[str]) -> str:
    """`a`, `b` and 3 others."""
    shown = [f"`{name}`" for name in names[:_MOST_NAMES]]
    if len(names) > _MOST_NAMES:
        return f"{', '.join(shown)} and {len(names) - _MOST_NAMES} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]])) or "the routes"
