"""Texts that stand wholly in curly quotes: word processors make them of straight ones, and YAML reads them as signs."""

from __future__ import annotations

_OPENING, _CLOSING = "\u2018\u201a\u201b\u201c\u201e\u201f", "\u2018\u2019\u201c\u201d\"'"


def uncurled(text: str) -> str | None:
    """What stands between the curly quotes around `text`; None where it does not stand in a pair of them."""
    inner = text[1:-1]
    if text[:1] not in _OPENING or text[-1:] not in _CLOSING or not inner or any(sign in inner for sign in _OPENING):
        return None
    return inner


def quoted(text: str) -> str:
    """In single quotes, as YAML has them."""
    return "'" + text.replace("'", "''") + "'"
