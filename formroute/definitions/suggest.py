"""Did you mean: the known word nearest to one that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most likely stands for, or None when none is near."""
    by_folded = {_folded(name): name for name in known}
    typed = _folded(word)[:100]
    swapped = next((name for name in by_folded if sorted(name) == sorted(typed)), None)
    near = [swapped] if swapped else difflib.get_close_matches(typed, by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else None


def hint(word: str, known: Iterable[str]) -> str:
    """The sentence that goes with an unknown word: the nearest known one, or all of them when they are few."""
    names = list(known)
    if (near := suggest(word, names)) is not None:
        return f"Did you mean `{near}`?"
    shown = ", ".join(f"`{name}`" for name in names[:12])
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"Known here: {shown}{more}." if names else "There is none yet: write one, or delete this."


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
