"""Departments that are only called otherwise, and what named them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from formroute.catalog import Catalog
from formroute.review.likeness import pairs_alike
from formroute.routing import Department

_NAMED_BY = ("send_to", "copy_to")


def likely_departments(old: Catalog, new: Catalog) -> dict[str, str]:
    """For each department that is gone the new one that looks like it."""
    before, after = old.departments, new.departments
    gone = {name: first_name(one) for name, one in before.items() if name not in after}
    return pairs_alike(gone, {name: first_name(one) for name, one in after.items() if name not in before})


def renamed_departments(old: Catalog, new: Catalog) -> dict[str, str]:
    """Those of them that surely are the same: they have the same name, or are reached in the same way of their own."""
    likely = likely_departments(old, new)
    return {name: other for name, other in likely.items() if _same(old.departments[name], new.departments[other])}


def _same(old: Department, new: Department) -> bool:
    before, after = ([(way.handler, way.settings) for way in one.deliver] for one in (old, new))
    return old.name == new.name or (before == after and any(settings for _, settings in before))


def first_name(department: Department) -> str:
    """What a department is called in the catalogue's first language."""
    return department.name.inside(department.name.languages[0])


def under_new_names(written: Mapping[str, Any], renamed: Mapping[str, str]) -> Mapping[str, Any]:
    """The keys of a route with departments as they are called today."""
    return {key: _today(value, renamed) if key in _NAMED_BY else value for key, value in written.items()}


def _today(value: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [renamed.get(one, one) for one in value]
    return renamed.get(value, value) if isinstance(value, str) else value


def named_by(catalog: Catalog, department: str) -> Iterator[str]:
    """The routes that name a department, each with that of its table."""
    for table in catalog.router.tables.values():
        for route in table.routes:
            out = route.outputs
            by = {one for each in out.copy_by for one in each.departments.values()}
            if department in {out.send_to, *out.copy_to, *by}:
                yield route.full_name
