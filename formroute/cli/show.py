"""`formroute show`: everything that is known of one submission."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from formroute.catalog import Catalog
from formroute.cli.glance import zone_of
from formroute.cli.schemas_option import open_catalog, schemas_option
from formroute.cli.status import summary
from formroute.cli.store_option import files_option, json_option, open_store, store_option
from formroute.delivery.letter import legible
from formroute.records import to_json
from formroute.store import Event, State, Stored
from formroute.store.answers import decision_to_json


@click.command()
@click.argument("reference")
@store_option
@files_option
@schemas_option
@json_option
def show(reference: str, url: str, files: Path | None, schemas: Path, as_json: bool) -> None:
    """Show the submission REFERENCE: its answers, where it went and why, its deliveries and events.

    Exits with 1 when there is no such submission, and with 2 when it was called wrongly.
    """
    with closing(open_store(url, files)) as store:
        stored = store.find(reference.strip().upper())
        erased = store.erasures.moment(reference.strip().upper())
    if stored is None:
        when = f"was erased on {erased.astimezone(zone_of(schemas)):%Y-%m-%d %H:%M %Z}" if erased else "is not there"
        click.echo(f"The submission {reference} {when}.", err=True)
        sys.exit(1)
    click.echo(_as_json(stored) if as_json else "\n".join(_told(stored, open_catalog(schemas))))


def _told(stored: Stored, catalog: Catalog) -> Iterator[str]:
    yield from _facts(stored, catalog)
    yield "\nAnswers:"
    yield from _answers(stored, catalog)
    yield "\nWhy:"
    for step in stored.decision.trace:
        yield f"  {'met' if step.met else 'not met':<8} {step.table}/{step.route}: {step.test}"
    if stored.decision.untold:
        yield f"  and {stored.decision.untold} routes more that were not met"
    yield "\nDeliveries:"
    yield from _deliveries(stored, catalog)
    yield "\nEvents:"
    for event in stored.events:
        yield f"  {_moment(event, catalog)}  {event.kind:<10} {_detail(event)}"


def _facts(stored: Stored, catalog: Catalog) -> Iterator[str]:
    submission, decision = stored.submission, stored.decision
    known = catalog.seen(submission.form, submission.version, stored.definition)
    yield stored.reference
    yield f"Form: {known.title.inside(catalog.languages[0]) if known else '(no longer there)'} ({submission.form})"
    yield f"Received: {submission.received.astimezone(catalog.zone):%Y-%m-%d %H:%M:%S %Z}"
    yield f"Channel: {submission.channel}, language: {submission.language}"
    yield f"Route: {decision.table}/{decision.route or '(none: the fallback department)'}"
    yield f"Sent to: {decision.send_to}"
    yield from _given("Copies to", ", ".join(decision.copy_to))
    yield from _given("Priority", decision.priority)
    yield from _given("Due", f"{decision.due.astimezone(catalog.zone):%Y-%m-%d %H:%M %Z}" if decision.due else None)
    yield from _given("Tags", ", ".join(decision.tags))
    yield from _given("Set", ", ".join(f"{name}: {value}" for name, value in decision.values.items()))


def _given(name: str, value: str | None) -> Iterator[str]:
    if value:
        yield f"{name}: {value}"


def _answers(stored: Stored, catalog: Catalog) -> Iterator[str]:
    """In the words of the form that was filled in, where they can still be told."""
    form = catalog.seen(stored.submission.form, stored.submission.version, stored.definition)
    answers = stored.submission.answers
    shown = form.shown(answers, catalog.languages[0]) if form else ()
    told = {field.name: (f"{label} ({field.name})", text) for field, label, text in shown}
    for name, value in answers.items():
        label, text = told.get(name) or (name, json.dumps(to_json(value), ensure_ascii=False))
        yield f"  {label}: " + legible(text).replace("\n", "\n      ")


def _deliveries(stored: Stored, catalog: Catalog) -> Iterator[str]:
    for delivery in stored.deliveries:
        yield f"  {delivery.state:<10} {delivery.destination}, attempts: {delivery.attempts}, key: {delivery.key}"
        if delivery.state == State.PENDING:
            yield f"      next try: {delivery.next_at.astimezone(catalog.zone):%Y-%m-%d %H:%M:%S %Z}"
        yield from _given("      cause", delivery.cause)
        yield from _given("      to do", delivery.fix)


def _moment(event: Event, catalog: Catalog) -> str:
    return f"{event.at.astimezone(catalog.zone):%Y-%m-%d %H:%M:%S %Z}"


def _detail(event: Event) -> str:
    return ", ".join(
        f"{name}: {value}" for name, value in event.detail.items() if name != "content" and value not in (None, "")
    )


def _as_json(stored: Stored) -> str:
    submission = stored.submission
    found = {
        "reference": stored.reference,
        "form": submission.form,
        "version": submission.version,
        "channel": submission.channel,
        "language": submission.language,
        "received": to_json(submission.received),
        "answers": to_json(submission.answers),
        "decision": decision_to_json(stored.decision),
        "deliveries": [summary(delivery) for delivery in stored.deliveries],
        "events": [{"at": to_json(event.at), "kind": event.kind, "detail": event.detail} for event in stored.events],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)
