"""FEEL under `if` and `require`: typed before any answer exists, looked at only when all its answers are there."""

from __future__ import annotations

from datetime import date

import pytest

from formroute.conditions import (
    ALWAYS,
    All,
    Any,
    Condition,
    Not,
    Undecided,
    Witness,
    compile_condition,
    find,
    in_words,
    why_not,
)
from formroute.problems import Problem
from tests.conditions.on_questions_alone import MOMENT, SCOPE, condition_of, expression, expression_of, place

# a text | answers | whether they meet it
HOLDS = [
    ("today() - seen_on > duration(\"P30D\")", {"seen_on": date(2026, 5, 1)}, True),
    ("today() - seen_on > duration(\"P30D\")", {"seen_on": date(2026, 6, 1)}, False),
    ("depth * 2 > width", {"depth": 12, "width": 20}, True),
    ("surface in (\"road\", \"lane\") and danger", {"surface": "lane", "danger": True}, True),
    ("count(photos) > 0 or count(needs) > 1", {"photos": (), "needs": ("ramp", "lift")}, True),
    ("where.latitude > 49", {"where": None}, False),
    ("depth / 0 > 1", {"depth": 1}, False),
    ("sum(for i in 1..1000000 return i) > depth", {"depth": 1}, False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answers", "holds"), HOLDS)
def test_a_condition_holds_when_feel_says_true(text: str, answers: dict[str, object], holds: bool) -> None:
    assert expression_of(text).holds(answers, MOMENT) is holds


def test_while_an_answer_is_missing_an_if_is_false_and_a_requirement_passes() -> None:
    for blank in (True, False):
        found = expression_of("depth > 5 or width > 5", blank=blank)
        assert found.holds({"depth": 10}, MOMENT) is blank
        assert found.holds({"depth": 1, "width": 1}, MOMENT) is False


# `if` as it stands in a file | line, column and width of the mistake | its code | the corrected line
MISTAKES = [
    ("if: depht > 3", (1, 5, 5), "C301", "if: depth > 3"),
    ("if: 'surface = \"road\" and depht > 3'", (1, 27, 5), "C301", "if: 'surface = \"road\" and depth > 3'"),
    ('if: "surface = \\"road\\" and depht > 3"', (1, 29, 5), "C301", 'if: "surface = \\"road\\" and depth > 3"'),
    ("if: >\n  depth > 3\n  and depht > 4", (3, 7, 5), "C301", "  and depth > 4"),
    ("if: |\n  depth > 3\n    and later > 4", (3, 9, 5), "C302", None),
    ("if: depth >\n  width.yeer", (2, 3, 10), "C321", None),
    ("if: depth > surface", (1, 5, 15), "C321", None),
    ("if: seen_on.yeer = 2026", (1, 5, 12), "C321", None),
    ("if: depth >", (1, 12, 1), "C320", None),
    ("if: depth = null", (1, 5, 12), "C322", None),
    ("if: width > 3 and depth != null", (1, 19, 13), "C322", None),
    ("if: depth < null", (1, 5, 12), "C322", None),
    ("if: surface = \"raod\"", (1, 16, 4), "C303", "if: surface = \"road\""),
    ("if: depth > 3 and surface in (\"lane\", \"raod\")", (1, 40, 4), "C303",
     "if: depth > 3 and surface in (\"lane\", \"road\")"),
    ("if: depth + 1", (1, 5, 9), "C323", None),
]  # fmt: skip


@pytest.mark.parametrize(("yaml", "where", "code", "corrected"), MISTAKES)
def test_a_mistake_is_found_where_it_stands_in_the_text(
    yaml: str, where: tuple[int, int, int], code: str, corrected: str | None
) -> None:
    found, problems = expression(yaml)
    assert found is None
    assert [((one.mark.line, one.mark.column, one.width), one.code) for one in problems] == [(where, code)]
    assert problems[0].corrected == corrected


def test_in_words_it_is_the_text_itself() -> None:
    found = All((condition_of("surface: road"), expression_of("depth > width")))
    assert in_words(found, "en", SCOPE) == "surface is road and (depth > width)"
    assert why_not(found, {"surface": "road", "depth": 3}, MOMENT, "en", SCOPE) == (
        "depth > width (depth: 3; width: blank)"
    )
    residual = condition_of("depth: {feel: odd(?)}")
    assert in_words(residual, "fr", SCOPE) == "depth satisfait à odd(?)"


PROVED = [
    (condition_of("depth: {at_least: 50}"), "depth > 20", Witness),
    (ALWAYS, "depth > 20", Witness),
    (ALWAYS, "depth = 17", Witness),
    (ALWAYS, "depth > width", Witness),
    (ALWAYS, "today() - seen_on > duration(\"P30D\")", Witness),
    (ALWAYS, "surface = \"lane\" and danger", Witness),
    (condition_of("depth: blank"), "depth > 20", type(None)),
    (condition_of("depth: {at_most: 20}"), "depth > 20", Undecided),
    (ALWAYS, "odd(depth) and depth > 150 and modulo(depth, 7) = 0 and details = string(depth)", Undecided),
]  # fmt: skip


@pytest.mark.parametrize(("beside", "text", "sort"), PROVED)
def test_a_search_tries_what_the_text_names_and_says_when_it_cannot_tell(
    beside: Condition, text: str, sort: type[object]
) -> None:
    wanted = All((beside, expression_of(text)))
    found = find(wanted, SCOPE)
    assert isinstance(found, sort)
    if isinstance(found, Witness):
        assert wanted.holds(found.answers, found.moment)


def test_a_requirement_and_its_opposite_leave_nothing() -> None:
    found = expression_of("depth > width", blank=True)
    assert find(All((found, Not(found))), SCOPE) is None
    assert find(Not(Any((found, Not(found)))), SCOPE) is None
    missed = find(Not(found), SCOPE)
    assert isinstance(missed, Witness)
    assert not found.holds(missed.answers, missed.moment)


def holds(text: str, answers: dict[str, object], *, blank: bool = False) -> bool:
    problems: list[Problem] = []
    at = place(text)["when"]
    found = compile_condition(at.plain(), at, SCOPE, problems, blank=blank)
    assert found, problems
    return found.holds(answers, MOMENT)


# what stands under `when` | answers that meet it | answers that do not
EVERYWHERE: list[tuple[str, dict[str, object], dict[str, object]]] = [
    ("when: depth > 5 and danger", {"depth": 6, "danger": True}, {"depth": 6}),
    ("when: danger", {"danger": True}, {"danger": False}),
    ('when: {any: ["depth > 5", {surface: road}]}', {"surface": "road"}, {"depth": 5}),
    ('when: {all: ["depth > 5", "depth < 9"]}', {"depth": 6}, {"depth": 9}),
    ('when: {none: ["depth > 5"]}', {"depth": 5}, {"depth": 6}),
    ('when: {surface: road, any: ["depth > 5", {none: [{danger: yes}, "depth < 3"]}]}', {"surface": "road", "depth": 3},
     {"surface": "road", "depth": 2}),
    ('when: today() > @"2026-06-09"', {}, {"never": True}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "met", "unmet"), EVERYWHERE)
def test_feel_may_stand_wherever_a_condition_may(text: str, met: dict[str, object], unmet: dict[str, object]) -> None:
    assert holds(text, met)
    assert "never" in unmet or not holds(text, unmet)


# what stands under `require` | whether it passes while `depth` has no answer, and does as a `when`
WITHOUT_ANSWER = [
    ("when: depth > 5", True, False),
    ('when: {all: ["depth > 5"]}', True, False),
    ('when: {none: ["depth > 5"]}', True, True),
    ('when: {none: [{none: ["depth > 5"]}]}', True, False),
    ('when: {any: ["depth > 5", {surface: road}]}', True, False),
]


@pytest.mark.parametrize(("text", "passes", "met"), WITHOUT_ANSWER)
def test_without_an_answer_a_requirement_passes_and_no_other_condition_is_met_by_feel(
    text: str, passes: bool, met: bool
) -> None:
    assert holds(text, {}, blank=True) is passes
    assert holds(text, {}) is met


# FEEL where a condition stands | the code, the column and the corrected line
MISTAKES_ANYWHERE = [
    ("when: dept > 5", ("C301", 7), "when: depth > 5"),
    ('when: {any: ["dept > 5"]}', ("C301", 15), 'when: {any: ["depth > 5"]}'),
    ("when: later > 5", ("C302", 7), None),
    ("when: depth", ("C323", 7), None),
    ("when: depth >", ("C320", 14), None),
    ("when: 1 = 1", ("C324", 7), None),
    ("when: true", ("C324", 7), None),
    ('when: surface = "raod"', ("C303", 18), 'when: surface = "road"'),
    ("when: depth = null", ("C322", 7), None),
    ('when: depth > "deep"', ("C321", 7), None),
]


@pytest.mark.parametrize(("text", "where", "corrected"), MISTAKES_ANYWHERE)
def test_a_mistake_in_feel_is_told_alike_wherever_it_stands(
    text: str, where: tuple[str, int], corrected: str | None
) -> None:
    problems: list[Problem] = []
    at = place(text)["when"]
    assert compile_condition(at.plain(), at, SCOPE, problems, later={"later"}) is None
    (found,) = problems
    assert (found.code, found.mark.column, found.corrected) == (*where, corrected)
