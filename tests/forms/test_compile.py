"""Every mistake in a form is found at its place, with the corrected line where it is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from formroute.problems import Problem
from tests.forms.made import compiled, page

LABEL = "  label:\n    en: A\n    fr: A\n"
SURFACE = "surface:\n  type: choice\n  choices: [road, lane]\n" + LABEL
DEPTH = "depth:\n  type: integer\n  min: 1\n  max: 20\n" + LABEL


# What stands under `fields:` (it begins on line 14) | (line, column, code) | the corrected line
MISTAKES = [
    ("a:\n  type: txet\n" + LABEL, (15, 15, "F213"), "        type: text"),
    ("a:\n  label:\n    en: A\n    fr: A\n", (14, 7, "D102"), None),
    ("a:\n  type: text\n  hnit:\n    en: A\n    fr: A\n" + LABEL, (16, 9, "D101"), "        hint:"),
    ("a:\n  type: text\n  min: 3\n" + LABEL, (16, 9, "D101"), None),
    ("A b:\n  type: text\n" + LABEL, (14, 7, "D118"), "      a_b:"),
    ("form:\n  type: text\n" + LABEL, (14, 7, "F212"), "      form_answer:"),
    ("a:\n  type: integer\n  min: 5\n  max: 3\n" + LABEL, (16, 14, "F201"), "        min: 3"),
    ("a:\n  type: text\n  pattern: '(P|Q'\n" + LABEL, (16, 18, "C313"), None),
    ("a:\n  type: text\n  pattern: ‘[A-Z]{2}-[0-9]{4}’\n" + LABEL, (16, 18, "C332"),
     "        pattern: '[A-Z]{2}-[0-9]{4}'"),
    ("a:\n  type: text\n  pattern: [A-Z]\n" + LABEL, (16, 9, "C313"), None),
    ("a:\n  type: text\n  pattern: '[0-9]{9}'\n  max_length: 8\n" + LABEL, (14, 7, "F228"), None),
    ("a:\n  type: text\n  pattern: '[\u200b]+'\n" + LABEL, (14, 7, "F228"), None),
    ("a:\n  type: choice\n" + LABEL, (14, 7, "F203"), None),
    ("a:\n  type: choice\n  choices: road\n" + LABEL, (16, 18, "F202"), None),
    ("a:\n  type: choice\n  choices_from: lookups/neighborhoods.csv\n" + LABEL, (16, 23, "D108"),
     "        choices_from: lookups/neighbourhoods.csv"),
    ("a:\n  type: choice\n  choices_from: ../../etc/passwd\n" + LABEL, (16, 23, "D109"), None),
    ("a:\n  type: date\n  min: 2 years ago\n" + LABEL, (16, 14, "F204"), "        min: 730 days ago"),
    ("a:\n  type: time\n  max: 25:00\n" + LABEL, (16, 14, "F205"), None),
    ("a:\n  type: file\n  accept: [foto]\n" + LABEL, (16, 18, "D119"), "        accept: [photo]"),
    ("a:\n  type: yes_no\n  required: nope\n" + LABEL, (16, 19, "D114"), "        required: no"),
    (SURFACE + DEPTH + "  show_when: {surfce: road}\n", (27, 21, "C301"), "        show_when: {surface: road}"),
    (SURFACE + DEPTH + "  show_when: {surface: raod}\n", (27, 30, "C303"), "        show_when: {surface: road}"),
    (DEPTH + "  show_when: {surface: road}\n" + SURFACE, (21, 21, "C302"), None),
]  # fmt: skip


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize(("fields", "expected", "corrected"), MISTAKES)
def test_a_mistake_in_a_field_is_found_where_it_stands(
    fields: str, expected: tuple[int, int, str], corrected: str | None
) -> None:
    form, problems = compiled(page(fields))
    first, *more = errors(problems)
    assert form is None
    assert (first.mark.line, first.mark.column, first.code) == expected
    assert first.corrected == corrected
    assert more == []


def test_a_field_that_cannot_be_read_does_not_make_the_conditions_on_it_wrong() -> None:
    broken = SURFACE.replace("choices: [road, lane]", "choices: []")
    _, problems = compiled(page(broken + DEPTH + "  show_when: {surface: road}\n"))
    assert [problem.code for problem in errors(problems)] == ["F202"]


def test_a_name_may_stand_once_in_all_pages() -> None:
    _, problems = compiled(page(SURFACE), page(SURFACE, "again"))
    assert [problem.code for problem in errors(problems)] == ["F211"]
    assert "form.yaml:14:7" in errors(problems)[0].what


def test_checks_and_publication_name_fields_that_exist() -> None:
    rest = """\
    checks:
      - require: {surface: road}
        message:
          en: A
          fr: A
        at: surfac
    publish:
      surfce: within 500 m
      surface: about there
    keywords:
      de: [loch]
    """
    _, problems = compiled(page(SURFACE), rest=rest)
    assert sorted(problem.code for problem in errors(problems)) == ["D105", "F207", "F207", "F214"]


def test_a_block_that_does_not_exist_is_told() -> None:
    _, problems = compiled(page(SURFACE), "  - use: contcat\n")
    assert [problem.code for problem in errors(problems)] == ["F215"]


# What stands in the CSV file | the finding
TABLES = [
    ("value,label\na,A\na,B\n", "D124"),
    ("value,label\na\n", "D122"),
    ("name\na\n", "D123"),
    ("value,value\na,b\n", "D121"),
    ("", "D121"),
]


@pytest.mark.parametrize(("table", "code"), TABLES)
def test_a_mistake_in_a_table_is_found(tmp_path: Path, table: str, code: str) -> None:
    (tmp_path / "list.csv").write_text(table, encoding="utf-8")
    _, problems = compiled(page("a:\n  type: choice\n  choices_from: list.csv\n" + LABEL), folder=tmp_path)
    assert [problem.code for problem in errors(problems)] == [code]


def test_a_lookup_that_misses_a_choice_is_an_error_unless_it_says_what_else(tmp_path: Path) -> None:
    (tmp_path / "wards.csv").write_text("value,ward\nroad,North\n", encoding="utf-8")
    ward = "ward:\n  type: calculated\n  lookup: {from: wards.csv, match: {value: surface}, take: ward}\n"
    _, problems = compiled(page(SURFACE + ward), folder=tmp_path)
    assert [problem.code for problem in errors(problems)] == ["F208"]
    otherwise = ward.replace("take: ward", "take: ward, otherwise: unknown")
    form, problems = compiled(page(SURFACE + otherwise), folder=tmp_path)
    assert errors(problems) == []
    assert form is not None
    assert form.check({"surface": "lane"}).answers["ward"] == "unknown"
