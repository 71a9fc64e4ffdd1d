"""The search against brute force: it finds a submission just when there is one, and what it finds is one."""

import itertools
import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any as Anything

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.conditions import (
    NEVER,
    All,
    Any,
    Condition,
    Dates,
    Lookup,
    Moment,
    Not,
    Numbers,
    OneOf,
    Proof,
    Question,
    RelativeDay,
    Scope,
    Test,
    Texts,
    Undecided,
    Witness,
    facts,
    find,
)
from formroute.conditions.axes.aspects import Age, Axis, Contains, Day, Value, Weekday
from formroute.conditions.axes.folding import Phrase, Phrases
from formroute.conditions.axes.sets import Spans, Values
from formroute.conditions.proof.effort import Bounds
from tests.conditions.generated import ANSWERS, CONDITIONS, DOMAINS, conditions
from tests.conditions.in_a_city import SATURDAY_NIGHT, SCOPE, compiled

Answers = Mapping[str, Anything]
IMPATIENT = Bounds(steps_before_survey=0, fewest_steps=0)


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """Up to four questions, each perhaps hidden by earlier ones, optional, or looked up."""
    names = draw(st.lists(st.sampled_from(list(DOMAINS)), min_size=1, max_size=4, unique=True))
    scope: dict[str, Question] = {}
    for name in names:
        visible = draw(st.none() | conditions(*scope)) if scope else None
        lookup = draw(st.none() | LOOKUPS) if name == "choice" and "flag" in scope else None
        scope[name] = Question(name, DOMAINS[name], required=draw(st.booleans()), visible=visible, follows=lookup)
    return scope


TAKEN = st.sampled_from([None, "p", "q"])
LOOKUPS = st.builds(
    lambda table, otherwise: Lookup("flag", table, otherwise), st.dictionaries(st.booleans(), TAKEN), TAKEN
)


def submissions(scope: Scope) -> Iterator[Answers]:
    """Every submission, question by question: hidden ones blank, looked-up ones taken, required ones answered."""
    found: list[dict[str, Anything]] = [{}]
    for question in scope.values():
        found = [
            answers if answer is None else answers | {question.name: answer}
            for answers in found
            for answer in possible(question, answers)
        ]
    yield from found


def possible(question: Question, answers: Answers) -> list[Anything]:
    if question.visible is not None and not question.visible.holds(answers, SATURDAY_NIGHT):
        return [None]
    if question.lookup is not None:
        source = answers.get(question.lookup.source)
        return [None if source is None else question.lookup.table.get(source, question.lookup.otherwise)]
    return ANSWERS[question.name] if question.required else [None, *ANSWERS[question.name]]


def stands(scope: Scope, found: Witness) -> bool:
    """Whether the answers found are ones that can be given."""
    answers: dict[str, Anything] = {}
    for question in scope.values():
        answer = found.answers.get(question.name)
        choices = possible(question, answers)
        if answer not in choices and (answer is None or question.name != "words" or choices == [None]):
            return question.name not in found.answers and not _depends(scope, question.name, found)
        if answer is not None:
            answers[question.name] = answer
    return True


def _depends(scope: Scope, name: str, found: Witness) -> bool:
    return any(name in one.visible.fields for one in scope.values() if one.visible and one.name in found.answers)


def agrees(found: object, scope: Scope, wanted: Condition) -> bool:
    """Whether the search says the same as trying every submission."""
    every = [answers for answers in submissions(scope) if wanted.holds(answers, SATURDAY_NIGHT)]
    if isinstance(found, Witness):
        return bool(every) and wanted.holds(found.answers, SATURDAY_NIGHT) and stands(scope, found)
    return found is None and not every


