"""The rows of a CSV file with the place of every cell, however a spreadsheet saved it.

RFC 4180, with what Excel makes of it: a byte order mark, Windows line ends, and semicolons or tabs between
the cells where a comma is the decimal sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formroute.definitions.folder import Read, read_bytes
from formroute.definitions.nodes import Spot
from formroute.definitions.source import unreadable
from formroute.problems import Mark, Problem, problem

MOST_BYTES = 20_000_000
MOST_COLUMNS = 200
_MOST_LINES = 1_000  # of one cell
_BREAKS = re.compile(r"\r?\n")
_SEPARATORS = (",", ";", "\t")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, and the `spot` of that text in the file, without quotes.

    `whole` says that the text stands there sign for sign, so that a part of it can be pointed at.
    """

    text: str
    spot: Spot
    whole: bool = True

    def part(self, start: int, end: int) -> Spot:
        """Where the signs `start` to `end` of the text stand; the whole cell, where that cannot be said."""
        if not self.whole:
            return self.spot
        return Spot(self.spot.line, self.spot.column + start, self.spot.line, self.spot.column + end)


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of a row's cells, and the number of its first line."""

    texts: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Rows:
    """A CSV file: its name, its lines, the names of its columns, and its rows.

    Where the cells of a row stand is found out when somebody has to say it.
    """

    file: str
    lines: tuple[str, ...]
    separator: str
    header: tuple[Cell, ...]
    rows: tuple[Row, ...]

    def cells(self, row: Row) -> tuple[Cell, ...]:
        """The cells of a row, each with its place."""
        return _cells(self.lines, row.line, self.separator)[0]


def read_rows(path: Path, problems: list[Problem], read: Read = read_bytes) -> Rows | None:
    """The file, or None when `problems` were found in it."""
    file = str(path)
    try:
        data = read(path, MOST_BYTES)
        text = data.decode("utf-8-sig")
    except OSError as error:
        problems.append(problem("Y101", Mark(file, 1, 1), reason=(error.strerror or "it is not a file").lower()))
        return None
    except UnicodeDecodeError as error:
        problems.append(not_utf_8(file, error))
        return None
    if len(data) > MOST_BYTES:
        problems.append(problem("D121", Mark(file, 1, 1), reason=f"it is larger than {MOST_BYTES:,} bytes"))
        return None
    return parse_rows(text, file, problems)


def not_utf_8(file: str, error: UnicodeDecodeError) -> Problem:
    """Where a file that a spreadsheet saved in another code, as a rule Windows-1252, has its first such letter."""
    before = error.object[: error.start]
    line = before[before.rfind(b"\n") + 1 :].decode("utf-8-sig")
    end = error.object.find(b"\n", error.start)
    whole = line + error.object[error.start : end if end >= 0 else None].decode("cp1252", "replace").rstrip("\r")
    mark = Mark(file, before.count(b"\n") + 1, len(line) + 1)
    reason = "its text is not UTF-8 but, it seems, Windows-1252 (in Excel, save it as “CSV UTF-8”)"
    return problem("D121", mark, line=whole[:400], width=1, corrected=None, reason=reason)


def parse_rows(text: str, file: str, problems: list[Problem]) -> Rows | None:
    """`text` under the name `file`; None when `problems` were found in it."""
    lines = tuple(_BREAKS.split(text.removeprefix("\ufeff")))
    found = list(unreadable(file, lines, text, tabs=True))
    separator = separator_of(lines[0])
    try:
        rows = [row for row in _rows(lines, separator) if any(row.texts)]
    except _QuotesError as error:
        found.append(_wrong(file, lines, error.line, error.column, "D121", reason=str(error)))
        rows = []
    if not rows and not found:
        found.append(problem("D121", Mark(file, 1, 1), reason="it is empty"))
    header = _cells(lines, rows[0].line, separator)[0] if rows else ()
    whole = Rows(file, lines, separator, header, tuple(rows[1:]))
    found += [_uneven(whole, row) for row in whole.rows if any(row.texts[len(header) :])]
    if len(header) > MOST_COLUMNS:
        found.append(problem("D121", Mark(file, 1, 1), reason=f"it has more than {MOST_COLUMNS} columns"))
    problems += found
    return None if found else whole


def _uneven(rows: Rows, row: Row) -> Problem:
    columns = len(rows.header)
    spot = rows.cells(row)[columns].spot
    return _wrong(rows.file, rows.lines, spot.line, spot.column, "D122", cells=len(row.texts), columns=columns)


def _wrong(file: str, lines: tuple[str, ...], line: int, column: int, code: str, **values: object) -> Problem:
    return problem(code, Mark(file, line + 1, column + 1), line=lines[line][:400], width=1, corrected=None, **values)


class _QuotesError(Exception):
    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.line, self.column = line, column


def _rows(lines: tuple[str, ...], separator: str) -> Iterator[Row]:
    number = 0
    while number < len(lines):
        if '"' in lines[number]:
            cells, last = _cells(lines, number, separator)
            yield Row(tuple(cell.text for cell in cells), number)
            number = last + 1
        else:
            yield Row(tuple(lines[number].split(separator)), number)
            number += 1


def separator_of(header: str) -> str:
    """What stands most often between the names of the columns."""
    outside = _QUOTED.sub("", header)
    return max(_SEPARATORS, key=outside.count)


def _cells(lines: tuple[str, ...], number: int, separator: str) -> tuple[tuple[Cell, ...], int]:
    """The cells of the row that begins on this line, and the number of its last line."""
    cells: list[Cell] = []
    column = 0
    while True:
        if lines[number].startswith('"', column):
            cell, number, column = _quoted(lines, number, column)
        else:
            end = lines[number].find(separator, column)
            end = len(lines[number]) if end < 0 else end
            cell = Cell(lines[number][column:end], Spot(number, column, number, end))
            column = end
        cells.append(cell)
        if column == len(lines[number]):
            return tuple(cells), number
        if lines[number][column] != separator:
            raise _QuotesError("something stands behind a closing quotation mark", number, column)
        column += 1


def _quoted(lines: tuple[str, ...], first: int, column: int) -> tuple[Cell, int, int]:
    """The cell that begins with a quotation mark, and the line and column behind it."""
    last, text = first, lines[first][column:]
    while (found := _QUOTED.match(text)) is None or _goes_on(text, found):
        last += 1
        if last >= min(len(lines), first + _MOST_LINES):
            raise _QuotesError("a quotation mark is not closed", first, column)
        text += "\n" + lines[last]
    end = len(found[0]) if last == first else len(found[0]) - found[0].rindex("\n") - 1
    behind = column + end if last == first else end
    whole = last == first and '""' not in found[1]
    spot = Spot(first, column + 1, last, behind - 1)
    return Cell(found[1].replace('""', '"'), spot, whole), last, behind


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """Whether what looked like the end is the first half of a doubled quotation mark."""
    return text.startswith('"', found.end())
