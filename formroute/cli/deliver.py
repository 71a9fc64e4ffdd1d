"""`formroute deliver`: a worker in a process of its own."""

from __future__ import annotations

import importlib
import os
import signal
from contextlib import closing
from pathlib import Path

import click

from formroute.cli.log import log_option, log_to_stderr
from formroute.cli.schemas_option import open_catalog, schemas_option
from formroute.cli.store_option import files_option, open_store, store_option
from formroute.delivery import Digest, NotConfiguredError, Post, Worker, standard_handlers
from formroute.store import Store


@click.command()
@click.option("--once", is_flag=True, help="Try what is due now, then stop.")
@click.option("--jobs", is_flag=True, help="Work as procrastinate jobs, on a store in PostgreSQL.")
@log_option
@store_option
@files_option
@schemas_option
def deliver(once: bool, jobs: bool, log_format: str, url: str, files: Path | None, schemas: Path) -> None:
    """Deliver what was accepted, until stopped. Any number of these may run on one store.

    With --jobs, procrastinate wakes it as soon as something is due (install formroute[procrastinate]).
    It is stopped with Ctrl-C or SIGTERM, and finishes the delivery at hand.
    """
    log_to_stderr(log_format)
    catalog = open_catalog(schemas)
    with closing(open_store(url, files, new=True)) as store:
        _need_mail_settings(store)
        digest = Digest.from_environment(catalog, store, os.environ)
        worker = Worker(catalog, store, standard_handlers(store, os.environ), digest=digest)
        worker.say_where_letters_go()
        if jobs:
            _work_as_jobs(store, worker, once=once)
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: worker.stop())
        if once:
            worker.deliver_due()
            click.echo(worker.tally)
            store.chain.seal()
        else:
            worker.run()


def _need_mail_settings(store: Store) -> None:
    """A setting that is wrong is told now, and not when the first letter fails."""
    try:
        Post.beside(store, os.environ).where()
    except NotConfiguredError as error:
        raise click.UsageError(str(error)) from None


def _work_as_jobs(store: Store, worker: Worker, *, once: bool) -> None:
    try:
        jobs = importlib.import_module("formroute.delivery.jobs")
    except ImportError:
        raise click.UsageError("--jobs needs procrastinate: install formroute[procrastinate].") from None
    try:
        jobs.install(store)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    jobs.run_jobs(store, worker, wait=not once)
