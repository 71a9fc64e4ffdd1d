"""`{feel: …}`: a FEEL unary test is the same exact set when it can be one, and FEEL itself when it cannot."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute import feel
from formroute.conditions import Condition, Expression, Test, in_words
from formroute.conditions.answers.variables import value_of
from tests.conditions.on_questions_alone import MOMENT, SCOPE, condition, condition_of

# a unary test on a question | what it means, in words
SETS = [
    ("depth: {feel: '>= 10'}", "depth is at least 10"),
    ("depth: {feel: '< 10'}", "depth is less than 10"),
    ("depth: {feel: '[5..10]'}", "depth is from 5 to 10"),
    ("depth: {feel: '(5..10)'}", "depth is more than 5 and depth is less than 10"),
    ("depth: {feel: '5, 7'}", "depth is 5 or depth is 7"),
    ("depth: {feel: '[5, 7]'}", "depth is 5 or depth is 7"),
    ("depth: {feel: '!= 5'}", "depth is not 5"),
    ("depth: {feel: 'not(5)'}", "depth is not 5"),
    ("depth: {feel: 'not(< 10, > 20)'}", "depth is from 10 to 20"),
    ("depth: {feel: '> 2 * 5'}", "depth is more than 10"),
    ("depth: {feel: '-'}", "depth is answered"),
    ("depth: {at_least: 5, feel: '< 10'}", "depth is at least 5 and depth is less than 10"),
    ("depth: {not: {feel: '>= 10'}}", "depth is less than 10"),
    ("surface: {feel: '\"road\", \"lane\"'}", "surface is road or lane"),
    ("surface: {feel: 'not(\"road\")'}", "surface is lane or sidewalk"),
    ("surface: {feel: 'ends with(?, \"e\")'}", "surface is lane"),
    ("danger: {feel: 'true'}", "danger is yes"),
    ("seen_on: {feel: '>= date(\"2026-03-01\")'}", "seen_on is March 1, 2026 or later"),
    ("seen_on: {feel: '[@\"2026-03-01\"..@\"2026-03-31\"]'}", "seen_on is from March 1, 2026 to March 31, 2026"),
    ("at: {feel: '< @\"08:30:00\"'}", "at is earlier than 08:30"),
    ("needs: {count: {feel: '>= 2'}}", "the number of needs is at least 2"),
]  # fmt: skip

# a unary test on a question that only FEEL can judge | an answer that meets it | one that does not
RESIDUAL = [
    ("depth: {feel: 'odd(?)'}", 5, 6),
    ("depth: {feel: '? > 10 and ? < 20'}", 15, 20),
    ("needs: {count: {feel: 'even(?)'}}", ("ramp", "lift"), ("ramp",)),
    ("needs: {feel: 'list contains(?, \"ramp\")'}", ("ramp", "lift"), ("lift",)),
    ("details: {feel: 'string length(?) > 3'}", "hole", "new"),
    ("seen_on: {feel: 'day of week(?) = \"Sunday\"'}", date(2026, 3, 1), date(2026, 3, 2)),
    ("seen_on: {feel: '< today()'}", date(2026, 6, 9), date(2026, 6, 10)),
    ("at: {feel: '?.hour = 12'}", time(12, 30), time(13)),
]


@pytest.mark.parametrize(("yaml", "words"), SETS)
def test_a_unary_test_is_a_set(yaml: str, words: str) -> None:
    found = condition_of(yaml)
    assert not list(found.expressions())
    assert in_words(found, "en", SCOPE) == words


@pytest.mark.parametrize(("yaml", "good", "bad"), RESIDUAL)
def test_what_is_no_set_is_asked_of_the_answer(yaml: str, good: object, bad: object) -> None:
    found = condition_of(yaml)
    assert isinstance(found, Expression)
    (name,) = found.fields
    assert found.holds({name: good}, MOMENT)
    assert not found.holds({name: bad}, MOMENT)


@pytest.mark.parametrize("yaml", [yaml for yaml, *_ in [*SETS, *RESIDUAL] if "-'" not in yaml])
def test_a_blank_answer_meets_no_unary_test_and_no_negated_one(yaml: str) -> None:
    name, test = yaml.split(": ", 1)
    assert not condition_of(yaml).holds({}, MOMENT)
    assert not condition_of(f"{name}: {{not: {test}}}").holds({}, MOMENT)


def test_a_blank_answer_meets_no_doubly_negated_test() -> None:
    twice = condition_of("depth: {not: {not: {feel: 'odd(?)'}}}")
    assert not twice.holds({}, MOMENT)
    assert twice.holds({"depth": 5}, MOMENT)
    assert not twice.holds({"depth": 6}, MOMENT)


def test_not_of_what_only_feel_can_judge_takes_every_other_answer() -> None:
    found = condition_of("depth: {not: {feel: 'odd(?)'}}")
    assert found.holds({"depth": 6}, MOMENT)
    assert not found.holds({"depth": 5}, MOMENT)
    assert in_words(found, "en", SCOPE) == "not (depth meets odd(?))"


MISTAKES = [
    ("depth: {feel: '>= \"deep\"'}", (1, 16, 9), "C321"),
    ("depth: {feel: '> width'}", (1, 18, 5), "C321"),
    ("depth: {feel: '>= '}", (1, 18, 1), "C320"),
    ("depth: {feel: '= null'}", (1, 16, 6), "C322"),
    ("depth: {feel: '> 300'}", (1, 15, 7), "C307"),
    ("surface: {feel: '\"raod\"'}", (1, 19, 4), "C303"),
    ("surface: {feel: '\"lane\", [\"raod\"]'}", (1, 28, 4), "C303"),
    ("depth: {feel: [1, 2]}", (1, 9, 4), "D111"),
    ("surface: {feel: '> 3'}", (1, 18, 3), "C321"),
]  # fmt: skip


@pytest.mark.parametrize(("yaml", "where", "code"), MISTAKES)
def test_a_mistake_in_a_unary_test_is_found_inside_it(yaml: str, where: tuple[int, int, int], code: str) -> None:
    found, problems = condition(yaml)
    assert found is None
    assert [((one.mark.line, one.mark.column, one.width), one.code) for one in problems] == [(where, code)]


NUMBERS = st.integers(-3, 9).map(str) | st.decimals(-3, 9, places=1, allow_nan=False).map(str)
DAYS = st.dates(date(2026, 2, 26), date(2026, 3, 4)).map(lambda day: f'@"{day}"')
TIMES = st.sampled_from(['@"08:00:00"', '@"12:00:00"', '@"12:00:01"', '@"22:30:00"'])
TEXTS = st.sampled_from(['"road"', '"Road"', '"lane"', '"route"', '""'])
ANSWERS: dict[str, tuple[st.SearchStrategy[str], st.SearchStrategy[object], bool]] = {
    "width": (NUMBERS, st.decimals(-3, 9, places=1, allow_nan=False) | st.integers(-3, 9).map(Decimal), True),
    "depth": (NUMBERS, st.integers(1, 9), True),
    "seen_on": (DAYS, st.dates(date(2026, 2, 26), date(2026, 3, 4)), True),
    "at": (TIMES, st.sampled_from([time(8), time(12), time(12, 0, 1), time(22, 30), time(23)]), True),
    "details": (TEXTS, st.sampled_from(["road", "Road", "lane", "x"]), False),
    "surface": (
        st.sampled_from(['"road"', '"lane"', '"sidewalk"']),
        st.sampled_from(["road", "lane", "sidewalk"]),
        True,
    ),
}


@st.composite
def unary_tests(draw: st.DrawFn, constants: st.SearchStrategy[str], ordered: bool) -> str:
    """Comparisons, values, ranges and lists of these, perhaps negated."""
    equal = st.builds("{} {}".format, st.sampled_from(["=", "!="]), constants)
    side = st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">="]), constants)
    ranges = st.builds("{}{}..{}{}".format, st.sampled_from("[(]"), constants, constants, st.sampled_from("])["))
    lists = st.lists(constants, min_size=1, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    one = constants | equal | lists | (side | ranges if ordered else st.nothing())
    tests = ", ".join(draw(st.lists(one, min_size=1, max_size=3)))
    return f"not({tests})" if draw(st.booleans()) else tests


@given(st.data())
def test_a_unary_test_and_its_set_agree_on_every_answer(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(ANSWERS)))
    constants, answers, ordered = ANSWERS[name]
    text = data.draw(unary_tests(constants, ordered))
    found, problems = condition(f"{name}: {{feel: '{text}'}}")
    answer = data.draw(answers)
    meant = feel.evaluate_tests(text, value_of(answer)).value is True
    if found is None:
        assert {problem.code for problem in problems} <= {"C307", "C308"}, problems
        assert not meant or "C308" in {problem.code for problem in problems}
    else:
        assert found.holds({name: answer}, MOMENT) == meant
        assert not found.holds({}, MOMENT)


@pytest.mark.parametrize("kind", [Test, Expression])
def test_every_leaf_knows_what_it_looks_at(kind: type[Condition]) -> None:
    found = condition_of("depth: {feel: '> 3, odd(?)'}" if kind is Expression else "depth: {feel: '> 3'}")
    assert isinstance(found, kind)
    assert found.fields == {"depth"}
