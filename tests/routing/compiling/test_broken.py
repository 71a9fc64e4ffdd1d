"""Tables with deliberate mistakes, each told on its line, and nothing else."""

import re
from pathlib import Path

import pytest

from tests.routing.town import FORMS, compiled

TABLES = (Path(__file__).parent / "broken" / "tables.yaml").read_text("utf-8").split("---\n")
EXPECTED = re.compile(r" +# <- ([A-Z]\d+) (.*)")


def name(yaml: str) -> str:
    return re.findall(r"^table: ([\w-]+)", yaml, re.MULTILINE)[0]


@pytest.mark.parametrize("yaml", TABLES, ids=map(name, TABLES))
def test_each_mistake_is_told_on_its_line(yaml: str) -> None:
    lines = dict(enumerate(yaml.splitlines(), 1))
    expected = {number: found.groups() for number, line in lines.items() if (found := EXPECTED.search(line))}
    _, problems = compiled(EXPECTED.sub("", yaml), forms={"pothole": FORMS["pothole"]})
    told = {problem.mark.line: (problem.code, problem.what) for problem in problems}
    assert len(told) == len(problems)
    assert {number: code for number, (code, _) in told.items()} == {
        number: code for number, (code, _) in expected.items()
    }
    for number, (_, words) in expected.items():
        assert words in told[number][1]
