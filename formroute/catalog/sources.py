"""The files of a schemas folder, each told by what it says and not by its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from formroute.definitions import Place, hint, read_source, suggest
from formroute.problems import Mark, Problem, problem

CATALOG = "catalog.yaml"
SORTS = ("form", "block", "table", "departments")


@dataclass(frozen=True, slots=True)
class Sources:
    """Every definition in a folder, sorted by the key that says what it is; `unread` are files that do not say it."""

    catalog: Place | None
    forms: list[Place] = field(default_factory=list)
    blocks: list[Place] = field(default_factory=list)
    tables: list[Place] = field(default_factory=list)
    departments: list[Place] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)


def read_sources(folder: Path, problems: list[Problem]) -> Sources:
    """All YAML files below `folder`, in the order of their names."""
    path = folder / CATALOG
    if not path.is_file():
        problems.append(problem("G501", Mark(str(path), 1, 1)))
    sources = Sources(_place(path, problems) if path.is_file() else None)
    places = {
        "form": sources.forms,
        "block": sources.blocks,
        "table": sources.tables,
        "departments": sources.departments,
    }
    for file in _files(folder):
        if file != path:
            place = _place(file, problems)
            sort = None if place is None else _sort(place, problems)
            if place is None or sort is None:
                sources.unread.append(file)
            else:
                places[sort].append(place)
    return sources


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for pattern in ("*.yaml", "*.yml") for path in folder.rglob(pattern))


def _place(path: Path, problems: list[Problem]) -> Place | None:
    source = read_source(path, problems)
    return None if source is None else Place.of(source)


def _sort(place: Place, problems: list[Problem]) -> str | None:
    """The key that says what a document is."""
    data = place.plain()
    if not isinstance(data, dict):
        problems.append(place.problem("D113"))
        return None
    sort = next((name for name in SORTS if name in data), None)
    if sort is None:
        first = next(iter(data), "")
        problems.append(place.key(first).problem("D104", instead=suggest(first, SORTS), hint=hint(first, SORTS)))
    return sort
