"""The examples of one table: which form they fill in and when, or every problem with what they name."""

from __future__ import annotations

from collections.abc import Iterator

from formroute.definitions import Document, Place
from formroute.routing.compiling.outputs import check_names
from formroute.routing.table_test import TableTest
from formroute.routing.workbench import Workbench
from formroute.routing.written.table import TableDefinition, TestDefinition


def tests_of(document: Document[TableDefinition], forms: tuple[str, ...], bench: Workbench) -> Iterator[TableTest]:
    """Every example that names what there is; what is wrong with the others is reported."""
    table = document.model
    for number, definition in enumerate(table.tests):
        place = document.place["tests"][number]
        form = _form(definition, place, table, forms, bench)
        _check_expectation(definition, place["expect"], document, bench)
        _check_facts(definition, place, bench)
        if form is not None:
            yield TableTest.of(definition, table.table, form, bench.settings, place)


def _form(
    definition: TestDefinition, place: Place, table: TableDefinition, forms: tuple[str, ...], bench: Workbench
) -> str | None:
    """The form that is filled in, one of the `forms` of the table; None where that is not told."""
    misspells = any(form not in bench.scopes for form in table.forms if form != "all")
    if definition.form is None:
        if len(forms) == 1:
            return forms[0]
        bench.wrong(place["test"], "R442", forms=", ".join(f"`{form}`" for form in forms))
        return None
    is_named = (definition.form in bench.scopes and misspells) or definition.form in table.forms
    if definition.form not in forms and is_named:
        return None  # which is told at the table
    is_served = bench.is_known(definition.form, forms, place["form"], "R443", table=table.table)
    return definition.form if is_served else None


def _check_expectation(
    definition: TestDefinition, place: Place, document: Document[TableDefinition], bench: Workbench
) -> None:
    expect = definition.expect
    lost = any(way[:1] == ("routes",) and way[2:] in ((), ("route",)) for way in document.lost)
    names = [route.route for route in document.model.routes]
    unread = lost or document.place.source.is_doubtful or len(set(names)) < len(names)
    if expect.route is not None and not unread:
        bench.is_known(expect.route, names, place["route"], "R444")
    check_names(expect, place, bench)


def _check_facts(definition: TestDefinition, place: Place, bench: Workbench) -> None:
    settings = bench.settings
    if definition.language is not None:
        bench.is_known(definition.language, settings.languages, place["language"], "D105", language=definition.language)
    if definition.channel is not None:
        bench.is_known(definition.channel, settings.channels, place["channel"], "R446")
