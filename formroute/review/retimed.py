"""What holds at other moments than before, though its author wrote the same: a calendar or the clocks are others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from formroute.catalog import Catalog
from formroute.conditions import ALWAYS, Condition, Former, Moment, Proof, Scope, Undecided, Witness, find, in_words
from formroute.conditions import Part as Proved
from formroute.definitions import Place
from formroute.forms import Field, Form
from formroute.review.earlier import earlier, former, renaming
from formroute.review.part import Part
from formroute.routing.deciding.table import Route

_MOST_PARTS = 20
_SOME_DAY = datetime(2026, 6, 3, 12)


@dataclass(frozen=True, slots=True)
class Retimed:
    """Something of a form that holds at other moments: `now` and not before, and `before` and not now.

    It is a clause: `the route `night` of `extras` is met`. Where it is not `sure`, there may be other moments.
    """

    form: str
    what: str
    place: Place
    now: tuple[Part, ...]
    before: tuple[Part, ...]
    sure: bool = True


class _Said(NamedTuple):
    """What holds when a condition does; of a route only what the form lets through counts."""

    what: str
    condition: Condition
    place: Place
    always: tuple[Condition, ...] = ()


def retimed(old: Catalog, new: Catalog) -> Iterator[Retimed]:
    """Everything in forms, and in tables that add, whose words are the same and whose moments are not.

    Routes that decide are told by the regions.
    """
    told = former(old, new)
    for form in new.forms.values() if told != Former() else ():
        was = earlier(old, form)
        if was is not None:
            yield from _of_form(old, new, was, form, told)


def _of_form(old: Catalog, new: Catalog, was: str, form: Form, told: Former) -> Iterator[Retimed]:
    before, scope = _said(old, old.forms[was]), new.router.plans[form.id].scope
    today, then = renaming(form), renaming(form, told)
    near = Moment(_SOME_DAY.replace(tzinfo=new.zone))
    for key, said in _said(new, form).items():
        other = before.get(key)
        if other is not None and today(other.condition) == said.condition != then(other.condition):
            pair = then(other.condition), said.condition
            gained, lost = (list(_only(*one, scope, said.always, near)) for one in (pair, pair[::-1]))
            if gained or lost:
                sure = all(isinstance(one, Proved) for one in (*gained, *lost))
                yield Retimed(form.id, said.what, said.place, _parts(gained, scope), _parts(lost, scope), sure)


def _parts(found: Iterable[Proved | Undecided], scope: Scope) -> tuple[Part, ...]:
    return tuple(Part.of(one, scope) for one in found if isinstance(one, Proved))


def _only(
    other: Condition, wanted: Condition, scope: Scope, always: tuple[Condition, ...], near: Moment
) -> Iterator[Proved | Undecided]:
    """What meets one condition and not the other, each part with something that meets `always` besides."""
    for part in islice(Proof([other, wanted], scope, near=near).parts(1, also=1), _MOST_PARTS):
        found = find(part.condition, scope, always, near=near) if always and isinstance(part, Proved) else part
        if isinstance(found, Witness) and isinstance(part, Proved):
            yield Proved(part.condition, found)
        elif isinstance(found, Proved | Undecided):
            yield found


def _said(catalog: Catalog, form: Form) -> Mapping[str, _Said]:
    """Every condition of a form, and of the routes that add to it, by what it says."""
    found = [*_routes(catalog, form), *_shows(form), *_required(form)]
    return {one.what: one for one in found if one.condition != ALWAYS}


def _routes(catalog: Catalog, form: Form) -> Iterator[_Said]:
    plan = catalog.router.plans[form.id]
    for route in (route for table in plan.adds for route in table.routes_of(form.id)):
        yield _Said(_met(route), route.condition, route.place, plan.always)


def _met(route: Route) -> str:
    return f"the route `{route.name}` of `{route.wording.table}` is met"


def _shows(form: Form) -> Iterator[_Said]:
    for page in form.pages:
        yield _Said(f"the page `{page.id}` is asked", page.visible, page.place)
        for field in page.fields:
            yield _Said(_shown(field), field.visible, field.place)
            for choice, offered in field.offered.items():
                yield _Said(f"the choice `{choice}` of `{field.name}` is offered", offered, field.place)


def _shown(field: Field) -> str:
    if field.stops:
        return f"the notice `{field.name}` ends the form"
    return f"`{field.name}` {'is asked' if field.kind.asks else 'shows'}"


def _required(form: Form) -> Iterator[_Said]:
    for check in form.checks:
        words = in_words(check.require, "en", form.scope)
        yield _Said(f"what is required at `{check.at}` holds ({words})", check.require, check.place)
