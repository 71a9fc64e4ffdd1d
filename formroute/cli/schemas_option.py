"""The option that says which catalogue is meant, and loading it."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NoReturn

import click

from formroute.catalog import Catalog, load_catalog
from formroute.cli.findings import count, lines_of
from formroute.definitions import hint
from formroute.problems import DefinitionError, Problem, Severity

schemas_option = click.option(
    "--schemas",
    envvar="FORMROUTE_SCHEMAS",
    show_envvar=True,
    default="schemas",
    show_default=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of forms and routes. What was proved of it is remembered in the folder FORMROUTE_CACHE, if set.",
)


def open_catalog(schemas: Path) -> Catalog:
    """The catalogue, from the cache where `FORMROUTE_CACHE` names one.

    Where it does not load, every error is told as `formroute check` does, and the command ends with 1.
    """
    try:
        return load_catalog(schemas, cache=os.environ.get("FORMROUTE_CACHE") or None)
    except DefinitionError as error:
        refuse(error.problems)


def refuse(problems: Iterable[Problem]) -> NoReturn:
    """Tell every error that keeps a catalogue from loading, and end with 1."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    for problem in errors:
        click.echo("\n".join(lines_of(problem)), err=True)
    click.echo(f"{count(len(errors), 'error')}. The catalogue does not load.", err=True)
    sys.exit(1)


def named(name: str, known: Collection[str], option: str, sort: str) -> None:
    """That there is one of this `sort` and name; another is told as wrong usage, with the one that was meant."""
    if name not in known:
        raise click.BadParameter(f"There is no {sort} '{name}'. {hint(name, known)}", param_hint=option)
