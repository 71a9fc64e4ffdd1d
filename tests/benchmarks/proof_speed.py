"""How long it takes to prove a table, and to find what an edit of one changes.

    python tests/benchmarks/proof_speed.py [--routes 10000] [--thorough]

Three tables: a category, one to six of fifteen wards and a least depth, of which the dead routes and the overlaps are
counted by going through them besides; twelve questions of ten choices, 300 and 1,000 routes, in shapes from easy to
hard; and the first one beside itself with a hundred routes edited. Times are those on the clock and, of all
processors, this process's own.

Of the shapes in `HARD` not everything is decided within ordinary bounds: there each route takes a thirtieth to a half
of all submissions, and where some hundred of them nearly take everything, no way is known that is much shorter than to
go through what is left. `--thorough` proves these alone, without bounds.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from time import perf_counter, process_time

from formroute.conditions import (
    ORDINARY,
    THOROUGH,
    All,
    Bounds,
    Condition,
    OneOf,
    Proof,
    Question,
    Scope,
    Test,
    Undecided,
    Witness,
)
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.sets import Values
from formroute.routing.changes.regions import changes
from tests.benchmarks.matching_speed import WARDS, Rule, cases, router

FIELDS = [f"question-{number}" for number in range(12)]
CHOICES = tuple(map(str, range(10)))
SHAPES = {"2 to 5 tests of 1 to 5 choices": ((2, 5), (1, 5)), "1 to 3 of 3 to 8": ((1, 3), (3, 8))}
SHAPES |= {"3 to 5 of 6 to 9": ((3, 5), (6, 9)), "4 to 8 of 6 to 9": ((4, 8), (6, 9))}
SHAPES |= {"12 of 5": ((12, 12), (5, 5)), "2 of 9": ((2, 2), (9, 9))}
SHAPES |= {"1 to 12 of 1 to 9": ((1, 12), (1, 9))}
SHAPES |= {"3 of 3": ((3, 3), (3, 3)), "4 of 3 to 8": ((4, 4), (3, 8)), "8 of 9": ((8, 8), (9, 9))}
SHAPES |= {"5 of 5": ((5, 5), (5, 5)), "5 of 1 to 9": ((5, 5), (1, 9)), "5 of 7": ((5, 5), (7, 7))}
SHAPES |= {"6 of 7": ((6, 6), (7, 7)), "6 of 8": ((6, 6), (8, 8)), "8 of 8": ((8, 8), (8, 8))}
SHAPES |= {"12 of 9": ((12, 12), (9, 9))}
HARD = {"8 to 12 of 7 to 9": ((8, 12), (7, 9)), "6 to 10 of 5 to 8": ((6, 10), (5, 8))}
HARD |= {"12 of 6 to 9": ((12, 12), (6, 9)), "10 of 8": ((10, 10), (8, 8))}
EDITED = 100


class Watch:
    """How long something takes, from now on."""

    def __init__(self) -> None:
        self._clock, self._processors = perf_counter(), process_time()

    def spent(self) -> str:
        """So many seconds on the clock, and of processors."""
        return f"{perf_counter() - self._clock:6.2f} s ({process_time() - self._processors:6.2f} of processors)"


def dead(rules: Sequence[Rule]) -> set[int]:
    """The rules that are never the first, found by going through every category and ward."""
    least: dict[tuple[str | None, str], int] = {}
    found = set(range(len(rules)))
    for number, rule in enumerate(rules):
        for ward in rule.wards:
            if rule.depth < least.get((rule.category, ward), 10_000):
                least[rule.category, ward] = rule.depth
                found.discard(number)
    return found


def prove(rules: Sequence[Rule]) -> None:
    """Time a proof of every route, and see that it finds just the dead ones."""
    made = router(rules)
    plan = made.plans["request"]
    watch = Watch()
    proof = Proof([route.condition for route in plan.decides.routes_of("request")], plan.scope)
    reached = [proof.reached(number) for number in range(len(rules))]
    proof.missed()
    spent = watch.spent()
    assert {number for number, found in enumerate(reached) if found is None} == dead(rules)
    print(f"{len(rules):>6} routes on three fields: {spent}, {reached.count(None)} dead")


def overlap(rules: Sequence[Rule]) -> None:
    """Time counting the pairs of rules that a submission meets together, and see that they are as many as there are."""
    made = router(rules)
    plan = made.plans["request"]
    watch = Watch()
    proof = Proof([route.condition for route in plan.decides.routes_of("request")], plan.scope)
    found = sum(len(one.others) for number in range(len(rules)) for one in proof.overlaps(number))
    spent = watch.spent()
    assert found == pairs(rules)
    print(f"{len(rules):>6} routes on three fields: {spent}, {found} pairs overlap")


def pairs(rules: Sequence[Rule]) -> int:
    """How many pairs of rules have a category and a ward in common: the deepest is deep enough for each."""
    same: dict[str | None, list[set[str]]] = {}
    for rule in rules:
        same.setdefault(rule.category, []).append(set(rule.wards))
    return sum(not one.isdisjoint(other) for group in same.values() for one, other in combinations(group, 2))


def twelve(count: int, tests: tuple[int, int], width: tuple[int, int]) -> tuple[Scope, list[Condition]]:
    """So many random routes, each with a number of tests that take a number of choices."""
    chance = random.Random(1)
    rows = [list(_row(chance, tests, width)) for _ in range(count)]
    return {name: Question(name, OneOf(CHOICES)) for name in FIELDS}, [All(tuple(row)) for row in rows]


def _row(chance: random.Random, tests: tuple[int, int], width: tuple[int, int]) -> Iterator[Condition]:
    for name in chance.sample(FIELDS, chance.randint(*tests)):
        yield Test(Axis(name, Value()), Values(frozenset(chance.sample(CHOICES, chance.randint(*width)))))


def prove_twelve(count: int, shape: str, bounds: Bounds = ORDINARY) -> None:
    """Time a proof over twelve questions."""
    scope, rows = twelve(count, *(SHAPES | HARD)[shape])
    watch = Watch()
    proof = Proof(rows, scope, bounds=bounds)
    reached = [proof.reached(number) for number in range(count)]
    spent = watch.spent()
    alive, undecided = (sum(isinstance(one, sort) for one in reached) for sort in (Witness, Undecided))
    print(f"{count:>6} routes, {shape:<31}: {spent}, {alive} alive, {undecided} not decided")


def edit(rules: Sequence[Rule]) -> list[Rule]:
    """The rules with a hundred of them less or more deep, or in another ward."""
    chance = random.Random(2)
    new = list(rules)
    for number in chance.sample(range(len(rules) - 1), min(EDITED, len(rules) - 1)):
        deeper = replace(new[number], depth=chance.randint(2, 200))
        new[number] = deeper if chance.random() < 0.5 else replace(new[number], wards=chance.sample(WARDS, 2))
    return new


def compare(rules: Sequence[Rule]) -> None:
    """Time what changes when some rules are edited and those of some send elsewhere."""
    old, new = router(rules), router(edit(rules))
    watch = Watch()
    found = changes("request", old, new)
    spent = watch.spent()
    regions = sum(len(change.regions) for change in found.changes)
    print(f"{len(rules):>6} routes, {EDITED} edited: {spent}, {regions} regions that come out otherwise")


def main() -> None:
    """Print a line for each table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--routes", type=int, default=10_000)
    arguments.add_argument("--thorough", action="store_true")
    asked = arguments.parse_args()
    if asked.thorough:
        for count, shape in product((300, 1_000), HARD):
            prove_twelve(count, shape, THOROUGH)
        return
    (mixed, *_) = cases(asked.routes)
    prove(mixed.rules)
    overlap(mixed.rules)
    for count in (300, 1_000):
        for shape in (*SHAPES, *HARD):
            prove_twelve(count, shape)
    compare(mixed.rules)


if __name__ == "__main__":
    main()