@given(scopes(), st.lists(CONDITIONS, min_size=1, max_size=4), st.lists(CONDITIONS, max_size=2))
@settings(max_examples=200)
def test_the_search_agrees_with_brute_force(scope: Scope, rows: list[Condition], always: list[Condition]) -> None:
    proof = Proof(rows, scope, always)
    before = tuple(Not(row) for row in rows)
    assert agrees(proof.missed(), scope, All((*always, *before)))
    for number, row in enumerate(rows):
        assert agrees(proof.met(number), scope, All((*always, row)))
        assert agrees(proof.reached(number), scope, All((*always, row, *before[:number])))
        assert agrees(find(row, scope, always), scope, All((*always, row)))


@given(scopes(), st.lists(CONDITIONS, min_size=1, max_size=4), st.lists(CONDITIONS, max_size=2))
@settings(max_examples=60)
def test_so_it_does_when_it_goes_through_what_is_left_after_the_first_dead_end(
    scope: Scope, rows: list[Condition], always: list[Condition]
) -> None:
    for bounds in IMPATIENT, replace(IMPATIENT, looks=math.inf):
        proof = Proof(rows, scope, always, bounds=bounds)
        for number, row in enumerate(rows):
            before = tuple(Not(one) for one in rows[:number])
            assert agrees(proof.reached(number), scope, All((*always, row, *before)))
        assert agrees(proof.missed(), scope, All((*always, *map(Not, rows))))


QUESTIONS = {name: Question(name, OneOf(tuple("pqrs"))) for name in "abcde"}
EVERY_SUBMISSION = [dict(zip("abcde", answers, strict=True)) for answers in itertools.product("pqrs", repeat=5)]


