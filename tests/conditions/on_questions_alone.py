"""Conditions and FEEL on questions alone, without the facts, calendars and files of a city."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from formroute.conditions import (
    Condition,
    Dates,
    Domain,
    Expression,
    Files,
    ManyOf,
    Moment,
    Numbers,
    OneOf,
    Points,
    Question,
    Texts,
    Times,
    compile_condition,
    compile_expression,
)
from formroute.definitions import Place, parse_source
from formroute.problems import Problem

MOMENT = Moment(datetime(2026, 6, 10, 12, tzinfo=ZoneInfo("America/Winnipeg")), {"form": "pothole"})
DOMAINS: dict[str, Domain] = {
    "surface": OneOf(("road", "lane", "sidewalk")),
    "danger": OneOf((True, False)),
    "depth": Numbers(1, 200, places=0),
    "width": Numbers(places=10),
    "seen_on": Dates(date(2020, 1, 1), date(2030, 12, 31)),
    "at": Times(),
    "details": Texts(200),
    "needs": ManyOf(("ramp", "lift", "sign")),
    "photos": Files(3),
    "where": Points(),
}
SCOPE = {name: Question(name, domain, required=False) for name, domain in DOMAINS.items()}
NOON = time(12)


def place(yaml: str) -> Place:
    problems: list[Problem] = []
    source = parse_source(yaml, "rules.yaml", problems)
    assert source, problems
    return Place.of(source)


def condition(yaml: str) -> tuple[Condition | None, list[Problem]]:
    """What stands under `when`, and every problem with it."""
    problems: list[Problem] = []
    at = place(yaml)
    return compile_condition(at.plain(), at, SCOPE, problems, later={"later"}), problems


def expression(yaml: str, *, blank: bool = False) -> tuple[Expression | None, list[Problem]]:
    """What stands under `if` in this YAML, and every problem with it."""
    problems: list[Problem] = []
    at = place(yaml)["if"]
    return compile_expression(at.plain(), at, SCOPE, problems, later={"later"}, blank=blank), problems


def condition_of(yaml: str) -> Condition:
    found, problems = condition(yaml)
    assert found, "\n".join(map(str, problems))
    return found


def expression_of(text: str, *, blank: bool = False) -> Expression:
    found, problems = expression(f"if: {text}", blank=blank)
    assert found, "\n".join(map(str, problems))
    return found
