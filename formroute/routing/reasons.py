"""A decision in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One route, and why it was met or not, as a clause."""

    table: str
    route: str
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision in words. `winner` is None when only the fallback took the submission, `due` when nothing is promised.

    `added` are the routes of tables that add, `lost` all others in the order of their tables; a lost route
    tells its first test that failed, or which route stood before it.
    """

    winner: Reason | None
    added: tuple[Reason, ...]
    lost: tuple[Reason, ...]
    due: str | None
