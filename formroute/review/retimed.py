"""What holds at other moments than before, though its author wrote the same: a calendar or the clocks are others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import NamedTuple

from formroute.catalog import Catalog
from formroute.conditions import ALWAYS, Condition, Former, Moment, Proof, Scope, Undecided, Witness, find, in_words
from formroute.conditions import Part as Proved
from formroute.definitions import Place
from formroute.forms import Field, Form
from formroute.review.earlier import earlier, former, renaming
from formroute.review.part import Part
from formroute.routing.changes.receipt import received_since
from formroute.routing.deciding.table import Route

_MOST_PARTS = 20
_SOME_DAY = date(2026, 6, 3)


@dataclass(frozen=True, slots=True, eq=False)
class Retimed:
    """Something of a form that holds at other moments: `now` and not before, and `before` and not now.

    It is a clause: `the route `night` of `extras` is met`. Where it is not `sure`, there may be other moments.
    `conditions` tell when it holds, that of the old version under the names of then first. With `refuses`, whoever is
    there at such a moment cannot send; with `admits`, only they can.
    """

    form: str
    what: str
    place: Place
    now: tuple[Part, ...]
    before: tuple[Part, ...]
    conditions: tuple[Condition, Condition]
    sure: bool = True
    refuses: bool = False
    admits: bool = False

    @property
    def is_past(self) -> bool:
        """Whether all of these moments are over."""
        return self.sure and all(part.past for part in (*self.now, *self.before))


class _Said(NamedTuple):
    """What holds when a condition does; of a route only what the form lets through counts."""

    what: str
    condition: Condition
    place: Place
    always: tuple[Condition, ...] = ()
    refuses: bool = False
    admits: bool = False


class _Found(NamedTuple):
    """A part that holds in one version alone, and whether only before the clock of the comparison."""

    part: Proved | Undecided
    past: bool = False


def retimed(old: Catalog, new: Catalog, on: date | None = None) -> Iterator[Retimed]:
    """Everything in forms, and in tables that add, whose words are the same and whose moments are not.

    Routes that decide are told by the regions. What only holds before the day `on` is past.
    """
    told = former(old, new)
    for form in new.forms.values() if told != Former() else ():
        was = earlier(old, form)
        if was is not None:
            yield from _of_form(old, new, was, form, told, on)


def _of_form(old: Catalog, new: Catalog, was: str, form: Form, told: Former, on: date | None) -> Iterator[Retimed]:
    before, scope = _said(old, old.forms[was]), new.router.plans[form.id].scope
    today, then = renaming(form), renaming(form, told)
    near = Moment(datetime.combine(on or _SOME_DAY, time(12), new.zone))
    later = () if on is None else (received_since(on),)
    for key, said in _said(new, form).items():
        other = before.get(key)
        if other is not None and today(other.condition) == said.condition != then(other.condition):
            pair = then(other.condition), said.condition
            gained, lost = (list(_only(*one, scope, said.always, later, near)) for one in (pair, pair[::-1]))
            if gained or lost:
                yield Retimed(
                    form.id,
                    said.what,
                    said.place,
                    _parts(gained, scope),
                    _parts(lost, scope),
                    (other.condition, said.condition),
                    all(isinstance(one.part, Proved) for one in (*gained, *lost)),
                    said.refuses,
                    said.admits,
                )


def _parts(found: Iterable[_Found], scope: Scope) -> tuple[Part, ...]:
    return tuple(Part.of(one.part, scope, past=one.past) for one in found if isinstance(one.part, Proved))


def _only(
    other: Condition,
    wanted: Condition,
    scope: Scope,
    always: tuple[Condition, ...],
    later: tuple[Condition, ...],
    near: Moment,
) -> Iterator[_Found]:
    """What meets one condition and not the other, each part with something that meets `always` besides.

    It meets `later` too, where anything does.
    """
    for part in islice(Proof([other, wanted], scope, near=near).parts(1, also=1), _MOST_PARTS):
        if isinstance(part, Undecided):
            yield _Found(part)
            continue
        found = find(part.condition, scope, (*always, *later), near=near)
        past = found is None and bool(later)
        found = find(part.condition, scope, always, near=near) if past else found
        if found is not None:
            yield _Found(Proved(part.condition, found) if isinstance(found, Witness) else found, past)


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
            yield _Said(_shown(field), field.visible, field.place, refuses=field.stops)
            for choice, offered in field.offered.items():
                yield _Said(f"the choice `{choice}` of `{field.name}` is offered", offered, field.place)


def _shown(field: Field) -> str:
    if field.stops:
        return f"the notice `{field.name}` ends the form"
    return f"`{field.name}` {'is asked' if field.kind.asks else 'shows'}"


def _required(form: Form) -> Iterator[_Said]:
    for check in form.checks:
        words = in_words(check.require, "en", form.scope)
        yield _Said(
            f"what is required at `{check.at}` holds ({words})", check.require, check.place, admits=not check.warning
        )
