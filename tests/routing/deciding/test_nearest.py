"""The fewest answers that make a named route win."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.conditions import ManyOf, OneOf, Question, Score, Test
from formroute.conditions.axes.aspects import Axis, Includes, Value
from formroute.conditions.axes.sets import Values
from formroute.routing.deciding.nearest import Nearest, nearest
from tests.routing.brute_force import EVERY, Answers, Raw, first_met
from tests.routing.test_laws import built, table, tables
from tests.routing.town import form, moment, router, submission, text


def changed(old: Answers, new: Answers) -> int:
    """How many answers differ; one that is gone because its question no longer shows does not count."""
    hidden = {"size"} if new["kind"] == "elm" else set()
    return sum(old.get(name) != new.get(name) for name in ("kind", "sick", "size", "over") if name not in hidden)


def asked(whens: Sequence[Raw | None], answers: Answers, number: int) -> Nearest:
    router, _ = built(table(whens))
    sent = submission("small", answers)
    return nearest(router.plans["small"], sent, moment(sent), f"r{number}")


@settings(max_examples=60)
@given(tables, st.sampled_from(EVERY), st.data())
def test_the_route_wins_after_the_fewest_changes_that_can_make_it_win(
    whens: list[Raw], answers: Answers, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(whens) - 1))
    found = asked(whens, answers, number)
    ways = [other for other in EVERY if first_met(whens, other) == number]
    assert found.certain
    if not ways:
        assert found.changes is None
        return
    assert found.changes is not None
    assert found.answers in EVERY
    assert first_met(whens, found.answers) == number
    assert len(found.changes) == changed(answers, dict(found.answers)) == min(changed(answers, way) for way in ways)


@settings(max_examples=30)
@given(tables, st.sampled_from(EVERY), st.data())
def test_routes_that_stand_before_it_take_all_that_it_could_take(
    whens: list[Raw], answers: Answers, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(whens) - 1))
    found = asked([*whens, whens[number]], answers, len(whens))
    assert found.changes is None
    met = [other for other in EVERY if first_met([whens[number]], other) == 0]
    before = [whens[int(name[1:])] for name in found.before]
    assert all(first_met(before, other) is not None for other in met)
    assert bool(met) == bool(before)


@pytest.mark.parametrize("whens", [[{"kind": "oak"}, {"kind": "elm"}], [{"kind": "elm"}, {"size": "answered"}]])
def test_routes_that_take_everything_stand_before_one_without_conditions(whens: list[Raw]) -> None:
    found = asked([*whens, None], EVERY[0], 2)
    assert (found.changes, found.certain, sorted(found.before)) == (None, True, ["r0", "r1"])


def test_points_are_changed_by_the_fewest_answers_that_give_them() -> None:
    asked_of_all = (Question("kind", OneOf(("elm", "oak"))), Question("needs", ManyOf(("ramp", "lift"))))
    parts = (("kind", Value(), Values.of("oak"), 3), ("needs", Includes("lift"), Values.of(True), 2))
    score = Score.of((Decimal(give), Test(Axis(name, aspect), accepts)) for name, aspect, accepts, give in parts)
    assert score is not None
    forms = {"tree": form("tree", text("Tree"), *asked_of_all, Question("points", score.domain, follows=score))}
    high = router(
        "table: t\nforms: [tree]\nroutes:\n- {route: high, when: {points: {at_least: 2}}, send_to: parks}\n"
        "- {route: rest, send_to: streets}\n",
        forms=forms,
    )
    sent = submission("tree", {"kind": "elm", "needs": ("ramp",), "points": 0})
    found = nearest(high.plans["tree"], sent, moment(sent), "high")
    assert found.certain
    assert [change.name for change in found.changes or ()] in (["kind"], ["needs"])
