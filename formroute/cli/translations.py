"""`formroute translations`: which translations are missing or older than their text, and that they were looked at."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from formroute.catalog import check_catalog
from formroute.catalog.translations import LOCK, accept
from formroute.cli.findings import count, lines_of
from formroute.cli.schemas_option import refuse

_CODES = {"D107", "G530"}


@click.command()
@click.argument("schemas", type=click.Path(exists=True, file_okay=False, path_type=Path), default="schemas")
@click.option("--accept", "accepted", is_flag=True, help="Write down that every translation fits its text.")
def translations(schemas: Path, accepted: bool) -> None:
    """Find translations that are missing, or older than their text, in the folder SCHEMAS.

    Exits with 0 when there are none, with 1 when there are some or the catalogue does not load, and with 2 when it
    was called wrongly.
    """
    catalog, problems = check_catalog(schemas)
    if catalog is None:
        refuse(problems)
    if accepted:
        click.echo(f"{count(accept(schemas, catalog.languages), 'translation')} accepted in {schemas / LOCK}.")
        return
    found = [problem for problem in problems if problem.code in _CODES]
    for problem in found:
        click.echo("\n".join(lines_of(problem)))
    click.echo(f"{count(len(found), 'translation')} to look at.")
    sys.exit(1 if found else 0)
