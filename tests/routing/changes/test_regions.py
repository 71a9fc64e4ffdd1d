"""What an edit of the routes changes, against a decision for every submission before and after."""

import json
from collections.abc import Sequence
from dataclasses import replace
from textwrap import dedent
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.conditions import Condition, in_words
from formroute.routing import Router
from formroute.routing.changes.regions import Changes, changes
from formroute.routing.changes.rows import Outcome
from tests.routing.brute_force import EVERY, Answers, Raw, conditions, small
from tests.routing.town import FORMS, SETTINGS, compiled, decide, moment, router, submission

SMALL = {"small": small()}
FALLBACK = replace(SETTINGS, fallback="contact-centre")
OUTPUTS = st.fixed_dictionaries(
    {"send_to": st.sampled_from(["parks", "streets"])},
    optional={"priority": st.sampled_from(["high", "normal"]), "respond_within": st.sampled_from(["2 days", "4 days"])},
)
ROUTES = st.tuples(conditions, OUTPUTS)


def built(routes: Sequence[tuple[Raw, dict[str, Any]]], names: Sequence[str] = ()) -> Router:
    names = names or [f"r{number}" for number in range(len(routes))]
    written = [{"route": name, "when": when, **outputs} for name, (when, outputs) in zip(names, routes, strict=True)]
    yaml = json.dumps({"table": "trees", "forms": ["small"], "routes": written}, indent=1)
    return compiled(yaml, forms=SMALL, settings=FALLBACK)[0]


@st.composite
def edits(draw: st.DrawFn) -> tuple[Router, Router]:
    """A table, and the same with routes taken out, put in, moved and changed."""
    old = draw(st.lists(ROUTES, min_size=1, max_size=4))
    new = draw(st.permutations(old))[: draw(st.integers(0, len(old)))] if draw(st.booleans()) else list(old)
    for route in draw(st.lists(ROUTES, max_size=2)):
        new.insert(draw(st.integers(0, len(new))), route)
    if new and draw(st.booleans()):
        at = draw(st.integers(0, len(new) - 1))
        new[at] = new[at][0], draw(OUTPUTS)
    return built(old), built(new or [old[0]])


def outcome(table: Router, answers: Answers) -> tuple[Outcome, str | None]:
    decision = decide(table, submission("small", answers))
    route = table.plans["small"].winner(decision.route)
    return Outcome(decision.send_to, decision.priority, route.outputs.respond_within if route else None), decision.route


def holds(condition: Condition, answers: Answers) -> bool:
    return condition.holds(answers, moment(submission("small", answers)))


@settings(max_examples=150)
@given(edits())
def test_the_regions_hold_just_the_submissions_that_come_out_otherwise(edit: tuple[Router, Router]) -> None:
    old, new = edit
    found = changes("small", old, new)
    assert found.undecided == ()
    for answers in EVERY:
        (before, one), (after, other) = outcome(old, answers), outcome(new, answers)
        regions = [
            (change.old, region.old_route, change.new, region.new_route)
            for change in found.changes
            for region in change.regions
            if any(holds(part.condition, answers) for part in region.parts)
        ]
        assert regions == ([] if before == after else [(before, one, after, other)])


@settings(max_examples=50)
@given(edits())
def test_every_part_has_a_witness_that_goes_from_the_one_to_the_other(edit: tuple[Router, Router]) -> None:
    old, new = edit
    for change in changes("small", old, new).changes:
        for region in change.regions:
            assert not region.more
            for part in region.parts:
                answers = dict(part.witness.answers)
                assert part.condition.holds(answers, part.witness.moment)
                complete = [one for one in EVERY if all(one.get(name) == value for name, value in answers.items())]
                assert outcome(old, complete[0]) == (change.old, region.old_route)
                assert outcome(new, complete[0]) == (change.new, region.new_route)


TAGGED = st.tuples(
    conditions, st.fixed_dictionaries({"send_to": st.just("parks"), "tags": st.sampled_from(["a", "b"])})
)


TABLES = st.lists(TAGGED, min_size=1, max_size=3, unique_by=json.dumps)


@settings(max_examples=100)
@given(TABLES, TABLES)
def test_what_another_route_takes_with_other_tags_is_told(
    before: list[tuple[Raw, dict[str, Any]]], after: list[tuple[Raw, dict[str, Any]]]
) -> None:
    """Under the same name, a route that has other tags is no other route."""
    named = {json.dumps(route): f"s{number}" for number, route in enumerate([*before, *after])}
    old, new = (built(routes, [named[json.dumps(route)] for route in routes]) for routes in (before, after))
    found = changes("small", old, new)
    for answers in EVERY:
        (came_to, one), (comes_to, other) = outcome(old, answers), outcome(new, answers)
        tags = [decide(table, submission("small", answers)).tags for table in (old, new)]
        told = [
            (region.old_route, region.new_route)
            for change in found.changes
            if change.along
            for region in change.regions
            if any(holds(part.condition, answers) for part in region.parts)
        ]
        asked = {name: json.loads(key)[0] for key, name in named.items()}
        if came_to != comes_to or tags[0] == tags[1]:
            assert told == []
        elif one is None or other is None or asked[one] != asked[other]:
            assert told == [(one, other)]


OLD = """\
table: streets
forms: [pothole]
routes:
  - route: deep
    when: {depth_cm: {at_least: 10}}
    send_to: streets
    priority: urgent
  - route: lane
    when: {surface: lane}
    send_to: parks
  - route: rest
    send_to: streets
"""


def told(old: str, new: str) -> list[str]:
    """Each change as one line, with every part in words."""
    pothole = {"pothole": FORMS["pothole"]}
    found = changes("pothole", router(dedent(old), forms=pothole), router(dedent(new), forms=pothole))
    return [line for change in found.changes for line in _lines(change.old, change.new, found, change.regions)]


def _lines(old: Outcome, new: Outcome, found: Changes, regions: Sequence[Any]) -> list[str]:
    return [
        f"{old.send_to}/{old.priority} -> {new.send_to}/{new.priority} ({region.old_route} -> {region.new_route}): "
        f"{in_words(part.condition, 'en', found.scope)}"
        for region in regions
        for part in region.parts
    ]


def test_nothing_changed_is_nothing_told() -> None:
    assert told(OLD, OLD) == []


def test_another_threshold_changes_what_lies_between() -> None:
    """A depth is asked of roads and lanes only, so that nothing is said of sidewalks."""
    assert told(OLD, OLD.replace("10", "20")) == [
        "streets/urgent -> parks/normal (deep -> lane): surface is lane and depth_cm is from 10 to 19",
        "streets/urgent -> streets/normal (deep -> rest): surface is Road and depth_cm is from 10 to 19",
    ]


def test_a_route_moved_up_changes_what_the_others_took() -> None:
    new = OLD.replace(
        "  - route: deep", "  - route: lane\n    when: {surface: lane}\n    send_to: parks\n  - route: deep"
    )
    new = new[: new.rindex("  - route: lane")] + new[new.rindex("  - route: rest") :]
    assert told(OLD, new) == [
        "streets/urgent -> parks/normal (deep -> lane): surface is lane and depth_cm is at least 10",
    ]


def test_another_name_or_another_tag_changes_nothing() -> None:
    assert told(OLD, OLD.replace("route: lane", "route: back-lane\n    tags: [lane]")) == []
