"""CSV as spreadsheets save it, every cell with its place."""

from functools import partial
from pathlib import Path

import pytest

from formroute.definitions import parse_rows, read_rows
from formroute.definitions.folder import read_bytes
from formroute.forms.lookup import read_table
from formroute.problems import Problem

READ = [
    ("a,b\n1,2\n", [["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["1", "2"]]),
    ("\ufeffa,b\n1,2", [["1", "2"]]),
    ("a;b\n1,5;2\n", [["1,5", "2"]]),
    ("a\tb\n1,5\t2\n", [["1,5", "2"]]),
    ('"a,x";b;c\n1;2;3\n', [["1", "2", "3"]]),
    ('a,b\n"1, 2","say ""no"""\n', [["1, 2", 'say "no"']]),
    ('a,b\n"1\n2",3\n4,5\n', [["1\n2", "3"], ["4", "5"]]),
    ('a,b\n"",""""\n', [["", '"']]),
    ("a,b\n\n1,2\n,\n", [["1", "2"]]),
    ("a,b\n1\n1,2,\n", [["1"], ["1", "2", ""]]),
]


@pytest.mark.parametrize(("text", "rows"), READ)
def test_rows_are_read_however_they_were_saved(text: str, rows: list[list[str]]) -> None:
    problems: list[Problem] = []
    found = parse_rows(text, "a.csv", problems)
    assert found, problems
    assert [list(row.texts) for row in found.rows] == rows
    assert [[cell.text for cell in found.cells(row)] for row in found.rows] == rows


def test_every_cell_knows_its_place() -> None:
    found = parse_rows('a,b,c\n1, 22 ,"3,3"\n"x\ny",5,"""6"""\n', "a.csv", [])
    assert found
    cells = [cell for row in found.rows for cell in found.cells(row)]
    spots = {cell.text: (cell.spot.line, cell.spot.column, cell.spot.end_column) for cell in cells}
    assert spots == {
        "1": (1, 0, 1),
        " 22 ": (1, 2, 6),
        "3,3": (1, 8, 11),
        "x\ny": (2, 1, 1),
        "5": (3, 3, 4),
        '"6"': (3, 6, 11),
    }
    for cell in cells:
        if cell.whole:
            assert found.lines[cell.spot.line][cell.spot.column : cell.spot.end_column] == cell.text


WRONG = [
    ("", "D121", "empty", (1, 1)),
    ('a,b\n1,"2\n3,4\n', "D121", "not closed", (2, 3)),
    ('a,b\n"1"x,2\n', "D121", "behind a closing quotation mark", (2, 4)),
    ("a,b\n1,2,3\n", "D122", "3 cells", (2, 5)),
    ("a,b\n1,\x07\n", "Y104", "U+0007", (2, 3)),
    (",".join("a" * 201), "D121", "200 columns", (1, 1)),
]


@pytest.mark.parametrize(("text", "code", "told", "place"), WRONG)
def test_what_cannot_be_read_is_told_with_its_place(text: str, code: str, told: str, place: tuple[int, int]) -> None:
    problems: list[Problem] = []
    assert parse_rows(text, "a.csv", problems) is None
    assert (problems[0].code, problems[0].mark.line, problems[0].mark.column) == (code, *place)
    assert told in problems[0].what


@pytest.mark.parametrize(("data", "told"), [(b"a,b\n\xff\xfe,2\n", "UTF-8"), (b"a,b\n" * 5_000_001, "larger")])
def test_what_is_no_csv_is_refused(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    problems: list[Problem] = []
    assert read_rows(path, problems) is None
    assert told in problems[0].what


def test_a_quotation_mark_that_never_closes_costs_no_more_than_a_few_lines() -> None:
    problems: list[Problem] = []
    assert parse_rows('a,b\n"' + "x\n" * 200_000, "a.csv", problems) is None
    assert problems[0].mark.line == 2


def test_a_list_in_the_code_of_a_spreadsheet_is_told_at_its_first_letter_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "orte.csv").write_bytes("value;label\r\nhof;Hof\r\ngruen;Im Grünen\r\n".encode("cp1252"))
    for read in (read_rows, partial(read_table, read=read_bytes)):
        problems: list[Problem] = []
        assert read(tmp_path / "orte.csv", problems) is None
        (told,) = problems
        assert (told.code, told.mark.line, told.mark.column, told.line) == ("D121", 3, 12, "gruen;Im Grünen")
        assert "it seems, Windows-1252 (in Excel, save it as “CSV UTF-8”)" in told.what
