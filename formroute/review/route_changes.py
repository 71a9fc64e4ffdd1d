"""What is otherwise for departments: tables, routes and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from formroute.catalog import Catalog
from formroute.conditions import All, Condition, Test, in_words
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.sets import Values
from formroute.definitions import Place, Text
from formroute.definitions.types import listed
from formroute.forms import Form
from formroute.problems import listed as names
from formroute.review.change import Change
from formroute.review.department_changes import department_changes
from formroute.review.earlier import asks_alike, earlier, renaming
from formroute.review.gone_forms import is_only_about, likely_forms, lost_forms
from formroute.review.likeness import guessed
from formroute.review.order import told_in_order
from formroute.review.renamed import renamed_departments, under_new_names
from formroute.review.rewording import reworded, written_out
from formroute.routing import Duration
from formroute.routing.deciding.table import Route, Table
from formroute.routing.written.sheet import KEYS, LISTS

_OUTPUTS = [key for key in KEYS if key not in ("route", "when", "if", "effective", "notice")]


def route_changes(old: Catalog, new: Catalog) -> Iterator[Change]:
    """Every difference for departments, table by table."""
    before, after = old.router.tables, new.router.tables
    called, lost = dict(_called(before, after)), lost_forms(old, new)
    for name in [name for name in before if name not in after and not lost.issuperset(before[name].forms)]:
        told = f"The table is called `{called[name]}` now." if name in called else "The table is gone."
        yield Change("departments", name, told)
    news = {**{other: name for name, other in called.items()}, **{name: name for name in after if name in before}}
    renamed, likely = renamed_departments(old, new), likely_forms(old, new)
    known = lost | likely.keys() | {*likely.values()}
    for name, table in after.items():
        if name in news:
            was = before[news[name]]
            yield from _Tables(was, table, list(_shared(old, new, was, table)), lost, known, renamed).changes()
        else:
            what = f"There is a new table for {names(table.forms)}, with {_count(len(table.routes), 'route')}."
            yield Change("departments", name, what, table.place["table"].mark)
    yield from department_changes(old, new)
    yield from _settings(old, new)


def _shared(old: Catalog, new: Catalog, before: Table, after: Table) -> Iterator[tuple[Form, Form]]:
    """The forms that a table served and serves, as they were and as they are."""
    for form in (new.forms[name] for name in after.forms):
        was = earlier(old, form)
        if was in before.forms:
            yield old.forms[was], form


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _called(before: Mapping[str, Table], after: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    """Tables that are gone, with the new one that serves the same forms by the same policy."""
    added = {(table.forms, table.policy): name for name, table in after.items() if name not in before}
    for name, table in before.items():
        if name not in after and (table.forms, table.policy) in added:
            yield name, added.pop((table.forms, table.policy))


@dataclass(frozen=True, slots=True)
class _Tables:
    """One table before and after: the forms of both, and departments that are only `renamed`.

    Forms that are `lost` took their routes along; what is `told` of the forms themselves is not told again.
    """

    old: Table
    new: Table
    forms: Sequence[tuple[Form, Form]]
    lost: frozenset[str]
    told: frozenset[str]
    renamed: Mapping[str, str]

    def changes(self) -> Iterator[Change]:
        old, new = self.old, self.new
        if old.policy != new.policy:
            yield self._change(f"Its policy was `{old.policy}` and is `{new.policy}`.", new.place["table"])
        yield from (self._change(what, new.place["forms"]) for what in self._served())
        before, after = ({route.name: route for route in table.routes} for table in (old, new))
        called = dict(_renamed_routes(before, after))
        for name in [name for name in before if name not in after]:
            if name in called:
                yield self._change(f"The route `{name}` is called `{called[name]}` now.", after[called[name]].place)
            elif not is_only_about(before[name], old, self.lost):
                yield self._change(f"The route `{name}` is gone.", new.place["table"])
        was = {called.get(name, name): route for name, route in before.items()}
        for name, route in after.items():
            if name in was:
                found = self._route(was[name], route)
                yield from (self._change(f"The route `{name}` {what}.", route.place["route"]) for what in found)
            else:
                yield self._change(f"There is a new route `{name}`: {_asks(route)}.", route.place["route"])
        yield from self._order(list(was), after)

    def _change(self, what: str, place: Place) -> Change:
        return Change("departments", self.new.name, what, place.mark)

    def _served(self) -> Iterator[str]:
        """Forms that it serves or serves no more; one that is lost is told so, and what serves all serves all."""
        if all(table.place["forms"].plain() == "all" for table in (self.old, self.new)):
            return
        kept = {form.id for pair in self.forms for form in pair}
        for form in sorted(({*self.old.forms} ^ {*self.new.forms}) - kept - self.told):
            yield f"It {'serves' if form in self.new.forms else 'no longer serves'} the form `{form}`."

    def _order(self, before: Sequence[str], after: Mapping[str, Route]) -> Iterator[Change]:
        """Routes that are tried earlier or later than before; where all are met that can be, order means nothing."""
        moved = told_in_order(before, list(after))
        if moved is None:
            yield self._change("Its routes are tried in another order.", self.new.place["table"])
        for name, then in moved or ():
            where = f"before `{then}`" if then else "last"
            yield self._change(f"The route `{name}` is tried {where} now.", after[name].place["route"])

    def _route(self, old: Route, new: Route) -> Iterator[str]:
        """What is otherwise with one route, as clauses."""
        yield from _met(old, new, self.forms) if old.condition != new.condition else ()
        before, after = under_new_names(_written(old), self.renamed), _written(new)
        for key in _OUTPUTS:
            if before.get(key) != after.get(key) and (key != "respond_within" or _promised(old) != _promised(new)):
                yield f"has {_said(key, after)}; before, {_said(key, before)}"
        for clause in reworded(_notice(old), _notice(new)):
            yield f"has a notice for residents: {clause}"
        yield from _copied(old, new, self.renamed)


def _renamed_routes(before: Mapping[str, Route], after: Mapping[str, Route]) -> Iterator[tuple[str, str]]:
    """Routes that are gone, with the new one that is met by just the same."""
    added: dict[Condition, list[str]] = {}
    for name in [name for name in after if name not in before]:
        added.setdefault(after[name].condition, []).append(name)
    for name in [name for name in before if name not in after]:
        if found := added.get(before[name].condition):
            yield name, found.pop(0)


def _said(key: str, written: Mapping[str, Any]) -> str:
    return f"`{key}: {written_out(written[key])}`" if key in written else f"no `{key}`"


def _notice(route: Route) -> Text | None:
    return next(iter(route.outputs.notices), None)


def _met(old: Route, new: Route, forms: Sequence[tuple[Form, Form]]) -> Iterator[str]:
    """That a route is met by other answers, or asks the same by names that only look new; where they are, nothing."""
    if forms and asks_alike(old, new, [(was.id, form, renaming(form)) for was, form in forms]):
        return
    likely = [(was.id, form, guessed(was, form)) for was, form in forms]
    if not forms or not asks_alike(old, new, likely):
        yield _asked_otherwise(old, new)
        return
    names = {name: other for _, _, guess in likely for name, other in guess.questions.items()}
    asked = [f"`{names[name]}` in place of `{name}`" for name in sorted(old.condition.fields & names.keys())]
    yield f"asks {' and '.join(asked)}" if asked else "asks for choices under new names"


def _asked_otherwise(old: Route, new: Route) -> str:
    """What a route asks and did not ask, or asks no more; all of it, where it shares no line with what it asked."""
    before, after = ([line.condition for line in route.lines] for route in (old, new))
    gone, added = ([one for one in these if one not in those] for these, those in ((before, after), (after, before)))
    if len(gone) == len(before) or len(added) == len(after):
        return f"is met when {_asks(new)}; before, {_asks(old)}"
    was, now = (in_words(All(tuple(lines)), "en", route.wording.scope) for lines, route in ((gone, old), (added, new)))
    if not gone:
        return f"also asks that {now}"
    return f"asks that {now}; before, that {was}" if added else f"no longer asks that {was}"


def _copied(old: Route, new: Route, renamed: Mapping[str, str]) -> Iterator[str]:
    """By which answers others get a copy than before, as a file says; choices with the same fate together."""
    before, after = ({by.question: by.departments for by in one.outputs.copy_by} for one in (old, new))
    for question in [question for question in after if question in before]:
        now = after[question]
        was = {choice: renamed.get(one, one) for choice, one in before[question].items()}
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

    if renamed_departments(old, new).get(one.fallback or "", one.fallback) != other.fallback:
        yield change(f"What no route takes goes to `{other.fallback}`; before, `{one.fallback}`.", "fallback")
    if one.priority != other.priority:
        what = f"A route without a priority has `{other.priority}`; before, `{one.priority}`."
        yield change(what, "defaults", "priority")
    if one.priorities != other.priorities:
        yield change(f"The priorities are {', '.join(other.priorities)}.", "priorities")
