"""Which translation was made of which text: a file of digests in the schemas folder, and what is stale by it.

It names no place: a text that moves is still the same text.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from formroute.catalog.sources import Sources, read_sources
from formroute.definitions import Folder, Place
from formroute.definitions.rows import MOST_BYTES
from formroute.problems import Problem

LOCK = "translations.lock"
_HEAD = "# Written by `formroute translations --accept`: language, digest of the text, digest of its translation.\n"
_LINE = re.compile(r"(\S+) ([0-9a-f]{16}) ([0-9a-f]{16})", re.ASCII)


class Pair(NamedTuple):
    """A translation and what it was made of, as digests."""

    language: str
    source: str
    translation: str


def stale(sources: Sources, folder: Folder, languages: Sequence[str]) -> Iterator[Problem]:
    """A warning for each translation that stayed while its text changed; none without a lock file."""
    accepted = _read(folder)
    found = list(_translated(sources, languages)) if accepted else []
    current = {pair for _, pair in found}
    made_of = defaultdict(set)
    for pair in accepted:
        made_of[pair.language, pair.translation].add(pair)
    for place, pair in found:
        before = made_of[pair.language, pair.translation]
        if before and pair not in before and not before & current:
            yield place.problem("G530", language=pair.language, first=languages[0])


def accept(folder: Path, languages: Sequence[str]) -> int:
    """Write down every translation as made of the text that it stands beside now; how many there are."""
    problems: list[Problem] = []
    pairs = {pair for _, pair in _translated(read_sources(Folder(folder), problems), languages)}
    lines = "".join(f"{' '.join(pair)}\n" for pair in sorted(pairs))
    (folder / LOCK).write_text(f"{_HEAD}{lines}", "utf-8")
    return len(pairs)


def _read(folder: Folder) -> frozenset[Pair]:
    path = folder.path / LOCK
    if not folder.is_file(path):
        return frozenset()
    lines = folder.read(path, MOST_BYTES).decode("utf-8", errors="replace").splitlines()
    return frozenset(Pair(*found.groups()) for line in lines if (found := _LINE.fullmatch(line)))


def _translated(sources: Sources, languages: Sequence[str]) -> Iterator[tuple[Place, Pair]]:
    places = (sources.catalog, *sources.forms, *sources.blocks, *sources.tables, *sources.departments)
    for root in filter(None, places):
        for place, text in _texts(root, root.plain(), frozenset(languages), languages[0]):
            for language in languages[1:]:
                if isinstance(text.get(language), str):
                    pair = Pair(language, _digest(text[languages[0]]), _digest(text[language]))
                    yield place.key(language), pair


def _texts(
    place: Place, value: object, languages: frozenset[str], first: str
) -> Iterable[tuple[Place, dict[str, str]]]:
    """Every mapping below that holds one text in several languages."""
    match value:
        case dict() if isinstance(value.get(first), str) and value.keys() <= languages:
            yield place, value
        case dict():
            for name, part in value.items():
                yield from _texts(place[name], part, languages, first)
        case list():
            for number, part in enumerate(value):
                yield from _texts(place[number], part, languages, first)


def _digest(text: str) -> str:
    """Blanks and line ends do not count."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]
