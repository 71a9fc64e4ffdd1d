"""Answers made to order: wherever the wanted sets lie, the answer lies in them, or there is none."""

import itertools
import re
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from formroute.conditions import Dates, Files, Instants, ManyOf, Numbers, OneOf, RelativeDay, Texts, Times
from formroute.conditions.answers.wanted import NoAnswer, fits
from formroute.conditions.axes.aspects import (
    Age,
    Aspect,
    Clock,
    Contains,
    Count,
    Day,
    Holiday,
    Includes,
    Matches,
    Open,
    StartsWith,
    Value,
    Weekday,
    Wording,
)
from formroute.conditions.axes.folding import Phrase, Phrases
from formroute.conditions.axes.patterns import Pattern
from formroute.conditions.axes.sets import ANYTHING, AnswerSet, Spans, Values
from tests.conditions.generated import ANSWERS, DOMAINS, FLAGS, SPANS, TICKS, VALUES
from tests.conditions.in_a_city import NO_COLLECTION, SATURDAY_NIGHT, WORKING

YES, NO = Values.of(True), Values.of(False)
TODAY = SATURDAY_NIGHT.today.toordinal()


@given(SPANS, st.dictionaries(st.sampled_from(TICKS), FLAGS.map(lambda flags: flags.answered)))
def test_ticks_are_found_just_when_there_are_some(counts: Spans, flags: dict[str, Values]) -> None:
    domain = DOMAINS["ticks"]
    wanted: dict[Aspect, AnswerSet] = {Count(): domain.possible(Count(), counts.answered)}
    wanted |= {Includes(tick): flag for tick, flag in flags.items()}
    assume(not any(accepts.is_empty for accepts in wanted.values()))
    answer = domain.answer(wanted, SATURDAY_NIGHT)
    possible = [ticked for ticked in ANSWERS["ticks"] if fits(ticked, wanted, SATURDAY_NIGHT)]
    assert answer in possible or (answer == NoAnswer(certain=True) and not possible)


@given(VALUES)
def test_a_choice_is_one_of_those_wanted(values: Values) -> None:
    wanted = DOMAINS["choice"].possible(Value(), values.answered)
    assume(not wanted.is_empty)
    assert DOMAINS["choice"].answer({Value(): wanted}, SATURDAY_NIGHT) in wanted


@given(SPANS)
def test_a_number_is_one_of_those_wanted(spans: Spans) -> None:
    for domain in (Numbers(1, 5, places=0), Numbers(-1, None, places=2), Numbers()):
        wanted = domain.possible(Value(), spans.answered)
        if not wanted.is_empty:
            assert domain.answer({Value(): wanted}, SATURDAY_NIGHT) in wanted


WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1).map(Values)
LOW = date(2026, 1, 1).toordinal()
DAYS = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(
    lambda ends: Spans.between(LOW + min(ends), LOW + max(ends)).on_grid(0)
)
AGES = st.tuples(st.integers(-20, 80), st.integers(-20, 80)).map(
    lambda ends: Spans.between(min(ends), max(ends)).on_grid(0)
)


@given(DAYS, AGES, WEEKDAYS, st.sampled_from([None, YES, NO]))
def test_a_day_is_found_just_when_there_is_one(days: Spans, ages: Spans, weekdays: Values, holiday: Any) -> None:
    wanted: dict[Aspect, AnswerSet] = {Day(): days, Age(): ages, Weekday(): weekdays}
    if holiday is not None:
        wanted[Holiday(NO_COLLECTION)] = holiday
    possible = [day for day in map(date.fromordinal, range(LOW, LOW + 101)) if fits(day, wanted, SATURDAY_NIGHT)]
    answer = Dates().answer(wanted, SATURDAY_NIGHT)
    assert answer in possible or (answer == NoAnswer(certain=True) and not possible)


def test_the_day_nearest_to_today_is_taken() -> None:
    assert Dates().answer(Dates().bounds, SATURDAY_NIGHT) == SATURDAY_NIGHT.today
    later = Dates().answer({Day(): Spans.at_least(TODAY + 9), Age(): Spans(starts=True)}, SATURDAY_NIGHT)
    assert later == date(2026, 3, 16)
    earlier = Dates(RelativeDay(60), RelativeDay(3))
    assert earlier.answer(earlier.bounds, SATURDAY_NIGHT) == date(2026, 3, 4)


def test_a_time_and_an_instant_are_found() -> None:
    assert str(Times().answer({Clock(): Spans.between(3600, 7200)}, SATURDAY_NIGHT)) == "01:00:00"
    wanted = {**Instants().bounds, Open(WORKING): YES, Weekday(): Values.of(0), Clock(): Spans.at_least(12 * 3600)}
    assert Instants().answer(wanted, SATURDAY_NIGHT) == datetime(2026, 3, 9, 12)


def test_files_are_as_many_as_wanted() -> None:
    assert len(Files(3).answer({Count(): Spans.between(2, 3).on_grid(0)}, SATURDAY_NIGHT)) == 2  # type: ignore[arg-type]


