"""Names in a row, inside the sentence of a problem."""

from __future__ import annotations

from collections.abc import Iterable


def listed(names: Iterable[str], most: int = 5) -> str:
    """`a`, `b` and 3 more: each name once, and no more than `most` of them."""
    quoted = [f"`{name}`" for name in dict.fromkeys(names)]
    more = len(quoted) - most
    *others, last = quoted if more <= 0 else [*quoted[:most], f"{more} more"]
    return f"{', '.join(others)} and {last}" if others else last
