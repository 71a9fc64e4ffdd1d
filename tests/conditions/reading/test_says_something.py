"""A test that no answer meets, or that every answer does, is told of just when trying each answer shows it."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions import Condition, Numbers, OneOf, compile_condition
from formroute.problems import Problem
from tests.routing.brute_force import meets
from tests.routing.town import place, question

KINDS = ["oak", "elm", "ash"]
NUMBERS = st.integers(0, 3).map(str)
TESTS = st.one_of(
    st.fixed_dictionaries({"kind": st.sampled_from(["blank", "answered", *KINDS])}),
    st.fixed_dictionaries({"kind": st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True)}),
    st.fixed_dictionaries(
        {"kind": st.fixed_dictionaries({"not": st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True)})}
    ),
    st.fixed_dictionaries({"size": st.fixed_dictionaries({"at_least": NUMBERS})}),
    st.fixed_dictionaries({"size": st.fixed_dictionaries({"at_most": NUMBERS})}),
    st.fixed_dictionaries(
        {"size": st.fixed_dictionaries({"not": st.lists(NUMBERS, min_size=1, max_size=4, unique=True)})}
    ),
    st.fixed_dictionaries({"size": st.lists(NUMBERS, min_size=1, max_size=4, unique=True)}),
)


@given(TESTS, st.booleans())
def test_a_test_must_say_something(raw: dict[str, Any], required: bool) -> None:
    (name,) = raw
    scope = {
        "kind": question("kind", OneOf(tuple(KINDS)), required=required),
        "size": question("size", Numbers(0, 3, 0), required=required),
    }
    problems: list[Problem] = []
    at = place(json.dumps(raw), "form.yaml")
    found = compile_condition(at.plain(), at, scope, problems)
    answers = [{name: answer} for answer in (KINDS if name == "kind" else range(4))] + ([] if required else [{}])
    met = [meets(raw, answer) for answer in answers]
    told = {problem.code for problem in problems}
    if not any(met):
        assert told == {"C307"}
    elif all(met) and required:
        assert told == {"C308"}
    elif all(met[: len(KINDS) if name == "kind" else 4]) and raw[name] != "answered":
        assert told == {"C327"}
    else:
        assert told == set()
        assert isinstance(found, Condition)
