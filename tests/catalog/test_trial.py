"""The tests of authors are run as a resident would act: who does what nobody can do is told."""

from pathlib import Path

import pytest

from formroute.catalog import check_catalog, read_catalog, run_tests
from formroute.problems import Problem, Severity
from tests.review.cities import FORM, field, write

HOLE = (
    FORM
    + field("surface", "choice", more="        choices: [road, lane]\n")
    + field("needs", "choices", more="        choices: [ramp, bell]\n        required: false\n")
    + field("depth", "integer", "{surface: road}", "        min: 1\n        max: 30\n")
    + "      stop:\n        type: notice\n        show_when: {surface: lane}\n        stops: true\n"
    "        text:\n          en: Stop.\n          fr: Non.\n"
    + field("seen_on", "date", more="        min: 7 days ago\n        max: today\n        required: false\n")
    + "      twice:\n        type: calculated\n        value: depth * 2\n        gives: integer\n"
)
TABLE = """\
table: holes
forms: [hole]
routes:
  - route: deep
    when: {depth: {at_least: 10}}
    send_to: streets
  - route: rest
    send_to: parks
tests:
  - test: one
    answers: {surface: road, depth: 12}
    expect: {route: deep}
"""


def problems(folder: Path, form: str = "", table: str = "") -> list[Problem]:
    tests = f"tests:\n  - test: one\n    {form}\n" if form else ""
    files = {"hole.yaml": HOLE + tests, "holes.yaml": TABLE}
    if table:
        files["holes.yaml"] = TABLE.replace("answers: {surface: road, depth: 12}\n    expect: {route: deep}", table)
    return [problem for problem in check_catalog(write(folder, files))[1] if problem.severity is Severity.ERROR]


# A test of the form, of the table | what is told | the line as it should stand
IMPOSSIBLE = [
    ("answers: {surfase: road}\n    expect: {}", "", "F207", "Did you mean `surface`?", "answers: {surface: road}"),
    ("answers: {twice: 4}\n    expect: {}", "", "G511", "of the type `calculated`", None),
    ("answers: {stop: yes}\n    expect: {}", "", "G511", "of the type `notice`", None),
    ("answers: {surface: raod}\n    expect: {}", "", "G509", "Did you mean `road`?", "answers: {surface: road}"),
    ("answers: {needs: [ramp, bel]}\n    expect: {}", "", "G509", "`bell`?", "answers: {needs: [ramp, bell]}"),
    ("answers: {surface: tar}\n    expect: {}", "", "G509", "Known here: `road`, `lane`", None),
    ("answers: {surface: road, depth: 99}\n    expect: {}", "", "G509", "30", None),
    ("answers: {depth: 9}\n    expect: {}", "", "G510", "`depth` is not asked", None),
    ("answers: {surface: lane, seen_on: 2026-06-01}\n    expect: {stops: stop}", "", "G510", "`seen_on`", None),
    (
        "answers: {surface: lane}\n    expect: {stops: stpo}",
        "",
        "F207",
        "Did you mean `stop`?",
        "expect: {stops: stop}",
    ),
    ("answers: {surface: road}\n    expect: {shows: [dept]}", "", "F207", "`depth`?", "expect: {shows: [depth]}"),
    ("", "answers: {surface: road, twice: 4}\n    expect: {route: deep}", "G511", "nobody answers", None),
    ("", "answers: {surface: lane, depth: 4}\n    expect: {stops: stop}", "G510", "`depth` is not asked", None),
]


@pytest.mark.parametrize(("form", "table", "code", "told", "corrected"), IMPOSSIBLE)
def test_what_no_resident_can_do_is_an_error_of_the_test(
    tmp_path: Path, form: str, table: str, code: str, told: str, corrected: str | None
) -> None:
    (found,) = problems(tmp_path, form, table)
    assert found.code == code
    assert told in f"{found.what} {found.fix}"
    assert corrected is None or (found.corrected or "").strip() == corrected


# What a test expects of `surface: road` | what is told, and why
FAILED = [
    ("stops: stop", "expects that `stop` stops it, but nothing stops it. `stop` shows when surface is lane"),
    ("hides: depth", "expects that nothing stops it and not to see `depth`, but `depth` shows."),
    ("errors: depth", "errors at depth, but there is no error."),
    ("shows: stop", "to see `stop`, but `stop` stays hidden. `stop` shows when surface is lane (the answer is road)."),
]


@pytest.mark.parametrize(("expect", "told"), FAILED)
def test_a_failing_test_of_a_form_says_what_was_expected_what_came_and_why(
    tmp_path: Path, expect: str, told: str
) -> None:
    (found,) = problems(tmp_path, f"answers: {{surface: road}}\n    expect: {{{expect}}}")
    assert found.code == "F216"
    assert told in f"{found.what} {found.fix}"


def test_a_failing_test_of_a_table_says_which_test_of_which_route_decided(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, table="answers: {surface: road, depth: 4}\n    expect: {route: deep}")
    assert found.what == "Expected `route: deep`, but `route: rest`."
    assert found.fix == ("`deep` lost: depth is at least 10 (the answer is 4). `rest` won: everything that is left.")


def test_a_test_that_names_no_moment_is_run_at_noon_of_one_day_for_ever(tmp_path: Path) -> None:
    """So that it comes out tomorrow as it does today."""
    form = "tests:\n  - test: one\n    answers: {surface: road, seen_on: 2026-06-03}\n    expect: {errors: []}\n"
    table = TABLE.replace("depth: 12}", "depth: 12, seen_on: 2026-06-03}")
    catalog, _ = read_catalog(write(tmp_path, {"hole.yaml": HOLE + form, "holes.yaml": table}))
    assert catalog is not None
    trials = list(run_tests(catalog))
    assert [trial.passed for trial in trials] == [True, True]
    assert {f"{trial.moment.now:%Y-%m-%d %H:%M %Z}" for trial in trials} == {"2026-06-03 12:00 CDT"}
