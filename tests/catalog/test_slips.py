"""What people write who know neither YAML nor FEEL: told once, in its place, with a line that mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from formroute.catalog import check_catalog
from formroute.problems import Problem, Severity
from tests.pages import blocks_of

TUTORIAL = Path(__file__).parent.parent.parent / "docs" / "tutorial.md"
BENCH, ROUTES, DEPARTMENTS = "forms/bench.yaml", "routes/benches.yaml", "routes/departments.yaml"

# The file | what stands there | what somebody wrote instead | the code | the corrected line, if it is another one
SLIPS = [
    (BENCH, "show_when: {problem: broken}", "show_when: problem is broken", "C331", ""),
    (BENCH, "show_when: {problem: broken}", "show_when: problem = broken", "C331", ""),
    (BENCH, "show_when: {problem: broken}", "show_when: problem == Broken", "C331", ""),
    (BENCH, "show_when: {problem: broken}", "show_when: {problem = broken}", "C331", ""),
    (BENCH, "show_when: {problem: broken}", "show_when: problem: broken", "Y106", ""),
    (BENCH, "show_when: {problem: broken}", "show_when: {problem: broken", "Y106", ""),
    (BENCH, "show_when: {problem: broken}", "show_when: {problem: “broken”}", "C303", ""),
    (BENCH, "show_when: {problem: broken}", "show_when: {problem: Broken}", "C303", ""),
    (BENCH, "type: location", "type: “location”", "F213", ""),
    (BENCH, "label: The bench", "label: *The bench", "Y109", 'label: "*The bench"'),
    (BENCH, "label: The bench", "label: [optional] The bench", "Y106", 'label: "[optional] The bench"'),
    (BENCH, "label: The bench", 'label: "The bench”', "Y106", 'label: "The bench"'),
    (BENCH, "label: The bench", "label: Warning: the bench", "Y106", 'label: "Warning: the bench"'),
    (BENCH, "label: The bench", "label: Bench #3", "Y111", 'label: "Bench #3"'),
    (BENCH, "label: The bench", "label: {en: The bench}", "D110", 'label:\n          en: "The bench"'),
    (BENCH, "required: false", "required: optional", "D114", None),
    (ROUTES, "{sharp: yes}", "{sharp: true}", "C303", ""),
    (ROUTES, "{sharp: yes}", "{sharp: oui}", "C303", ""),
    (ROUTES, "{sharp: yes}", "{sharp: yes", "Y106", ""),
    (ROUTES, "[broken, missing]", "[broken, Gone]", "C303", ""),
    (ROUTES, "[broken, missing]", "[broken, missing", "Y106", ""),
    (ROUTES, "{problem: [broken, missing]}", "{problem: broken or missing}", "C303", ""),
    (ROUTES, "{problem: [broken, missing]}", "{problem: broken, missing}", "C301", ""),
    (ROUTES, "{problem: [broken, missing]}", "problem is broken or Gone", "C331", ""),
    (ROUTES, "when: {problem: [broken, missing]}", "if: problem is broken", "C320", None),
    (ROUTES, "10 business days", "10 working days", "R401", ""),
    (ROUTES, "10 business days", "ten business days", "R401", ""),
    (ROUTES, "10 business days", "10 jours ouvrables", "R401", ""),
    (ROUTES, "10 business days", "soon", "R401", None),
    (ROUTES, "forms: [bench]", "forms: [banch]", "R411", ""),
    (DEPARTMENTS, "email: {to: parks@maplefalls.example}", "email: parks@maplefalls.example", "D113", ""),
]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The town of the tutorial, with a label that says little."""
    for block in blocks_of(TUTORIAL):
        if block.file.startswith("schemas/"):
            block.write(tmp_path)
    edit(tmp_path / "schemas" / BENCH, "label: Where is the bench?", "label: The bench")
    return tmp_path / "schemas"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def errors(town: Path) -> list[Problem]:
    return [problem for problem in check_catalog(town)[1] if problem.severity is Severity.ERROR]


@pytest.mark.parametrize(("file", "old", "new", "code", "mended"), SLIPS, ids=[slip[2] for slip in SLIPS])
def test_a_slip_is_told_once_and_mended_by_the_line_to_write(
    town: Path, file: str, old: str, new: str, code: str, mended: str | None
) -> None:
    edit(town / file, old, new)
    (found,) = errors(town)
    line = (town / file).read_text("utf-8").splitlines()[found.mark.line - 1]
    assert (found.code, found.mark.file, found.line) == (code, str(town / file), line)
    assert new in line
    if mended is None:
        assert found.corrected is None
        assert found.fix
        return
    assert found.corrected == line.replace(new, mended or old)
    edit(town / file, line, found.corrected)
    assert errors(town) == []


def test_a_heading_without_its_keys_says_which_there_are(town: Path) -> None:
    edit(town / "catalog.yaml", "calendar: town\n", "groups:\n  - bench\ncalendar: town\n")
    (found,) = errors(town)
    assert found.fix == "Write a name of your choice and below it `title`, `forms`."
    edit(town / "catalog.yaml", "  - bench\n", "  parks:\n    - bench\n")
    (found,) = errors(town)
    assert (found.mark.line, found.fix) == (8, "Keys here: `title`, `forms`.")
