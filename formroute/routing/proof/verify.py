"""What is shown of every table before it goes live: no gap, no dead route, no overlap where one may be met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from formroute.conditions import Found, Proof, Scope, Test, Undecided, Witness
from formroute.conditions.telling.example import as_example, between_whole, example_of
from formroute.problems import listed
from formroute.routing.deciding.table import Route, Table
from formroute.routing.proof.overlaps import report_overlaps
from formroute.routing.proof.periods import in_periods, periods
from formroute.routing.workbench import Workbench

_MOST_GAPS = 10


def verify(table: Table, bench: Workbench) -> None:
    """Report every gap, overlap and dead route of `table`, each with an example where there is one."""
    fields = [_Field.of(table, form, bench) for form in table.forms]
    if not _lacks_forms(table, bench):
        _Reach(table, fields, bench).report()
    for field in fields:
        if table.decides:
            field.gap()
        if table.policy == "unique":
            report_overlaps(table, field.form, field.proof, bench)


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
        proof = Proof([one.condition for one in routes], scope, bench.scopes[form].always, bounds=bench.bounds)
        numbers = {route.name: number for number, route in enumerate(routes)}
        return cls(table, form, routes, numbers, scope, proof, bench)

    def gap(self) -> None:
        """Submissions that no route takes, one for each that is missed in some periods."""
        found, fallback = self.proof.missed(), self.bench.settings.fallback
        if isinstance(found, Witness):
            conditions = [route.condition for route in self.routes]
            fractions = between_whole(found, conditions, self.scope)
            for answers in self.missed(found):
                self.wrong("R431" if fallback is None else "R432", answers, fractions)
        elif found is not None:
            self.wrong("R436" if fallback is None else "R437", "")

    def missed(self, found: Witness) -> Iterator[str]:
        """Examples of what no route takes, with the periods in which none does; `found` is one of them."""
        conditions = [route.condition for route in self.routes]
        every = periods(conditions)
        if len(every) == 1:
            yield example_of(found, conditions, self.scope)
            return
        proof = Proof([*conditions, *every], self.scope, self.bench.scopes[self.form].always)
        alike: dict[str, list[tuple[Witness, Test]]] = {}
        for number, period in enumerate(every, len(conditions)):
            one = proof.together(number, (), after=len(conditions))
            if isinstance(one, Witness):
                alike.setdefault(as_example(one.answers), []).append((one, period))
        for group in islice(alike.values(), _MOST_GAPS):
            yield example_of(group[0][0], conditions, self.scope) + in_periods(period for _, period in group)
        if not alike:
            yield example_of(found, conditions, self.scope)

    def wrong(self, code: str, answers: str, fractions: str = "") -> None:
        place, fallback = self.table.place["table"], self.bench.settings.fallback
        told = {"table": self.table.name, "form": self.form, "fallback": fallback}
        self.bench.wrong(place, code, **told, answers=answers, fractions=fractions)

    def reached(self, name: str) -> Found:
        """A submission for which this route counts."""
        number = self.numbers.get(name)
        if number is None:
            return None
        return self.proof.reached(number) if self.table.policy == "first" else self.proof.met(number)

    def met(self, name: str) -> Found:
        """A submission that meets this route, whatever stands before it."""
        number = self.numbers.get(name)
        return None if number is None else self.proof.met(number)

    def such_as(self, name: str) -> str:
        """An example of what meets this route; nothing for a route without tests."""
        found = self.met(name)
        if not isinstance(found, Witness):
            return ""
        condition = self.routes[self.numbers[name]].condition
        return f", such as {example_of(found, [condition], self.scope)}" if any(condition.leaves()) else ""

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


class _Reach:
    """Which routes of a table a submission of some form can reach."""

    def __init__(self, table: Table, fields: Sequence[_Field], bench: Workbench) -> None:
        self.table, self.fields, self.bench = table, fields, bench
        self.numbers = {route.name: number for number, route in enumerate(table.routes)}

    def report(self) -> None:
        """Report the routes that no submission reaches, and those of which that could not be found out."""
        doubtful: list[Route] = []
        for number, route in enumerate(self.table.routes):
            found = self.reached(route.name)
            after = len(self.table.routes) - number - 1
            if found is None and after and self.nothing_is_left(number):
                self.bench.wrong(route.place["route"], "R440", route=route.name, count=after, others=self.takers(None))
                break
            doubtful += self.told(route, found)
        given_up = [one for route in doubtful for one in self.told(route, self.reached(route.name))]
        if given_up:
            place = self.table.place["table"]
            self.bench.wrong(place, "R439", routes=listed(one.name for one in given_up), table=self.table.name)

    def told(self, route: Route, found: Found) -> Iterator[Route]:
        """Report what was found of a route; it is left over where its search took too long."""
        place, name = route.place["route"], route.name
        if isinstance(found, Undecided):
            if found.tired:
                yield route
            else:
                self.bench.wrong(place, "R438", route=name)
        elif found is None and any(field.met(name) for field in self.fields):
            example = next(filter(None, (field.such_as(name) for field in self.fields)), "")
            self.bench.wrong(place, "R433", route=name, others=self.takers(name), example=example)
        elif found is None:
            self.bench.wrong(place, "R434", route=name)

    def reached(self, name: str) -> Found:
        """What is known of all forms together: a submission for which the route counts, if there is one in any."""
        return max((field.reached(name) for field in self.fields), key=_weight, default=None)

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
        return listed(sorted(names, key=self.numbers.__getitem__)) if names else "the routes"


def _weight(found: Found) -> int:
    """Which of several findings stands for all: a witness, then what took too long, then what is not known."""
    if isinstance(found, Undecided):
        return 2 if found.tired else 1
    return 0 if found is None else 3
