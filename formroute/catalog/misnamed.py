"""Names that are misspelt where they are given: told there once, and not at each use.

A name that nothing uses, beside one that is used several times and not given anywhere and that is written nearly so, is
taken for that one. This is looked at only where something is wrong, in what the files say before anything is compiled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path as File
from typing import NamedTuple

from formroute.catalog.names import Given, Use, rooms
from formroute.catalog.sources import Sources
from formroute.definitions import Place
from formroute.definitions.mended import Edit, Path, edited
from formroute.problems import Problem, listed


class Misnamed(NamedTuple):
    """What is told of misspelt names, and the sources with the names that are meant."""

    problems: list[Problem]
    sources: Sources


def misnamed(sources: Sources) -> Misnamed | None:
    """The names that are misspelt where they are given; None where there are none."""
    uses: dict[tuple[int, Path], set[Use]] = defaultdict(set)
    found: dict[tuple[int, Path], tuple[Given, str]] = {}
    every = list(rooms(sources))
    for names in every:
        for given, meant in names.misspelt():
            found[id(given.place), given.path] = given, meant
            uses[id(given.place), given.path] |= names.used[meant]
    edits: dict[int, list[Edit]] = defaultdict(list)
    problems = []
    for given, parts in (one for names in every for one in names.unparted()):
        said = {"name": given.at.plain(), "count": len(parts), "names": listed(parts)}
        problems.append(given.at.problem("G551", instead=", ".join(parts), **said))
        edits[id(given.place)].append(given.parted(parts))
    for key, (given, meant) in found.items():
        edits[id(given.place)].append(given.meaning(meant))
        said = {"name": given.at.plain(), "meant": meant, "count": len(uses[key])}
        problems.append(given.at.problem("G550", instead=meant, **said))
    return Misnamed(problems, _edited(sources, edits)) if problems else None


def either(sources: Sources, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The same findings, of which one about a name that is used once says where the like is given that nothing uses.

    Of choices that is not said: nothing uses most of them.
    """
    every = (names for names in rooms(sources) if not names.free)
    doubtful = {meant: given.at for names in every for given, meant in names.misspelt(1)}
    for one in problems:
        start = one.mark.column - 1
        given = doubtful.get(one.line[start : start + one.width])
        if given is None or one.code in ("G550", "G551") or not one.corrected or given.plain() not in one.corrected:
            yield one
        else:
            where = f"{File(given.mark.file).name}, line {given.mark.line}"
            fix = f"Write `{given.plain()}` here, or, if that is the misspelt one, `{{}}` where it is given: {where}."
            yield replace(one, fix=fix.format(one.line[start : start + one.width]))


def _edited(sources: Sources, edits: Mapping[int, list[Edit]]) -> Sources:
    """The sources with other names, by the identity of each place."""

    def mended(place: Place) -> Place:
        return place.mended(edited(place.plain(), edits[id(place)])) if id(place) in edits else place

    return replace(
        sources,
        catalog=sources.catalog and mended(sources.catalog),
        forms=[*map(mended, sources.forms)],
        blocks=[*map(mended, sources.blocks)],
        tables=[*map(mended, sources.tables)],
        departments=[*map(mended, sources.departments)],
    )
