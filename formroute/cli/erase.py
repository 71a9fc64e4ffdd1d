"""`formroute erase`: on request, or everything whose time is over."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

import click

from formroute.cli.schemas_option import open_catalog, schemas_option
from formroute.cli.store_option import files_option, open_store, store_option
from formroute.delivery import Retention, standard_handlers
from formroute.store import Store, UndeliveredError, UnknownReferenceError


@click.command()
@click.argument("reference", required=False)
@click.option("--due", is_flag=True, help="Erase what its form keeps no longer (keep_for).")
@click.option("--why", default="it was asked for", show_default=True, help="The reason, which is kept.")
@click.option("--even-undelivered", is_flag=True, help="Erase REFERENCE though a department does not have it.")
@store_option
@files_option
@schemas_option
def erase(
    reference: str | None, due: bool, why: str, even_undelivered: bool, url: str, files: Path | None, schemas: Path
) -> None:
    """Erase the submission REFERENCE, or with --due all whose time is over.

    Nothing is left of answers, files, letters and details; that it was there, and when something happened
    to it, stays. What was not delivered is not erased. Exits with 1 when something could not be erased, and
    with 2 when it was called wrongly.
    """
    if (reference is None) is not due or (due and even_undelivered):
        raise click.UsageError("Say either a reference or --due; --even-undelivered goes with a reference only.")
    with closing(open_store(url, files)) as store:
        retention = Retention(store, standard_handlers(store, os.environ))
        if reference is None:
            _erase_due(retention, store, schemas)
        else:
            _erase_one(retention, reference.strip().upper(), why, even_undelivered)


def _erase_due(retention: Retention, store: Store, schemas: Path) -> None:
    done = retention.erase_due(open_catalog(schemas), store.now())
    click.echo(f"{len(done.erased)} erased.")
    for refused in done.refused:
        click.echo(f"Not erased: {refused} Deliver it first.", err=True)
    sys.exit(1 if done.refused else 0)


def _erase_one(retention: Retention, reference: str, why: str, even_undelivered: bool) -> None:
    try:
        erased = retention.erase(reference, why, even_undelivered=even_undelivered)
    except UnknownReferenceError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except UndeliveredError as error:
        click.echo(f"Not erased: {error} Deliver it first, or add --even-undelivered.", err=True)
        sys.exit(1)
    click.echo(f"{reference} is erased." if erased else f"{reference} was erased before.")
