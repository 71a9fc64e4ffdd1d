"""A condition made one function says what the condition says."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions import ALWAYS, Condition, Test, predicate, unless_always
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.sets import Values
from tests.conditions.generated import ANSWERS, CONDITIONS
from tests.conditions.on_questions_alone import MOMENT

GIVEN = st.fixed_dictionaries({}, optional={name: st.sampled_from(answers) for name, answers in ANSWERS.items()})


@given(CONDITIONS, GIVEN)
def test_a_predicate_holds_exactly_where_its_condition_does(condition: Condition, answers: dict[str, Any]) -> None:
    assert predicate(condition)(answers, MOMENT) is condition.holds(answers, MOMENT)


@given(st.sampled_from(["pothole", "lamp", "nothing"]), st.booleans(), st.booleans())
def test_a_fact_is_asked_of_the_moment(form: str, rest: bool, blank: bool) -> None:
    condition = Test(Axis("form", Value()), Values(frozenset({form}), rest, blank))
    assert predicate(condition)({}, MOMENT) is condition.holds({}, MOMENT)


def test_what_always_holds_need_not_be_asked() -> None:
    assert unless_always(ALWAYS) is None
