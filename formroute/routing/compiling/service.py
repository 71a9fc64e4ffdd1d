"""Which forms each table serves, and whether it decides them: as written, or as meant where that is a slip."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from formroute.definitions import Document, Place
from formroute.routing.workbench import Workbench
from formroute.routing.written.table import TableDefinition

ALL_FORMS = ("all",)
_FEWEST = 2  # routes and tests that name a form, for the table to have forgotten it


def forms_of(document: Document[TableDefinition], bench: Workbench) -> Iterator[tuple[str, Place]]:
    """Each form that a table serves, with the place that says so."""
    place = document.place["forms"]
    if document.model.forms == ALL_FORMS:
        yield from ((form, place) for form in bench.scopes)
        return
    for number, form in enumerate(document.model.forms):
        if form in bench.scopes:
            yield form, place[number]


def forms_in(raw: object) -> list[str]:
    """The forms that stand under the `form:` of a condition."""
    named = raw.get("form", []) if isinstance(raw, dict) else []
    return [form for form in (named if isinstance(named, list) else [named]) if isinstance(form, str)]


def meant_forms(documents: Iterable[Document[TableDefinition]], bench: Workbench) -> dict[str, str | None]:
    """The form that each name under `forms` means, in any of the tables; None where that is unclear."""
    tables = [document.model for document in documents]
    named = {form for table in tables if table.forms != ALL_FORMS for form in table.forms}
    return {form: form if form in bench.scopes else bench.meant(form, bench.scopes, "R411") for form in named}


def as_meant(
    documents: Sequence[Document[TableDefinition]], meant: Mapping[str, str | None], bench: Workbench
) -> list[Document[TableDefinition]]:
    """The tables with the forms and the policy that their routes show; reported where they say otherwise."""
    tables = [document.model for document in documents]
    has_all = any(table.forms == ALL_FORMS and table.policy != "collect" for table in tables)
    served = set(bench.scopes) if has_all else set(meant.values())
    documents = [_with_forms(document, served, bench) for document in documents]
    senders = _senders(documents, bench)
    return [_with_policy(document, senders, bench) for document in documents]


def deciders(
    documents: Sequence[Document[TableDefinition]], meant: Mapping[str, str | None], bench: Workbench
) -> dict[str, str]:
    """The one table that decides each form; a form with none or with two is reported."""
    deciding: dict[str, str] = {}
    for document in sorted(documents, key=_sends_nowhere):
        if document.model.policy == "collect":
            continue
        for form, place in forms_of(document, bench):
            if form in deciding:
                bench.wrong(place, "R422", form=form, table=deciding[form])
            deciding.setdefault(form, document.model.table)
    misspelled = {form for name, form in meant.items() if form != name}
    twice = any(one.code == "R414" for one in bench.problems)
    for form, scope in bench.scopes.items():
        if form not in deciding and form not in misspelled and "table" not in bench.unread and not twice:
            bench.wrong(scope.place, "R421", form=form)
    return deciding


def _with_forms(
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


def _sends_nowhere(document: Document[TableDefinition]) -> bool:
    """Whether no route of the table says where it sends, as in one that adds."""
    return all(route.send_to is None for route in document.model.routes)


def _always_sends(document: Document[TableDefinition]) -> bool:
    """Whether each route of the table says where it sends, as in one that decides."""
    return all(route.send_to is not None for route in document.model.routes)
