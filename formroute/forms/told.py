"""Rows as a person reads them: one after the other, each with its title and its own questions and answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from formroute.messages import each_part, join, say

_INDENT = "  "


class Said(NamedTuple):
    """One answer of a row under its question; `value` is the canonical answer."""

    name: str
    label: str
    text: str
    value: object


class ToldRow(NamedTuple):
    """One row, such as Animal 2."""

    title: str
    answers: tuple[Said, ...]


def as_text(rows: Iterable[ToldRow], language: str) -> str:
    """Each row under its title; what goes on over several lines is indented further, so that none passes for ours."""
    return join("\n", (line for row in rows for line in (row.title, *(_line(said, language) for said in row.answers))))


def _line(said: Said, language: str) -> str:
    text = each_part(lambda words: words.replace("\n", f"\n{_INDENT * 2}"), said.text)
    if said.label.endswith(("?", ":", "!", ".", "…")):
        return join("", (_INDENT, said.label, " ", text))
    return join("", (_INDENT, say(language, "{title}: {text}", title=said.label, text=text)))
