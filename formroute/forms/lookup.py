"""The CSV files that forms read: long lists of choices, and tables to look answers up in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from formroute.definitions import Folder, Place, Text, hint, named_csv, unknown
from formroute.definitions.folder import Read
from formroute.definitions.rows import not_utf_8, separator_of
from formroute.forms.renames import Renamed, old_names
from formroute.problems import Mark, Problem, problem

_MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: its columns and its rows, every cell the text that stands in it."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


@dataclass(slots=True)
class Library:
    """The files beside the definitions, each read once; none outside `folder` is reached.

    `languages`, `currency` and `country` are the catalogue's.
    """

    folder: Folder
    languages: tuple[str, ...] = ()
    currency: str = "CAD"
    country: str = "CA"
    _tables: dict[str, Table | None] = field(default_factory=dict)

    def table(self, name: str, place: Place, problems: list[Problem]) -> Table | None:
        """The table in the file `name`, which `place` asks for; None when `problems` say why not."""
        path = named_csv(name, place, self.folder, problems)
        if path is None:
            return None
        if name not in self._tables:
            self._tables[name] = read_table(path, problems, self.folder.read)
        return self._tables[name]


def read_table(path: Path, problems: list[Problem], read: Read) -> Table | None:
    """A CSV file (RFC 4180, UTF-8), its first line the column names, also with `;` or tabs; None when it is none."""
    file = str(path)
    try:
        lines = _lines(read(path, _MOST_BYTES))
    except UnicodeDecodeError as error:
        problems.append(not_utf_8(file, error))
        return None
    except (OSError, csv.Error) as error:
        problems.append(problem("D121", Mark(file, 1, 1), reason=_reason(error)))
        return None
    columns = tuple(name.strip() for name in lines[0]) if lines else ()
    if not columns or len(set(columns)) < len(columns) or "" in columns:
        problems.append(problem("D121", Mark(file, 1, 1), reason="its first line does not name each column once"))
        return None
    ragged = [number for number, line in enumerate(lines[1:], 2) if line and len(line) != len(columns)]
    problems.extend(
        problem("D122", Mark(file, number, 1), cells=len(lines[number - 1]), columns=len(columns)) for number in ragged
    )
    rows = tuple(dict(zip(columns, map(str.strip, line), strict=True)) for line in lines[1:] if line and not ragged)
    return None if ragged else Table(file, columns, rows)


def _lines(data: bytes) -> list[list[str]]:
    """The cells of each line. Raises UnicodeDecodeError or csv.Error."""
    if len(data) > _MOST_BYTES:
        raise csv.Error(f"it is larger than {_MOST_BYTES:,} bytes")
    if b"\0" in data:
        raise csv.Error("there is a NUL byte in it, so it may be UTF-16")
    text = data.decode("utf-8-sig")
    separator = separator_of(text.partition("\n")[0])
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def _reason(error: OSError | csv.Error) -> str:
    return (error.strerror or "it is not an ordinary file").lower() if isinstance(error, OSError) else str(error)


def column(table: Table, name: str, place: Place, problems: list[Problem]) -> bool:
    """Whether `table` has the column `name`, which stands at `place`; adds the finding there when it has not."""
    if name not in table.columns:
        problems.append(unknown(place, "D123", name, table.columns, file=table.file, column=name))
    return name in table.columns


class Listed(NamedTuple):
    """One choice of a file: what a resident reads, and its values before."""

    label: Text
    was: tuple[str, ...]


def choices_in(name: str, place: Place, library: Library, problems: list[Problem]) -> Mapping[str, Listed] | None:
    """The choices in a file with a column `value`, and `label` or one `label.<language>` each.

    Where it has a column `was`, that holds the value of before, or several with `;` between them.
    """
    table = library.table(name, place, problems)
    if table is None:
        return None
    if "value" not in table.columns:
        mark, line = Mark(table.file, 1, 1), ",".join(table.columns)
        where = hint("value", table.columns)
        problems.append(problem("D123", mark, line=line, file=table.file, column="value", hint=where))
        return None
    choices: dict[str, Listed] = {}
    for number, row in enumerate(table.rows, 2):
        if row["value"] in choices or not row["value"]:
            problems.append(problem("D124", Mark(table.file, number, 1), value=row["value"]))
        was = tuple(filter(None, map(str.strip, row.get("was", "").split(";"))))
        choices[row["value"]] = Listed(_label(row, library.languages), was)
    lines = {row["value"]: Mark(table.file, number, 1) for number, row in enumerate(table.rows, 2)}
    old_names((Renamed(value, one.was, lines[value], lines[value]) for value, one in choices.items()), problems)
    return choices


def _label(row: Mapping[str, str], languages: tuple[str, ...]) -> Text:
    plain = row.get("label") or row["value"]
    return Text({language: row.get(f"label.{language}") or plain for language in languages or ("",)})
