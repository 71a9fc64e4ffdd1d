"""A table in plain words, in one language: what each route asks, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from formroute.catalog import Catalog
from formroute.conditions import Condition, Question, Scope, Test, in_words
from formroute.conditions.axes.aspects import Axis, Day, Value
from formroute.conditions.axes.sets import EVERYWHERE, Spans, Values
from formroute.messages import say
from formroute.routing.deciding.table import Outputs, Route, Table, parts
from formroute.routing.department import takers

_RECEIVED_ON = Axis("received", Day())
_POLICIES = {
    "first": "Tried from the first to the last: the first that is met decides.",
    "unique": "Exactly one of these is met, and decides.",
    "collect": "Each of these that is met adds to what is decided elsewhere.",
}


@dataclass(frozen=True, slots=True)
class TableInWords:
    """A table as it is read out: `headings` of the columns, and a row of texts for each route."""

    title: str
    forms: str
    policy: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tell_table(catalog: Catalog, table: Table, language: str) -> TableInWords:
    """The table as a person reads it, questions and departments by the names that residents see.

    A column in which no route says anything is left out.
    """
    told = [_told(catalog, table, route, language) for route in table.routes]
    headings = [heading for heading in told[0] if any(row[heading] for row in told)]
    titles = (catalog.forms[form].title.inside(language) for form in table.forms)
    return TableInWords(
        title=say(language, "Routes: {table}", table=table.name),
        forms=say(language, "{title}: {text}", title=say(language, "Forms"), text="; ".join(titles)),
        policy=" ".join(_policy(catalog, table, language)),
        headings=tuple(headings),
        rows=tuple(tuple(row[heading] for heading in headings) for row in told),
    )


def _policy(catalog: Catalog, table: Table, language: str) -> Iterator[str]:
    """How the routes work together, and who gets what they leave."""
    yield say(language, _POLICIES[table.policy])
    fallback = catalog.router.settings.fallback
    if table.decides and fallback is not None and all(route.lines for route in table.routes):
        name = catalog.departments[fallback].name.inside(language)
        yield say(language, "What none of them takes goes to {department}.", department=name)


def _told(catalog: Catalog, table: Table, route: Route, language: str) -> dict[str, str]:
    """What stands in each column, by its heading."""
    outputs, names = route.outputs, _Names(catalog, language, _scope(catalog, table, route), _days(route))
    return {
        say(language, "Route"): route.name,
        say(language, "When"): names.clause(route.condition) if route.lines else say(language, route.wording.nothing),
        say(language, "Sent to"): ", ".join(names.takers(outputs.send_to)),
        say(language, "Copies to"): ", ".join(names.copies(outputs)),
        say(language, "Priority"): say(language, outputs.priority) if outputs.priority and table.decides else "",
        say(language, "Answer within"): _within(outputs, language),
        say(language, "Tags"): ", ".join(outputs.tags),
        say(language, "Values"): "; ".join(f"{name}: {value}" for name, value in outputs.values.items()),
        say(language, "Told of it"): ", ".join(outputs.notify),
        say(language, "Notice"): " ".join(" ".join(notice.plain(language).split()) for notice in outputs.notices),
    }


def _within(outputs: Outputs, language: str) -> str:
    return outputs.respond_within.in_words(language) if outputs.respond_within else ""


def _scope(catalog: Catalog, table: Table, route: Route) -> Scope:
    """The questions of the forms that the route is for; one that reads otherwise in each is called by its name."""
    forms = [form for form in table.forms if route.asked_of(form) is not None]
    plans = catalog.router.plans
    found: dict[str, Question] = {}
    for form in reversed(forms):
        for name, question in plans[form].scope.items():
            alike = name not in found or found[name].label == question.label
            found[name] = question if alike else replace(question, label=None)
    return found


def _days(route: Route) -> Spans:
    """The days of receipt on which a route counts."""
    days = EVERYWHERE
    for part in parts(route.condition):
        if isinstance(part, Test) and part.axis == _RECEIVED_ON and isinstance(part.accepts, Spans):
            days &= part.accepts
    return days


@dataclass(frozen=True, slots=True)
class _Names:
    """Departments by their names, for a route that counts on some `days` of receipt and asks questions of `scope`."""

    catalog: Catalog
    language: str
    scope: Scope
    days: Spans

    def clause(self, condition: Condition) -> str:
        return in_words(condition, self.language, self.scope, labels=True)

    def department(self, name: str) -> str:
        return self.catalog.departments[name].name.inside(self.language)

    def only(self, department: str, condition: Condition) -> str:
        """A department that gets something only when a condition holds."""
        name, clause = self.department(department), self.clause(condition)
        return say(self.language, "{department} (when {clause})", department=name, clause=clause)

    def takers(self, name: str | None) -> Iterator[str]:
        """Who takes what is sent to a department; those that take it on some days only with these days."""
        found = [(one, self.days & days) for one, days in takers(name, self.catalog.departments)] if name else []
        sometimes = [(one, days) for one, days in found if not days.on_grid(0).is_empty]
        for one, days in sometimes:
            yield self.department(one) if len(sometimes) == 1 else self.only(one, Test(_RECEIVED_ON, days))

    def copies(self, outputs: Outputs) -> Iterator[str]:
        """All that get a copy, those by an answer after the others, each with the answers that bring it one."""
        for name in outputs.copy_to:
            yield from self.takers(name)
        for by in outputs.copy_by:
            for name in dict.fromkeys(by.departments.values()):
                choices = [choice for choice, department in by.departments.items() if department == name]
                yield self.only(name, Test(Axis(by.question, Value()), Values.of(*choices)))


def as_lines(table: TableInWords, language: str) -> Iterator[str]:
    """The table as numbered paragraphs."""
    yield from (table.title, table.forms, table.policy)
    for number, (name, *texts) in enumerate(table.rows, 1):
        yield f"\n{number}. {name}"
        for heading, text in zip(table.headings[1:], texts, strict=True):
            if text:
                yield f"   {say(language, '{title}: {text}', title=heading, text=text)}"
