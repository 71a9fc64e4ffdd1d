"""`formroute requeue`: what is dead is delivered again, to where departments.yaml says now."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from formroute.catalog import Catalog
from formroute.cli.schemas_option import open_catalog, schemas_option
from formroute.cli.store_option import files_option, open_store, store_option
from formroute.records import Destination
from formroute.store import Delivery


@click.command()
@click.argument("references", nargs=-1, metavar="[REFERENCE]...")
@click.option("--department", help="Everything that is dead for this department.")
@click.option("--all", "everything", is_flag=True, help="Everything that is dead.")
@store_option
@files_option
@schemas_option
def requeue(
    references: Sequence[str], department: str | None, everything: bool, url: str, files: Path | None, schemas: Path
) -> None:
    """Deliver again what is dead: of each REFERENCE, of a department, or all of it.

    It goes to where departments.yaml sends now, with the same key; to the same place it carries the same
    bytes. Exits with 1 when nothing is dead there, and with 2 when it was called wrongly.
    """
    if (bool(references), department is not None, everything).count(True) != 1:
        raise click.UsageError("Name references, or --department, or --all.")
    catalog = open_catalog(schemas)
    wanted = {reference.strip().upper() for reference in references}
    with closing(open_store(url, files)) as store:
        dead = [
            delivery
            for delivery in store.outbox.dead(limit=None)
            if everything or delivery.reference in wanted or delivery.destination.department == department
        ]
        again = [delivery for delivery in dead if store.outbox.requeue(delivery, present(catalog, delivery))]
    for delivery in again:
        click.echo(f"{delivery.reference}  {delivery.destination}")
    click.echo(f"{len(again)} to be delivered again.")
    sys.exit(0 if again else 1)


def present(catalog: Catalog, delivery: Delivery) -> Destination:
    """Where departments.yaml sends such a delivery now; a way that is gone is kept."""
    old = delivery.destination
    known = catalog.departments.get(old.department)
    ways = [way for way in known.deliver if way.handler == old.handler] if known else []
    return ways[0] if len(ways) == 1 else old
