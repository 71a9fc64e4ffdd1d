"""Routes that are met together and set one name to different values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import itemgetter, or_
from typing import Any

from formroute.conditions import Proof, Witness
from formroute.conditions.telling.example import example_of
from formroute.problems import listed
from formroute.routing.deciding.plan import Plan
from formroute.routing.deciding.table import Route
from formroute.routing.workbench import Workbench

_FEW = 3
_MOST_TOLD = 100
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A route that adds, a name that it sets, and the bits of the earlier routes that set it otherwise."""

    number: int
    name: str
    others: int

    def met(self, proof: Proof) -> Iterator[_Met]:
        """Those with which it is met, batch by batch: to ask of thousands at once takes long, and few are told."""
        for start in range(0, self.number, _AT_ONCE):
            met = sorted(self._met_from(start, proof), key=itemgetter(0))
            if met:
                yield _Met(met, whole=not self.others >> start + _AT_ONCE)

    def is_true(self, proof: Proof) -> bool:
        """Whether it is met with any of them."""
        return any(True for start in range(0, self.number, _AT_ONCE) for _ in self._met_from(start, proof))

    def _met_from(self, start: int, proof: Proof) -> Iterator[tuple[int, Witness]]:
        among = self.others & ((1 << _AT_ONCE) - 1 << start)
        for overlap in proof.overlaps(self.number, among) if among else ():
            if isinstance(overlap.found, Witness):
                yield from ((other, overlap.found) for other in overlap.others)


@dataclass(frozen=True, slots=True)
class _Met:
    """Earlier routes in order, each with a submission that meets it too; `whole` when no later ones can be."""

    others: Sequence[tuple[int, Witness]]
    whole: bool

    def __add__(self, later: _Met) -> _Met:
        return _Met([*self.others, *later.others], later.whole)

    @property
    def are_few(self) -> bool:
        return len(self.others) <= _FEW


def report_clashes(form: str, plan: Plan, bench: Workbench) -> None:
    """Report routes whose values contradict each other on a submission of `form`.

    A route that contradicts a few before it is told once for each, one that contradicts many once for all, and after a
    hundred routes only the number of the others.
    """
    routes = [route for route in (*plan.deciding.routes, *plan.adding.routes) if route.outputs.values]
    doubts = list(_doubts(routes, sum(bool(route.outputs.values) for route in plan.deciding.routes)))
    conditions = [route.condition for route in routes] if doubts else []
    proof = Proof(conditions, plan.scope, plan.always, bounds=bench.bounds)
    told = 0
    untold: list[_Doubt] = []
    for doubt in doubts:
        if told == _MOST_TOLD:
            untold += [doubt] if doubt.is_true(proof) else []
            continue
        batches = doubt.met(proof)
        if met := next(batches, None):
            _Clash(form, doubt.name, routes[doubt.number], routes, bench).report(_up_to_many(met, batches))
            told += 1
    if untold:
        first = untold[0]
        place = routes[first.number].place["set"][first.name]
        bench.wrong(place, "R455", count=f"{len(untold):,}", form=form, told=_MOST_TOLD)


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


def _up_to_many(met: _Met, batches: Iterator[_Met]) -> _Met:
    while met.are_few and (later := next(batches, None)):
        met += later
    return met


@dataclass(frozen=True, slots=True)
class _Clash:
    """A route of `form` that sets `name` otherwise than some of the `routes` before it."""

    form: str
    name: str
    route: Route
    routes: Sequence[Route]
    bench: Workbench

    def report(self, met: _Met) -> None:
        """Each of a few other routes, or all of many at once."""
        others = [(self.routes[number], found) for number, found in met.others]
        if met.are_few:
            for other, found in others:
                self._report("R426", other, found)
            return
        count = f"{'' if met.whole else 'at least '}{len(others)}"
        self._report("R454", *others[0], count=count, others=listed(other.name for other, _ in others))

    def _report(self, code: str, other: Route, found: Witness, **values: Any) -> None:
        conditions = self.route.condition, other.condition
        self.bench.wrong(
            self.route.place["set"][self.name],
            code,
            name=self.name,
            value=self.route.outputs.values[self.name],
            other=other.name,
            other_value=other.outputs.values[self.name],
            form=self.form,
            answers=example_of(found, conditions, self.bench.questions(self.form)),
            **values,
        )