def phrases(*written: str) -> Contains:
    return Contains(Phrases.of(phrase for text in written if (phrase := Phrase.parse(text))))


TEXTS: list[tuple[dict[Aspect, AnswerSet], bool]] = [
    ({Value(): ANYTHING}, True),
    ({Wording(): Values.of("main street")}, True),
    ({Wording(): Values.of("x", "0").answered, Contains(Phrases.of([Phrase("x")])): NO}, True),
    ({Wording(): Values(frozenset({"x", "0"}), rest=True)}, True),
    ({phrases("hydro"): YES}, True),
    ({phrases("hydro"): YES, phrases("gas", "wire*"): YES}, True),
    ({phrases("hydro"): YES, phrases("hydro pole"): NO, phrases("pole"): YES}, True),
    ({phrases("wire*"): YES, phrases("wire"): NO}, True),
    ({phrases("wire"): YES, phrases("wire*"): NO}, False),
    ({phrases("hydro pole"): YES, phrases("pole", "gas"): NO}, False),
    ({phrases("hydro", "gas"): YES, phrases("gas"): NO}, True),
    ({StartsWith("hydro"): YES}, True),
    ({StartsWith("hydro"): YES, phrases("hydro"): NO}, True),
    ({StartsWith("hydro"): YES, StartsWith("hy"): YES, phrases("gas"): YES}, True),
    ({StartsWith("hydro"): NO, phrases("hydro"): YES}, True),
    ({Matches(Pattern.parse("[A-Z]{3}[0-9]+")): YES}, True),
    ({Matches(Pattern.parse("x|0|qz")): NO}, True),
    ({Matches(Pattern.parse("(hydro|gas) pole")): YES, phrases("hydro"): NO}, True),
]


@pytest.mark.parametrize(("wanted", "possible"), TEXTS, ids=[str(number) for number in range(len(TEXTS))])
def test_a_text_is_made_to_order(wanted: dict[Aspect, AnswerSet], possible: bool) -> None:
    answer = Texts(50).answer(wanted, SATURDAY_NIGHT)
    if possible:
        assert isinstance(answer, str)
        assert fits(answer, wanted, SATURDAY_NIGHT)
    else:
        assert answer == NoAnswer(certain=True)


PERMIT = Texts(9, pattern=Pattern.parse("(P|PX)-[0-9]{2,6}| ?"))
PERMITS: list[dict[Aspect, AnswerSet]] = [
    {},
    {Matches(Pattern.parse("PX.*")): YES},
    {Matches(Pattern.parse("P-.*")): NO},
    {Wording(): Values.of("p 17")},
    {StartsWith("p"): YES, Wording(): Values(frozenset({"p 00"}), rest=True)},
]


@pytest.mark.parametrize("wanted", PERMITS)
def test_a_text_that_is_made_up_is_of_the_pattern_of_its_question(wanted: dict[Aspect, AnswerSet]) -> None:
    answer = PERMIT.answer(wanted, SATURDAY_NIGHT)
    assert isinstance(answer, str)
    assert re.fullmatch("PX?-[0-9]{2,6}", answer)
    assert fits(answer, wanted, SATURDAY_NIGHT)


UNDECIDED: list[tuple[Texts, dict[Aspect, AnswerSet]]] = [
    (Texts(3), {phrases("hydro"): YES}),
    (PERMIT, {Wording(): Values.of("q 17")}),
    (Texts(special=True, examples=("name@example.com",)), {phrases("hydro"): YES}),
    (Texts(), {Matches(Pattern.parse("a{900}b")): YES, Matches(Pattern.parse("a{899,901}b?")): NO}),
]


@pytest.mark.parametrize(("domain", "wanted"), UNDECIDED)
def test_a_text_that_cannot_be_made_up_is_no_proof(domain: Texts, wanted: dict[Aspect, AnswerSet]) -> None:
    assert domain.answer(wanted, SATURDAY_NIGHT) == NoAnswer(certain=False)


WORDS = st.sampled_from(["a", "b", "a b", "ab", "a*", "b a*"])
LISTS = st.lists(WORDS, min_size=1, max_size=2).map(lambda written: phrases(*written))


@given(st.dictionaries(LISTS, st.sampled_from([YES, NO]), max_size=3))
def test_a_made_up_text_is_wanted_and_a_proof_is_right(wanted: dict[Aspect, AnswerSet]) -> None:
    answer = Texts().answer(wanted, SATURDAY_NIGHT)
    if isinstance(answer, NoAnswer):
        assert not answer.certain or not any(fits(text, wanted, SATURDAY_NIGHT) for text in SHORT_TEXTS)
    else:
        assert fits(answer, wanted, SATURDAY_NIGHT)


SHORT_TEXTS = [
    " ".join(words) for count in range(5) for words in itertools.product(["a", "b", "ab", "x"], repeat=count)
]


def test_choices_keep_their_order() -> None:
    assert OneOf(("z", "a")).answer({}, SATURDAY_NIGHT) == "z"
    assert ManyOf(("z", "a")).answer({Count(): Spans.at(2).on_grid(0)}, SATURDAY_NIGHT) == ("z", "a")
