"""What is otherwise with the departments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from formroute.catalog import Catalog
from formroute.review.change import Change
from formroute.review.renamed import first_name, likely_departments, named_by, renamed_departments
from formroute.review.rewording import quoted, reworded, written_out
from formroute.routing import Department


def department_changes(old: Catalog, new: Catalog) -> Iterator[Change]:
    """Every difference of the departments: their names, what reaches them and how, and when they take it."""
    before, after = old.departments, new.departments
    likely, renamed = likely_departments(old, new), renamed_departments(old, new)
    for name in [name for name in before if name not in after]:
        if name in renamed:
            place = after[renamed[name]].place
            what = f"`{name}` is called `{renamed[name]}` now: {_named_by(new, renamed[name])}."
            yield Change("departments", renamed[name], what, place.mark if place else None)
        else:
            new_name = f"; `{likely[name]}` looks like it under a new name" if name in likely else ""
            yield Change("departments", name, f"The department {_called(before[name])} is gone{new_name}.")
    known = {**{other: name for name, other in likely.items()}, **{name: name for name in before if name in after}}
    for name, department in after.items():
        was = before.get(known.get(name, ""))
        told = _department(was, department, renamed) if was else [f"There is a new department, {_called(department)}."]
        at = department.place.mark if department.place else None
        yield from (Change("departments", name, what, at) for what in told)


def _called(department: Department) -> str:
    return quoted(first_name(department))


def _named_by(catalog: Catalog, department: str) -> str:
    """How many routes name a department, and that desk accounts do too."""
    routes = len([*named_by(catalog, department)])
    told = "1 route names it" if routes == 1 else f"{routes or 'no'} routes name it"
    has_desk = catalog.departments[department].has_desk
    return f"{told}; who works at its desk needs an account for the new name" if has_desk else told


def _department(old: Department, new: Department, renamed: Mapping[str, str]) -> Iterator[str]:
    """What is otherwise with one department."""
    for clause in reworded(old.name, new.name):
        yield f"Its name {clause}."
    if old.private_answers != new.private_answers:
        yield f"It gets {'' if new.private_answers else 'no '}personal answers now."
    if (ways := _ways(new)) != _ways(old):
        yield f"Submissions reach it by {ways}; before, by {_ways(old)}."
    if _works_by(old) != _works_by(new):
        yield f"It works by {_works_by(new)}; before, by {_works_by(old)}."
    if (old.first, old.last) != (new.first, new.last):
        yield f"It takes submissions {_days(new)}; before, {_days(old)}."
    if renamed.get(old.fallback or "", old.fallback) != new.fallback:
        yield f"On other days {_stand_in(new)} stands in for it{f'; before, {_stand_in(old)}' if old.fallback else ''}."


def _ways(department: Department) -> str:
    """The ways to a department: `email (to: a@example.org), desk`."""
    return ", ".join(f"{one.handler}{_set(one.settings)}" for one in department.deliver) or "nothing"


def _set(settings: Mapping[str, Any]) -> str:
    return f" ({written_out(dict(settings))})" if settings else ""


def _works_by(department: Department) -> str:
    return f"the calendar `{department.calendar.name}`" if department.calendar else "the city's calendar"


def _stand_in(department: Department) -> str:
    return f"`{department.fallback}`" if department.fallback else "no other"


def _days(department: Department) -> str:
    """When a department takes what is sent to it."""
    first, last = department.first, department.last
    if first is None:
        return "always" if last is None else f"until {last}"
    return f"from {first} on" if last is None else f"from {first} to {last}"
