"""Forms with deliberate mistakes, each told on its line, and nothing else."""

import re
from pathlib import Path

import pytest

from tests.forms.made import compiled, page, written

FORMS = (Path(__file__).parent / "broken" / "forms.yaml").read_text("utf-8").split("---\n")
EXPECTED = re.compile(r" +# <- ([A-Z]\d+) (.*)")


def name(yaml: str) -> str:
    return [line for line in yaml.splitlines() if line.startswith("# ")][-1][2:]


@pytest.mark.parametrize("yaml", FORMS, ids=map(name, FORMS))
def test_each_mistake_is_told_on_its_line(yaml: str) -> None:
    lines = enumerate(written(page(yaml)).splitlines(), 1)
    expected = {number: marked.groups() for number, line in lines if (marked := EXPECTED.search(line))}
    _, found = compiled(page(EXPECTED.sub("", yaml)))
    problems = [problem for problem in found if problem.code != "D107"]  # choices here have no French labels
    told = {problem.mark.line: (problem.code, problem.what) for problem in problems}
    assert len(told) == len(problems)
    assert {line: code for line, (code, _) in told.items()} == {line: code for line, (code, _) in expected.items()}
    for line, (_, words) in expected.items():
        assert words in told[line][1]


def test_of_a_page_that_never_shows_the_line_is_told_that_shows_it() -> None:
    """Pages are not in the corpus above, of which each form has one."""
    label = "\n  label:\n    en: Label\n    fr: Libellé\n"
    first = page(f"sure:\n  type: yes_no{label}why:\n  type: text\n  show_when: {{sure: yes}}{label}")
    second = page(f"more:\n  type: text{label}", "second")
    shown = "    show_when: {sure: no, why: answered}\n    fields:\n"
    _, problems = compiled(first, second.replace("    fields:\n", shown))
    (told,) = [problem for problem in problems if problem.code == "F241"]
    assert told.line == shown.splitlines()[0]
