"""Texts in quotation marks and how they differ, and values as a sentence has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from formroute.definitions import Text

_LONGEST = 120
_NEAR = 80
_SENTENCE = re.compile(r"[.?!…»] ")


def reworded(old: Text | None, new: Text | None) -> Iterable[str]:
    """How a text differs, a clause for each wording: `“Road” now reads “Street” (en)`."""
    before, after = (dict(text.translations) if text else {} for text in (old, new))
    found: dict[tuple[str | None, str | None], list[str]] = {}
    for language in dict.fromkeys((*before, *after)):
        found.setdefault((before.get(language), after.get(language)), []).append(language)
    for (one, other), languages in found.items():
        if one != other:
            yield f"{_clause(one, other)} ({' and '.join(languages)})"


def _clause(old: str | None, new: str | None) -> str:
    if not old or not new:
        return f"{quoted(old)} is gone" if old else f"{quoted(new or '')} is added"
    one, other = (" ".join(text.split()) for text in (old, new))
    if one == other:
        return f"{quoted(one)} has other lines and paragraphs"
    one, other = _around(one, other)
    return f"{quoted(one)} now reads {quoted(other)}"


def _around(old: str, new: str) -> tuple[str, str]:
    """Two texts that differ; where one is long, from the sentence on in which they begin to."""
    if max(len(old), len(new)) <= _LONGEST:
        return old, new
    same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    start = max((found.end() for found in _SENTENCE.finditer(old, 0, same)), default=0)
    start = start if same - start < _NEAR else old.rfind(" ", 0, same - _NEAR // 2) + 1
    return (f"… {old[start:]}", f"… {new[start:]}") if start else (old, new)


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
