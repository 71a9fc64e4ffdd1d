"""From the tables as written to a router, or to every problem with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from formroute.definitions import Document
from formroute.problems import Problem
from formroute.routing.clash import report_clashes
from formroute.routing.compile_table import compile_table, forms_of
from formroute.routing.definition import TableDefinition
from formroute.routing.department import Department
from formroute.routing.plan import Plan
from formroute.routing.router import Router
from formroute.routing.scope import FormScope
from formroute.routing.settings import RoutingSettings
from formroute.routing.verify import verify
from formroute.routing.workbench import Workbench


def compile_router(
    tables: Sequence[Document[TableDefinition]],
    departments: Mapping[str, Department],
    scopes: Mapping[str, FormScope],
    settings: RoutingSettings,
    problems: list[Problem],
    *,
    unread: Collection[str] = (),
    proved: bool = False,
) -> Router:
    """The router of all tables, proved to leave no submission without a route.

    Every finding goes to `problems`; with an error among them the router is not fit for use. Neither the
    order of `tables` nor that of `scopes` changes anything. `unread` are the sorts of documents (`form`,
    `table`, `departments`) of which some are not given because of problems of their own. What is `proved` was compiled
    from the same texts before, and is not proved again.
    """
    bench = Workbench(departments, dict(sorted(scopes.items())), settings, problems, unread)
    documents = _by_name(tables, bench)
    deciding = _deciding(documents.values(), bench)
    compiled = [compile_table(document, bench) for document in documents.values()]
    whole = {table.name: table for table in compiled if table is not None}
    for table in () if proved else whole.values():
        verify(table, bench)
    plans = {
        form: Plan.of(form, whole[name], whole.values(), bench.questions(form, bench.scopes), bench.scopes[form].always)
        for form, name in deciding.items()
        if name in whole
    }
    for form, plan in () if proved else plans.items():
        report_clashes(form, plan, bench)
    return Router(whole, plans, settings, departments)


def _by_name(tables: Iterable[Document[TableDefinition]], bench: Workbench) -> dict[str, Document[TableDefinition]]:
    documents: dict[str, Document[TableDefinition]] = {}
    for document in sorted(tables, key=lambda document: (document.model.table, document.place.source.file)):
        name = document.model.table
        if name in documents:
            bench.wrong(document.place["table"], "R414", table=name, first=documents[name].place.mark.file)
        else:
            documents[name] = document
    return documents


def _deciding(documents: Iterable[Document[TableDefinition]], bench: Workbench) -> dict[str, str]:
    """The one table that decides each form; a form with none or with two is reported."""
    deciding: dict[str, str] = {}
    for document in documents:
        if document.model.policy == "collect":
            continue
        for form, place in forms_of(document, bench):
            if form in deciding:
                bench.wrong(place, "R422", form=form, table=deciding[form])
            deciding.setdefault(form, document.model.table)
    for form, scope in bench.scopes.items():
        if form not in deciding and "table" not in bench.unread:
            bench.wrong(scope.place, "R421", form=form)
    return deciding
