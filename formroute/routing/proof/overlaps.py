"""Routes of which no two may be met: every overlap counted, and told so that many can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from formroute.conditions import Proof, Scope, Undecided, Witness
from formroute.conditions.telling.example import example_of
from formroute.problems import listed
from formroute.routing.deciding.table import Route, Table
from formroute.routing.proof.periods import period_of
from formroute.routing.workbench import Workbench

_FEW = 3
_MOST_TOLD = 100
_MOST_PAIRS = 1_000_000


def report_overlaps(table: Table, form: str, proof: Proof, bench: Workbench) -> None:
    """Report the overlaps of the routes that `form` has in `table`, of which `proof` speaks in their order.

    A route that overlaps with a few before it is told once for each, one with many once for all, and after a hundred
    routes only the number. The count is exact up to a million pairs.
    """
    pairs = told = 0
    exact = True
    for overlap in _overlaps(table.routes_of(form), proof):
        pairs += overlap.count
        if not overlap.met or told < _MOST_TOLD:
            overlap.report(form, bench)
        told += bool(overlap.met)
        if pairs >= _MOST_PAIRS:
            exact = False
            break
    if told > _MOST_TOLD:
        count = f"{pairs:,}" if exact else f"At least {pairs:,}"
        place = table.place["table"]
        bench.wrong(place, "R448", count=count, table=table.name, form=form, told=_MOST_TOLD)


@dataclass(frozen=True, slots=True)
class _Overlap:
    """A route, the earlier ones with which it shares submissions, each with one, and those of which it is not known."""

    route: Route
    met: tuple[tuple[Route, Witness], ...]
    unknown: tuple[Route, ...]

    @property
    def count(self) -> int:
        return len(self.met)

    def report(self, form: str, bench: Workbench) -> None:
        route, place, scope = self.route, self.route.place["route"], bench.questions(form)
        for other, found in self.met if self.count <= _FEW else ():
            answers = _example(found, route, other, scope)
            bench.wrong(place, "R435", route=route.name, other=other.name, form=form, answers=answers)
        if self.count > _FEW:
            other, found = self.met[0]
            answers = _example(found, route, other, scope)
            others = listed(one.name for one, _ in self.met)
            bench.wrong(
                place,
                "R449",
                route=route.name,
                others=others,
                count=self.count,
                other=other.name,
                form=form,
                answers=answers,
            )
        if self.unknown:
            others = listed(one.name for one in self.unknown)
            bench.wrong(place, "R450", route=route.name, others=others, form=form)


def _example(found: Witness, one: Route, other: Route, scope: Scope) -> str:
    """A submission that both take, with the period in which they do."""
    conditions = one.condition, other.condition
    return example_of(found, conditions, scope) + period_of(found, conditions)


def _overlaps(routes: tuple[Route, ...], proof: Proof) -> Iterator[_Overlap]:
    for number, route in enumerate(routes):
        met: list[tuple[int, Witness]] = []
        unknown: list[int] = []
        for overlap in proof.overlaps(number):
            if isinstance(overlap.found, Undecided):
                unknown += overlap.others
            else:
                met += ((other, overlap.found) for other in overlap.others)
        if met or unknown:
            met.sort(key=lambda pair: pair[0])
            yield _Overlap(
                route, tuple((routes[other], found) for other, found in met), tuple(routes[one] for one in unknown)
            )
