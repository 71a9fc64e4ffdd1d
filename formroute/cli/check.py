"""`formroute check`: every mistake in a schemas folder, for a person, a program or a pull request."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from formroute.catalog import Catalog, check_catalog
from formroute.problems import Problem, Severity

_IN_MESSAGE = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ord(":"): "%3A", ord(","): "%2C"}


@click.command()
@click.argument("schemas", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["human", "json", "github"]), default="human", show_default=True)
def check(schemas: Path, form: str) -> None:
    """Find every mistake in the folder SCHEMAS.

    Exits with 0 when the catalogue loads, with 1 when it does not, and with 2 when it was called wrongly.
    """
    catalog, problems = check_catalog(schemas)
    _PRINTERS[form](catalog, problems)
    sys.exit(0 if catalog is not None else 1)


def _human(catalog: Catalog | None, problems: Sequence[Problem]) -> None:
    for problem in problems:
        color = "red" if problem.severity is Severity.ERROR else "yellow"
        kind = click.style(f"{problem.severity} {problem.code}", fg=color, bold=True)
        click.echo(f"{problem.mark}: {kind} {problem.what}")
        for line in _excerpt(problem):
            click.echo(f"    {line}")
        click.echo(f"    {problem.fix}\n")
    click.echo(_summary(catalog, problems))


def _excerpt(problem: Problem) -> list[str]:
    """The line with a caret below, and the line as it should stand."""
    if not problem.line:
        return []
    gutter, margin = f"{problem.mark.line} | ", " " * len(str(problem.mark.line)) + " | "
    shown = [gutter + problem.line, margin + " " * (problem.mark.column - 1) + "^" * problem.width]
    return shown if problem.corrected is None else [*shown, f"{margin}{problem.corrected}   <- write this"]


def _summary(catalog: Catalog | None, problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    counts = f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}"
    if catalog is None:
        return f"{counts}. The catalogue does not load."
    parts = _count(len(catalog.forms), "form"), _count(len(catalog.departments), "department")
    return f"{counts}. {', '.join(parts)}: every submission has a route."


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _json(catalog: Catalog | None, problems: Sequence[Problem]) -> None:
    found = [
        {
            "code": problem.code,
            "severity": problem.severity,
            "file": problem.mark.file,
            "line": problem.mark.line,
            "column": problem.mark.column,
            "what": problem.what,
            "fix": problem.fix,
            "text": problem.line,
            "width": problem.width,
            "corrected": problem.corrected,
        }
        for problem in problems
    ]
    click.echo(json.dumps({"loads": catalog is not None, "problems": found}, ensure_ascii=False, indent=2))


def _github(_catalog: Catalog | None, problems: Sequence[Problem]) -> None:
    """Workflow commands, which a pull request shows beside the line."""
    for problem in problems:
        mark = problem.mark
        place = f"file={mark.file.translate(_IN_PROPERTY)},line={mark.line},col={mark.column},title={problem.code}"
        click.echo(f"::{problem.severity} {place}::{f'{problem.what} {problem.fix}'.translate(_IN_MESSAGE)}")


_PRINTERS = {"human": _human, "json": _json, "github": _github}