def wide_rows(seed: int) -> list[Condition]:
    chance = random.Random(seed)
    tested, taken = chance.choice([(2, 1), (3, 2), (5, 3)])
    return [
        All(tuple(choice(name, *chance.sample("pqrs", taken)) for name in chance.sample("abcde", tested)))
        for _ in range(40)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_every_route_of_wide_tables_is_told_as_brute_force_has_it(seed: int) -> None:
    rows = wide_rows(seed)
    proof = Proof(rows, QUESTIONS, bounds=replace(IMPATIENT, fewest_steps=1))
    found = [proof.reached(number) for number in range(len(rows))]
    left = EVERY_SUBMISSION
    for number, row in enumerate(rows):
        taken_here = [one for one in left if row.holds(one, SATURDAY_NIGHT)]
        witness = found[number]
        assert (witness is None) == (not taken_here)
        assert witness is None or (isinstance(witness, Witness) and witness.answers in taken_here)
        takers = proof.takers(number) if witness is None else ()
        assert witness or not any(
            row.holds(one, SATURDAY_NIGHT) and not any(rows[by].holds(one, SATURDAY_NIGHT) for by in takers)
            for one in EVERY_SUBMISSION
        )
        left = [one for one in left if not row.holds(one, SATURDAY_NIGHT)]
    assert isinstance(proof.missed(), Witness) == bool(left)


def test_what_took_too_long_is_known_in_the_end_once_little_is_left() -> None:
    rows = wide_rows(5)
    bounds = replace(IMPATIENT, steps=0, looks=10_000_000, looks_at_the_whole=10_000_000, boxes=10)
    proof = Proof(rows, QUESTIONS, bounds=bounds)
    first = [proof.reached(number) for number in range(len(rows))]
    assert any(isinstance(found, Undecided) for found in first)
    for number, row in enumerate(rows):
        counts = All((row, *map(Not, rows[:number])))
        found = proof.reached(number)
        if isinstance(found, Witness):
            assert counts.holds(found.answers, SATURDAY_NIGHT)
        else:
            assert found is None
            assert not any(counts.holds(answers, SATURDAY_NIGHT) for answers in EVERY_SUBMISSION)


def choice(question: str, *values: object) -> Test:
    return Test(Axis(question, Value()), Values(frozenset(values)))


def at_least(question: str, number: int) -> Test:
    return Test(Axis(question, Value()), Spans.at_least(number))


def test_a_name_that_is_not_asked_is_blank() -> None:
    assert find(choice("other", "x"), {}) is None
    assert isinstance(find(Not(choice("other", "x")), {}), Witness)


def test_without_conditions_everything_goes() -> None:
    assert find(All(), SCOPE) == Witness({}, Moment(find(All(), SCOPE).moment.now))  # type: ignore[union-attr]
    assert find(Any(), SCOPE) is None


def test_a_hidden_question_that_must_be_answered_is_a_proof() -> None:
    scope = {"a": Question("a", OneOf(("x", "y"))), "b": Question("b", OneOf(("z",)), visible=choice("a", "x"))}
    assert find(All((choice("b", "z"), choice("a", "y"))), scope) is None
    found = find(choice("b", "z"), scope)
    assert isinstance(found, Witness)
    assert found.answers == {"a": "x", "b": "z"}


def test_a_question_that_never_shows_is_blank() -> None:
    scope = {"a": Question("a", OneOf(("x", "y")), visible=NEVER)}
    assert find(choice("a", "x"), scope) is None


def test_a_looked_up_answer_follows_its_source() -> None:
    wards = {f"n{number}": f"w{number % 15}" for number in range(237)}
    scope = {
        "neighbourhood": Question("neighbourhood", OneOf(tuple(wards))),
        "ward": Question("ward", OneOf(tuple(set(wards.values()))), follows=Lookup("neighbourhood", wards)),
    }
    found = find(choice("ward", "w7"), scope)
    assert isinstance(found, Witness)
    assert wards[str(found.answers["neighbourhood"])] == "w7"
    assert find(All((choice("ward", "w7"), choice("neighbourhood", "n8"))), scope) is None
    assert find(Not(choice("ward", *wards.values())), scope) is None


def test_facts_are_found_in_the_moment() -> None:
    found = find(compiled("form: dog\nreceived: after_hours\nnow: {weekday: mon}\nlanguage: fr"), SCOPE)
    assert isinstance(found, Witness)
    assert found.answers == {}
    assert found.moment.facts == {"form": "dog", "language": "fr"}
    assert compiled("received: after_hours\nnow: {weekday: mon}").holds({}, found.moment)


@pytest.mark.parametrize("yaml", ["where: {inside: downtown.geojson}", "where: {not: {inside: downtown.geojson}}"])
def test_a_place_is_found(yaml: str) -> None:
    found = find(compiled(yaml), SCOPE)
    assert isinstance(found, Witness)
    assert compiled(yaml).holds(found.answers, found.moment)


def test_files_and_ticks_are_found() -> None:
    wanted = compiled("photos: {count: {at_least: 2}}\nneeds: {includes: lift, count: 2}")
    found = find(wanted, SCOPE)
    assert isinstance(found, Witness)
    assert wanted.holds(found.answers, found.moment)


def test_now_and_received_are_one_instant() -> None:
    assert find(compiled("received: {time: 08:00..12:00}\nnow: {time: 12:00..14:00}"), SCOPE) is None


def age(question: str, low: int, high: int) -> Test:
    return Test(Axis(question, Age()), Spans.between(low, high))


def on(question: str, day: str) -> Test:
    return Test(Axis(question, Day()), Spans.at(date.fromisoformat(day).toordinal()))


DAYS = {
    "first": Question("first", Dates()),
    "second": Question("second", Dates()),
    "recent": Question("recent", Dates(RelativeDay(60), RelativeDay(0))),
} | facts({}, (), ())

TOGETHER = [
    ((age("first", 0, 3), on("first", "2031-05-05")), True),
    ((age("first", 0, 3), on("first", "2031-05-05"), age("second", 9, 9), on("second", "2031-04-27")), True),
    ((age("first", 0, 3), on("first", "2031-05-05"), age("second", 9, 9), on("second", "2031-04-20")), False),
    ((on("recent", "2031-05-05"), on("now", "2031-07-04")), True),
    ((on("recent", "2031-05-05"), on("now", "2031-07-05")), False),
    ((on("recent", "2031-05-05"), on("received", "2031-05-04")), False),
    ((Test(Axis("first", Weekday()), Values.of(0)), on("first", "2031-05-05")), True),
    ((Test(Axis("first", Weekday()), Values.of(1)), on("first", "2031-05-05")), False),
    (
        (
            Test(Axis("recent", Weekday()), Values.of(1)),
            age("recent", 0, 0),
            Test(Axis("now", Weekday()), Values.of(1)),
        ),
        True,
    ),
    (
        (
            Test(Axis("recent", Weekday()), Values.of(1)),
            age("recent", 0, 0),
            Test(Axis("now", Weekday()), Values.of(2)),
        ),
        False,
    ),
]


@pytest.mark.parametrize(("tests", "possible"), TOGETHER)
def test_days_hang_together_through_today(tests: tuple[Test, ...], possible: bool) -> None:
    found = find(All(tests), DAYS)
    if possible:
        assert isinstance(found, Witness)
        assert All(tests).holds(found.answers, found.moment)
    else:
        assert found is None


def contains(*words: str) -> Test:
    return Test(Axis("words", Contains(Phrases.of(map(Phrase, words)))), Values.of(True))


def test_a_text_that_cannot_be_made_up_leaves_it_undecided() -> None:
    scope = {"words": Question("words", Texts(special=True)), "n": Question("n", Numbers(1, 5, places=0))}
    assert find(contains("hydro"), scope) == Undecided(frozenset({"words"}))
    found = find(Any((contains("hydro"), at_least("n", 3))), scope)
    assert isinstance(found, Witness | Undecided)
    assert find(All((contains("hydro"), at_least("n", 6))), scope) is None


def test_a_phrase_that_brings_another_along_is_a_proof() -> None:
    scope = {"words": Question("words", Texts())}
    assert find(All((contains("hydro pole"), Not(contains("pole", "gas")))), scope) is None


def test_the_same_conditions_give_the_same_witness() -> None:
    rows = [compiled("surface: [road, lane]\ndepth_cm: {at_least: 5}"), compiled("details: {contains: [hydro, gas]}")]
    assert len({str(Proof(rows, SCOPE).missed()) for _ in range(5)}) == 1


def grid(size: int) -> tuple[Scope, list[Condition]]:
    names = [str(number) for number in range(size)]
    scope = {question: Question(question, OneOf(tuple(names))) for question in "ab"}
    return scope, [All((choice("a", one), choice("b", other))) for one, other in itertools.product(names, names)]


def test_a_table_of_thousands_is_proved_in_seconds() -> None:
    scope, rows = grid(40)
    assert Proof(rows, scope).missed() is None
    proof = Proof([*rows[:777], *rows[778:], *rows], scope)
    assert proof.missed() is None
    dead = [number for number in range(len(rows) * 2 - 1) if proof.reached(number) is None]
    assert dead == [number for number in range(len(rows) - 1, len(rows) * 2 - 1) if number != len(rows) + 776]


def test_conditions_nested_widely_do_not_multiply() -> None:
    parts = [All((choice("a", str(number)), choice("b", str(number + 1)))) for number in range(30)]
    scope, _ = grid(40)
    assert find(All((Any(tuple(parts)), Any(tuple(map(Not, parts))), choice("a", "7"))), scope) is not None
    assert find(All((Not(Any(tuple(parts))), choice("a", "7"), choice("b", "8"))), scope) is None
    assert find(Not(All((Any(tuple(parts)), Any(tuple(reversed(parts)))))), scope) is not None


def test_the_moment_asked_for_is_kept() -> None:
    found = find(at_least("depth_cm", 5), SCOPE, near=SATURDAY_NIGHT)
    assert isinstance(found, Witness)
    assert found.moment.now == SATURDAY_NIGHT.now
