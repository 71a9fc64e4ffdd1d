"""Forms that are gone for good or under a new name, and the routes that go with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from formroute.catalog import Catalog
from formroute.forms import Form
from formroute.problems import listed
from formroute.review.likeness import pairs_alike
from formroute.routing.deciding.table import Route, Table

_MOST = 12  # that are named


def renamed_forms(old: Catalog, new: Catalog) -> dict[str, str]:
    """For each form that is gone the one that says so under `was`."""
    return {was: name for name, form in new.forms.items() for was in form.was if _is_gone(was, old, new)}


def likely_forms(old: Catalog, new: Catalog) -> dict[str, str]:
    """The same, also where a form only looks like it."""
    gone = {name: _told(form) for name, form in old.forms.items() if name not in new.forms}
    added = {name: _told(form) for name, form in new.forms.items() if name not in old.forms}
    return {**pairs_alike(gone, added), **renamed_forms(old, new)}


def lost_forms(old: Catalog, new: Catalog) -> frozenset[str]:
    """The forms that are there under no name any more."""
    return frozenset(old.forms.keys() - new.forms.keys() - likely_forms(old, new).keys())


def is_only_about(route: Route, table: Table, forms: Collection[str]) -> bool:
    """Whether a route can be met by submissions of these forms alone."""
    asked = {form for form in table.forms if route.asked_of(form) is not None}
    return bool(asked) and asked <= {*forms}


def routes_lost(old: Catalog, form: str) -> Iterator[str]:
    """The routes that go with a form, those of each table together."""
    for table in old.router.tables.values():
        if form in table.forms:
            routes = [route.name for route in table.routes if is_only_about(route, table, [form])]
            yield from [f"{listed(routes, _MOST)} of `{table.name}`"] if routes else []


def _is_gone(name: str, old: Catalog, new: Catalog) -> bool:
    return name in old.forms and name not in new.forms


def _told(form: Form) -> str:
    """What two forms are compared by when one may be the other under a new name."""
    return f"{form.title.inside(form.languages[0])} {' '.join(form.fields)}"
