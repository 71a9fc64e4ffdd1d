"""`formroute dismiss`: what is dead and shall stay so, with who says it and why."""

from __future__ import annotations

import getpass
import sys
from contextlib import closing
from pathlib import Path

import click

from formroute.cli.dead_ones import DeadOnes, dead_ones, tell_missed, told
from formroute.cli.store_option import files_option, open_store, store_option


@click.command()
@dead_ones
@click.option("--why", required=True, help="The reason, which is kept.")
@click.option("--by", default=getpass.getuser, metavar="NAME", help="Who says so, if not the account of this machine.")
@store_option
@files_option
def dismiss(dead: DeadOnes, why: str, by: str, url: str, files: Path | None) -> None:
    """Let rest what is dead: of each REFERENCE, of a department, all letters to residents, or all of it.

    It is no alarm any more, and does not keep its submission from being erased. It still counts as dead, who
    dismissed it and why stands in the log of events, and `formroute requeue REFERENCE` tries it again. Exits with 1
    when nothing is dead there, and with 2 when it was called wrongly.
    """
    with closing(open_store(url, files)) as store:
        dismissed = told(each for each in dead.dead(store) if store.outbox.dismiss(each, why, by))
        tell_missed(dead, store, dismissed)
    click.echo(f"{dismissed} dismissed.")
    sys.exit(0 if dismissed else 1)
