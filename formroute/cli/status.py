"""`formroute status`: whether everything that was accepted is on its way."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from formroute.cli.findings import count
from formroute.cli.store_option import files_option, json_option, open_store, store_option
from formroute.delivery import SET_A_SERVER, Post
from formroute.records import to_json
from formroute.store import Counts, Delivery, Standing, State

WIDTH = 11


@click.command()
@click.option("--patience", default=60, show_default=True, help="Minutes that a submission may be pending.")
@store_option
@files_option
@json_option
def status(patience: int, url: str, files: Path | None, as_json: bool) -> None:
    """Count what was accepted, delivered, is pending and is dead.

    Exits with 1 when a delivery is dead that nobody dismissed, when a submission has been pending for too
    long, or when the figures do not add up; with 2 when it was called wrongly.
    """
    with closing(open_store(url, files)) as store:
        letters = {state.value: store.links.count(state) for state in State}
        causes = store.links.causes()
        standing, dead, failing = store.outbox.standing(), store.outbox.dead(), store.outbox.failing()
        post = Post.beside(store, os.environ)
        now = store.now()
        alarms = list(_alarms(standing, now, timedelta(minutes=patience)))
    if as_json:
        click.echo(_as_json(standing, dead, failing, alarms, letters, post))
    else:
        click.echo("\n".join((*_told(standing, dead, failing, alarms, now), *_letters(letters, causes), *_lying(post))))
    sys.exit(1 if alarms else 0)


def _alarms(standing: Standing, now: datetime, patience: timedelta) -> Iterator[str]:
    """Why a person has to look, in sentences."""
    if standing.alarming:
        yield f"{standing.alarming} dead: nobody will try them again."
    oldest = standing.oldest_pending
    if oldest is not None and now - oldest > patience:
        yield f"The oldest pending submission was accepted {(now - oldest) // timedelta(minutes=1)} minutes ago."
    if not (standing.submissions.add_up and standing.deliveries.add_up):
        yield "Accepted is not delivered + pending + dead: rows are missing from the store."


def _told(
    standing: Standing, dead: Sequence[Delivery], failing: Sequence[Delivery], alarms: Sequence[str], now: datetime
) -> Iterator[str]:
    names = tuple(asdict(standing.submissions))
    yield " " * WIDTH + "".join(f"{name:>{WIDTH}}" for name in names)
    yield _row("submissions", standing.submissions)
    yield _row("deliveries", standing.deliveries)
    if standing.dismissed:
        yield f"\nOf the dead, {standing.dismissed} were dismissed."
    for title, deliveries in (("Dead", dead), ("Failing, to be tried again", failing)):
        if deliveries:
            yield f"\n{title}:"
        for delivery in deliveries:
            yield from _lines(delivery, now)
    if alarms:
        yield ""
    for alarm in alarms:
        yield click.style(alarm, fg="red", bold=True)


def _letters(counts: Mapping[str, int], causes: Sequence[str]) -> Iterator[str]:
    """The letters with links to drafts, which are of no submission; nothing where there are none."""
    if any(counts.values()):
        yield f"\nLinks to drafts: {', '.join(f'{count} {state}' for state, count in counts.items())}."
        yield from (f"  {cause}" for cause in causes)


def _lying(post: Post) -> Iterator[str]:
    """The letters that count as delivered, but lie in a folder; nothing where there are none."""
    if lying := post.lying():
        letters = count(lying, "letter")
        yield f"\nCounted as delivered, but put into {post.folder}, where nobody gets them: {letters}. {SET_A_SERVER}"


def _row(name: str, counts: Counts) -> str:
    return f"{name:<{WIDTH}}" + "".join(f"{number:>{WIDTH}}" for number in asdict(counts).values())


def _lines(delivery: Delivery, now: datetime) -> Iterator[str]:
    yield f"  {delivery.reference}  {delivery.destination}, attempt {delivery.attempts}: {delivery.cause}"
    if delivery.fix:
        yield f"      {delivery.fix}"
    if delivery.state == State.PENDING and delivery.holder and delivery.next_at > now:
        yield "      A worker tries it at this moment."
    elif delivery.state == State.PENDING:
        yield f"      It is tried again by itself; once mended, at once by: formroute requeue {delivery.reference}"
    if delivery.state == State.DEAD:
        yield f"      Then: formroute requeue {delivery.reference}, or formroute dismiss {delivery.reference} --why …"


def _as_json(
    standing: Standing,
    dead: Sequence[Delivery],
    failing: Sequence[Delivery],
    alarms: Sequence[str],
    letters: Mapping[str, int],
    post: Post,
) -> str:
    found = {
        "submissions": asdict(standing.submissions),
        "deliveries": asdict(standing.deliveries),
        "dismissed": standing.dismissed,
        "oldest_pending": to_json(standing.oldest_pending),
        "dead": [summary(delivery) for delivery in dead],
        "failing": [summary(delivery) for delivery in failing],
        "links_to_drafts": letters,
        "letters_in_folder": post.lying(),
        "alarms": alarms,
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def summary(delivery: Delivery) -> dict[str, Any]:
    """One delivery as JSON, without what it carries."""
    return {
        "key": delivery.key,
        "reference": delivery.reference,
        "department": delivery.destination.department,
        "handler": delivery.destination.handler,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "next_at": to_json(delivery.next_at) if delivery.state == State.PENDING else None,
        "settled": to_json(delivery.settled),
        "cause": delivery.cause,
        "fix": delivery.fix,
        "dismissed": to_json(delivery.dismissed),
    }
