"""The words of one code, as the families of codes write them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """An error stops the catalogue from loading; a warning does not. A note is no mistake, but may surprise."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Entry(NamedTuple):
    """The words of one code: a title for the reference, and templates for what is wrong and what to do."""

    severity: Severity
    title: str
    what: str
    fix: str


def error(title: str, what: str, fix: str) -> Entry:
    """What stops the catalogue from loading."""
    return Entry(Severity.ERROR, title, what, fix)


def warning(title: str, what: str, fix: str) -> Entry:
    """What is likely a mistake, and lets the catalogue load."""
    return Entry(Severity.WARNING, title, what, fix)


def note(title: str, what: str, fix: str) -> Entry:
    """What is no mistake, but may surprise."""
    return Entry(Severity.NOTE, title, what, fix)
