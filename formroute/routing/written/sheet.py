"""A table's routes written as CSV: one row a route, one column a question or an output.

The rows say the same as routes in YAML, each value at the place of its cell, so that everything after
reading knows nothing of how they were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, overload

from typing_extensions import override

from formroute.definitions import Cell, Row, Rows, Source
from formroute.definitions.nodes import Entries, Items, Node, Scalar, Spot
from formroute.definitions.values import values_of
from formroute.problems import Mark, Problem, problem
from formroute.routing.written.cell_notation import CellError, node_of_test, node_of_text, node_of_value
from formroute.routing.written.table import RouteDefinition

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

    def put(self, value: Any, route: dict[str, Any]) -> None:
        """Put what a cell says under its key, beside what other columns say there. Raises CellError."""
        if not self.part and self.key not in route:
            route[self.key] = value
            return
        known, added = route.get(self.key, {}), {self.part: value} if self.part else value
        if not isinstance(known, dict) or not isinstance(added, dict) or not known.keys().isdisjoint(added):
            raise self._clash()
        route[self.key] = known | added

    def put_node(self, node: Node, entries: dict[str, tuple[Scalar, Node]]) -> None:
        """The same with what stands in the cell. Raises CellError."""
        if not self.part and self.key not in entries:
            entries[self.key] = self.word, node
            return
        new = Scalar(self.key, self.header.spot, bare=False), Entries({}, node.spot, flow=False)
        word, known = entries.get(self.key, new)
        added = Entries({self.part: (self.word, node)}, node.spot, flow=False) if self.part else node
        if not isinstance(known, Entries) or not isinstance(added, Entries):
            raise self._clash()
        entries[self.key] = word, replace(known, nodes=known.nodes | added.nodes)

    def _clash(self) -> CellError:
        return CellError(f"`{self.key}` is said in two columns that cannot stand together.")


class _Said(dict[str, Any]):
    """What each text says in the cells of one column, found once for all of them; None where it says nothing."""

    def __init__(self, number: int, column: Column) -> None:
        super().__init__()
        self.number, self.column = number, column

    def __missing__(self, text: str) -> Any:
        node = self.column.node(Cell(text, Spot(0, 0, 0, len(text))))
        self[text] = None if node is None else values_of(node, ())
        return self[text]

    @property
    def is_idle(self) -> bool:
        """Whether it names a question of which no row says anything."""
        tests = self.column.key == WHEN and bool(self.column.part)
        return tests and all(value is None for value in self.values())


class Sheet(Source):
    """The rows as a list of routes."""

    keys_head_columns = True

    def __init__(self, rows: Rows, value: list[Any], columns: Sequence[_Said]) -> None:
        super().__init__(rows.file, "", value)
        self.lines, self.rows, self.columns = rows.lines, rows, columns

    @override
    def fitting(self, instead: str, spot: Spot) -> str | None:
        """In quotes where it would end the cell; None for a part of a cell that has none."""
        line, doubled = self.line(spot.line), instead.replace('"', '""')
        before, after = line[: spot.column][-1:], line[spot.end_column :][:1]
        if before == '"':
            return doubled
        if doubled == instead and self.rows.separator not in instead:
            return instead
        ends = ("", self.rows.separator)
        return f'"{doubled}"' if before in ends and after in ends else None

    @property
    def idle(self) -> tuple[Scalar, ...]:
        """The names of questions in whose columns all cells are empty."""
        return tuple(one.column.word for one in self.columns if one.is_idle)

    @cached_property
    @override
    def root(self) -> Node:
        return Items(_Routes(self.rows, self.columns), self.rows.header[0].spot)


class _Routes(Sequence[Node]):
    """The routes as nodes, each made when somebody asks where it stands."""

    def __init__(self, rows: Rows, columns: Sequence[_Said]) -> None:
        self.rows, self.columns = rows, columns

    @override
    def __len__(self) -> int:
        return len(self.rows.rows)

    @overload
    def __getitem__(self, number: int) -> Node: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Node]: ...
    @override
    def __getitem__(self, number: int | slice) -> Node | Sequence[Node]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        cells = self.rows.cells(self.rows.rows[number])
        entries: dict[str, tuple[Scalar, Node]] = {}
        for said in self.columns:
            node = said.column.node(cells[said.number]) if said.number < len(cells) else None
            if node is not None:
                said.column.put_node(node, entries)
        return Entries(entries, cells[0].spot, flow=False)


def read_sheet(rows: Rows, problems: list[Problem]) -> Sheet | None:
    """The rows as a list of routes; None when `problems` were found."""
    before = len(problems)
    columns = [Column.of(header) for header in rows.header]
    problems += _wrong_columns(rows, columns)
    said = [_Said(number, column) for number, column in enumerate(columns) if column is not None]
    routes = [_route(rows, row, said, problems) for row in rows.rows]
    return None if len(problems) > before else Sheet(rows, routes, said)


def _route(rows: Rows, row: Row, columns: Iterable[_Said], problems: list[Problem]) -> dict[str, Any]:
    """What one row says."""
    route: dict[str, Any] = {}
    for said in columns:
        if said.number < len(row.texts):
            try:
                value = said[row.texts[said.number]]
                if value is not None:
                    said.column.put(value, route)
            except CellError as error:
                problems.append(_problem(rows, rows.cells(row)[said.number], "R463", reason=str(error)))
    return route


def _wrong_columns(rows: Rows, columns: list[Column | None]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for column in filter(None, columns):
        if (column.key, column.part) in seen:
            yield _problem(rows, column.header, "R461", column=column.header.text.strip())
        seen.setdefault((column.key, column.part), column.header.text)
    if ("route", "") not in seen:
        yield _problem(rows, rows.header[0], "R462")


def _problem(rows: Rows, cell: Cell, code: str, **values: object) -> Problem:
    spot = cell.spot
    mark = Mark(rows.file, spot.line + 1, spot.column + 1)
    width = spot.end_column - spot.column if spot.end_line == spot.line else 1
    line = rows.lines[spot.line][:400]
    return problem(code, mark, line=line, width=max(1, min(width, 400)), corrected=None, **values)
