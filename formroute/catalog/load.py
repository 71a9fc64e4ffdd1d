"""From a schemas folder to a catalogue, or to every problem in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from formroute.catalog.cache import Cache
from formroute.catalog.catalog import Catalog
from formroute.catalog.loader import Loader
from formroute.catalog.notes import notes as found_notes
from formroute.catalog.opening import Opening
from formroute.conditions import ORDINARY, Bounds
from formroute.definitions import Folder
from formroute.forms import Kind, installed_kinds
from formroute.problems import DefinitionError, Problem, has_errors, in_order


def load_catalog(
    folder: str | Path, *, kinds: Mapping[str, Kind] | None = None, cache: str | Path | None = None
) -> Catalog:
    """The catalogue in `folder`, proved to leave no submission without a route.

    A city's own field types are those of installed packages, or else `kinds`, such as
    `{**KINDS, "licence": LICENCE}`. Raises DefinitionError with every problem when there is an error; warnings stay on
    the catalogue.

    In the folder `cache`, which is made where it is missing, it is written down that these very files were proved,
    by this release, with these installed kinds. As long as nothing of that changes the next load proves nothing again,
    and compiles a form when somebody first asks for it. `kinds` that are given here are code that no digest of files
    sees: with them `cache` is not used.
    """
    known = Cache.of(Path(folder), Path(cache)) if cache is not None and kinds is None else None
    entry = known.entry() if known else None
    if known and entry and (opened := Opening(known.folder, entry, installed_kinds()).catalog()):
        return opened
    catalog, problems = check_catalog(known.folder if known else folder, kinds=kinds)
    if catalog is None:
        raise DefinitionError(problems)
    if known:
        known.keep(catalog)
    return catalog


def check_catalog(
    folder: str | Path | Folder,
    *,
    kinds: Mapping[str, Kind] | None = None,
    notes: bool = False,
    bounds: Bounds = ORDINARY,
) -> tuple[Catalog | None, list[Problem]]:
    """The catalogue in `folder`, None when there is an error, and every finding in it.

    With `notes` also what is no mistake but may surprise: a department without submissions, a question that only
    people look at. With the bounds THOROUGH the proof of a table never gives up: where it would tell that something was
    not decided because it took too long, it goes on, for minutes or hours.
    """
    catalog, problems = _sound(folder, kinds, bounds, tried=True)
    if catalog is not None and notes and not has_errors(problems):
        problems += found_notes(catalog, datetime.now(catalog.zone).date())
    return (None if has_errors(problems) else catalog), in_order(problems)


def read_catalog(
    folder: str | Path | Folder, *, kinds: Mapping[str, Kind] | None = None, bounds: Bounds = ORDINARY
) -> tuple[Catalog | None, list[Problem]]:
    """The same without running the tests that authors wrote, so that a catalogue is there to run them on."""
    catalog, problems = _sound(folder, kinds, bounds, tried=False)
    return (None if has_errors(problems) else catalog), in_order(problems)


def _sound(
    folder: str | Path | Folder, kinds: Mapping[str, Kind] | None, bounds: Bounds, *, tried: bool
) -> tuple[Catalog | None, list[Problem]]:
    """The catalogue as far as it is sound."""
    problems: list[Problem] = []
    files = folder if isinstance(folder, Folder) else Folder(Path(folder))
    loader = Loader(files, installed_kinds() if kinds is None else kinds, problems, bounds=bounds)
    return loader.sound(tried=tried), problems
