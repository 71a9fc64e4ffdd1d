"""From the tables as written to a router, or to every problem with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from formroute.definitions import Document
from formroute.problems import has_errors
from formroute.routing.compiling.service import as_meant, deciders, meant_forms
from formroute.routing.compiling.table import table_of
from formroute.routing.deciding.plan import Plan
from formroute.routing.deciding.router import Router
from formroute.routing.deciding.table import Table
from formroute.routing.proof.clash import report_clashes
from formroute.routing.proof.verify import verify
from formroute.routing.table_test import TableTest
from formroute.routing.workbench import Workbench, beginning_with
from formroute.routing.written.table import TableDefinition


def compile_router(tables: Iterable[Document[TableDefinition]], bench: Workbench, *, proved: bool = False) -> Router:
    """The router of all tables, proved to leave no submission without a route.

    Every finding goes to the problems of the `bench`; with an error among them the router is of use for trying what is
    sound, and for nothing else. Neither the order of `tables` nor that of the forms changes anything. What is `proved`
    was compiled from the same texts before, and is not proved again.
    """
    bench = replace(bench, scopes=dict(sorted(bench.scopes.items())))
    documents = _once(tables, bench)
    meant = meant_forms(documents, bench)
    documents = as_meant(documents, meant, bench)
    deciding = deciders(documents, meant, bench)
    whole: dict[str, Table] = {}
    untried: list[TableTest] = []
    for document in documents:
        before = len(bench.problems)
        table, clear = table_of(document, bench)
        if clear and not proved:
            verify(table, bench)
        if not clear or has_errors(bench.problems[before:]):
            untried += table.tests
            table = replace(table, tests=())
        if clear:
            whole[table.name] = table
    plans = dict(_plans(deciding, whole, bench))
    for form, plan in () if proved else plans.items():
        report_clashes(form, plan, bench)
    return Router(whole, plans, bench.settings, bench.departments, tuple(untried))


def _plans(deciding: Mapping[str, str], whole: Mapping[str, Table], bench: Workbench) -> Iterator[tuple[str, Plan]]:
    """What is left of the tables for each form; the facts are made once for all forms that share their tables."""
    facts = cache(lambda names: bench.facts({form for name in names for form in whole[name].forms}))
    adding = [table for table in whole.values() if not table.decides]
    for form, name in deciding.items():
        if name in whole and bench.scopes[form].whole:
            tables = (name, *(table.name for table in adding if form in table.forms))
            scope = {**bench.scopes[form].questions, **facts(tables)}
            scope["form"] = beginning_with(form, scope["form"])
            yield form, Plan.of(form, whole[name], whole.values(), scope, bench.scopes[form].always)


def _once(tables: Iterable[Document[TableDefinition]], bench: Workbench) -> list[Document[TableDefinition]]:
    """The tables by their names; a name that two have is a problem of the second."""
    documents: dict[str, Document[TableDefinition]] = {}
    for document in sorted(tables, key=lambda document: (document.model.table, document.place.source.file)):
        name = document.model.table
        if name in documents:
            bench.wrong(document.place["table"], "R414", table=name, first=documents[name].place.mark.file)
        else:
            documents[name] = document
    return list(documents.values())
