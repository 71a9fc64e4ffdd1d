"""`formroute check`: every mistake in a schemas folder, for a person, a program or a pull request."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from formroute.catalog import Catalog, check_catalog
from formroute.cli.findings import annotation, count, format_option, in_json, lines_of
from formroute.problems import Problem, Severity


@click.command()
@click.argument("schemas", type=click.Path(exists=True, file_okay=False, path_type=Path))
@format_option
def check(schemas: Path, form: str) -> None:
    """Find every mistake in the folder SCHEMAS.

    Exits with 0 when the catalogue loads, with 1 when it does not, and with 2 when it was called wrongly.
    """
    catalog, problems = check_catalog(schemas)
    _PRINTERS[form](catalog, problems)
    sys.exit(0 if catalog is not None else 1)


def _human(catalog: Catalog | None, problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo("\n".join(lines_of(problem)))
    click.echo(_summary(catalog, problems))


def _summary(catalog: Catalog | None, problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    counts = f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}"
    if catalog is None:
        return f"{counts}. The catalogue does not load."
    parts = count(len(catalog.forms), "form"), count(len(catalog.departments), "department")
    return f"{counts}. {', '.join(parts)}: every submission has a route."


def _json(catalog: Catalog | None, problems: Sequence[Problem]) -> None:
    found = {"loads": catalog is not None, "problems": [in_json(problem) for problem in problems]}
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _github(_catalog: Catalog | None, problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(annotation(problem))


_PRINTERS = {"human": _human, "json": _json, "github": _github}
