"""What is otherwise for departments: tables, routes and what follows from them, departments, and the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from formroute.catalog import Catalog
from formroute.conditions import in_words
from formroute.definitions import Place
from formroute.definitions.types import listed
from formroute.review.change import Change, reworded
from formroute.routing import Department, Duration
from formroute.routing.sheet import KEYS, LISTS
from formroute.routing.table import Route, Table

_OUTPUTS = [key for key in KEYS if key not in ("route", "when", "if", "effective")]


def route_changes(old: Catalog, new: Catalog) -> Iterator[Change]:
    """Every difference for departments, table by table."""
    before, after = old.router.tables, new.router.tables
    for name in [name for name in before if name not in after]:
        yield Change("departments", name, "The table is gone.")
    for name, table in after.items():
        if name not in before:
            yield Change("departments", name, "There is a new table.", table.place["table"])
        else:
            yield from _table(before[name], table)
    yield from _departments(old, new)
    yield from _settings(old, new)


def _table(old: Table, new: Table) -> Iterator[Change]:
    def change(what: str, place: Place) -> Change:
        return Change("departments", new.name, what, place)

    if old.policy != new.policy:
        yield change(f"Its policy was `{old.policy}` and is `{new.policy}`.", new.place["table"])
    for form in sorted({*old.forms} ^ {*new.forms}):
        yield change(
            f"It {'serves' if form in new.forms else 'no longer serves'} the form `{form}`.", new.place["forms"]
        )
    before, after = ({route.name: route for route in table.routes} for table in (old, new))
    for name in [name for name in before if name not in after]:
        yield change(f"The route `{name}` is gone.", new.place["table"])
    for name, route in after.items():
        if name not in before:
            yield change(f"There is a new route `{name}`: {_asks(route)}.", route.place["route"])
        else:
            yield from (
                change(f"The route `{name}` {what}.", route.place["route"]) for what in _route(before[name], route)
            )
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield change("Its routes are tried in another order.", new.place["table"])


def _route(old: Route, new: Route) -> Iterator[str]:
    """What is otherwise with one route, as clauses."""
    if old.condition != new.condition:
        yield f"is met when {_asks(new)}; before, {_asks(old)}"
    before, after = _written(old), _written(new)
    for key in _OUTPUTS:
        if before.get(key) != after.get(key) and (key != "respond_within" or _promised(old) != _promised(new)):
            yield f"has `{key}: {_shown(after.get(key))}`; before, `{key}: {_shown(before.get(key))}`"


def _promised(route: Route) -> Duration | None:
    """Within which time, however it is written: two weeks are 14 days."""
    return route.outputs.respond_within


def _asks(route: Route) -> str:
    return in_words(route.condition, "en", route.wording.scope) if route.lines else route.wording.nothing


def _written(route: Route) -> Mapping[str, Any]:
    """The keys of a route with what they say, however it was written: one value alone is a list of one."""
    plain = route.place.plain()
    entries = plain.items() if isinstance(plain, dict) else ()
    return {key: listed(value) if key in LISTS else value for key, value in entries}


def _shown(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case list():
            return ", ".join(map(_shown, value))
        case dict():
            return "; ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    return str(value)


def _departments(old: Catalog, new: Catalog) -> Iterator[Change]:
    before, after = old.departments, new.departments
    for name in [name for name in before if name not in after]:
        yield Change("departments", name, "The department is gone.")
    for name, department in after.items():
        if name not in before:
            yield Change("departments", name, "There is a new department.")
        else:
            yield from (Change("departments", name, what) for what in _department(before[name], department))


def _department(old: Department, new: Department) -> Iterator[str]:
    """What is otherwise with one department."""
    for clause in reworded(old.name, new.name):
        yield f"Its name {clause}."
    if old.private_answers != new.private_answers:
        yield f"It gets {'' if new.private_answers else 'no '}personal answers now."
    if old.deliver != new.deliver:
        yield "Submissions take other ways to it."
    if _works_by(old) != _works_by(new):
        yield f"It works by {_works_by(new)}; before, by {_works_by(old)}."
    if (old.first, old.last) != (new.first, new.last):
        yield f"It takes submissions {_days(new)}; before, {_days(old)}."
    if old.fallback != new.fallback:
        yield f"On other days {_stand_in(new)} stands in for it{f'; before, {_stand_in(old)}' if old.fallback else ''}."


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


def _settings(old: Catalog, new: Catalog) -> Iterator[Change]:
    """What holds for all tables."""
    one, other = old.router.settings, new.router.settings
    if one.fallback != other.fallback:
        yield Change(
            "departments", "catalog", f"What no route takes goes to `{other.fallback}`; before, `{one.fallback}`."
        )
    if one.priority != other.priority:
        yield Change(
            "departments", "catalog", f"A route without a priority has `{other.priority}`; before, `{one.priority}`."
        )
    if one.priorities != other.priorities:
        yield Change("departments", "catalog", f"The priorities are {', '.join(other.priorities)}.")
