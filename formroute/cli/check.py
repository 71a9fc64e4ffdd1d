"""`formroute check`: every mistake in a schemas folder, for a person, a program or a pull request."""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from formroute.catalog import Catalog, check_catalog
from formroute.cli.findings import annotation, count, format_option, in_json, lines_of
from formroute.conditions import ORDINARY, THOROUGH
from formroute.problems import Problem, Severity

_PATIENCE = 5.0  # seconds
_STILL = "Still reading and proving: a table of many thousand routes takes minutes."


@click.command()
@click.argument("schemas", type=click.Path(exists=True, file_okay=False, path_type=Path), default="schemas")
@format_option
@click.option("--notes", is_flag=True, help="Also tell what is no mistake but may surprise.")
@click.option("--thorough", is_flag=True, help="Give up no proof that takes long: go on for minutes, or hours.")
def check(schemas: Path, form: str, notes: bool, thorough: bool) -> None:
    """Find every mistake in the folder SCHEMAS (`schemas` unless you name another).

    A file with mistakes is read as its corrected lines would be, and the rest is checked against that. Notes at the
    end tell what cannot be known before they are mended, such as whether every submission has a route.

    Exits with 0 when the catalogue loads, with 1 when it does not, and with 2 when it was called wrongly.
    """
    with _patience():
        catalog, problems = check_catalog(schemas, notes=notes, bounds=THOROUGH if thorough else ORDINARY)
    _PRINTERS[form](catalog, problems)
    sys.exit(0 if catalog is not None else 1)


@contextmanager
def _patience() -> Iterator[None]:
    """Tell a person at a terminal who waits that a large table is at work, not a stuck program."""
    told = threading.Timer(_PATIENCE, lambda: click.echo(_STILL, err=True))
    told.daemon = True
    if sys.stderr.isatty():
        told.start()
    try:
        yield
    finally:
        told.cancel()


def tell_findings(catalog: Catalog | None, problems: Sequence[Problem]) -> None:
    """Print every finding and their sum, for a person."""
    for problem in problems:
        click.echo("\n".join(lines_of(problem)))
    click.echo(_summary(catalog, problems))


def _summary(catalog: Catalog | None, problems: Sequence[Problem]) -> str:
    told = Counter(problem.severity for problem in problems)
    findings = [count(told[Severity.ERROR], "error"), count(told[Severity.WARNING], "warning")]
    findings += [count(told[Severity.NOTE], "note")] if told[Severity.NOTE] else []
    undecided = _undecided(problems)
    counts = ", ".join([*findings, f"{undecided} not decided"] if undecided else findings)
    if catalog is None:
        return f"{counts}. The catalogue does not load."
    parts = count(len(catalog.forms), "form"), count(len(catalog.departments), "department")
    return f"{counts}. {', '.join(parts)}: every submission has a route."


def _undecided(problems: Sequence[Problem]) -> int:
    """How many findings say that something could be neither shown nor ruled out."""
    return sum(problem.is_undecided for problem in problems)


def _json(catalog: Catalog | None, problems: Sequence[Problem]) -> None:
    found = {
        "loads": catalog is not None,
        "undecided": _undecided(problems),
        "problems": [in_json(problem) for problem in problems],
    }
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _github(_catalog: Catalog | None, problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(annotation(problem))
    if undecided := _undecided(problems):
        click.echo(f"::notice::{count(undecided, 'finding')} not decided")


_PRINTERS = {"human": tell_findings, "json": _json, "github": _github}
