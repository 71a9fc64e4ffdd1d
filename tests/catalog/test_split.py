"""Neither how files are called nor how routes are shared among them changes what is decided, found or told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from formroute.catalog import Catalog, read_catalog
from formroute.problems import Problem
from formroute.review.difference import compare
from tests.catalog.mutated import SCHEMAS, Document, Mutated, loading
from tests.copies import copied
from tests.routing.brute_force import Raw
from tests.seeds import seeds

SEVERAL = ("streets", "parks_and_forestry", "solid_waste", "water")
"""Tables that serve more than one form."""


def test_files_under_other_names_in_other_folders(tmp_path: Path) -> None:
    """The whole of Winnipeg, read in another order."""
    moved = copied(SCHEMAS, tmp_path / "moved")
    files = [path for path in sorted(moved.rglob("*.yaml")) if path.name != "catalog.yaml"]
    for number, path in enumerate(files):
        folder = moved / "abc"[number % 3]
        folder.mkdir(exist_ok=True)
        path.rename(folder / f"{len(files) - number:02}.yaml")
    (old, told), (new, again) = read_catalog(SCHEMAS), read_catalog(moved)
    assert old is not None
    assert new is not None
    difference = compare(old, new)
    assert difference.is_harmless
    assert difference.changes == ()
    assert sorted((one.code, one.what) for one in told) == sorted((one.code, one.what) for one in again)


@pytest.mark.parametrize("seed", seeds(10))
def test_a_table_in_a_file_for_each_of_its_forms(seed: int, tmp_path: Path) -> None:
    """After edits at random nothing moves when it is split, and the same gaps, overlaps and dead routes are told."""
    made, whole = next(loading(Random(seed), tmp_path, SEVERAL))
    tables = {f"routes/{form}.yaml": of_form(made.table, form, {*whole.forms[form].scope}) for form in whole.forms}
    split = replace(made, files={**{name: one for name, one in made.files.items() if one is not made.table}, **tables})
    difference = compare(whole, loaded(split, tmp_path / "split"))
    assert difference.is_harmless
    assert all(change.what.startswith(("The table is ", "There is a new table ")) for change in difference.changes)
    _, before = read_catalog(made.written(tmp_path / "before"))
    _, after = read_catalog(split.written(tmp_path / "after"))
    assert shown(before) == shown(after)
    never = {name: set(dead([one for one in after if name in one.mark.file], table)) for name, table in tables.items()}
    written = {name: {route["route"] for route in table["routes"]} for name, table in tables.items()}
    assert set(dead(before, made.table)) == {
        route["route"]
        for route in made.routes
        if all(route["route"] in never[name] or route["route"] not in written[name] for name in tables)
    }


def loaded(made: Mutated, folder: Path) -> Catalog:
    """With its tables tried from first to last."""
    files = {name: {**one, "policy": "first"} if "routes" in one else one for name, one in made.files.items()}
    catalog, problems = read_catalog(replace(made, files=files).written(folder))
    assert catalog is not None, problems
    return catalog


def of_form(table: Document, form: str, asked: set[str]) -> Document:
    """The routes that can be met by one form, which asks these questions."""
    routes = [(route, narrowed(route.get("when", {}), form, asked)) for route in table["routes"]]
    met = [({**route, "when": when}, when) for route, when in routes if when is not None]
    kept = [route if when else {key: route[key] for key in route if key != "when"} for route, when in met]
    return {**table, "table": f"{table['table']}-{form}", "forms": [form], "routes": kept}


def narrowed(when: Raw, form: str, asked: set[str]) -> Raw | None:
    """What a condition says of one form, to which what it does not ask is blank; None where it never holds."""
    kept: dict[str, Any] = {}
    for key, test in when.items():
        match key:
            case "all" | "any" | "none":
                parts = [narrowed(part, form, asked) for part in test]
                found = [part for part in parts if part]
                if {"all": None in parts, "any": parts.count(None) == len(parts), "none": {} in parts}[key]:
                    return None
                if found and not (key == "any" and {} in parts):
                    kept[key] = found
            case "form":
                if form not in (test if isinstance(test, list) else [test]):
                    return None
            case _ if key in asked:
                kept[key] = test
            case _ if test != "blank":
                return None
    return kept


def shown(problems: Iterable[Problem]) -> Counter[tuple[str, ...]]:
    """The forms that have a gap, and how many routes before it each one overlaps with, form by form."""
    found: Counter[tuple[str, ...]] = Counter()
    for problem in problems:
        if problem.code in ("R432", "R435"):
            names = re.findall(r"^`([\w-]+)` and|of `(\w+)`(?:,|:)", problem.what)
            found[problem.code, *("".join(name) for name in names)] += 1
        elif problem.code == "R449":
            (name, form, count), *_ = re.findall(r"^`([\w-]+)` shares .* of `(\w+)` with (\d+)", problem.what)
            found["R435", name, form] += int(count)
    return found


def dead(problems: Iterable[Problem], table: Document) -> Iterator[str]:
    """The routes that never win or that nothing can meet."""
    names = [route["route"] for route in table["routes"]]
    for problem in problems:
        if problem.code in ("R433", "R434", "R440"):
            (name, count), *_ = re.findall(r"[Tt]he route `([\w-]+)`(?: and (\d+) after it)?", problem.what)
            yield from names[names.index(name) :][: int(count or 0) + 1]
