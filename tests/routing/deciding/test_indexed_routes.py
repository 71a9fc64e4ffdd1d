"""What is told of routes that were nearly met is what a walk over their lines would tell."""

from collections.abc import Sequence
from typing import Any as Anything

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions import All, Condition
from formroute.conditions.axes.moments import Moment
from formroute.routing.deciding import indexed_routes
from formroute.routing.deciding.index import Known, Look
from formroute.routing.deciding.indexed_routes import IndexedRoutes
from formroute.routing.deciding.table import Line, Outputs, Route, Wording
from tests.conditions.generated import ANSWERS, CONDITIONS, DOMAINS
from tests.routing.town import NOON, place, question

SCOPE = {name: question(name, domain) for name, domain in DOMAINS.items()}
ROUTES = st.lists(st.lists(CONDITIONS, min_size=1, max_size=3), min_size=1, max_size=8)
answers = st.fixed_dictionaries({}, optional={name: st.sampled_from(given) for name, given in ANSWERS.items()})


def route(number: int, conditions: Sequence[Condition]) -> Route:
    wording = Wording("table", f"{number}", All(tuple(conditions)), "en", SCOPE)
    lines = tuple(Line(condition, wording) for condition in conditions)
    return Route(wording.route, lines, Outputs(), wording, place("route: it"))


@given(ROUTES, st.lists(answers, min_size=1, max_size=6))
def test_whatever_was_told_before_each_step_is_the_first_line_that_does_not_hold(
    written: list[list[Condition]], given: list[dict[str, Anything]]
) -> None:
    routes = [route(number, conditions) for number, conditions in enumerate(written)]
    known = Known()
    among = IndexedRoutes.of(routes, known)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexed_routes, "_MOST_TOLD", -1)
        for one in given:
            look = Look(one, Moment(NOON), known)
            told = among.told(look, len(routes), among.index.met(look))
            assert told == [route.told(look) for route in routes if route.name in {step.route for step in told}]
            assert {step.route for step in told if step.met} == {r.name for r in routes if look.holds(r.condition)}
