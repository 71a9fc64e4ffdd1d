"""The files of a schemas folder, each told by what it says and not by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from formroute.definitions import Folder, Place, no_csv, read_rows, read_source, suggest, unknown
from formroute.definitions.mended import Edit, edited
from formroute.definitions.source import MOST_BYTES
from formroute.problems import Mark, Problem, problem
from formroute.routing.written.sheet import read_sheet

CATALOG = "catalog.yaml"
SORTS = ("form", "block", "table", "departments")
_TELLING = ("table", "departments", "block", "form")  # a table may have a key `form` by mistake, and no form a `table`
_YAML = re.compile(r"(.+)\.(ya?ml)(?:\.txt)?", re.IGNORECASE)
_SORT = re.compile(rf"^({'|'.join(SORTS)})\b".encode(), re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sources:
    """Every definition in a folder, sorted by the key that says what it is.

    `unread` are the files that cannot be read, each with what it most likely is; None where nothing tells.
    """

    catalog: Place | None
    forms: list[Place] = field(default_factory=list)
    blocks: list[Place] = field(default_factory=list)
    tables: list[Place] = field(default_factory=list)
    departments: list[Place] = field(default_factory=list)
    unread: dict[Path, str | None] = field(default_factory=dict)

    def instead(self, sort: str, place: Place) -> Sources:
        """The same with this document of a `form` or another sort in the place of what its file says."""

        def others(places: list[Place]) -> list[Place]:
            return [one for one in places if one.source.file != place.source.file]

        match sort:
            case "catalog":
                return replace(self, catalog=place)
            case "form":
                return replace(self, forms=[*others(self.forms), place])
            case "block":
                return replace(self, blocks=[*others(self.blocks), place])
            case "table":
                return replace(self, tables=[*others(self.tables), place])
        return replace(self, departments=[*others(self.departments), place])


def read_sources(folder: Folder, problems: list[Problem]) -> Sources:
    """All YAML files below `folder`, in the order of their names."""
    sources = Sources(read_catalog_file(folder, problems))
    places = {
        "form": sources.forms,
        "block": sources.blocks,
        "table": sources.tables,
        "departments": sources.departments,
    }
    for file in _files(folder, problems):
        if _right(file, folder) != folder.path / CATALOG:
            place = read_place(file, folder, problems)
            place, sort = (None, None) if place is None else _sorted(place, problems)
            if place is not None and sort == "table":
                place = _with_routes(place, file, folder, problems)
            if place is None or sort is None:
                sources.unread[file] = sort or likely_sort(file, folder)
            else:
                places[sort].append(place)
    return sources


def read_catalog_file(folder: Folder, problems: list[Problem]) -> Place | None:
    """The catalogue's own file."""
    path = folder.path / CATALOG
    if folder.is_file(path):
        return read_place(path, folder, problems)
    meant = next(
        (file for file in folder.named("catalog*", "Catalog*", "CATALOG*") if _right(file, folder) == path), None
    )
    if meant is not None:
        return read_place(meant, folder, problems)
    problems.append(problem("G501", Mark(str(path), 1, 1)))
    return None


def _files(folder: Folder, problems: list[Problem]) -> Iterator[Path]:
    """The YAML files, also those that an editor gave another ending, which is told."""
    for file in folder.named("*"):
        right = _right(file, folder)
        if right is None:
            continue
        if right != file:
            problems.append(problem("G522", Mark(str(file), 1, 1), name=file.name, right=right.name))
        if right == file or not folder.is_file(right):
            yield file


def _right(file: Path, folder: Folder) -> Path | None:
    """The file under the name that it should have; None where it is no YAML."""
    found = _YAML.fullmatch(file.name)
    if found and found[1].lower() == Path(CATALOG).stem and file.parent == folder.path:
        return folder.path / CATALOG
    return found and file.with_name(f"{found[1]}.{found[2].lower()}")


def read_place(path: Path, folder: Folder, problems: list[Problem]) -> Place | None:
    """The root of one file of `folder`, unless it is a link that leads out of it: then nothing of it is shown."""
    if not folder.holds(path):
        problems.append(problem("G523", Mark(str(path), 1, 1), name=path.name))
        return None
    source = read_source(path, problems, folder.read)
    return None if source is None else Place.of(source)


def _sorted(place: Place, problems: list[Problem]) -> tuple[Place, str | None]:
    """The document with the key that says what it is, by the name that this should have."""
    data = place.plain()
    if not isinstance(data, dict):
        problems.append(place.problem("D113", hint=f"Begin with one of {', '.join(f'`{name}:`' for name in SORTS)}."))
        return place, None
    sort = next((name for name in _TELLING if name in data), None)
    if sort is None:
        first = next(iter(data), "")
        sort = suggest(first, SORTS)
        problems.append(unknown(place.key(first), "D104", first, SORTS))
        place = place.mended(edited(data, [Edit((first,), name=sort)])) if sort else place
    return place, sort


def likely_sort(file: Path, folder: Folder) -> str | None:
    """What a file that is no YAML would say that it is."""
    try:
        found = _SORT.search(folder.read(file, MOST_BYTES))
    except OSError:
        return None
    return found and found[1].decode()


def _with_routes(place: Place, file: Path, folder: Folder, problems: list[Problem]) -> Place | None:
    """A table with the routes of its CSV file, which lies beside it or is named from the schemas folder."""
    name = place.plain().get("routes_from")
    if not isinstance(name, str):
        return place
    if place["routes"] is not place:
        problems.append(place.key("routes").problem("R464", file=name))
        return None
    path = _csv(name, place["routes_from"], file.parent, folder, problems)
    rows = None if path is None else read_rows(path, problems, folder.read)
    source = None if rows is None else read_sheet(rows, problems)
    return None if source is None else place.grafted("routes", "routes_from", source)


def _csv(name: str, place: Place, beside: Path, folder: Folder, problems: list[Problem]) -> Path | None:
    home = folder.path.resolve()
    found = [path for path in (beside / name, folder.path / name) if folder.is_file(path)]
    if found and not found[0].resolve().is_relative_to(home):
        problems.append(place.problem("D109", path=name))
        return None
    if not found:
        problems.append(no_csv(name, place, folder))
    return found[0] if found else None
