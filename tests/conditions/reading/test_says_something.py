"""A test that no answer meets, or that every answer does, is told of just when trying each answer shows it."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.conditions import Dates, Domain, ManyOf, Numbers, OneOf, RelativeDay, Scope, Times, compile_condition
from formroute.problems import Problem
from tests.conditions.reading.by_hand import ONE_DAY, WEEK, Raw, meets, read
from tests.routing.town import place, question

FIRST = date(2026, 5, 30)
TODAY = date(2026, 6, 1)
DAYS = [FIRST + number * ONE_DAY for number in range(4)]
TODAYS = [TODAY + number * ONE_DAY for number in range(-16, 17)]
KINDS = ("oak", "elm", "ash")
TICKS = ("road", "wire", "wall")

Written = st.SearchStrategy[Raw]
Answers = list[tuple[Any, date]]


class Asked(NamedTuple):
    """A question, every answer of it with the day on which it is given, and the tests that are written on it."""

    domain: Domain
    answers: Answers
    tests: Written


NUMERIC = ("at_least", "at_most", "more_than", "less_than")
TEMPORAL = ("before", "after", "on_or_before", "on_or_after")


def _listed(one: Written, most: int = 3) -> Written:
    return one | st.lists(one, min_size=1, max_size=most, unique=True)


def _ranges(end: Written) -> Written:
    return st.tuples(end, end).map("..".join)


def _tests(bare: Written, **keyed: Written) -> Written:
    """A value, keys together, or `not` before either or beside the keys."""
    plain = bare | _keys(keyed) if keyed else bare
    return plain | _keys({**keyed, "not": plain})


def _keys(keyed: Mapping[str, Written]) -> Written:
    names = st.lists(st.sampled_from(list(keyed)), min_size=1, max_size=2, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: keyed[name] for name in chosen}))


_WORDS = st.sampled_from(["blank", "answered"])
_TICKED = _listed(st.sampled_from(TICKS))
_FIXED = st.sampled_from([f"{day}" for day in DAYS])
_AROUND = st.sampled_from(["2026-05-29", "2026-06-01", "2026-06-04"])
_RELATIVE = st.sampled_from(["today", "1 day ago", "2 days ago"])


def _ordered(end: Written, **more: Written) -> Written:
    return _tests(_WORDS | _listed(end | _ranges(end)), **dict.fromkeys(NUMERIC, end), **more)


def _dated(fixed: Written) -> Written:
    bare = _WORDS | _listed(fixed | _RELATIVE | _ranges(fixed) | _ranges(_RELATIVE))
    return _tests(bare, **dict.fromkeys(TEMPORAL, fixed | _RELATIVE), weekday=_listed(st.sampled_from(WEEK), 7))


_COUNTED = st.integers(1, 3).map(str)
_COUNT = _tests(_listed(_COUNTED | _ranges(_COUNTED)), **dict.fromkeys(NUMERIC, _COUNTED))
_CLOCK = st.sampled_from(["08:00", "08:01", "08:02"])
ASKED = {
    "kind": Asked(OneOf(KINDS), [(kind, TODAY) for kind in KINDS], _tests(_WORDS | _listed(st.sampled_from(KINDS)))),
    "sick": Asked(
        OneOf((True, False)), [(True, TODAY), (False, TODAY)], _tests(_WORDS | _listed(st.sampled_from(["yes", "no"])))
    ),
    "size": Asked(Numbers(0, 3, 0), [(size, TODAY) for size in range(4)], _ordered(st.integers(0, 3).map(str))),
    "cost": Asked(
        Numbers(0, 1, 1),
        [(Decimal(tenths) / 10, TODAY) for tenths in range(11)],
        _ordered(st.integers(0, 10).map(lambda tenths: f"{tenths / 10}")),
    ),
    "over": Asked(
        ManyOf(TICKS),
        [(ticked, TODAY) for count in (1, 2, 3) for ticked in combinations(TICKS, count)],
        _tests(_WORDS, includes=_TICKED, includes_all=_TICKED, includes_none=_TICKED, count=_COUNT),
    ),
    "planted": Asked(Dates(DAYS[0], DAYS[-1]), [(day, today) for day in DAYS for today in TODAYS], _dated(_FIXED)),
    "seen": Asked(
        Dates(RelativeDay(2), RelativeDay(0)),
        [(today - age * ONE_DAY, today) for today in TODAYS for age in range(3)],
        _dated(_AROUND),
    ),
    "at": Asked(
        Times(time(8), time(8, 2)),
        [(8 * 3600 + second, TODAY) for second in range(121)],
        _tests(_WORDS | _listed(_CLOCK | _ranges(_CLOCK)), **dict.fromkeys(TEMPORAL, _CLOCK)),
    ),
}


def _told(name: str, raw: Raw, *, required: bool, hidden: bool) -> set[str]:
    """The codes of what is told of a test on one of these questions."""
    shows = question("shows", OneOf((True, False)))
    before: Scope = {"shows": shows} if hidden else {}
    asked = question(name, ASKED[name].domain, before, shows="shows: yes" if hidden else "", required=required)
    problems: list[Problem] = []
    at = place(json.dumps({name: raw}), "form.yaml")
    compile_condition(at.plain(), at, {**before, name: asked}, problems)
    return {problem.code for problem in problems}


def _parts(raw: Raw, answers: Answers) -> Iterator[list[bool]]:
    """For each part of a test that could be one by itself, which of the answers meet it."""
    yield [meets(raw, *one) for one in answers]
    if isinstance(raw, dict):
        for few in range(1, len(raw)):
            for keys in combinations(raw, few):
                yield from _parts({key: raw[key] for key in keys}, answers)
        if raw.keys() == {"not"}:
            yield from _parts(raw["not"], answers)
        if raw.keys() == {"count"}:
            yield from _parts(raw["count"], [(count, TODAY) for count in (1, 2, 3)])


@pytest.mark.parametrize("name", ASKED)
@settings(max_examples=50)
@given(st.data(), st.booleans(), st.booleans())
def test_a_test_must_say_something(name: str, data: st.DataObject, required: bool, hidden: bool) -> None:
    """What no answer meets is an error, what every answer meets is one where there always is an answer.

    What is told of a test is true of it or of a part of it that could stand alone.
    """
    asked = ASKED[name]
    raw = data.draw(asked.tests)
    told = _told(name, raw, required=required, hidden=hidden)
    always = required and not hidden
    met = [meets(raw, *one) for one in asked.answers]
    if "C314" in told:
        return
    every = met if always else [*met, meets(raw, None, TODAY)]
    if not any(every) or (always and all(every)):
        assert told & {"C307", "C308"}
    parts = list(_parts(raw, asked.answers))
    assert "C307" not in told or not all(map(any, parts))
    assert "C308" not in told or any(map(all, parts))
    assert ("C327" in told) == (all(met) and not always and raw != "answered" and told <= {"C327"})
    assert told <= {"C307", "C308", "C327"}


def _reversed(raw: Raw) -> bool:
    """Whether a range is written in which the higher end comes first, or one of times that ends where it begins."""
    if isinstance(raw, str):
        first, dots, last = raw.partition("..")
        low, high = (read(end, TODAY) for end in (first, last)) if dots else (0, 1)
        return bool(low == high if ":" in raw else high < low)
    return any(map(_reversed, raw.values() if isinstance(raw, dict) else raw))


@pytest.mark.parametrize("name", ["size", "cost", "planted", "seen", "at"])
@settings(max_examples=50)
@given(st.data())
def test_ends_that_stand_in_each_others_place_are_told_so(name: str, data: st.DataObject) -> None:
    """Of a range and of two keys alike: just where there is nothing between them, and something the other way round."""
    asked = ASKED[name]
    raw = data.draw(asked.tests)
    told = _told(name, raw, required=False, hidden=False)
    ends = isinstance(raw, dict) and len(raw) == 2 and raw.keys() <= {*NUMERIC, *TEMPORAL}
    turned = dict(zip(raw, reversed(raw.values()), strict=True)) if ends else raw
    none, some = (any(meets(one, *answer) for answer in asked.answers) for one in (raw, turned))
    nested = isinstance(raw, dict) and "not" in raw
    if not nested:
        assert ("C314" in told) == (_reversed(raw) or (ends and not none and some))
