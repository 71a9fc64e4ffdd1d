"""A table in plain words, in one language: what each route asks, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formroute.catalog import Catalog
from formroute.conditions import Scope, in_words
from formroute.messages import say
from formroute.routing.table import Outputs, Route, Table

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
        policy=say(language, _POLICIES[table.policy]),
        headings=tuple(headings),
        rows=tuple(tuple(row[heading] for heading in headings) for row in told),
    )


def _told(catalog: Catalog, table: Table, route: Route, language: str) -> dict[str, str]:
    """What stands in each column, by its heading."""
    outputs, names = route.outputs, _Names(catalog, language)
    when = in_words(route.condition, language, _scope(catalog, table, route), labels=True)
    return {
        say(language, "Route"): route.name,
        say(language, "When"): when if route.lines else say(language, "everything that is left"),
        say(language, "Sent to"): names.department(outputs.send_to),
        say(language, "Copies to"): ", ".join(map(names.department, _copied(outputs))),
        say(language, "Priority"): outputs.priority or "" if table.decides else "",
        say(language, "Answer within"): _within(outputs, language),
        say(language, "Tags"): ", ".join(outputs.tags),
        say(language, "Values"): "; ".join(f"{name}: {value}" for name, value in outputs.values.items()),
        say(language, "Told of it"): ", ".join(outputs.notify),
        say(language, "Notice"): " ".join(" ".join(notice.plain(language).split()) for notice in outputs.notices),
    }


def _copied(outputs: Outputs) -> Sequence[str]:
    """All that may get a copy, those by an answer after the others."""
    by_answer = [department for by in outputs.copy_by for department in by.departments.values()]
    return tuple(dict.fromkeys((*outputs.copy_to, *by_answer)))


def _within(outputs: Outputs, language: str) -> str:
    return outputs.respond_within.in_words(language) if outputs.respond_within else ""


def _scope(catalog: Catalog, table: Table, route: Route) -> Scope:
    """The questions of the forms that the route is for; the first form's words count where they differ."""
    forms = [form for form in table.forms if route.asked_of(form) is not None]
    plans = catalog.router.plans
    return {name: question for form in reversed(forms) for name, question in plans[form].scope.items()}


@dataclass(frozen=True, slots=True)
class _Names:
    catalog: Catalog
    language: str

    def department(self, name: str | None) -> str:
        known = self.catalog.departments.get(name or "")
        return known.name.inside(self.language) if known else name or ""


def as_lines(table: TableInWords, language: str) -> Iterator[str]:
    """The table as numbered paragraphs."""
    yield from (table.title, table.forms, table.policy)
    for number, (name, *texts) in enumerate(table.rows, 1):
        yield f"\n{number}. {name}"
        for heading, text in zip(table.headings[1:], texts, strict=True):
            if text:
                yield f"   {say(language, '{title}: {text}', title=heading, text=text)}"
