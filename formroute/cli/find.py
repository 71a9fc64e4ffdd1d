"""`formroute find`: which submissions there are."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, tzinfo
from pathlib import Path

import click

from formroute.cli.dead_ones import NOTHING_SENT
from formroute.cli.glance import departments_of, tell_unknown, zone_of
from formroute.cli.schemas_option import open_catalog
from formroute.cli.store_option import files_option, json_option, open_store, store_option
from formroute.records import Status, to_json
from formroute.store import Search, State, Store, Summary

_HEADINGS = ("Reference", "Received", "Delivery", "Status", "Form", "Sent to")
_MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M"])


@click.command()
@click.argument("reference", required=False)
@click.option("--form", metavar="NAME", help="The form that was sent.")
@click.option(
    "--schemas",
    envvar="FORMROUTE_SCHEMAS",
    show_envvar=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that says what --form was called before, and by which clock moments are told and read.",
)
@click.option("--department", metavar="NAME", help="A department that it goes to.")
@click.option("--state", type=click.Choice([state.value for state in State]), help="The state of its worst delivery.")
@click.option(
    "--status", type=click.Choice([status.value for status in Status]), help="How far its department says it is."
)
@click.option("--since", type=_MOMENT, metavar="MOMENT", help="Received at this moment or later.")
@click.option("--until", type=_MOMENT, metavar="MOMENT", help="Received before this moment.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many to list.")
@click.option("--before", metavar="REFERENCE", help="Go on after this one of an earlier list.")
@store_option
@files_option
@json_option
def find(
    reference: str | None,
    form: str | None,
    schemas: Path | None,
    department: str | None,
    state: str | None,
    status: str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    before: str | None,
    url: str,
    files: Path | None,
    as_json: bool,
) -> None:
    """List the latest submissions, those whose reference begins with REFERENCE if it is given.

    Moments are told and read by the city's clock where --schemas says which, and in UTC otherwise.
    Exits with 1 when there is none, and with 2 when it was called wrongly.
    """
    zone = zone_of(schemas)
    wanted = Search(
        reference=reference and reference.strip().upper(),
        forms=_names(form, schemas),
        department=department,
        state=State(state) if state else None,
        status=Status(status) if status else None,
        since=since and since.replace(tzinfo=zone),
        until=until and until.replace(tzinfo=zone),
    )
    with closing(open_store(url, files)) as store:
        found = store.search(wanted, before=before, limit=limit)
        if not found:
            _tell_wrong_names(store, form, department, schemas)
    click.echo(_as_json(found) if as_json else "\n".join(_told(found, zone)) if found else "There are none.")
    sys.exit(0 if found else 1)


def _names(form: str | None, schemas: Path | None) -> Sequence[str]:
    """The form under its name and, where the schemas are there, under those that it had before."""
    if form is None:
        return ()
    known = open_catalog(schemas).today(form) if schemas else None
    return (known.id, *known.was) if known else (form,)


def _tell_wrong_names(store: Store, form: str | None, department: str | None, schemas: Path | None) -> None:
    """The form or department that there never was, which may be misspelt."""
    if form is not None:
        known = open_catalog(schemas).forms if schemas else ()
        tell_unknown(form, sorted({*store.forms(), *known}), "Nothing was ever sent by a form")
    if department is not None:
        tell_unknown(department, sorted({*store.outbox.departments(), *departments_of(schemas)}), NOTHING_SENT)


def _told(found: Sequence[Summary], zone: tzinfo) -> Iterator[str]:
    """A table whose columns are as wide as what stands in them."""
    rows = [_HEADINGS, *(_row(line, zone) for line in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(line: Summary, zone: tzinfo) -> tuple[str, ...]:
    received = f"{line.received.astimezone(zone):%Y-%m-%d %H:%M %Z}"
    return line.reference, received, line.state, line.status, line.form, line.decision.send_to


def _as_json(found: Sequence[Summary]) -> str:
    lines = [
        {
            "reference": line.reference,
            "form": line.form,
            "received": to_json(line.received),
            "state": line.state,
            "status": line.status,
            "send_to": line.decision.send_to,
        }
        for line in found
    ]
    return json.dumps(lines, ensure_ascii=False, indent=2)
