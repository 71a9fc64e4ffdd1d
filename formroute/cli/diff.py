"""`formroute diff`: what a change of the schemas means for residents and departments, before it goes live."""

from __future__ import annotations

import sys
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

import click

from formroute.catalog import read_catalog
from formroute.cli.difference.in_github import for_github
from formroute.cli.difference.in_json import for_programs
from formroute.cli.difference.in_sentences import for_people
from formroute.cli.difference.report import Report
from formroute.cli.difference.unloadable import tell_problems
from formroute.cli.findings import format_option
from formroute.cli.revision import as_it_is_now, version
from formroute.cli.store_option import files_option, open_store
from formroute.cli.years import YEARS
from formroute.review.difference import compare
from formroute.review.replay import replay

_PRINTERS = {"human": for_people, "json": for_programs, "github": for_github}


def _day(_context: click.Context, _option: click.Parameter, on: datetime | None) -> datetime | None:
    """A day at which calendars can be asked."""
    if on is not None and on.year not in YEARS:
        raise click.BadParameter(f"name a day in the years {YEARS[0]} to {YEARS[-1]}.")
    return on


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--store",
    "url",
    envvar="FORMROUTE_STORE",
    show_envvar=True,
    help="Count past submissions too, replayed from this store.",
)
@files_option
@click.option(
    "--on",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_day,
    help="The day from which NEW counts, such as 2026-12-01 (default: today); what only concerns days before is past.",
)
@format_option
def diff(old: str, new: str | None, url: str | None, files: Path | None, on: datetime | None, form: str) -> None:
    """Tell what changes from the schemas OLD to the schemas NEW.

    Each is a folder, a revision of git such as HEAD~1, or a folder in one such as main:schemas. Without NEW a
    revision is compared with the folder as it is now: `schemas`, or the one that OLD names behind its colon.

    Exits with 0 when from now on, or from the day --on, every submission fares as before and no answer is lost,
    with 1 when one does not or when a version does not load, and with 2 when it was called wrongly.
    """
    new = new or as_it_is_now(old)
    with ExitStack() as stack:
        sides = [stack.enter_context(version(one, beside=other)) for one, other in ((old, new), (new, old))]
        loaded = [read_catalog(side.folder) for side in sides]
        before, after = (catalog for catalog, _ in loaded)
        if before is None or after is None:
            tell_problems(sides, [problems for _, problems in loaded], form)
            sys.exit(1)
        day = (on or datetime.now(after.zone)).date()
        difference = compare(before, after, day)
        report = Report(sides[0], sides[1], difference, before, after, day)
        if url is not None:
            with closing(open_store(url, files)) as store:
                retimed = *difference.retimed, *difference.past_retimed
                report.replay = replay(store, before, after, retimed)
        _PRINTERS[form](report)
    sys.exit(0 if report.is_harmless else 1)
