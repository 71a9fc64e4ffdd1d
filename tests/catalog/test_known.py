"""A file with mistakes still says what it says: the rest is checked against that, and nothing false is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from formroute.catalog import check_catalog
from formroute.problems import Severity
from tests.pages import blocks_of

TUTORIAL = Path(__file__).parent.parent.parent / "docs" / "tutorial.md"
CATALOG, BENCH, ROUTES, DEPARTMENTS = (
    "catalog.yaml",
    "forms/bench.yaml",
    "routes/benches.yaml",
    "routes/departments.yaml",
)
CHOICE = "type: choice"
Edits = list[tuple[str, str, str]]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The town of the tutorial, as it is at its end."""
    for block in blocks_of(TUTORIAL):
        if block.file.startswith("schemas/"):
            block.write(tmp_path)
    return tmp_path / "schemas"


def told(town: Path, edits: Edits) -> list[tuple[str, str]]:
    """The code of each error with the line that it is told of, in the order told."""
    for file, old, new in edits:
        text = (town / file).read_text("utf-8")
        assert old in text
        (town / file).write_text(text.replace(old, new, 1), "utf-8")
    _, problems = check_catalog(town)
    return [(found.code, found.line.strip()) for found in problems if found.severity is Severity.ERROR]


# What somebody wrote in several files | what is told, each of them once
SEVERAL: list[tuple[str, Edits, list[tuple[str, str]]]] = [
    (
        "a question without choices does not hide what is wrong with another one's tests",
        [(BENCH, CHOICE, "typ: choice"), (ROUTES, "{sharp: yes}", "{sharp: mabye}")],
        [("D101", "typ: choice"), ("C303", "when: {sharp: mabye}")],
    ),
    (
        "a question is known by its choices when only its label is wrong",
        [(BENCH, "label: What is wrong with it?", "lable: What is wrong with it?"), (ROUTES, "[broken, ", "[brokn, ")],
        [("D101", "lable: What is wrong with it?"), ("C303", "when: {problem: [brokn, missing]}")],
    ),
    (
        "a test on a question of which nothing is known is read, and not judged",
        [(BENCH, CHOICE, "type: dropdown"), (ROUTES, "[broken, missing]", "{inclues: broken}")],
        [("F213", "type: dropdown"), ("C310", "when: {problem: {inclues: broken}}")],
    ),
    (
        "a condition in a question with a mistake is read all the same",
        [(BENCH, "show_when: {problem: broken}", "show_when: {problm: broken}\n        hnit: a hint")],
        [("C301", "show_when: {problm: broken}"), ("D101", "hnit: a hint")],
    ),
    (
        "a question with a wrong name is known by the right one",
        [
            (BENCH, "      sharp:", "      Sharp edge:"),
            (ROUTES, "{sharp: yes}", "{sharp_edge: yes}"),
            (ROUTES, "n, sharp:", "n, sharp_edge:"),
        ],
        [("D118", "Sharp edge:")],
    ),
    (
        "a route with a mistake is there for the tests",
        [
            (ROUTES, "respond_within: 2 days", "respond_in: 2 days"),
            (ROUTES, "send_to: carpenters", "send_to: carpentrs"),
        ],
        [("R412", "send_to: carpentrs"), ("D101", "respond_in: 2 days")],
    ),
    (
        "a catalogue with a mistake still has its departments, calendars and forms",
        [(CATALOG, "working_hours:", "worknig_hours:"), (ROUTES, "{sharp: yes}", "{sharp: mabye}")],
        [("D101", "worknig_hours: 08:30..16:30"), ("C303", "when: {sharp: mabye}")],
    ),
    (
        "a department with a mistake is no unknown one",
        [(DEPARTMENTS, "deliver:", "delivr:"), (BENCH, CHOICE, "type: chioce")],
        [("F213", "type: chioce"), ("D101", "delivr:")],
    ),
    (
        "a department of which hardly anything can be read is no unknown one",
        [(DEPARTMENTS, "deliver:", "sends:"), (BENCH, CHOICE, "type: chioce")],
        [("F213", "type: chioce"), ("D101", "sends:")],
    ),
]


@pytest.mark.parametrize(("edits", "expected"), [one[1:] for one in SEVERAL], ids=[one[0] for one in SEVERAL])
def test_one_mistake_hides_no_other(town: Path, edits: Edits, expected: list[tuple[str, str]]) -> None:
    assert told(town, edits) == expected
