"""Laws of routing, on tables that Hypothesis writes and a form of which every submission is looked at."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from operator import attrgetter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.problems import Problem
from formroute.routing import Router, Workbench, compile_router
from formroute.routing.deciding.left_out import other_outcome
from tests.routing.brute_force import EVERY, Answers, Raw, as_shown, conditions, first_met, meets, small
from tests.routing.town import DEPARTMENTS, FORMS, SETTINGS, by_code, compiled, decide, documents, moment, submission

SMALL = {"small": small()}
FALLBACK = replace(SETTINGS, fallback="contact-centre")
tables = st.lists(conditions, min_size=1, max_size=5)
MANY = settings(max_examples=50)


def table(whens: Sequence[Raw | None], policy: str = "first", name: str = "trees", **outputs: Any) -> str:
    """A route file as JSON, which is YAML; route `r0` is the first."""
    sends = {} if policy == "collect" else {"send_to": "parks"}
    routes = [
        {"route": f"r{number}", **({} if when is None else {"when": when}), **sends, **outputs}
        for number, when in enumerate(whens)
    ]
    return json.dumps({"table": name, "forms": ["small"], "policy": policy, "routes": routes}, indent=1)


def built(*yaml: str) -> tuple[Router, dict[str, list[Problem]]]:
    """The router, and its problems by their codes."""
    router, problems = compiled(*yaml, forms=SMALL, settings=FALLBACK)
    return router, by_code(problems)


def named(problems: Sequence[Problem] | None) -> set[str]:
    """The routes that problems are about."""
    return {problem.line[problem.mark.column - 1 :][: problem.width].strip('"') for problem in problems or ()}


@MANY
@given(tables)
def test_the_router_decides_as_a_walk_down_the_table_would(whens: list[Raw]) -> None:
    router, _ = built(table(whens))
    for answers in EVERY:
        number = first_met(whens, answers)
        decision = decide(router, submission("small", answers))
        met = [step.met for step in decision.trace]
        if number is None:
            assert (decision.route, decision.tags, met) == (None, ("unrouted",), [False] * len(whens))
        else:
            assert (decision.route, decision.tags, met) == (f"r{number}", (), [False] * number + [True])


@MANY
@given(tables)
def test_a_gap_is_told_just_when_there_is_one(whens: list[Raw]) -> None:
    """And every submission that agrees with the example that is told is one that no route takes."""
    _, problems = built(table(whens))
    missed = [answers for answers in EVERY if first_met(whens, answers) is None]
    assert ("R432" in problems) == bool(missed)
    for problem in problems.get("R432", ()):
        _, _, example = problem.what.partition("contact-centre")
        shown = re.findall(r"`(\w+): ([^`]*)`", example)
        like_it = [answers for answers in EVERY if all(as_shown(name, answers) == text for name, text in shown)]
        assert like_it
        assert all(answers in missed for answers in like_it)


@MANY
@given(tables)
def test_a_route_is_called_dead_just_when_no_submission_reaches_it(whens: list[Raw]) -> None:
    _, problems = built(table(whens))
    winners = {first_met(whens, answers) for answers in EVERY}
    dead = {number for number in range(len(whens)) if number not in winners}
    impossible = {number for number in dead if not any(meets(whens[number], answers) for answers in EVERY)}
    behind = {number for found in problems.get("R440", ()) for number in range(_first_named(found), len(whens))}
    assert behind == set() or min(behind) > max(winners - {None}, default=-1)
    assert named(problems.get("R433")) == {f"r{number}" for number in dead - impossible - behind}
    assert named(problems.get("R434")) == {f"r{number}" for number in impossible}


@MANY
@given(tables)
def test_the_routes_that_are_named_take_all_and_none_of_them_can_be_spared(whens: list[Raw]) -> None:
    _, problems = built(table(whens))
    for found in [*problems.get("R433", ()), *problems.get("R440", ())]:
        number = _first_named(found)
        _, _, told = found.what.partition("never win")
        takers = [int(name) for name in re.findall(r"`r(\d+)`", told)]
        could = [answers for answers in EVERY if meets(whens[number], answers)]
        if found.code == "R433":
            assert takers == sorted(set(takers))
            assert all(taker < number for taker in takers)
            assert all(any(meets(whens[taker], answers) for taker in takers) for answers in could)
            for spared in takers:
                others = [taker for taker in takers if taker != spared]
                assert not all(any(meets(whens[taker], answers) for taker in others) for answers in could)


def _first_named(found: Problem) -> int:
    (name,) = named([found])
    return int(name[1:])


@MANY
@given(tables)
def test_every_overlap_is_told_just_when_two_routes_take_one_submission(whens: list[Raw]) -> None:
    _, problems = built(table(whens, policy="unique"))
    both = {
        (later, earlier)
        for answers in EVERY
        for earlier, later in combinations([number for number, when in enumerate(whens) if meets(when, answers)], 2)
    }
    told = [re.findall(r"`r(\d)`", found.what) for found in problems.get("R435", ())]
    many = [re.findall(r"`r(\d)`", found.what) for found in problems.get("R449", ())]
    told += [[later, earlier] for later, *others, _ in many for earlier in others]
    assert sorted((int(later), int(earlier)) for later, earlier in told) == sorted(both)


def test_overlaps_are_told_one_by_one_then_by_their_routes_and_then_in_one_number() -> None:
    """Routes that all take everything: the number of pairs is n (n - 1) / 2."""
    _, few = built(table([None] * 4, policy="unique"))
    _, some = built(table([None] * 15, policy="unique"))
    _, many = built(table([None] * 120, policy="unique"))
    assert (len(few["R435"]), "R449" in few) == (6, False)
    assert (len(some["R435"]), len(some["R449"]), "R448" in some) == (6, 11, False)
    assert "with 14 routes before it: `r0`, `r1`, `r2`, `r3`, `r4` and 9 more." in some["R449"][-1].what
    assert (len(many["R435"]), len(many["R449"])) == (6, 97)
    assert [found.what.split(" of")[0] for found in many["R448"]] == ["7,140 pairs"]


@settings(max_examples=20)
@given(tables, tables, st.sampled_from(EVERY))
def test_what_collects_never_changes_destination_priority_or_due(
    whens: list[Raw], adding: list[Raw], answers: Answers
) -> None:
    deciding = table([*whens, None], priority="high", respond_within="3 business days")
    alone, _ = built(deciding)
    both, _ = built(deciding, table(adding, "collect", "notes", tags=["noted"], copy_to=["streets"]))
    sent = submission("small", answers)
    before, after = decide(alone, sent), decide(both, sent)
    decided = attrgetter("table", "route", "send_to", "priority", "due")
    assert decided(before) == decided(after)
    met = any(meets(when, answers) for when in adding)
    assert (after.tags, after.copy_to) == ((("noted",), ("streets",)) if met else ((), ()))


@MANY
@given(st.lists(st.tuples(conditions, st.sampled_from("ab")), min_size=2, max_size=6))
def test_contradictions_are_told_just_where_a_submission_meets_both(routes: list[tuple[Raw, str]]) -> None:
    rows = [
        {"route": f"r{number}", "when": when, "set": {"queue": value}} for number, (when, value) in enumerate(routes)
    ]
    adding = json.dumps({"table": "notes", "forms": ["small"], "policy": "collect", "routes": rows}, indent=1)
    _, problems = compiled(table([None]), adding, forms=SMALL)
    starts = [number for number, line in enumerate(adding.splitlines(), 1) if '"route":' in line]
    told = [
        (sum(start <= one.mark.line for start in starts) - 1, int(other))
        for one in problems
        if one.code in ("R426", "R454")
        for other in re.findall(r"`r(\d)`", one.what.partition(" This submission")[0])
    ]
    both = {
        (later, earlier)
        for answers in EVERY
        for earlier, later in combinations([n for n, (when, _) in enumerate(routes) if meets(when, answers)], 2)
        if routes[earlier][1] != routes[later][1]
    }
    assert sorted(told) == sorted(both)


FILES = [("a", "first"), ("b", "collect"), ("c", "collect")]


@settings(max_examples=20)
@given(st.permutations(FILES), st.permutations([*FORMS, *SMALL]), tables)
def test_neither_the_order_of_files_nor_that_of_forms_changes_anything(
    order: list[tuple[str, str]], forms: list[str], whens: list[Raw]
) -> None:
    def everything(names: Sequence[tuple[str, str]], forms: Sequence[str]) -> tuple[object, ...]:
        problems: list[Problem] = []
        scopes = {**FORMS, **SMALL}
        yaml = {name: table([*whens, None], policy, name, tags=[name]) for name, policy in names}
        router = compile_router(
            [document for name in dict(names) for document in documents(yaml[name])],
            Workbench(DEPARTMENTS, {form: scopes[form] for form in forms}, SETTINGS, problems),
        )
        decisions = [decide(router, submission("small", answers)) for answers in EVERY]
        return decisions, {(problem.code, problem.what) for problem in problems}

    assert everything(order, forms) == everything(sorted(order), sorted(forms))


@settings(max_examples=20)
@given(tables, st.sampled_from(EVERY))
def test_what_collects_may_be_spread_over_tables(whens: list[Raw], answers: Answers) -> None:
    """Routes give what they give in whichever table they stand, and each one that is met does."""
    deciding, adds = table([None]), {"copy_to": ["streets"], "tags": ["noted"]}
    whole, _ = built(deciding, table(whens, "collect", "notes", **adds))
    spread, _ = built(deciding, *(table([when], "collect", f"n{row}", **adds) for row, when in enumerate(whens)))
    told, _ = built(
        deciding, *(table([when], "collect", f"n{row}", tags=[f"t{row}"]) for row, when in enumerate(whens))
    )
    sent = submission("small", answers)
    outputs = attrgetter("tags", "copy_to", "send_to", "priority", "due")
    assert outputs(decide(whole, sent)) == outputs(decide(spread, sent))
    assert decide(told, sent).tags == tuple(f"t{row}" for row, when in enumerate(whens) if meets(when, answers))


@MANY
@given(tables, st.sampled_from(EVERY), st.sampled_from([{"size"}, {"kind", "size"}]))
def test_left_out_answers_are_told_just_when_they_could_change_the_outcome(
    whens: list[Raw], answers: Answers, left_out: set[str]
) -> None:
    """Every submission that agrees with what was given is a way to go on."""
    router, _ = built(table([*whens, None]))
    kept_answers = {name: answer for name, answer in answers.items() if name not in left_out}
    sent = submission("small", kept_answers)
    decision = decide(router, sent)
    kept = kept_answers.keys() | {"sick", "over"}
    ways = [other for other in EVERY if all(other.get(name) == kept_answers.get(name) for name in kept)]
    outcomes = {f"r{first_met([*whens, None], other)}" for other in ways}
    found = other_outcome(router.tables["trees"], router.plans["small"], sent, moment(sent), decision)
    assert (found is not None) == bool(outcomes - {decision.route})
