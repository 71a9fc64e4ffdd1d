"""Routes that are met together and set one name to different values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_

from formroute.conditions import Proof, Witness
from formroute.conditions.telling.example import as_example
from formroute.routing.deciding.plan import Plan
from formroute.routing.deciding.table import Route
from formroute.routing.workbench import Workbench

_FEW = 3


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A route that adds, a name that it sets, and the bits of the earlier routes that set it otherwise."""

    number: int
    name: str
    others: int


def report_clashes(form: str, plan: Plan, bench: Workbench) -> None:
    """Report routes whose values contradict each other on a submission of `form`, of each route three for a name."""
    routes = [route for route in (*plan.deciding.routes, *plan.adding.routes) if route.outputs.values]
    doubts = list(_doubts(routes, sum(bool(route.outputs.values) for route in plan.deciding.routes)))
    proof = Proof([route.condition for route in routes] if doubts else [], plan.scope, plan.always)
    for doubt in doubts:
        for other, found in islice(_clashes(doubt, proof), _FEW):
            _report(form, doubt.name, routes[doubt.number], routes[other], found, bench)


def _doubts(routes: Sequence[Route], deciding: int) -> Iterator[_Doubt]:
    """Where names are set to several values; of the first routes, which are `deciding`, only one is ever met."""
    said: dict[str, dict[str, int]] = {}
    for number, route in enumerate(routes):
        for name, value in route.outputs.values.items():
            known = said.setdefault(name, {})
            others = reduce(or_, (bits for other, bits in known.items() if other != value), 0)
            if number >= deciding and others:
                yield _Doubt(number, name, others)
            known[value] = known.get(value, 0) | 1 << number


def _clashes(doubt: _Doubt, proof: Proof) -> Iterator[tuple[int, Witness]]:
    for overlap in proof.overlaps(doubt.number, doubt.others):
        if isinstance(overlap.found, Witness):
            yield from ((other, overlap.found) for other in overlap.others)


def _report(form: str, name: str, route: Route, other: Route, found: Witness, bench: Workbench) -> None:
    names = sorted(route.condition.fields | other.condition.fields)
    answers = as_example({one: found.answers.get(one, found.moment.fact(one)) for one in names})
    bench.wrong(
        route.place["set"][name],
        "R426",
        name=name,
        value=route.outputs.values[name],
        other=other.name,
        other_value=other.outputs.values[name],
        form=form,
        answers=answers,
    )
