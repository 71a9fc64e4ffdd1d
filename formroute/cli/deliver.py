"""`formroute deliver`: a worker in a process of its own."""

from __future__ import annotations

import logging
import os
import signal
from contextlib import closing
from pathlib import Path

import click

from formroute.cli.schemas_option import open_catalog, schemas_option
from formroute.cli.store_option import files_option, open_store, store_option
from formroute.delivery import Worker, standard_handlers


@click.command()
@click.option("--once", is_flag=True, help="Try what is due now, then stop.")
@store_option
@files_option
@schemas_option
def deliver(once: bool, url: str, files: Path | None, schemas: Path) -> None:
    """Deliver what was accepted, until stopped. Any number of these may run on one store.

    It is stopped with Ctrl-C or SIGTERM, and finishes the delivery at hand.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    catalog = open_catalog(schemas)
    with closing(open_store(url, files, new=True)) as store:
        worker = Worker(catalog, store, standard_handlers(store, os.environ))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: worker.stop())
        if once:
            click.echo(f"{worker.deliver_due()} tried.")
            store.chain.seal()
        else:
            worker.run()
