"""Finds the form that a resident means, from everyday words in any of the catalogue's languages.

Titles, summaries and keywords are folded (no accents, no case) and kept as trigrams in an SQLite
FTS5 table in memory, so that `déneigée` meets `déneigement` and a typing slip still finds something.
Words that occur in every sentence are left out of the question.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import NamedTuple

LONGEST = 200
"""Characters of a question that are looked at."""

_WORD = re.compile(r"[^\W_]+")
_WEIGHTS = "4.0, 1.0, 3.0"
_COMMON = frozenset(
    word for path in (Path(__file__).parent / "common_words").glob("*.txt") for word in path.read_text("utf-8").split()
)


class Entry(NamedTuple):
    """The words by which one form is found, all languages together."""

    id: str
    title: str
    summary: str
    keywords: str


class Search:
    """An index of forms; safe to ask from several threads."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._lock = Lock()
        self._index = sqlite3.connect(":memory:", check_same_thread=False)
        self._index.execute(
            "create virtual table forms using fts5(id unindexed, title, summary, keywords, tokenize = 'trigram')"
        )
        self._index.executemany(
            "insert into forms values (?, ?, ?, ?)", ((entry.id, *map(fold, entry[1:])) for entry in entries)
        )

    def find(self, question: str, most: int = 12) -> tuple[str, ...]:
        """The ids of the forms that fit best, the best first; empty when no word of `question` helps."""
        points: dict[str, float] = {}
        for word in words(question):
            for form, score in self._fitting(word):
                points[form] = points.get(form, 0.0) + score
        return tuple(sorted(points, key=points.__getitem__, reverse=True)[:most])

    def _fitting(self, word: str) -> list[tuple[str, float]]:
        wanted = " OR ".join(f'"{part}"' for part in trigrams(word))
        with self._lock:
            return self._index.execute(
                f"select id, -bm25(forms, 0.0, {_WEIGHTS}) from forms where forms match ?",  # noqa: S608
                (wanted,),
            ).fetchall()


def fold(text: str) -> str:
    """`text` in lower case without accents."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def words(question: str) -> tuple[str, ...]:
    """The words of `question` that can tell forms apart, each once."""
    found = _WORD.findall(fold(question[:LONGEST]))
    return tuple(dict.fromkeys(word for word in found if len(word) > 2 and word not in _COMMON))


def trigrams(word: str) -> tuple[str, ...]:
    """Every three letters in a row of `word`, each once."""
    return tuple(dict.fromkeys(word[start : start + 3] for start in range(len(word) - 2)))
