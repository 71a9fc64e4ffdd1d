"""`formroute table`: one table in plain words, for a report, or as CSV for a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from formroute.catalog import Catalog
from formroute.cli.schemas_option import named, open_catalog, schemas_option
from formroute.review.table_markup import as_html, as_markdown
from formroute.review.table_words import TableInWords, as_lines, tell_table
from formroute.routing.deciding.table import Table
from formroute.routing.written.sheet_export import as_csv


@click.command()
@click.argument("name")
@click.option("--language", metavar="CODE", help="One of the catalogue's languages (default: its first).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["words", "markdown", "html", "csv", "json"]),
    default="words",
    show_default=True,
    help="How to print it; csv is for a spreadsheet.",
)
@schemas_option
def table(name: str, language: str | None, form: str, schemas: Path) -> None:
    """Print the table NAME in plain words, with the names that residents read.

    As csv it prints the routes as `routes_from` reads them. Exits with 1 when the catalogue does not load, and with 2
    when it was called wrongly.
    """
    catalog = open_catalog(schemas)
    named(name, catalog.router.tables, "NAME", "table")
    language = language or catalog.languages[0]
    named(language, catalog.languages, "--language", "language")
    click.echo("\n".join(_printed(catalog, catalog.router.tables[name], language, form)))


def _printed(catalog: Catalog, found: Table, language: str, form: str) -> Iterator[str]:
    if form == "csv":
        yield as_csv(found.place["routes"].plain()).rstrip("\n")
        return
    told = tell_table(catalog, found, language)
    match form:
        case "markdown":
            yield from as_markdown(told)
        case "html":
            yield from as_html(told, language)
        case "json":
            yield _as_json(found, told)
        case _:
            yield from as_lines(told, language)


def _as_json(found: Table, told: TableInWords) -> str:
    routes = [dict(zip(told.headings, row, strict=True)) for row in told.rows]
    plain = {"table": found.name, "policy": found.policy, "forms": found.forms, "routes": routes}
    return json.dumps(plain, ensure_ascii=False, indent=2)
