"""Routes as CSV: the exact inverse of reading them."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

from formroute.routing.written.cell_notation import cell_of_test, cell_of_value, guarded, in_flow
from formroute.routing.written.sheet import KEYS, LISTS, TEXTS, WHEN

_TREES = frozenset({"all", "any", "none"})


def as_csv(routes: Sequence[Mapping[str, Any]]) -> str:
    """The routes of a table, as they stand in YAML, as CSV: names of the columns first, lines ended by LF.

    What nests (`any`, `none`), and a `when` that asks in another order than the columns, stands in the column
    `when` in YAML's flow notation. No cell begins as a formula of a spreadsheet does.
    """
    order = _Order(routes)
    rows = [_row(route, order) for route in routes]
    given = dict.fromkeys(name for row in rows for name in row)
    questions = [_header(name) for name in order.questions]
    columns = ["route", *(name for name in questions if name in given)]
    columns += sorted((name for name in given if name not in columns), key=_rank)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(guarded, columns))
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return text.getvalue()


class _Order:
    """One order of the questions that as many routes as can be ask them in; each test keeps its turn."""

    def __init__(self, routes: Sequence[Mapping[str, Any]]) -> None:
        self.after: dict[str, set[str]] = {}
        self.kept: set[tuple[str, ...]] = set()
        for names in dict.fromkeys(tuple(_plain_tests(route.get(WHEN))) for route in routes):
            self._keep(names)
        self.questions = tuple(TopologicalSorter(self.after).static_order())

    def _keep(self, names: tuple[str, ...]) -> None:
        """Take the order of one route in, unless it contradicts those before it."""
        before = {name: set(others) for name, others in self.after.items()}
        for name in names:
            self.after.setdefault(name, set())
        for one, other in itertools.pairwise(names):
            self.after[other].add(one)
        try:
            TopologicalSorter(self.after).prepare()
        except CycleError:
            self.after = before
        else:
            self.kept.add(names)


def _plain_tests(when: Any) -> Iterator[str]:
    """The questions that stand one by one under `when`, before what nests."""
    return itertools.takewhile(lambda name: name not in _TREES, when if isinstance(when, dict) else ())


def _rank(column: str) -> tuple[int, str]:
    """The keys of a route in their order, the languages of a text side by side."""
    return list(KEYS).index(column.partition(".")[0]), column


def _row(route: Mapping[str, Any], order: _Order) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, value in route.items():
        if key == WHEN:
            cells |= _tests(value, order)
        elif key in TEXTS:
            cells |= _texts(key, value)
        else:
            alone = key in LISTS and isinstance(value, list) and len(value) == 1
            cells[key] = guarded(cell_of_value(value[0] if alone else value))
    return cells


def _texts(key: str, value: Any) -> dict[str, str]:
    """A text, or a column for each of its languages."""
    if isinstance(value, dict):
        return {f"{key}.{language}": guarded(text.strip()) for language, text in value.items()}
    return {key: guarded(value.strip())}


def _tests(when: Any, order: _Order) -> dict[str, str]:
    names = tuple(_plain_tests(when))
    nested = {key: value for key, value in when.items() if key not in names} if isinstance(when, dict) else None
    if nested is None or names not in order.kept or not nested.keys() <= _TREES:
        return {WHEN: guarded(cell_of_value(when))}
    cells = {_header(name): guarded(cell_of_test(when[name])) for name in names}
    return {**cells, WHEN: guarded(in_flow(nested))} if nested else cells


def _header(question: str) -> str:
    """The column of a question, which says so where its name is that of an output."""
    return f"{WHEN}.{question}" if question in KEYS else question
