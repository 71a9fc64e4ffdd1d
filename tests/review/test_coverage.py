"""What the tests of a catalogue leave untried, and the tests that are missing."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings

from formroute.catalog import Catalog, Trial, read_catalog, run_tests
from formroute.problems import Severity
from formroute.review import Case, Coverage, measure, suggest_cases
from tests.catalog.drawn import Drawn, Judged, assignments, drawn
from tests.copies import copied
from tests.review.cities import EVERY_KIND, FORM, SCHEMAS, field, generated, write
from tests.routing.brute_force import meets


def run(folder: Path) -> tuple[Catalog, list[Trial], Coverage]:
    catalog, problems = read_catalog(folder)
    assert catalog is not None, [str(problem) for problem in problems]
    trials = list(run_tests(catalog))
    return catalog, trials, measure(catalog, trials)


def paste(cases: Iterable[Case]) -> None:
    """Each case below the `tests:` of its file, which stand last."""
    for case in cases:
        path = Path(case.file)
        text = path.read_text("utf-8")
        head = "" if "\ntests:\n" in text else "tests:\n"
        indented = "".join(f"  {line}\n" for line in case.text.splitlines())
        path.write_text(text + head + indented, "utf-8")


def untried(coverage: Coverage) -> list[str]:
    return [aims[0].what for aims in coverage.untried]


@settings(max_examples=40)
@given(generated())
def test_every_suggested_test_passes_and_together_they_leave_nothing_untried(files: dict[str, str]) -> None:
    with TemporaryDirectory() as name:
        folder = write(Path(name), files)
        catalog, problems = read_catalog(folder)
        assume(catalog is not None)
        assert catalog is not None
        paste(suggest_cases(catalog, measure(catalog, [])))
        _, trials, coverage = run(folder)
    assert [problem for trial in trials for problem in trial.problems] == []
    assert untried(coverage) == []
    warned = [problem for problem in problems if problem.severity is Severity.WARNING and problem.code in ROUTES]
    assert coverage.total["route"] == len(catalog.router.tables["holes"].routes) - len(warned)


ROUTES = ("R433", "R434")  # routes that never win


@settings(max_examples=20)
@given(drawn())
def test_just_as_much_is_counted_as_answers_can_bring_about(city: Drawn) -> None:
    """On every day and in every form, and the tests that are suggested try all of it."""
    with TemporaryDirectory() as name:
        judged = Judged.of(city, Path(name))
        catalog = judged.loaded
        coverage = measure(catalog, [])
        cases = list(suggest_cases(catalog, coverage))
    winners = {judged.winner(*case) for case in judged.cases} - {None}
    added = [row for row in city.adding if any(row.is_met(*case) for case in judged.cases)]
    assert coverage.total["route"] == len(winners) + len(added)
    chosen, seen = set(), set()
    for form, asking in city.forms.items():
        conditions = {**asking.shows, "stop": asking.stop}
        for answers in assignments(asking):
            chosen |= {(form, "kind", answers["kind"]), *((form, "over", tick) for tick in answers.get("over", ()))}
            seen |= {(form, name, meets(when, answers)) for name, when in conditions.items() if when is not None}
    assert coverage.total["choice"] == len(chosen)
    assert coverage.total["condition"] == len(seen)
    assert all(case.trial.passed for case in cases)
    assert untried(measure(catalog, [case.trial for case in cases])) == []


@pytest.mark.parametrize("source", [SCHEMAS, EVERY_KIND], ids=["Winnipeg", "every kind"])
def test_the_same_holds_of_real_forms_without_their_tests(source: Path, tmp_path: Path) -> None:
    folder = copied(source, tmp_path / "schemas")
    for path in folder.rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").partition("\ntests:\n")[0] + "\n", "utf-8")
    catalog, trials, coverage = run(folder)
    assert trials == []
    assert coverage.total == with_its_tests(source).total
    paste(suggest_cases(catalog, coverage))
    _, trials, coverage = run(folder)
    assert all(trial.passed for trial in trials)
    assert untried(coverage) == []


@cache
def with_its_tests(source: Path) -> Coverage:
    return run(source)[2]


def test_winnipegs_own_tests_leave_nothing_untried() -> None:
    assert untried(with_its_tests(SCHEMAS)) == []


WORDED = (
    "        errors:\n          required:\n            en: Say it.\n            fr: Dites-le.\n"
    "          range:\n            en: Not so deep.\n            fr: Pas si profond.\n"
)


def test_messages_that_an_author_worded_are_to_be_seen_too(tmp_path: Path) -> None:
    form = FORM + field("depth", "integer", more="        min: 1\n        max: 30\n" + WORDED)
    folder = write(
        tmp_path, {"hole.yaml": form, "holes.yaml": "table: a\nforms: [hole]\nroutes: [{route: b, send_to: parks}]\n"}
    )
    catalog, _, coverage = run(folder)
    assert untried(coverage)[1:] == [
        "the message `required` of `depth` is seen",
        "the message `range` of `depth` is seen",
    ]
    paste(suggest_cases(catalog, coverage))
    assert untried(run(folder)[2]) == []
    assert "    answers: {depth: 0}\n    expect: {errors: [depth]}\n" in (folder / "hole.yaml").read_text("utf-8")


HOLE = (
    FORM
    + field("surface", "choice", more="        choices: [road, lane]\n")
    + field("depth", "integer", "{surface: road}", "        min: 1\n        max: 30\n")
    + field("email", "email", more="        required: false\n")
    + "checks:\n  - require: {email: answered}\n    at: email\n    message:\n      en: Write it.\n      fr: Dites-le.\n"
)
ROUTED = """\
table: holes
forms: [hole]
routes:
  - route: deep
    when: {depth: {at_least: 10}}
    send_to: streets
  - route: rest
    send_to: parks
"""


def left_by(folder: Path, form: str = "", table: str = "") -> list[str]:
    """What tests with these last lines leave untried."""
    files = {
        "hole.yaml": HOLE + (f"tests:\n  - test: one\n{form}" if form else ""),
        "holes.yaml": ROUTED + (f"tests:\n  - test: one\n{table}" if table else ""),
    }
    return untried(run(write(folder, files))[2])


ALL = [
    "the route `deep` wins",
    "the route `rest` wins",
    "`depth` shows",
    "`depth` stays hidden",
    "the check at `email` passes",
    "the check at `email` fails, and its message is seen",
    "`road` is chosen for `surface`",
    "`lane` is chosen for `surface`",
]

# The lines of a test of the form | of the table | what they try
TRIED = [
    ("", "", []),
    ("    answers: {surface: lane}\n    expect: {hides: depth}\n", "", ["`depth` stays hidden", ALL[7]]),
    ("    answers: {}\n    expect: {hides: depth}\n", "", []),
    (
        "    answers: {surface: lane}\n    expect: {errors: [email]}\n",
        "",
        ["`depth` stays hidden", ALL[5], ALL[7]],
    ),
    (
        "",
        "    answers: {surface: road, depth: 12, email: a@example.org}\n    expect: {send_to: streets}\n",
        [ALL[0], "`depth` shows", ALL[4], ALL[6]],
    ),
    ("", "    answers: {surface: road, depth: 12}\n    expect: {send_to: parks}\n", []),
]


@pytest.mark.parametrize(("form", "table", "tries"), TRIED)
def test_what_a_test_tries(tmp_path: Path, form: str, table: str, tries: list[str]) -> None:
    """A condition on an answer that is left out is not tried, and a test that fails tries nothing."""
    assert left_by(tmp_path, form, table) == [what for what in ALL if what not in tries]
