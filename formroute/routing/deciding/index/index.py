"""The routes of one form, ready to be found: a decision costs the same among ten and among a hundred thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby

from formroute.conditions import Condition
from formroute.routing.deciding.index.blocks import Block, Blocks, in_blocks
from formroute.routing.deciding.index.finder import Finder, finder
from formroute.routing.deciding.index.look import Known, Look
from formroute.routing.deciding.index.rows import Row, rows_of

_SPLIT_FROM = 12
"""Fewer rows are found fastest by their columns."""


class Index:
    """Conditions by their places in a row; each way to find them is made when it is first asked, and in parts."""

    def __init__(self, conditions: Iterable[Condition], known: Known) -> None:
        self._conditions, self._known = tuple(conditions), known
        self._size = len(self._conditions)

    @cached_property
    def _rows(self) -> Sequence[Row]:
        return [row for number, condition in enumerate(self._conditions) for row in rows_of(number, condition)]

    @cached_property
    def _finder(self) -> Finder:
        return self._blocks if len(self._rows) < _SPLIT_FROM else finder(self._rows, self._known)

    @cached_property
    def _blocks(self) -> Block | Blocks:
        return in_blocks(self._rows, self._known)

    def first(self, look: Look) -> int:
        """The first condition that is met; the number of all conditions where none is."""
        return self._finder.first(look, self._size)

    def met(self, look: Look) -> list[int]:
        """All conditions that are met, in order."""
        return [number for number, _ in groupby(self._blocks.met(look))]

    def close(self, look: Look) -> Iterator[tuple[int, int | None]]:
        """The conditions, in order, that are met or nearly so, with what they miss: see `Blocks.close`."""
        return self._blocks.close(look)
