"""A difference as workflow commands, which a pull request shows beside the lines."""

from __future__ import annotations

import click

from formroute.cli.difference.in_sentences import (
    replay_told,
    retimed_told,
    shift_told,
    subjects_told,
    summary,
    undecided_told,
)
from formroute.cli.difference.report import Report
from formroute.cli.findings import annotated, announced
from formroute.problems import Mark
from formroute.review.change import Safety

_LEVELS = {Safety.SAFE: "notice", Safety.NEEDS_WAS: "warning", Safety.LOSES: "error"}


def for_github(report: Report) -> None:
    """Print what changed at its place, and what moves at the table that decides it."""
    for told_once in report.changes:
        change, title = told_once.change, f"{subjects_told(report, told_once)}: {told_once.change.safety}"
        told = f"{change.what} Write `{change.fix}`." if change.fix else change.what
        for place in told_once.places or (Mark(report.version.known_as, 1, 1),):
            click.echo(annotated(_LEVELS[change.safety], place, title, told))
    for shift in report.shifts:
        told = "\n".join(line.strip() for line in shift_told(report, shift))
        click.echo(annotated("warning", report.table(shift.form), "submissions fare otherwise", told))
    for each in report.difference.retimed:
        told = "\n".join(line.strip() for line in retimed_told(report, each))
        click.echo(annotated("warning", report.version.mark(each.place.mark), "submissions fare otherwise", told))
    for shift in report.difference.past_shifts:
        told = "\n".join(line.strip() for line in shift_told(report, shift))
        click.echo(annotated("notice", report.table(shift.form), f"fared otherwise before {report.on}", told))
    for form, what in undecided_told(report):
        click.echo(annotated("warning", report.table(form), "not decided", f"{form}: {what}"))
    past = "\n".join(line.strip() for line in replay_told(report, report.replay)) if report.replay is not None else ""
    click.echo(announced("formroute diff", "\n".join(filter(None, (past, summary(report))))))
