"""What follows from a route beside its destination: values, who is notified, and the days on which it counts."""

from datetime import date, datetime

import pytest

from formroute.problems import Problem
from formroute.routing import Router
from tests.routing import town
from tests.routing.town import FORMS, ZONE, codes, decide, submission

SNOW = {"snow": FORMS["snow"]}


def compiled(*yaml: str) -> tuple[Router, list[Problem]]:
    return town.compiled(*yaml, forms=SNOW)


def router(*yaml: str) -> Router:
    return town.router(*yaml, forms=SNOW)


STREETS = """\
table: streets
forms: [snow]
routes:
  - route: crossing
    when: {surface: crossing}
    send_to: streets
    set: {queue: night, crew: "3"}
    notify: councillor@example.org
  - route: rest
    send_to: parks
"""

WINTER = """\
table: winter
forms: [snow]
policy: collect
routes:
  - route: deep
    when: {depth_cm: {at_least: 50}}
    set: {plough: large}
    notify: [councillor@example.org, press@example.org]
    tags: [deep]
"""


def test_values_and_addresses_of_all_routes_that_are_met_go_along() -> None:
    decision = decide(router(STREETS, WINTER), submission("snow", {"surface": "crossing", "depth_cm": 60}))
    assert decision.values == {"queue": "night", "crew": "3", "plough": "large"}
    assert decision.notify == ("councillor@example.org", "press@example.org")


def test_without_such_a_route_there_are_none() -> None:
    decision = decide(router(STREETS, WINTER), submission("snow", {"surface": "road", "depth_cm": 1}))
    assert (decision.values, decision.notify) == ({}, ())


def test_two_values_for_one_name_are_an_error_where_one_submission_meets_both() -> None:
    _, problems = compiled(STREETS, WINTER.replace("plough: large", "queue: day"))
    assert codes(problems) == ["R426"]
    assert problems[0].what == (
        "`queue` is `day` here, `night` in `crossing`; this submission of `snow` meets both: "
        "`depth_cm: 50`, `surface: crossing`."
    )


@pytest.mark.parametrize(
    "narrowed",
    [
        WINTER.replace("plough: large", "queue: night"),
        WINTER.replace("plough: large", "queue: day").replace("{depth_cm:", "{surface: road, depth_cm:"),
    ],
)
def test_the_same_value_and_routes_that_are_never_met_together_do_not_clash(narrowed: str) -> None:
    assert compiled(STREETS, narrowed)[1] == []


def test_a_route_that_contradicts_many_is_told_once_with_their_number() -> None:
    """Each of these sets another value, and all are met by something deep; none goes with a crossing."""
    deep = "".join(
        f"  - route: over-{number}\n    when: {{surface: road, depth_cm: {{at_least: {number}}}}}\n"
        f"    set: {{queue: q{number}}}\n"
        for number in range(2, 10)
    )
    _, problems = compiled(STREETS, f"table: winter\nforms: [snow]\npolicy: collect\nroutes:\n{deep}")
    told = [[one.code for one in problems if one.mark.line == line] for line in range(7, 31, 3)]
    assert told == [[], ["R426"], ["R426"] * 2, ["R426"] * 3, *[["R454"]] * 4]
    assert problems[-1].what == (
        "`queue` is `q9` here and something else in 7 routes that can be met together with it: "
        "`over-2`, `over-3`, `over-4`, `over-5`, `over-6` and 2 more. "
        "This submission of `snow` meets it and `over-2`, where it is `q2`: `surface: road`, `depth_cm: 9`."
    )


def test_after_a_hundred_routes_that_contradict_others_only_the_number_of_the_rest_is_told() -> None:
    deep = "".join(
        f"  - route: over-{number}\n    when: {{depth_cm: {{at_least: {number}}}}}\n    set: {{queue: q{number}}}\n"
        for number in range(2, 152)
    )
    _, problems = compiled(STREETS, f"table: winter\nforms: [snow]\npolicy: collect\nroutes:\n{deep}")
    told = [problem for problem in problems if problem.code == "R455"]
    assert len({problem.mark.line for problem in problems} - {told[0].mark.line}) == 100
    assert told[0].what.startswith("50 routes from here on set a name ")


EFFECTIVE = """\
table: streets
forms: [snow]
routes:
  - route: parking-ban
    when: {surface: road}
    effective: {from: 2026-12-01, until: 2027-03-01}
    send_to: streets
  - route: rest
    send_to: parks
"""

DAYS = [
    ("2026-11-30 23:59", "rest"),
    ("2026-12-01 00:00", "parking-ban"),
    ("2027-03-01 23:59", "parking-ban"),
    ("2027-03-02 00:00", "rest"),
]


@pytest.mark.parametrize(("received", "route"), DAYS)
def test_a_route_counts_on_its_days_by_the_clocks_of_the_city(received: str, route: str) -> None:
    at = datetime.strptime(received, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
    assert decide(router(EFFECTIVE), submission("snow", {"surface": "road"}, at)).route == route


def test_the_proof_looks_at_every_period() -> None:
    """What no route takes before and after is found, and the example says when."""
    alone, _, _ = EFFECTIVE.partition("  - route: rest")
    _, problems = compiled(alone.replace("    when: {surface: road}\n", ""))
    assert codes(problems) == ["R431"]
    assert "`received: " in problems[0].what
    shown = problems[0].what.partition("`received: ")[2][:10]
    assert not date(2026, 12, 1) <= date.fromisoformat(shown) <= date(2027, 3, 1)
