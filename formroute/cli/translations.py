"""`formroute translations`: which translations are missing or older than their text, and that they were looked at."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from formroute.catalog import Catalog, check_catalog
from formroute.catalog.sentences import write_sentences
from formroute.catalog.translations import LOCK, accept
from formroute.cli.findings import count, lines_of
from formroute.cli.schemas_option import refuse

_CODES = {"D107", "G530", "G531"}


@click.command()
@click.argument("schemas", type=click.Path(exists=True, file_okay=False, path_type=Path), default="schemas")
@click.option("--accept", "accepted", is_flag=True, help="Write down that every translation fits its text.")
@click.option(
    "--sentences", "language", metavar="LANGUAGE", help="Write the sentences of formroute itself for a translator."
)
def translations(schemas: Path, accepted: bool, language: str | None) -> None:
    """Find translations that are missing, or older than their text.

    Looks into the folder SCHEMAS (`schemas` unless you name another).

    What pages, letters and the desk say themselves is there in English and French. For another language of the
    catalogue, --sentences writes a file of them below SCHEMAS/locale, or adds to it what is not in it yet.

    Exits with 0 when there are none, with 1 when there are some or the catalogue does not load, and with 2 when it
    was called wrongly.
    """
    catalog, problems = check_catalog(schemas)
    if catalog is None:
        refuse(problems)
    if accepted:
        click.echo(f"{count(accept(schemas, catalog.languages), 'translation')} accepted in {schemas / LOCK}.")
        return
    if language is not None:
        _write(schemas, catalog, language)
        return
    found = [problem for problem in problems if problem.code in _CODES]
    for problem in found:
        click.echo("\n".join(lines_of(problem)))
    click.echo(f"{count(len(found), 'translation')} to look at.")
    sys.exit(1 if found else 0)


def _write(schemas: Path, catalog: Catalog, language: str) -> None:
    if language not in catalog.languages:
        known = ", ".join(catalog.languages)
        raise click.BadParameter(f"The catalogue has {known}.", param_hint="--sentences")
    own = catalog.priorities if language != catalog.languages[0] else ()
    path, left = write_sentences(schemas, language, own)
    click.echo(f"{path}: {count(left, 'sentence')} to translate.")
