"""Kinds that a city brings itself: installed packages name them as entry points of the group `formroute.kinds`.

An entry point leads to a `Kind`, and its name is what authors write under `type`. Ours keep their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from formroute.definitions import Definition, Place
from formroute.forms.kinds import KINDS, Kind
from formroute.problems import Problem

GROUP = "formroute.kinds"


def installed_kinds() -> Mapping[str, Kind]:
    """Our kinds and every installed one. One that cannot be loaded is an error where a field is of it."""
    return {**{point.name: _kind(point) for point in entry_points(group=GROUP)}, **KINDS}


def installed_code() -> list[tuple[str, str, str, Any]]:
    """What the installed kinds are made of: their names, packages, releases and files, so that any change is seen."""
    return sorted(
        (point.name, point.value, _package(point), _files(point.module.partition(".")[0]))
        for point in entry_points(group=GROUP)
    )


def _kind(point: EntryPoint) -> Kind:
    try:
        found = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001  a city's own code may fail in any way, or end the process
        return _broken(point, f"{type(error).__name__}: {error}")
    if not isinstance(found, Kind):
        return _broken(point, f"`{point.value}` is no Kind")
    return replace(found, name=point.name)


class _Anything(Definition, extra="allow"):
    """A field whose keys nobody knows."""


def _broken(point: EntryPoint, reason: str) -> Kind:
    """One that stands for a kind that is not there: each of its fields is told as an error, with the reason."""

    def refuse(_definition: Any, place: Place, _library: Any, problems: list[Problem]) -> None:
        problems.append(place["type"].problem("F236", kind=point.name, package=_package(point), reason=reason))

    return Kind(point.name, _Anything, widget="text", resolve=refuse)


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.value


@cache
def _files(module: str) -> tuple[tuple[str, int, int], ...]:
    """The Python files of a package or module, as they were when it was first asked for: what runs was read then."""
    return tuple((path.name, found.st_size, found.st_mtime_ns) for path in _paths(module) for found in [path.stat()])


def _paths(module: str) -> Iterator[Path]:
    spec = find_spec(module)
    if spec is None:
        return
    if spec.submodule_search_locations is not None:
        for folder in spec.submodule_search_locations:
            yield from sorted(Path(folder).rglob("*.py"))
    elif spec.origin is not None and Path(spec.origin).is_file():
        yield Path(spec.origin)
