"""FEEL in forms: under `require`, and in tests of `show_when`."""

from __future__ import annotations

import pytest

from tests.forms.made import NOW, compiled, form_of, page

LABEL = "  label:\n    en: A\n    fr: A\n"
SUNDAY = "  show_when: {left_on: {feel: 'day of week(?) = \"Sunday\"'}}\n"
STAY = page(
    "arrived_on:\n  type: date\n  required: no\n" + LABEL + "left_on:\n  type: date\n  required: no\n" + LABEL
    + "nights:\n  type: integer\n  required: no\n" + SUNDAY + LABEL
)  # fmt: skip
REQUIRE = """
checks:
  - require: {text}
    message:
      en: The day of leaving is before the day of arriving.
      fr: Le jour du départ précède celui de l’arrivée.
    at: left_on
"""
FORM = form_of(STAY, rest=REQUIRE.format(text="left_on >= arrived_on"))

# answers | the fields with an error | whether `nights` shows
JUDGED: list[tuple[dict[str, str], set[str], bool]] = [
    ({"arrived_on": "2026-03-02", "left_on": "2026-03-01"}, {"left_on"}, True),
    ({"arrived_on": "2026-03-02", "left_on": "2026-03-02"}, set(), False),
    ({"arrived_on": "2026-03-02"}, set(), False),
    ({"left_on": "2026-03-01"}, set(), True),
    ({"arrived_on": "soon", "left_on": "2026-03-01"}, {"arrived_on"}, True),
]


@pytest.mark.parametrize(("answers", "errors", "shows"), JUDGED)
def test_a_requirement_in_feel_passes_while_an_answer_is_missing(
    answers: dict[str, str], errors: set[str], shows: bool
) -> None:
    checked = FORM.check(answers, now=NOW)
    assert {error.field for error in checked.errors} == errors
    assert ("nights" in checked.showing) is shows


# the text under `require` | the code and column of the mistake | the corrected line
MISTAKES = [
    ("left_on >= arived_on", ("C301", 25), "  - require: left_on >= arrived_on"),
    ("left_on - arrived_on", ("C323", 14), None),
    ("left_on != null", ("C322", 14), None),
]


@pytest.mark.parametrize(("text", "where", "corrected"), MISTAKES)
def test_a_mistake_in_a_requirement_is_found_when_the_form_loads(
    text: str, where: tuple[str, int], corrected: str | None
) -> None:
    form, problems = compiled(STAY, rest=REQUIRE.format(text=text))
    (found,) = [problem for problem in problems if problem.severity == "error"]
    assert form is None
    assert (found.code, found.mark.column) == where
    assert found.corrected == corrected
