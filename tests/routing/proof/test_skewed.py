"""Tables as they grow: most routes about the same few things, questions that may be left out, days and several choices.

What the proof tells of them is what looking at every submission shows, both ways.
"""

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.conditions import Dates, ManyOf, Numbers, OneOf, RelativeDay
from formroute.problems import Problem
from formroute.problems.routes import UNDECIDED
from formroute.routing import FormScope
from tests.conditions.reading.by_hand import meets
from tests.routing.test_laws import FALLBACK, named
from tests.routing.town import by_code, compiled, form, question, text

DAYS = [date(2026, 5, 30) + timedelta(days) for days in range(4)]
KIND = question("kind", OneOf(("oak", "elm", "ash")))
GROWN = form(
    "grown",
    text("Grown"),
    KIND,
    question("size", Numbers(0, 2, 0), {"kind": KIND}, shows="kind: oak"),
    question("over", ManyOf(("road", "wire")), required=False),
    question("day", Dates(DAYS[0], DAYS[-1]), required=False),
)
TICKED = (None, ("road",), ("wire",), ("road", "wire"))
GIVEN = [
    dict(zip(("kind", "size", "over", "day"), answers, strict=True))
    for kinds, sizes in ((("oak",), (0, 1, 2)), (("elm", "ash"), (None,)))
    for answers in product(kinds, sizes, TICKED, (None, *DAYS))
]
EVERY = [{name: answer for name, answer in given.items() if answer is not None} for given in GIVEN]
TODAY = date(2026, 6, 10)

Route = dict[str, Any]
Answers = dict[str, Any]


def _skewed(*tests: Any) -> st.SearchStrategy[Any]:
    """The first of them half of the time."""
    return st.just(tests[0]) | st.sampled_from(tests)


routes = st.fixed_dictionaries(
    {"kind": _skewed("oak", "elm", "ash", ["oak", "elm"], {"not": ["oak"]})},
    optional={
        "size": _skewed({"at_least": "1"}, "blank", "answered", "0", ["0", "2"], {"not": ["1"]}),
        "over": _skewed(
            {"includes": "road"},
            {"includes_none": ["wire"]},
            {"includes_all": ["road", "wire"]},
            {"count": {"at_least": "2"}},
            {"count": "1", "includes": "wire"},
            "blank",
            "answered",
        ),
        "day": _skewed(
            {"weekday": ["sat", "sun"]},
            {"weekday": "mon"},
            {"before": "2026-06-01"},
            {"after": "2026-05-31", "weekday": ["sun", "mon"]},
            {"not": "2026-05-31"},
            "2026-05-30..2026-05-31",
            "blank",
            "answered",
        ),
    },
)
tables = st.lists(routes, min_size=3, max_size=25)


def told(whens: Sequence[Route], policy: str, scope: FormScope = GROWN) -> dict[str, list[Problem]]:
    """What is told of a table of these routes, by its codes."""
    gives = {"tags": ["noted"]} if policy == "collect" else {"send_to": "parks"}
    rows = [{"route": f"r{number}", "when": when, **gives} for number, when in enumerate(whens)]
    table = {"table": "trees", "forms": ["grown"], "policy": policy, "routes": rows}
    others = ["table: all\nforms: [grown]\nroutes: [{route: all, send_to: parks}]"] if policy == "collect" else []
    _, problems = compiled(json.dumps(table, indent=1), *others, forms={"grown": scope}, settings=FALLBACK)
    return by_code(problems)


def _met(whens: Sequence[Route], answers: Answers, today: date = TODAY) -> list[int]:
    return [
        number
        for number, when in enumerate(whens)
        if all(meets(raw, answers.get(name), today) for name, raw in when.items())
    ]


@settings(max_examples=40)
@given(tables)
def test_gaps_and_dead_routes_of_a_skewed_table(whens: list[Route]) -> None:
    _gaps_and_dead_routes(told(whens, "first"), whens, [_met(whens, answers) for answers in EVERY])


def _gaps_and_dead_routes(found: dict[str, list[Problem]], whens: list[Route], met: list[list[int]]) -> None:
    """What is found is what the routes show that every submission meets."""
    winners = {numbers[0] for numbers in met if numbers}
    possible = {number for numbers in met for number in numbers}
    assert ("R432" in found) == ([] in met)
    behind = {
        number
        for problem in found.get("R440", ())
        for name in named([problem])
        for number in range(int(name[1:]), len(whens))
    }
    assert behind <= possible - winners
    assert named(found.get("R433")) == {f"r{number}" for number in possible - winners - behind}
    assert named(found.get("R434")) == {f"r{number}" for number in set(range(len(whens))) - possible - behind}
    assert not found.keys() & UNDECIDED


@settings(max_examples=40)
@given(tables)
def test_overlaps_of_a_skewed_table(whens: list[Route]) -> None:
    found = told(whens, "unique")
    both = {pair for answers in EVERY for pair in combinations(_met(whens, answers), 2)}
    shown = [re.findall(r"`r(\d+)`", problem.what) for problem in found.get("R435", ())]
    pairs = {(int(earlier), int(later)) for later, earlier in shown}
    counts = {later: sum(other == later for _, other in both) for _, later in both}
    many = {later for later, count in counts.items() if count > 3}
    assert pairs == {pair for pair in both if pair[1] not in many}
    told_of_many = [re.findall(r"`r(\d+)` shares .* with (\d+) routes", one.what)[0] for one in found.get("R449", ())]
    assert {(int(later), int(count)) for later, count in told_of_many} == {(later, counts[later]) for later in many}
    assert not found.keys() & UNDECIDED


@settings(max_examples=20)
@given(tables)
def test_routes_of_a_skewed_table_that_adds(whens: list[Route]) -> None:
    """One that is never met is told; that another is met first says nothing."""
    found = told(whens, "collect")
    never = set(range(len(whens))) - {number for answers in EVERY for number in _met(whens, answers)}
    assert named(found.get("R434")) == {f"r{number}" for number in never}
    assert not found.keys() & {"R433", "R435", "R440", "R449", *UNDECIDED}


DATED = form(
    "dated",
    text("Dated"),
    KIND,
    question("seen", Dates(RelativeDay(3), RelativeDay(0)), required=False),
    question("due", Dates(DAYS[0], DAYS[-1]), required=False),
)
GIVEN_ON = [
    ({"kind": kind, **({"seen": seen} if seen else {}), **({"due": due} if due else {})}, today)
    for today in (DAYS[0] + timedelta(days) for days in range(-14, 19))
    for kind, due in product(("oak", "elm", "ash"), (None, *DAYS))
    for seen in (None, *(today - timedelta(days) for days in range(4)))
]
dated_tables = st.lists(
    st.fixed_dictionaries(
        {"kind": _skewed("oak", {"not": ["oak"]})},
        optional={
            "seen": _skewed(
                {"before": "today"},
                "1 day ago",
                {"on_or_after": "2026-06-02"},
                {"weekday": ["sat", "sun"]},
                {"weekday": "mon", "before": "2026-06-05"},
                {"not": "today"},
                "blank",
            ),
            "due": _skewed({"after": "1 day ago"}, "today", {"weekday": "mon"}, {"after": "2026-05-31"}, "blank"),
        },
    ),
    min_size=3,
    max_size=9,
)


@settings(max_examples=15)
@given(dated_tables)
def test_days_said_from_today_beside_days_of_the_calendar(whens: list[Route]) -> None:
    """On every day on which the two can stand to each other in another way."""
    met = [_met(whens, answers, today) for answers, today in GIVEN_ON]
    _gaps_and_dead_routes(told(whens, "first", DATED), whens, met)
