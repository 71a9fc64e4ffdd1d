"""The CSV files of a version, for the lines at which they say something."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from formroute.definitions import Rows, read_rows
from formroute.problems import Mark


@dataclass(frozen=True, slots=True)
class Listing:
    """One CSV file, looked into by the `column` that tells its rows apart."""

    rows: Rows
    column: int

    def line(self, value: object) -> Mark | None:
        """The line of a value, if it has one."""
        found = next((row.line for row in self.rows.rows if self._key(row.texts) == value), None)
        return None if found is None else Mark(self.rows.file, found + 1, 1)

    def gap(self, value: str, before: Iterable[str]) -> Mark:
        """Where a value stood that is not there any more: at the next of those `before` it that is, or at the end."""
        later = iter(before)
        any(one == value for one in later)
        at = next(filter(None, map(self.line, later)), None)
        return at or Mark(self.rows.file, max((row.line for row in self.rows.rows), default=0) + 1, 1)

    def renamed(self, value: str, was: Collection[str]) -> str:
        """The first line and that of a value, with the values before it in the column `was`."""
        texts = next((row.texts for row in self.rows.rows if self._key(row.texts) == value), (value,))
        header = [cell.text.strip() for cell in self.rows.header]
        told = dict(zip(header, texts, strict=False)) | {"was": "; ".join(was)}
        out = io.StringIO()
        writer = csv.DictWriter(out, [*dict.fromkeys((*header, "was"))], delimiter=self.rows.separator)
        writer.writeheader()
        writer.writerow(told)
        return "\n".join(out.getvalue().splitlines())

    def _key(self, texts: tuple[str, ...]) -> str | None:
        return texts[self.column].strip() if len(texts) > self.column else None


@dataclass(frozen=True, slots=True)
class Listings:
    """The files below the `folder` of a version, each read once."""

    folder: Path
    _read: dict[str, Rows | None] = field(default_factory=dict)

    def of(self, name: object, column: str) -> Listing | None:
        """The file `name` by its `column`; None where no file is named, or it is gone by now."""
        if not isinstance(name, str):
            return None
        if name not in self._read:
            self._read[name] = read_rows(self.folder / name, [])
        rows = self._read[name]
        header = [cell.text.strip() for cell in rows.header] if rows else []
        return Listing(rows, header.index(column)) if rows and column in header else None
