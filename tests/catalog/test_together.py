"""Mistakes in different rooms are all told in one run, each on the line on which it is told alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from formroute.catalog import check_catalog
from formroute.problems import Severity
from tests.copies import copied, edit

SMALL_CITY = Path(__file__).parent.parent / "small_city"
TESTS = """\
tests:
  - test: a yellow lamp cannot wait
    answers: {danger: no, colour: yellow}
    expect: {route: dangerous-colour}
"""

# Where | what stands there | what somebody wrote instead
SEEDS = [
    ("catalog.yaml", "languages:", "langues:"),
    ("catalog.yaml", "reference: SMA-YYYY-NNNNNN", "reference: smallville"),
    ("catalog.yaml", "working_hours: 08:30..16:30", "working_hours: 8h30 to 16h30"),
    ("catalog.yaml", "working_days: [mon,", "working_days: [monday,"),
    ("catalog.yaml", "  priority: normal", "  priority: norml"),
    ("departments.yaml", "private_answers: yes", "private_answers: maybe"),
    ("departments.yaml", "email: {to: ward@example.org}", "email: ward@example.org"),
    ("departments.yaml", "secret_env: LIGHTS_SECRET", "secret_env: lights"),
    ("lamp.yaml", "form: lamp", "form lamp"),
    ("lamp.yaml", "  fr: Un lampadaire éteint.", "  rf: Un lampadaire éteint."),
    ("lamp.yaml", "type: yes_no", "type: boolean"),
    ("lamp.yaml", "show_when: {danger: yes}", "show_when: {dagner: yes}"),
    ("lamp.yaml", "max: today", "max: some day"),
    ("lamp.yaml", "        type: long_text", "       type: long_text"),
    ("lamp.yaml", "max_size: 8 MB", "max_size: large"),
    ("routes.yaml", "forms: [lamp]", "forms: {lamp}"),
    ("routes.yaml", "when: {colour: yellow}", "when: {colour: yelow}"),
    ("routes.yaml", "priority: urgent", "priority: very urgent"),
    ("routes.yaml", "respond_within: 2 days", "respond_within: soon"),
    ("routes.yaml", "  - route: any-lamp", "  -route: any-lamp"),
    ("routes.yaml", "answers: {danger: no,", "answers: {dnager: no,"),
    ("routes.yaml", "colour: yellow}\n    expect", "colour: purple}\n    expect"),
    ("routes.yaml", "expect: {route: dangerous-colour}", "expect: {route: dangerous-color}"),
]
Told = frozenset[tuple[str, int, str]]


def told(seeds: frozenset[int]) -> Told:
    """File, line and code of each error in the small city with these mistakes."""
    with TemporaryDirectory() as home:
        folder = copied(SMALL_CITY, Path(home) / "schemas")
        routes = folder / "routes.yaml"
        routes.write_text(routes.read_text("utf-8") + TESTS, "utf-8")
        for file, old, new in (SEEDS[seed] for seed in sorted(seeds)):
            edit(folder / file, old, new)
        _, problems = check_catalog(folder)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    return frozenset((Path(one.mark.file).name, one.mark.line, one.code) for one in errors)


@cache
def alone(seed: int) -> Told:
    return told(frozenset({seed}))


def test_without_a_mistake_nothing_is_told() -> None:
    assert told(frozenset()) == frozenset()


@pytest.mark.parametrize("seed", range(len(SEEDS)), ids=[seed[2] for seed in SEEDS])
def test_each_alone_is_told_once(seed: int) -> None:
    assert len(alone(seed)) == 1


@example({5, 6, 7})
@settings(max_examples=30)
@given(st.sets(st.sampled_from(range(len(SEEDS))), min_size=2))
def test_what_is_told_of_each_alone_is_told_of_all_together_and_nothing_else(seeds: set[int]) -> None:
    together = told(frozenset(seeds))
    assert together == frozenset().union(*map(alone, seeds))
