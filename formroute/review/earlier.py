"""Forms as an earlier version had them: what they were called, and their conditions under the names of today."""

from __future__ import annotations

from collections.abc import Iterable

from formroute.catalog import Catalog
from formroute.conditions import Calendar, Condition, Former, Renaming
from formroute.forms import Form
from formroute.forms.renames import Renames
from formroute.routing.deciding.table import Route


def earlier(old: Catalog, form: Form) -> str | None:
    """What a form was called in the old version; None where that had no such form."""
    return next((name for name in (form.id, *form.was) if name in old.forms), None)


def renaming(form: Form, former: Former | None = None) -> Renaming:
    """Old conditions on a form under the names of today, with the time as `former` told it."""
    found = renaming_of(form.renames)
    choices = {**found.choices, "form": dict.fromkeys(form.was, form.id)}
    return Renaming(found.questions, choices, found.rows, former or Former())


def renaming_of(renames: Renames) -> Renaming:
    """The same of questions and choices alone."""
    rows = {name: renaming_of(row) for name, row in renames.rows.items()}
    return Renaming(renames.fields, renames.choices, rows)


def former(old: Catalog, new: Catalog) -> Former:
    """What told the time otherwise."""
    before, after = _calendars(old), _calendars(new)
    others = {name for name, one in before.items() if name in after and not one.tells_like(after[name])}
    zones = (None, None) if old.zone == new.zone else (old.zone, new.zone)
    return Former(zones[0], frozenset(others), zones[1])


def _calendars(catalog: Catalog) -> dict[str, Calendar]:
    settings = catalog.router.settings
    return {**settings.around.calendars, settings.calendar.name: settings.calendar}


def asks_alike(old: Route, new: Route, forms: Iterable[tuple[str, Form, Renaming]]) -> bool:
    """Whether a route asks the same of every form as before; each comes with its name and its names of then."""
    return all(_asked(old, name, renamed) == _asked(new, form.id, Renaming()) for name, form, renamed in forms)


def _asked(route: Route, form: str, renamed: Renaming) -> Condition | None:
    asked = route.asked_of(form)
    return None if asked is None else renamed(asked.condition)
