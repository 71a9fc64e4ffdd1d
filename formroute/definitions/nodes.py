"""One file as nodes that know where they stand; made only when somebody asks for a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A position in a file, line and column counted from 0, and where the token that begins there ends."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as typed; `bare` when it stands without quotes."""

    text: str
    spot: Spot
    bare: bool


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    nodes: Sequence[Node]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping in the author's order; `flow` when written in braces."""

    nodes: dict[str, tuple[Scalar, Node]]
    spot: Spot
    flow: bool


Node = Scalar | Items | Entries
