"""Routes that are met together and set one name to different values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from formroute.conditions import All, Witness, find
from formroute.routing.example import as_example
from formroute.routing.plan import Plan
from formroute.routing.table import Route
from formroute.routing.workbench import Workbench


def report_clashes(form: str, plan: Plan, bench: Workbench) -> None:
    """Report every pair of routes whose values contradict each other on a submission of `form`."""
    for route, other, name in _pairs(plan):
        found = find(All((route.condition, other.condition)), plan.scope, plan.always)
        if isinstance(found, Witness):
            names = sorted(route.condition.fields | other.condition.fields)
            answers = as_example({one: found.answers.get(one, found.moment.fact(one)) for one in names})
            bench.wrong(
                other.place["set"][name],
                "R426",
                name=name,
                value=other.outputs.values[name],
                other=route.name,
                other_value=route.outputs.values[name],
                form=form,
                answers=answers,
            )


def _pairs(plan: Plan) -> Iterator[tuple[Route, Route, str]]:
    """Two routes that may be met together, with a name that they set differently."""
    deciding = [route for route in plan.deciding.routes if route.outputs.values]
    adding = [route for route in plan.adding.routes if route.outputs.values]
    pairs = [*((route, other) for route in deciding for other in adding), *combinations(adding, 2)]
    for route, other in pairs:
        ours, theirs = route.outputs.values, other.outputs.values
        yield from ((route, other, name) for name in theirs if ours.get(name, theirs[name]) != theirs[name])
