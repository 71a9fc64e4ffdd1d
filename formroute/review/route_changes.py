"""What is otherwise for departments: tables, routes and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from formroute.catalog import Catalog
from formroute.conditions import Test, in_words
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.sets import Values
from formroute.definitions import Place, Text
from formroute.definitions.types import listed
from formroute.forms import Form
from formroute.review.change import Change
from formroute.review.department_changes import department_changes
from formroute.review.earlier import asks_alike, earlier, renaming
from formroute.review.likeness import guessed
from formroute.review.rewording import reworded, written_out
from formroute.routing import Duration
from formroute.routing.deciding.table import Route, Table
from formroute.routing.written.sheet import KEYS, LISTS

_OUTPUTS = [key for key in KEYS if key not in ("route", "when", "if", "effective", "notice")]


def route_changes(old: Catalog, new: Catalog) -> Iterator[Change]:
    """Every difference for departments, table by table."""
    before, after = old.router.tables, new.router.tables
    for name in [name for name in before if name not in after]:
        yield Change("departments", name, "The table is gone.")
    for name, table in after.items():
        if name not in before:
            yield Change("departments", name, "There is a new table.", table.place["table"].mark)
        else:
            yield from _table(before[name], table, list(_shared(old, new, before[name], table)))
    yield from department_changes(old, new)
    yield from _settings(old, new)


def _shared(old: Catalog, new: Catalog, before: Table, after: Table) -> Iterator[tuple[Form, Form]]:
    """The forms that a table served and serves, as they were and as they are."""
    for form in (new.forms[name] for name in after.forms):
        was = earlier(old, form)
        if was in before.forms:
            yield old.forms[was], form


def _table(old: Table, new: Table, forms: Sequence[tuple[Form, Form]]) -> Iterator[Change]:
    def change(what: str, place: Place) -> Change:
        return Change("departments", new.name, what, place.mark)

    if old.policy != new.policy:
        yield change(f"Its policy was `{old.policy}` and is `{new.policy}`.", new.place["table"])
    kept = {form.id for pair in forms for form in pair}
    for form in sorted(({*old.forms} ^ {*new.forms}) - kept):
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
            found = _route(before[name], route, forms)
            yield from (change(f"The route `{name}` {what}.", route.place["route"]) for what in found)
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield change("Its routes are tried in another order.", new.place["table"])


def _route(old: Route, new: Route, forms: Sequence[tuple[Form, Form]]) -> Iterator[str]:
    """What is otherwise with one route, as clauses."""
    yield from _met(old, new, forms) if old.condition != new.condition else ()
    before, after = _written(old), _written(new)
    for key in _OUTPUTS:
        if before.get(key) != after.get(key) and (key != "respond_within" or _promised(old) != _promised(new)):
            yield f"has `{key}: {written_out(after.get(key))}`; before, `{key}: {written_out(before.get(key))}`"
    for clause in reworded(_notice(old), _notice(new)):
        yield f"has a notice for residents: {clause}"
    yield from _copied(old, new)


def _notice(route: Route) -> Text | None:
    return next(iter(route.outputs.notices), None)


def _met(old: Route, new: Route, forms: Sequence[tuple[Form, Form]]) -> Iterator[str]:
    """That a route is met by other answers, or asks the same by names that only look new; where they are, nothing."""
    if forms and asks_alike(old, new, [(was.id, form, renaming(form)) for was, form in forms]):
        return
    likely = [(was.id, form, guessed(was, form)) for was, form in forms]
    if not forms or not asks_alike(old, new, likely):
        yield f"is met when {_asks(new)}; before, {_asks(old)}"
        return
    names = {name: other for _, _, guess in likely for name, other in guess.questions.items()}
    asked = [f"`{names[name]}` in place of `{name}`" for name in sorted(old.condition.fields & names.keys())]
    yield f"asks {' and '.join(asked)}" if asked else "asks for choices under new names"


def _copied(old: Route, new: Route) -> Iterator[str]:
    """By which answers others get a copy than before, as a file says; choices with the same fate together."""
    before, after = ({by.question: by.departments for by in one.outputs.copy_by} for one in (old, new))
    for question in [question for question in after if question in before]:
        was, now = before[question], after[question]
        fates: dict[tuple[str | None, str | None], list[object]] = {}
        for choice in dict.fromkeys((*was, *now)):
            fates.setdefault((was.get(choice), now.get(choice)), []).append(choice)
        for (one, other), choices in fates.items():
            if one != other:
                when = in_words(Test(Axis(question, Value()), Values.of(*choices)), "en", new.wording.scope)
                yield f"copies to {_named(other)} when {when}; before, to {_named(one)}"


def _named(department: str | None) -> str:
    return f"`{department}`" if department else "nobody"


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


def _settings(old: Catalog, new: Catalog) -> Iterator[Change]:
    """What holds for all tables."""
    one, other = old.router.settings, new.router.settings

    def change(what: str, *keys: str) -> Change:
        return Change("departments", "catalog", what, new.place.at(*keys).mark)

    if one.fallback != other.fallback:
        yield change(f"What no route takes goes to `{other.fallback}`; before, `{one.fallback}`.", "fallback")
    if one.priority != other.priority:
        what = f"A route without a priority has `{other.priority}`; before, `{one.priority}`."
        yield change(what, "defaults", "priority")
    if one.priorities != other.priorities:
        yield change(f"The priorities are {', '.join(other.priorities)}.", "priorities")
