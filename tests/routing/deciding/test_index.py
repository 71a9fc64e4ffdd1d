"""The index of a table finds what a walk down the table would find."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any as Anything

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from formroute.conditions import All, Any, Condition, Test
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.sets import Spans, Values
from formroute.conditions.condition import Answers, Expression
from formroute.routing.deciding.index import Index, Known, Look, blocks, columns, finder, index
from tests.conditions.generated import ANSWERS, CONDITIONS
from tests.routing.town import NOON

MOMENT = Moment(NOON)
answers = st.fixed_dictionaries({}, optional={name: st.sampled_from(given) for name, given in ANSWERS.items()})


@contextmanager
def small_parts() -> Iterator[None]:
    """Splits, blocks and coarse columns among a handful of rows, as otherwise only among thousands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_SPLIT_FROM", 2)
        patch.setattr(finder, "_SPLIT_FROM", 2)
        patch.setattr(finder, "_WORTH_IT", 1.0)
        patch.setattr(blocks, "_FIRST_BLOCK", 2)
        patch.setattr(blocks, "_GROWTH", 1)
        patch.setattr(columns, "MOST_ENTRIES", 2)
        yield


def indexed(conditions: Sequence[Condition], given: Answers) -> tuple[Index, Look]:
    """An index, and answers as it sees them."""
    known = Known()
    return Index(conditions, known), Look(given, MOMENT, known)


def agrees(conditions: Sequence[Condition], asked: Iterable[Answers]) -> None:
    known = Known()
    made = Index(conditions, known)
    for one in asked:
        agrees_on(one, conditions, made, Look(one, MOMENT, known))


def agrees_on(one: Answers, conditions: Sequence[Condition], made: Index, look: Look) -> None:
    met = [number for number, condition in enumerate(conditions) if condition.holds(one, MOMENT)]
    assert made.first(look) == next(iter(met), len(conditions))
    assert made.met(look) == met
    close = list(made.close(look))
    assert set(met) <= {number for number, _ in close}
    assert [number for number, condition in enumerate(conditions) if look.failure(condition) is None] == met


@given(st.lists(CONDITIONS, max_size=12), st.lists(answers, min_size=1, max_size=4))
def test_the_index_agrees_with_a_walk(conditions: list[Condition], asked: list[dict[str, Anything]]) -> None:
    agrees(conditions, asked)


@given(st.lists(CONDITIONS, max_size=12), st.lists(answers, min_size=1, max_size=4))
def test_an_index_of_many_small_parts_agrees_with_a_walk(
    conditions: list[Condition], asked: list[dict[str, Anything]]
) -> None:
    with small_parts():
        agrees(conditions, asked)


WARDS = tuple(f"ward-{number}" for number in range(15))


def route(number: int) -> Condition:
    """One of many like it: a category, some wards and a threshold; every third leaves the category open."""
    category = Test(Axis("category", Value()), Values.of(f"category-{number % 40}"))
    wards = Test(Axis("ward", Value()), Values(frozenset(WARDS[number % 5 : number % 5 + 1 + number % 6])))
    deep = Test(Axis("depth", Value()), Spans.at_least(number * 7 % 2000))
    return All((wards, deep) if number % 3 == 0 else (category, wards, deep))


def test_thousands_of_routes_are_found_as_by_a_walk() -> None:
    places = ("category-3", "ward-2"), ("category-7", None), ("category-x", "ward-14"), (None, "ward-0")
    every = [
        {"category": category, "ward": ward, "depth": depth}
        for depth in (0, 13, 700, 1999, None)
        for category, ward in places
    ]
    asked = [{name: answer for name, answer in given.items() if answer is not None} for given in every]
    agrees([route(number) for number in range(6_000)], asked)


@dataclass(frozen=True)
class Counted(Condition):
    """A condition that is no set and counts how often it is asked."""

    name: str
    asked: list[str] = field(compare=False)

    @override
    def holds(self, answers: Answers, moment: Moment) -> bool:
        self.asked.append(self.name)
        return self.name in answers

    @override
    def leaves(self) -> Iterator[Test | Expression]:
        return iter(())


def test_what_is_no_set_is_asked_once_and_only_of_routes_whose_sets_are_met() -> None:
    asked: list[str] = []
    oak, elm = (Test(Axis("kind", Value()), Values.of(kind)) for kind in ("oak", "elm"))
    shared, other = Counted("shared", asked), Counted("other", asked)
    conditions = [All((elm, other)), All((oak, shared)), All((oak, other, shared)), Any((elm, shared))]
    made, look = indexed(conditions, {"kind": "oak"})
    assert made.met(look) == []
    assert asked == ["shared", "other"]


def test_the_first_that_is_met_ends_the_search() -> None:
    asked: list[str] = []
    made, look = indexed([Counted("this", asked), Counted("that", asked)], {"this": "yes"})
    assert made.first(look) == 0
    assert asked == ["this"]


def test_an_index_is_close_where_one_question_is_answered_otherwise() -> None:
    conditions = [
        All((Test(Axis("kind", Value()), Values.of(kind)), Test(Axis("size", Value()), Spans.at_least(size))))
        for kind, size in [("oak", 3), ("elm", 3), ("elm", 1), ("oak", 1)]
    ]
    known = Known()
    kind, size = (known.number(Axis(name, Value())) for name in ("kind", "size"))
    look = Look({"kind": "oak", "size": 2}, MOMENT, known)
    assert list(Index(conditions, known).close(look)) == [(0, size), (2, kind), (3, None)]
