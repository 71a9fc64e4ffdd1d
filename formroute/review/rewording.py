"""Texts in quotation marks and how they differ, and values as a sentence has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from formroute.definitions import Text

_LONGEST = 120


def reworded(old: Text | None, new: Text | None) -> Iterable[str]:
    """How a text differs, a clause for each language: `“Road” now reads “Street” (en)`."""
    before, after = (dict(text.translations) if text else {} for text in (old, new))
    for language in dict.fromkeys((*before, *after)):
        one, other = before.get(language), after.get(language)
        if one != other:
            now = f"now reads {quoted(other)}" if other else "is gone"
            yield f"{quoted(one)} {now} ({language})" if one else f"{quoted(other or '')} is added ({language})"


def quoted(text: str) -> str:
    """A text in quotation marks, cut where it is long."""
    plain = " ".join(text.split())
    return f"“{plain[:_LONGEST].rstrip()}…”" if len(plain) > _LONGEST else f"“{plain}”"


def written_out(value: Any) -> str:
    """What stands in YAML, in one line."""
    match value:
        case None:
            return "nothing"
        case list():
            return ", ".join(map(written_out, value))
        case dict():
            return "; ".join(f"{key}: {written_out(one)}" for key, one in value.items())
    return str(value)
