"""`formroute requeue`: what is dead or failing is delivered again, to where departments.yaml says now."""

from __future__ import annotations

import sys
from contextlib import closing
from itertools import chain
from pathlib import Path

import click

from formroute.catalog import Catalog
from formroute.cli.dead_ones import DeadOnes, dead_ones, tell_missed, told
from formroute.cli.schemas_option import open_catalog, schemas_option
from formroute.cli.store_option import files_option, open_store, store_option
from formroute.records import Destination
from formroute.store import Delivery


@click.command()
@dead_ones
@store_option
@files_option
@schemas_option
def requeue(dead: DeadOnes, url: str, files: Path | None, schemas: Path) -> None:
    """Deliver again what is dead or failing: of each REFERENCE, dismissed or not, of a department, or all of it.

    What fails is tried at once and not only when its time has come. It goes to where departments.yaml sends now,
    with the same key; to the same place it carries the same bytes. Exits with 1 when nothing is dead or failing
    there, and with 2 when it was called wrongly.
    """
    catalog = open_catalog(schemas)
    with closing(open_store(url, files)) as store:
        again = told(
            delivery
            for delivery in chain(dead.failing(store), dead.dead(store, dismissed=True))
            if store.outbox.requeue(delivery, present(catalog, delivery))
        )
        tell_missed(dead, store, again, "dead or failing")
    click.echo(f"{again} to be delivered again.")
    sys.exit(0 if again else 1)


def present(catalog: Catalog, delivery: Delivery) -> Destination:
    """Where departments.yaml sends such a delivery now; a way that is gone is kept."""
    old = delivery.destination
    known = catalog.departments.get(old.department)
    ways = [way for way in known.deliver if way.handler == old.handler] if known else []
    return ways[0] if len(ways) == 1 else old
