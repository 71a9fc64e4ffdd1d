"""`formroute audit`: whether anybody changed what was accepted and what happened."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from formroute.cli.store_option import files_option, json_option, open_store, store_option
from formroute.store import Audit, Seal


def _read(_context: click.Context, _option: click.Parameter, text: str | None) -> Seal | None:
    try:
        return None if text is None else Seal.read(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command()
@click.option(
    "--seal", callback=_read, metavar="SEAL", help="A seal that an earlier audit printed; the log must pass it."
)
@store_option
@files_option
@json_option
def audit(seal: Seal | None, url: str, files: Path | None, as_json: bool) -> None:
    """Verify the log of events from the first to the last, and the answers against it.

    Prints the seal of the last event. Note it somewhere else: with --seal a later audit also shows what was
    cut off the end, or whether the whole log was written anew. Exits with 0 when everything is as it was
    written, with 1 at the first thing that is not, and with 2 when it was called wrongly.
    """
    with closing(open_store(url, files)) as store:
        found = store.chain.audit(seal)
    click.echo(_as_json(found) if as_json else _told(found))
    sys.exit(1 if found.broken else 0)


def _told(found: Audit) -> str:
    erased = f", {found.erased} of them without content because it was erased" if found.erased else ""
    told = f"{found.seal.position} events verified{erased}.\nSeal: {found.seal}"
    return f"{told}\n{click.style(found.broken, fg='red', bold=True)}" if found.broken else told


def _as_json(found: Audit) -> str:
    return json.dumps({**asdict(found), "seal": str(found.seal), "events": found.seal.position}, indent=2)
