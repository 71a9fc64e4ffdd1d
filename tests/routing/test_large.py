"""What is told of a table of twenty to sixty routes is just what looking at 4,096 to 15,625 submissions shows.

Each law holds both ways: nothing is missed, and nothing that is told is false.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations
from operator import or_
from pathlib import Path
from random import Random
from typing import Any

import pytest

from formroute.catalog import Catalog
from formroute.conditions import ORDINARY, Bounds
from formroute.problems import Problem
from formroute.problems.routes import UNDECIDED
from formroute.routing.changes.regions import changes
from formroute.routing.written.sheet_export import as_csv
from tests.routing.large import Large, scattered, tiled
from tests.routing.submissions import NAMES, NOON, Submissions, any_of
from tests.routing.town import by_code
from tests.seeds import seeds

SURVEYING = Bounds(steps_before_survey=0, fewest_steps=0)
"""All that is left is gone through, from the first dead end of a search on."""
WAYS = [pytest.param(ORDINARY, id="searching"), pytest.param(SURVEYING, id="surveying")]


@dataclass(frozen=True)
class Case:
    """A table, and for each of its routes the submissions that meet it."""

    large: Large
    submissions: Submissions
    met: Sequence[int]
    folder: Path
    seed: int

    @property
    def left(self) -> list[int]:
        """What the routes before each one leave over and, last, what all of them do."""
        taken = accumulate(self.met, or_, initial=0)
        return [self.submissions.all & ~one for one in taken]

    def told(self, policy: str, bounds: Bounds = ORDINARY, **gives: Any) -> dict[str, list[Problem]]:
        """What is said of the table under this policy, by codes."""
        rows = tuple(replace(row, gives=gives or row.gives) for row in self.large.rows)
        _, problems = replace(self.large, rows=rows, policy=policy).read(self.folder, bounds=bounds)
        return by_code(problems)

    def like(self, problem: Problem) -> int:
        """The submissions that agree with the example that is told, of which there is one."""
        shown = re.findall(rf"`({'|'.join(NAMES)}): (\w+)`", problem.what)
        found = self.submissions.having({name: None if answer == "blank" else answer for name, answer in shown})
        assert found
        return found


TABLES = [
    pytest.param((drawn, seed), id=f"{drawn.__name__}-{seed}") for seed in seeds(3) for drawn in (scattered, tiled)
]


@pytest.fixture(params=TABLES, scope="module")
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    drawn, seed = request.param
    large, folder = drawn(seed), tmp_path_factory.mktemp("large")
    submissions = large.submissions(folder)
    return Case(large, submissions, [submissions.meeting(row.when) for row in large.rows], folder, seed)


def named(problems: Sequence[Problem] | None) -> set[int]:
    """The numbers of the routes that problems are about."""
    return {int(problem.what.split("`")[1][1:]) for problem in problems or ()}


@pytest.mark.parametrize("bounds", WAYS)
def test_gaps_and_dead_routes(case: Case, bounds: Bounds) -> None:
    """Dead routes stand behind others, or no submission meets them; after the last that wins they are told as one."""
    told, left = case.told("first", bounds), case.left
    dead = {number for number, met in enumerate(case.met) if not met & left[number]}
    impossible = {number for number in dead if not case.met[number]}
    behind = {number for first in named(told.get("R440")) for number in range(first, len(case.met))}
    assert behind <= dead - impossible
    assert named(told.get("R433")) == dead - impossible - behind
    assert named(told.get("R434")) == impossible
    for problem in told.get("R433", ()):
        (number,), takers = named([problem]), re.findall(r"`r(\d+)`", problem.what.partition("goes to")[2])
        if " more " not in problem.what:
            assert not case.met[number] & ~any_of(case.met[int(taker)] for taker in takers)
    assert ("R432" in told) == bool(left[-1])
    assert all(not case.like(problem) & ~left[-1] for problem in told.get("R432", ()))
    assert not told.keys() & UNDECIDED


@pytest.mark.parametrize("bounds", WAYS)
def test_overlaps_where_one_route_alone_may_be_met(case: Case, bounds: Bounds) -> None:
    """Up to three are told one by one, more by their number."""
    told, overlaps = case.told("unique", bounds), overlapping(case)
    few = {(later, earlier) for later, others in overlaps.items() if len(others) <= 3 for earlier in others}
    pairs = [tuple(map(int, re.findall(r"`r(\d+)`", problem.what)[:2])) for problem in told.get("R435", ())]
    assert len(pairs) == len(few)
    assert set(pairs) == few
    for (later, earlier), problem in zip(pairs, told.get("R435", ()), strict=True):
        assert not case.like(problem) & ~(case.met[later] & case.met[earlier])
    many = [re.findall(r"`r(\d+)` shares .* with (\d+) routes", problem.what)[0] for problem in told.get("R449", ())]
    assert {int(later): int(count) for later, count in many} == {
        later: len(others) for later, others in overlaps.items() if len(others) > 3
    }
    assert named(told.get("R434")) == {number for number, met in enumerate(case.met) if not met}
    assert ("R432" in told) == bool(case.left[-1])
    assert not told.keys() & {"R433", "R440", *UNDECIDED}


def overlapping(case: Case) -> dict[int, list[int]]:
    """The earlier routes with which each one shares a submission."""
    found: dict[int, list[int]] = {}
    for (earlier, one), (later, other) in combinations(enumerate(case.met), 2):
        if one & other:
            found.setdefault(later, []).append(earlier)
    return found


@pytest.mark.parametrize("bounds", WAYS)
def test_routes_that_add(case: Case, bounds: Bounds) -> None:
    """One that is never met is told; that others are met besides says nothing."""
    told = case.told("collect", bounds, tags=["noted"])
    assert named(told.get("R434")) == {number for number, met in enumerate(case.met) if not met}
    assert not told.keys() & {"R432", "R433", "R435", "R440", "R449", *UNDECIDED}


def test_each_submission_goes_where_a_walk_down_the_table_leads(case: Case) -> None:
    catalog, left = case.large.loaded(case.folder), case.left
    submissions = case.submissions
    for number, row in enumerate(case.large.rows):
        won = submissions.of(case.met[number] & left[number])
        assert {decided(catalog, answers) for answers in won} <= {
            (row.name, row.gives["send_to"], row.gives["priority"])
        }
    missed = submissions.of(left[-1])
    assert {decided(catalog, answers) for answers in missed} <= {(None, "desk", "normal")}


def decided(catalog: Catalog, answers: dict[str, Any]) -> tuple[str | None, str, str]:
    decision = catalog.decide("tree", answers, received=NOON)
    return decision.route, decision.send_to, decision.priority


def test_the_regions_of_an_edit(case: Case) -> None:
    """They hold just what goes to another department or has another priority than before."""
    edited = case.large.edited(Random(case.seed))
    old, new = (large.loaded(case.folder).router for large in (case.large, edited))
    found = changes("tree", old, new)
    assert found.undecided == ()
    expected = {
        (one, other): both
        for one, (before, came) in outcomes(case.large, case.submissions).items()
        for other, (after, comes) in outcomes(edited, case.submissions).items()
        if before != after and (both := came & comes)
    }
    regions = {(region.old_route, region.new_route): region for change in found.changes for region in change.regions}
    assert regions.keys() == expected.keys()
    for names, region in regions.items():
        parts = any_of(case.submissions.where(part.condition) for part in region.parts)
        assert not parts & ~expected[names]
        assert parts == expected[names] or region.more


def outcomes(large: Large, submissions: Submissions) -> dict[str | None, tuple[object, int]]:
    """For each route what it gives and the submissions that it wins; None is the fallback."""
    left, found = submissions.all, {}
    for row in large.rows:
        met = submissions.meeting(row.when)
        found[row.name] = row.gives, left & met
        left &= ~met
    return {**found, None: ({"send_to": "desk", "priority": "normal"}, left)}


def test_the_same_table_as_csv(case: Case) -> None:
    """It reads as the same routes, of which the same is told, and is written as the same text again."""
    catalog, problems = case.large.read(case.folder)
    text = as_csv([row.written for row in case.large.rows])
    again, told = case.large.read(case.folder, in_csv=text)
    assert catalog is not None
    assert again is not None
    assert again.router.tables["trees"].routes == catalog.router.tables["trees"].routes
    assert sorted((problem.code, problem.what) for problem in told) == sorted(
        (problem.code, problem.what) for problem in problems
    )
