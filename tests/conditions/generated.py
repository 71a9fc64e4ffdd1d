"""Hypothesis strategies: sets, tests and conditions on a few small questions, with all their answers."""

import itertools
from typing import Any as Anything

from hypothesis import strategies as st

from formroute.conditions import All, Any, Condition, ManyOf, Not, Numbers, OneOf, Test, Texts
from formroute.conditions.axes.aspects import Axis, Contains, Count, Includes, Value
from formroute.conditions.axes.folding import Phrase, Phrases
from formroute.conditions.axes.sets import AnswerSet, Cut, Spans, Values

CHOICES = ("p", "q", "r")
TICKS = ("x", "y", "z")
DOMAINS = {
    "choice": OneOf(CHOICES),
    "flag": OneOf((True, False)),
    "number": Numbers(1, 5, places=0),
    "ticks": ManyOf(TICKS),
    "words": Texts(),
}
ANSWERS: dict[str, list[Anything]] = {
    "choice": list(CHOICES),
    "flag": [True, False],
    "number": [1, 2, 3, 4, 5],
    "ticks": [ticked for count in (1, 2, 3) for ticked in itertools.combinations(TICKS, count)],
    "words": ["hydro", "a wire", "hydro and wire", "neither"],
}

NUMBERS = st.integers(-1, 7)
CUTS = st.sets(st.builds(Cut, NUMBERS, st.booleans()), max_size=5).map(lambda cuts: tuple(sorted(cuts)))
SPANS = st.builds(Spans, CUTS, st.booleans(), st.booleans())
VALUES = st.builds(Values, st.frozensets(st.sampled_from(CHOICES)), st.booleans(), st.booleans())
FLAGS = st.builds(Values, st.frozensets(st.booleans()), st.just(False), st.booleans())


def _tests(question: str, aspect: Anything, sets: st.SearchStrategy[Anything]) -> st.SearchStrategy[Condition]:
    return sets.map(lambda accepts: Test(Axis(question, aspect), accepts))


def _phrase(text: str) -> Contains:
    return Contains(Phrases((Phrase(text),)))


TESTS: dict[str, st.SearchStrategy[Condition]] = {
    "choice": _tests("choice", Value(), VALUES),
    "flag": _tests("flag", Value(), FLAGS),
    "number": _tests("number", Value(), SPANS),
    "ticks": _tests("ticks", Count(), SPANS) | st.one_of([_tests("ticks", Includes(tick), FLAGS) for tick in TICKS]),
    "words": st.one_of([_tests("words", _phrase(word), FLAGS) for word in ("hydro", "wire")]),
}


def conditions(*questions: str) -> st.SearchStrategy[Condition]:
    """Conditions that look at these questions only."""
    leaves = st.one_of([TESTS[question] for question in questions])
    return st.recursive(leaves, _trees, max_leaves=6)


def _trees(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, max_size=3).map(tuple)
    return parts.map(All) | parts.map(Any) | inner.map(Not)


CONDITIONS = conditions(*DOMAINS)
SETS: st.SearchStrategy[AnswerSet] = SPANS | VALUES
