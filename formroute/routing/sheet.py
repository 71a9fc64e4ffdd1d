"""A table's routes written as CSV: one row a route, one column a question or an output.

The rows become the same nodes as routes in YAML, each at the place of its cell, so that everything after
reading knows nothing of how they were written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from formroute.definitions import Cell, Rows, Source
from formroute.definitions.nodes import Entries, Items, Node, Scalar
from formroute.definitions.values import values_of
from formroute.problems import Mark, Problem, problem
from formroute.routing.cell_notation import CellError, node_of_test, node_of_text, node_of_value
from formroute.routing.definition import RouteDefinition

WHEN = "when"
KEYS = {field.alias or name: field for name, field in RouteDefinition.model_fields.items()}
TEXTS = frozenset({"if", "notice"})  # taken as they stand, with their commas and braces
LISTS = frozenset({"copy_to", "tags", "notify"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a key of a route (`priority`), a part of one (`notice.fr`), or a question under `when`."""

    header: Cell
    key: str
    part: str = ""

    @classmethod
    def of(cls, header: Cell) -> Column | None:
        """What the name of a column means; None for a remark (`# why`) and for a column without a name."""
        name = " ".join(header.text.split())
        if not name or name.startswith("#"):
            return None
        key, dot, part = name.partition(".")
        if dot and (key == WHEN or key in KEYS):
            return cls(header, key, part)
        return cls(header, name) if name in KEYS else cls(header, WHEN, name)

    def node(self, cell: Cell) -> Node | None:
        """What a cell of it says. Raises CellError."""
        if self.key == WHEN and self.part:
            return node_of_test(cell)
        return node_of_text(cell) if self.key in TEXTS else node_of_value(cell, listed=self.key in LISTS)

    @property
    def word(self) -> Scalar:
        """The key or question, at the place of the column's name."""
        return Scalar(self.part or self.key, self.header.spot, bare=False)


class Sheet(Source):
    """The rows as a list of routes; `idle` are the names of questions in whose columns all cells are empty."""

    def __init__(self, rows: Rows, root: Node, idle: tuple[Scalar, ...]) -> None:
        super().__init__(rows.file, "", values_of(root, rows.lines))
        self.lines, self.root, self.idle = rows.lines, root, idle


def read_sheet(rows: Rows, problems: list[Problem]) -> Sheet | None:
    """The rows as a list of routes; None when `problems` were found."""
    before = len(problems)
    columns = [Column.of(header) for header in rows.header]
    problems += _wrong_columns(rows, columns)
    known = [(number, column) for number, column in enumerate(columns) if column is not None]
    routes = tuple(_route(rows, row, known, problems) for row in rows.rows)
    if len(problems) > before:
        return None
    idle = [column.word for number, column in known if column.part and column.key == WHEN and _is_idle(rows, number)]
    return Sheet(rows, Items(routes, rows.header[0].spot), tuple(idle))


def _is_idle(rows: Rows, number: int) -> bool:
    """Whether no row says anything in this column."""
    return all(number >= len(row) or node_of_test(row[number]) is None for row in rows.rows)


def _wrong_columns(rows: Rows, columns: list[Column | None]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for column in filter(None, columns):
        if (column.key, column.part) in seen:
            yield _problem(rows, column.header, "R461", column=column.header.text.strip())
        seen.setdefault((column.key, column.part), column.header.text)
    if ("route", "") not in seen:
        yield _problem(rows, rows.header[0], "R462")


def _route(rows: Rows, row: tuple[Cell, ...], columns: list[tuple[int, Column]], problems: list[Problem]) -> Node:
    entries: dict[str, tuple[Scalar, Node]] = {}
    for number, column in columns:
        if number < len(row):
            try:
                _add(entries, column, row[number])
            except CellError as error:
                problems.append(_problem(rows, row[number], "R463", reason=str(error)))
    return Entries(entries, row[0].spot, flow=False)


def _add(entries: dict[str, tuple[Scalar, Node]], column: Column, cell: Cell) -> None:
    """Put what a cell says under its key, beside what other columns say there."""
    node = column.node(cell)
    if node is None:
        return
    if not column.part and column.key not in entries:
        entries[column.key] = column.word, node
        return
    if column.key not in entries:
        entries[column.key] = Scalar(column.key, column.header.spot, bare=False), Entries({}, cell.spot, flow=False)
    inner = entries[column.key][1]
    added = {column.part: (column.word, node)} if column.part else node.nodes if isinstance(node, Entries) else None
    if not isinstance(inner, Entries) or added is None or not inner.nodes.keys().isdisjoint(added):
        raise CellError(f"`{column.key}` is said in two columns that cannot stand together")
    inner.nodes.update(added)


def _problem(rows: Rows, cell: Cell, code: str, **values: object) -> Problem:
    spot = cell.spot
    mark = Mark(rows.file, spot.line + 1, spot.column + 1)
    width = spot.end_column - spot.column if spot.end_line == spot.line else 1
    line = rows.lines[spot.line][:400]
    return problem(code, mark, line=line, width=max(1, min(width, 400)), corrected=None, **values)
