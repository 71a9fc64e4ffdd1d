"""Fields that depend on each other in a circle, and on questions that come later."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.forms.circles import circles
from tests.forms.made import compiled, page

LABEL = "  label:\n    en: A\n    fr: A\n"


def asked(name: str, keys: str = "") -> str:
    return f"{name}:\n  type: yes_no\n{keys}{LABEL}"


def calculated(name: str, keys: str) -> str:
    return f"{name}:\n  type: calculated\n{keys}"


# the fields | what is said, with the line and column
CIRCLES = [
    (asked("a", "  show_when: {a: yes}\n"), (16, 9), "`a` depends on itself."),
    (
        asked("a", "  show_when: {b: yes}\n") + asked("b", "  show_when: {a: yes}\n"),
        (16, 9),
        "`a` depends on `b`, which depends on `a`.",
    ),
    (
        asked("first") + asked("a", "  show_when: {c: yes}\n") + asked("b", "  show_when: {a: no}\n")
        + asked("c", "  show_when:\n    any:\n      - first: yes\n      - b = true\n"),
        (21, 9),
        "`a` depends on `c`, which depends on `b`, which depends on `a`.",
    ),
    (
        asked("a", "  show_when: price > 5\n") + calculated("price", "  value: if a then 1 else 2\n  gives: integer\n"),
        (16, 20),
        "`a` depends on `price`, which depends on `a`.",
    ),
    (
        calculated("x", "  value: y + 1\n  gives: integer\n")
        + calculated("y", "  points:\n    - {give: 1, when: {x: 1}}\n"),
        (16, 16),
        "`x` depends on `y`, which depends on `x`.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "mark", "what"), CIRCLES)
def test_a_circle_is_named_at_the_field_that_is_asked_first(fields: str, mark: tuple[int, int], what: str) -> None:
    form, problems = compiled(page(fields))
    (found,) = [problem for problem in problems if problem.severity == "error"]
    assert form is None
    assert (found.code, found.what) == ("F226", what)
    assert (found.mark.line, found.mark.column) == mark
    assert found.fix == "Let one of them depend on earlier questions only."


def test_the_condition_of_a_page_is_part_of_a_circle() -> None:
    second = page(asked("b"), "second").replace("    fields:", "    show_when: {b: yes}\n    fields:")
    _, problems = compiled(page(asked("a")), second)
    assert [problem.what for problem in problems if problem.severity == "error"] == ["`b` depends on itself."]


# the fields | what is said | the corrected line
LATER = [
    (asked("a", "  show_when: {b: yes}\n") + asked("b"), "`b` is asked only after this."),
    (asked("a", "  show_when: b\n") + asked("b"), "`b` is asked only after this."),
    (asked("a", "  show_when: {all: [{b: no}]}\n") + asked("b"), "`b` is asked only after this."),
    (calculated("a", "  value: b\n  gives: yes_no\n") + asked("b"), "`b` is asked only after this."),
    (calculated("a", "  points:\n    - {give: 1, when: {b: yes}}\n") + asked("b"), "`b` is asked only after this."),
]


@pytest.mark.parametrize(("fields", "what"), LATER)
def test_a_question_that_comes_later_is_named_with_what_to_do(fields: str, what: str) -> None:
    form, problems = compiled(page(fields))
    (found,) = [problem for problem in problems if problem.severity == "error"]
    assert form is None
    assert (found.code, found.what) == ("C302", what)
    assert found.fix == "Test a question that comes earlier, or ask `b` before."


NAMES = st.sampled_from("abcde")
NEEDS = st.dictionaries(NAMES, st.frozensets(NAMES), min_size=1)


def reaches(needs: Mapping[str, frozenset[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [*needs.get(start, ())]
    while waiting:
        name = waiting.pop()
        if name not in found and name in needs:
            found.add(name)
            waiting += needs[name]
    return found


@given(NEEDS)
def test_there_is_a_circle_just_when_a_field_reaches_itself(needs: dict[str, frozenset[str]]) -> None:
    found = list(circles(needs))
    assert bool(found) == any(name in reaches(needs, name) for name in needs)
    assert len({name for circle in found for name in circle}) == sum(map(len, found))
    for circle in found:
        assert all(after in needs[name] for name, after in zip(circle, (*circle[1:], circle[0]), strict=True))
        assert circle[0] == min(circle, key=list(needs).index)
