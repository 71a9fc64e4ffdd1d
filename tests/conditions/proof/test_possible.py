"""What is seen at a glance is what a search finds."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions import All, Any, Condition, Not, Numbers, OneOf, Question, Texts, find
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.sets import Spans, Values
from formroute.conditions.condition import Test
from formroute.conditions.proof.possible import _at_a_glance, is_possible

CHOICES = ("a", "b", "c")
SHOWS = Test(Axis("choice", Value()), Values.of("a"))
SCOPE = {
    "choice": Question("choice", OneOf(CHOICES)),
    "maybe": Question("maybe", OneOf(CHOICES), required=False),
    "number": Question("number", Numbers(1, 3, places=0)),
    "hidden": Question("hidden", OneOf(CHOICES), visible=SHOWS),
    "text": Question("text", Texts(20)),
}
VALUES = st.builds(Values, st.frozensets(st.sampled_from([*CHOICES, "z"])), st.booleans(), st.booleans())
NUMBERS = st.sampled_from([Spans.at(2), Spans.at_least(3), Spans.more_than(3), Spans.less_than(1), ~Spans.at(1)])
TESTS = st.one_of(
    st.builds(
        lambda name, accepts: Test(Axis(name, Value()), accepts),
        st.sampled_from(["choice", "maybe", "hidden", "absent"]),
        VALUES,
    ),
    NUMBERS.map(lambda accepts: Test(Axis("number", Value()), accepts)),
)


def trees(part: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(part, max_size=3).map(tuple)
    return st.one_of(several.map(All), several.map(Any), part.map(Not))


@given(st.recursive(TESTS, trees, max_leaves=6))
def test_what_is_seen_at_a_glance_is_what_a_search_finds(condition: Condition) -> None:
    assert is_possible(condition, SCOPE) is (find(condition, SCOPE) is not None)


def test_choices_and_numbers_are_seen_at_a_glance_and_what_hangs_together_is_not() -> None:
    number = Test(Axis("number", Value()), Spans.at_least(4))
    hidden = Test(Axis("hidden", Value()), Values.of("b"))
    assert _at_a_glance(All((SHOWS, Not(number))), SCOPE) is True
    assert _at_a_glance(All((SHOWS, number)), SCOPE) is False
    assert _at_a_glance(All((Not(SHOWS), hidden)), SCOPE) is None
    assert _at_a_glance(Any((SHOWS, hidden)), SCOPE) is True


def test_very_many_ways_are_left_to_the_search() -> None:
    pairs = [Any((SHOWS, Test(Axis("maybe", Value()), Values.of(value)))) for value in itertools.islice("abcab", 5)]
    assert _at_a_glance(All(tuple(pairs)), SCOPE) is None
    assert is_possible(All(tuple(pairs)), SCOPE)
