"""`formroute deliver`: a worker in a process of its own."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from pathlib import Path

import click

from formroute.cli.log import log_option, log_to_stderr
from formroute.cli.schemas_option import open_catalog, schemas_option
from formroute.cli.store_option import files_option, open_store, store_option
from formroute.delivery import Digest, Worker, standard_handlers


@click.command()
@click.option("--once", is_flag=True, help="Try what is due now, then stop.")
@log_option
@store_option
@files_option
@schemas_option
def deliver(once: bool, log_format: str, url: str, files: Path | None, schemas: Path) -> None:
    """Deliver what was accepted, until stopped. Any number of these may run on one store.

    It is stopped with Ctrl-C or SIGTERM, and finishes the delivery at hand.
    """
    log_to_stderr(log_format)
    catalog = open_catalog(schemas)
    with closing(open_store(url, files, new=True)) as store:
        digest = Digest.from_environment(catalog, store, os.environ)
        worker = Worker(catalog, store, standard_handlers(store, os.environ), digest=digest)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: worker.stop())
        if once:
            click.echo(f"{worker.deliver_due()} tried.")
            store.chain.seal()
        else:
            worker.run()
