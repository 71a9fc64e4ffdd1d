"""What submissions come to from some day on: the routes that they go by, and the departments that get them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from formroute.conditions import ALWAYS, Condition, Proof, Test
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.sets import EVERYWHERE, Values
from formroute.routing.changes.receipt import received_on, received_since
from formroute.routing.deciding.plan import Plan
from formroute.routing.deciding.router import Router
from formroute.routing.deciding.table import Outputs, Route
from formroute.routing.department import takers


class Taken(NamedTuple):
    """A submission of `form` is sent or copied to the department `named`, and `taker` takes it: itself or for it."""

    form: str
    named: str
    taker: str


@dataclass(frozen=True, slots=True)
class Reach:
    """`routes` are those that count for some submission, by their full names. What could not be decided is in here."""

    routes: set[str] = field(default_factory=set)
    taken: set[Taken] = field(default_factory=set)


def reach(router: Router, since: date | None = None) -> Reach:
    """What submissions that are accepted on the day `since` or later come to; None is for all of time."""
    found = Reach()
    later = [] if since is None else [received_since(since)]
    for plan in router.plans.values():
        always = (*plan.always, *later)
        _Ways(router, plan, always, found).look([*plan.deciding.routes, *_fallback(router)], alone=True)
        _Ways(router, plan, always, found).look(plan.adding.routes, alone=False)
    return found


def _fallback(router: Router) -> Iterator[None]:
    if router.settings.fallback is not None:
        yield None


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways of submissions of one form; what they come to is added to `found`."""

    router: Router
    plan: Plan
    always: Sequence[Condition]
    found: Reach

    def look(self, routes: Sequence[Route | None], *, alone: bool) -> None:
        """Go by each route; None takes all for the fallback. With `alone` a route counts where none before it does."""
        conditions = [ALWAYS if route is None else route.condition for route in routes]
        sent = [list(self.sent(self.outputs(route))) for route in routes]
        only = list(dict.fromkeys(part for ways in sent for _, parts in ways for part in parts))
        proof = Proof([*conditions, *only], self.plan.scope, self.always)
        numbers = {part: len(conditions) + number for number, part in enumerate(only)}
        for number, route in enumerate(routes):
            if (proof.reached(number) if alone else proof.met(number)) is None:
                continue
            self.found.routes.update([] if route is None else [route.full_name])
            for taken, parts in sent[number]:
                also, after = [numbers[part] for part in parts], number if alone else 0
                if taken not in self.found.taken and (not also or proof.together(number, also, after=after)):
                    self.found.taken.add(taken)

    def outputs(self, route: Route | None) -> Outputs:
        return Outputs(send_to=self.router.settings.fallback) if route is None else route.outputs

    def sent(self, outputs: Outputs) -> Iterator[tuple[Taken, tuple[Condition, ...]]]:
        """Who takes what is sent and copied, and what has to hold besides for that."""
        named = [outputs.send_to] if outputs.send_to is not None else []
        for department in (*named, *outputs.copy_to):
            yield from self.taken(department)
        for by in outputs.copy_by:
            for department in dict.fromkeys(by.departments.values()):
                choices = [choice for choice, one in by.departments.items() if one == department]
                yield from self.taken(department, Test(Axis(by.question, Value()), Values.of(*choices)))

    def taken(self, department: str, *only: Condition) -> Iterator[tuple[Taken, tuple[Condition, ...]]]:
        for taker, days in takers(department, self.router.departments):
            dated = () if days == EVERYWHERE else (received_on(days),)
            yield Taken(self.plan.form, department, taker), (*only, *dated)
