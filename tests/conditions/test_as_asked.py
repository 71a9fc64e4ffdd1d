"""What a form makes of answers: nothing that it does not ask, and all that follows."""

from typing import Any

import pytest

from formroute.conditions import Lookup, Numbers, OneOf, Question, Test, rows_of
from formroute.conditions.as_asked import as_asked
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.sets import Values
from tests.conditions.in_a_city import at

KIND = Question("kind", OneOf(("oak", "elm")))
IS_OAK = Test(Axis("kind", Value()), Values.of("oak"))
HEIGHT = Question("height", Numbers(0, 40, places=0), visible=IS_OAK)
WARD = Question("ward", OneOf(("north",)), follows=Lookup("height", {3: "north"}))
ROWS = Question("trees", rows_of({"height": HEIGHT}, 0, 3), visible=IS_OAK)
SCOPE = {question.name: question for question in (KIND, HEIGHT, WARD, ROWS)}

# What is answered | what the form makes of it
ANSWERS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"kind": "oak", "height": 4}, {"kind": "oak", "height": 4}),
    ({"kind": "elm", "height": 4}, {"kind": "elm"}),
    ({"height": 3, "kind": "oak"}, {"kind": "oak", "height": 3, "ward": "north"}),
    ({"height": 3, "kind": "elm", "ward": "north"}, {"kind": "elm"}),
    ({"kind": "oak", "ward": "north", "gone": "yes"}, {"kind": "oak"}),
    ({"kind": "oak", "trees": ({"height": 2, "age": 1},)}, {"kind": "oak", "trees": ({"height": 2},)}),
    ({"kind": "elm", "trees": ({"height": 2},)}, {"kind": "elm"}),
]


@pytest.mark.parametrize(("answers", "seen"), ANSWERS)
def test_only_what_is_asked_is_there_and_what_follows_is_worked_out(
    answers: dict[str, Any], seen: dict[str, Any]
) -> None:
    assert as_asked(SCOPE, answers, at("2026-06-03T12:00")) == seen


def test_answers_stand_in_the_order_asked() -> None:
    assert list(as_asked(SCOPE, {"height": 3, "kind": "oak"}, at("2026-06-03T12:00"))) == ["kind", "height", "ward"]
