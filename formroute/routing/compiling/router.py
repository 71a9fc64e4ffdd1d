"""From the tables as written to a router, or to every problem with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from formroute.conditions import ORDINARY, Bounds
from formroute.definitions import Document
from formroute.problems import Problem, has_errors
from formroute.routing.compiling.table import ALL_FORMS, forms_in, forms_of, table_of
from formroute.routing.deciding.plan import Plan
from formroute.routing.deciding.router import Router
from formroute.routing.deciding.table import Table
from formroute.routing.department import Department
from formroute.routing.proof.clash import report_clashes
from formroute.routing.proof.verify import verify
from formroute.routing.scope import FormScope
from formroute.routing.settings import RoutingSettings
from formroute.routing.table_test import TableTest
from formroute.routing.workbench import Workbench, beginning_with
from formroute.routing.written.definition import TableDefinition

_FEWEST = 2  # routes and tests that name a form, for the table to have forgotten it


def compile_router(
    tables: Sequence[Document[TableDefinition]],
    departments: Mapping[str, Department],
    scopes: Mapping[str, FormScope],
    settings: RoutingSettings,
    problems: list[Problem],
    *,
    unread: Collection[str] = (),
    proved: bool = False,
    bounds: Bounds = ORDINARY,
) -> Router:
    """The router of all tables, proved to leave no submission without a route.

    Every finding goes to `problems`; with an error among them the router is of use for trying what is sound, and for
    nothing else. Neither the
    order of `tables` nor that of `scopes` changes anything. `unread` are the sorts of documents (`form`,
    `table`, `departments`) of which some are not given because of problems of their own. What is `proved` was compiled
    from the same texts before, and is not proved again. Each proof of a table ends at its `bounds`.
    """
    bench = Workbench(departments, dict(sorted(scopes.items())), settings, problems, unread, bounds)
    documents = _by_name(tables, bench)
    served = _served(documents.values(), bench)
    documents = {name: _serving(document, served, bench) for name, document in documents.items()}
    senders = _senders(documents.values(), bench)
    documents = {name: _with_policy(document, senders, bench) for name, document in documents.items()}
    deciding = _deciding(documents.values(), bench)
    whole: dict[str, Table] = {}
    untried: list[TableTest] = []
    for document in documents.values():
        before = len(problems)
        table, clear = table_of(document, bench)
        if clear and not proved:
            verify(table, bench)
        if not clear or has_errors(problems[before:]):
            untried += table.tests
            table = replace(table, tests=())
        if clear:
            whole[table.name] = table
    plans = dict(_plans(deciding, whole, bench))
    for form, plan in () if proved else plans.items():
        report_clashes(form, plan, bench)
    return Router(whole, plans, settings, departments, tuple(untried))


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


def _by_name(tables: Iterable[Document[TableDefinition]], bench: Workbench) -> dict[str, Document[TableDefinition]]:
    documents: dict[str, Document[TableDefinition]] = {}
    for document in sorted(tables, key=lambda document: (document.model.table, document.place.source.file)):
        name = document.model.table
        if name in documents:
            bench.wrong(document.place["table"], "R414", table=name, first=documents[name].place.mark.file)
        else:
            documents[name] = document
    return documents


def _served(documents: Iterable[Document[TableDefinition]], bench: Workbench) -> set[str | None]:
    """Every form that a table names, or means; a table that decides may take all of them."""
    tables = [document.model for document in documents]
    if any(table.forms == ALL_FORMS and table.policy != "collect" for table in tables):
        return set(bench.scopes)
    return {form if form in bench.scopes else bench.meant(form, bench.scopes, "R411") for form in _named(tables)}


def _named(tables: Iterable[TableDefinition]) -> set[str]:
    """The forms that the tables name one by one."""
    return {form for table in tables if table.forms != ALL_FORMS for form in table.forms}


def _serving(
    document: Document[TableDefinition], served: Collection[str | None], bench: Workbench
) -> Document[TableDefinition]:
    """The table with the forms that its routes and tests are about too, where no table names those under `forms`."""
    table = document.model
    named = [*(form for route in table.routes for form in forms_in(route.when)), *(test.form for test in table.tests)]
    left_out = Counter(form for form in named if form in bench.scopes and form not in served)
    forgotten = [form for form, times in left_out.items() if form and times >= _FEWEST]
    if not forgotten or table.policy == "collect":
        return document
    forms = (*table.forms, *forgotten)
    place = document.place["forms"]
    whole = place if isinstance(place.plain(), str) else place.in_brackets()
    bench.wrong(
        whole or place,
        "R465",
        instead=f"[{', '.join(forms)}]" if whole else None,
        forms=" and ".join(f"`{form}`" for form in forgotten),
        table=table.table,
        count=sum(left_out[form] for form in forgotten),
    )
    return replace(document, model=table.model_copy(update={"forms": forms}))


def _sends_nowhere(document: Document[TableDefinition]) -> bool:
    """Whether no route of the table says where it sends, as in one that adds."""
    return all(route.send_to is None for route in document.model.routes)


def _with_policy(
    document: Document[TableDefinition], senders: Mapping[str, set[str]], bench: Workbench
) -> Document[TableDefinition]:
    """The table with the policy that its routes show: one that only adds sends nowhere, one that decides sends."""
    table = document.model
    others = [senders.get(form, set()) - {table.table} for form, _ in forms_of(document, bench)]
    if table.policy != "collect" and _sends_nowhere(document) and others and all(others):
        meant, what = "collect", "sends nowhere, and other tables decide where its forms go"
    elif table.policy == "collect" and _always_sends(document) and others and not any(others):
        meant, what = "first", "says where it sends, and no other table decides where its forms go"
    else:
        return document
    is_written = "policy" in table.model_fields_set
    place, line = document.place["policy" if is_written else "table"], f"policy: {meant}"
    instead = meant if is_written else f"{table.table}\n{line}"
    bench.wrong(place, "R466", instead=instead, table=table.table, what=what, key=line)
    return replace(document, model=table.model_copy(update={"policy": meant}))


def _senders(documents: Iterable[Document[TableDefinition]], bench: Workbench) -> Mapping[str, set[str]]:
    """The tables that send each form somewhere."""
    found: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        if document.model.policy != "collect" and not _sends_nowhere(document):
            for form, _ in forms_of(document, bench):
                found[form].add(document.model.table)
    return found


def _always_sends(document: Document[TableDefinition]) -> bool:
    """Whether each route of the table says where it sends, as in one that decides."""
    return all(route.send_to is not None for route in document.model.routes)


def _deciding(documents: Collection[Document[TableDefinition]], bench: Workbench) -> dict[str, str]:
    """The one table that decides each form; a form with none or with two is reported."""
    deciding: dict[str, str] = {}
    for document in sorted(documents, key=_sends_nowhere):
        if document.model.policy == "collect":
            continue
        for form, place in forms_of(document, bench):
            if form in deciding:
                bench.wrong(place, "R422", form=form, table=deciding[form])
            deciding.setdefault(form, document.model.table)
    named = _named(document.model for document in documents)
    misspelled = {bench.meant(form, bench.scopes, "R411") for form in named if form not in bench.scopes}
    for form, scope in bench.scopes.items():
        if form not in deciding and form not in misspelled and "table" not in bench.unread:
            bench.wrong(scope.place, "R421", form=form)
    return deciding
