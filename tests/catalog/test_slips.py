"""What people write who know neither YAML nor FEEL: told once, in its place, with a line that mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from formroute.catalog import check_catalog
from formroute.problems import Problem, Severity
from tests.pages import blocks_of

TUTORIAL = Path(__file__).parent.parent.parent / "docs" / "tutorial.md"
CATALOG, BENCH = "catalog.yaml", "forms/bench.yaml"
ROUTES, DEPARTMENTS = "routes/benches.yaml", "routes/departments.yaml"

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
    (ROUTES, "{problem: [broken, missing]}", "if problem is broken or missing", "C331", ""),
    (ROUTES, "{problem: [broken, missing]}", "something is broken here", "C331", None),
    (ROUTES, "when: {problem: [broken, missing]}", "if: problem is broken", "C331", "when: {problem: broken}"),
    (ROUTES, "10 business days", "10 working days", "R401", ""),
    (ROUTES, "10 business days", "ten business days", "R401", ""),
    (ROUTES, "10 business days", "10 jours ouvrables", "R401", ""),
    (ROUTES, "10 business days", "soon", "R401", None),
    (ROUTES, "forms: [bench]", "forms: [banch]", "R411", ""),
    (DEPARTMENTS, "email: {to: parks@maplefalls.example}", "email: parks@maplefalls.example", "D113", ""),
    (ROUTES, "10 business days", "3", "R401", "3 days"),
    (ROUTES, "10 business days", "2days", "R401", "2 days"),
    (ROUTES, "10 business days", "2 jours", "R401", "2 days"),
    (ROUTES, "10 business days", "48h", "R401", "48 hours"),
    (ROUTES, "10 business days", "within two weeks", "R401", "2 weeks"),
    (ROUTES, "10 business days", "10 buisness days", "R401", ""),
    (ROUTES, "10 business days", "1 month", "R401", None),
    (BENCH, "max_length: 500", "max_length: 500 characters", "D115", ""),
    (BENCH, "max_length: 500", "max_length: 1,000", "D115", "max_length: 1000"),
    (BENCH, "max_length: 500", "max_length: 500.0", "D115", ""),
    (BENCH, "max_length: 500", "max_length: five hundred", "D115", None),
    (BENCH, "type: choice", "type = choice", "Y106", ""),
    (BENCH, "type: choice", "type choice", "Y106", ""),
    (BENCH, "type: choice", "Type: choice", "D101", ""),
    (BENCH, "type: choice", "type: Choice", "F213", ""),
    (BENCH, "type: choice", "type: dropdown", "F213", ""),
    (BENCH, "type: yes_no", "type: yes/no", "F213", ""),
    (BENCH, "type: yes_no", "type: boolean", "F213", ""),
    (BENCH, "type: long_text", "type: textarea", "F213", ""),
    (BENCH, "required: false", "required: non", "D114", "required: no"),
    (BENCH, "required: false", "requis: false", "D101", ""),
    (BENCH, "label: What is wrong with it?", "lable: What is wrong with it?", "D101", ""),
    (BENCH, "label: What is wrong with it?", "étiquette: What is wrong with it?", "D101", ""),
    (BENCH, "title: Report a bench", "titre: Report a bench", "D101", ""),
    (BENCH, "broken: Broken", "broken - Broken", "Y106", ""),
    (BENCH, "broken: Broken", "broken = Broken", "Y106", ""),
    (BENCH, "      problem:", "     problem:", "Y106", ""),
    (BENCH, "      problem:", "       problem:", "Y106", ""),
    (BENCH, "        type: choice", "       type: choice", "Y106", ""),
    (BENCH, "      problem:", "      problem", "Y106", ""),
    (BENCH, "form: bench", "form: Bench", "D118", ""),
    (BENCH, "form: bench", "form bench", "Y106", ""),
    (BENCH, "form: bench", "form:bench", "Y106", ""),
    (BENCH, "form: bench", "Form: bench", "D104", ""),
    (BENCH, "  - page: bench", "  -page: bench", "Y106", ""),
    (BENCH, "  - page: bench", "  page: bench", "Y106", ""),
    (BENCH, "    fields:", "    questions:", "D101", ""),
    (BENCH, "label: The bench", "label: The bench: the old one", "Y106", 'label: "The bench: the old one"'),
    (BENCH, "label: The bench", "label: 'The city's bench'", "Y106", 'label: "The city\'s bench"'),
    (BENCH, "label: The bench", 'label: "The bench', "Y106", 'label: "The bench"'),
    (BENCH, "label: The bench", "label: @ the bench", "Y106", 'label: "@ the bench"'),
    (BENCH, "label: The bench", "label: !important", "Y108", 'label: "!important"'),
    (BENCH, "label: The bench", "label: &bench", "Y109", 'label: "&bench"'),
    (ROUTES, "send_to: carpenters", "send_to: Carpenters' shop", "R412", ""),
    (ROUTES, "send_to: carpenters", "send to: carpenters", "D101", ""),
    (ROUTES, "send_to: carpenters", "send_to = carpenters", "Y106", ""),
    (ROUTES, "send_to: carpenters", "send_to carpenters", "Y106", ""),
    (ROUTES, "send_to: carpenters", "send_to: carpentres", "R412", ""),
    (ROUTES, "forms: [bench]", "forms: {bench}", "D130", ""),
    (ROUTES, "forms: [bench]", "forms: [Bench]", "R411", ""),
    (ROUTES, "forms: [bench]", "forms: [Report a bench]", "R411", ""),
    (ROUTES, "forms: [bench]", "forms: [bench.yaml]", "R411", ""),
    (ROUTES, "forms: [bench]", "form: [bench]", "D101", ""),
    (ROUTES, "forms: [bench]", "formulaires: [bench]", "D101", ""),
    (ROUTES, "table: benches", "tabel: benches", "D104", ""),
    (ROUTES, "table: benches", "table: The benches", "D118", "table: the-benches"),
    (ROUTES, "    send_to: parks", "   send_to: parks", "Y106", ""),
    (ROUTES, "  - route: broken", "  -route: broken", "Y106", ""),
    (ROUTES, "  - route: broken", "    route: broken", "Y107", ""),
    (ROUTES, "  - route: broken", "  - rout: broken", "D101", ""),
    (ROUTES, "  - route: broken", "  - name: broken", "D101", ""),
    (ROUTES, "  - route: broken", "  - route: Broken or gone", "D118", "  - route: broken-or-gone"),
    (ROUTES, "priority: high", "priority: High", "R413", ""),
    (ROUTES, "priority: high", "priority: 1", "R413", None),
    (ROUTES, "when: {sharp: yes}", "when: sharp: yes", "Y106", ""),
    (ROUTES, "when: {sharp: yes}", "when: (sharp: yes)", "Y106", ""),
    (ROUTES, "{sharp: yes}", "{sharp; yes}", "C331", ""),
    (ROUTES, "{sharp: yes}", "{sharp:yes}", "C301", ""),
    (ROUTES, "{sharp: yes}", "{“sharp”: yes}", "C301", ""),
    (ROUTES, "when: {sharp: yes}", "quand: {sharp: yes}", "D101", ""),
    (ROUTES, "{problem: [broken, missing]}", "{problem: broken and sharp: no}", "Y106", "{problem: broken, sharp: no}"),
    (ROUTES, "{route: dangerous, priority: high}", "{route: dangerous; priority: high}", "Y106", ""),
    (ROUTES, "expect: {send_to: parks}", "expect: parks", "D113", ""),
    (ROUTES, "expect: {send_to: parks}", "expected: {send_to: parks}", "D101", ""),
    (ROUTES, "expect: {send_to: parks}", "expect: {send_to: Parks}", "R412", ""),
    (ROUTES, "answers: {problem: dirty}", "answers: problem: dirty", "Y106", ""),
    (ROUTES, "answers: {problem: dirty}", "answers: {problem: Dirty}", "G509", ""),
    (ROUTES, "answers: {problem: dirty}", "answers: {probelm: dirty}", "F207", ""),
    (DEPARTMENTS, "to: parks@maplefalls.example", "to: parks at maplefalls", "R404", None),
    (CATALOG, "08:30..16:30", "8:30-16:30", "R451", ""),
    (CATALOG, "08:30..16:30", "8h30 à 16h30", "R451", ""),
    (CATALOG, "08:30..16:30", "8:30 am to 4:30 pm", "R451", ""),
    (CATALOG, "time_zone: America/Winnipeg", "time_zone: Winnipeg", "G506", ""),
    (CATALOG, "time_zone:", "timezone:", "D101", ""),
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


@pytest.mark.parametrize("tabs", ["\t", "\t\t", "\t\t\t\t", "    \t"])
def test_a_line_that_is_indented_by_tabs_is_shown_where_it_belongs(town: Path, tabs: str) -> None:
    edit(town / BENCH, "        type: choice", f"{tabs}type: choice")
    (found,) = errors(town)
    assert (found.code, found.corrected) == ("Y105", "        type: choice")


def test_from_a_line_that_is_no_yaml_the_file_is_read_on_as_corrected(town: Path) -> None:
    edit(town / BENCH, "form: bench", "form bench")
    edit(town / BENCH, "type: choice", "type = choice")
    edit(town / BENCH, "      sharp:", "     sharp:")
    edit(town / ROUTES, "[broken, missing]", "[brokn, missing]")
    assert [(found.code, found.line.strip()) for found in errors(town)] == [
        ("Y106", "form bench"),
        ("Y106", "type = choice"),
        ("Y106", "sharp:"),
        ("C303", "when: {problem: [brokn, missing]}"),
    ]
