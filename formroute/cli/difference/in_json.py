"""A difference in JSON, for a program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

from formroute.cli.difference.report import Report
from formroute.cli.findings import place_in_json
from formroute.review.difference import Region, Shift
from formroute.review.retimed import Retimed
from formroute.review.together import Together
from formroute.routing.changes.rows import Outcome


def for_programs(report: Report) -> None:
    """Print everything, also what a person is told the first few of."""
    found: dict[str, Any] = {
        "loads": True,
        "on": report.on.isoformat(),
        "changes": [_change_in_json(each) for each in report.changes],
        "moves": [_shift_in_json(report, shift) for shift in report.difference.shifts],
        "retimed": [_retimed_in_json(report, each) for each in report.difference.retimed],
        "past": {
            "moves": [_shift_in_json(report, shift) for shift in report.difference.past_shifts],
            "retimed": [_retimed_in_json(report, each) for each in report.difference.past_retimed],
        },
        "undecided": report.difference.undecided,
    }
    if report.replay is not None:
        found["replayed"] = {
            "submissions": report.replay.count,
            "moved": sorted(one for found in report.replay.moved.values() for one in found),
            "homeless": report.replay.homeless,
        }
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _change_in_json(each: Together) -> Mapping[str, Any]:
    change = each.change
    return {
        "audience": change.audience,
        "subjects": each.subjects,
        "what": change.what,
        "class": change.safety,
        "fix": change.fix or None,
        "places": [place_in_json(mark) for mark in each.places],
    }


def _shift_in_json(report: Report, shift: Shift) -> Mapping[str, Any]:
    return {
        "form": shift.form,
        "from": _outcome_in_json(shift.old),
        "to": _outcome_in_json(shift.new),
        "along": shift.along,
        "regions": [_region_in_json(report, shift, region) for region in shift.regions],
    }


def _region_in_json(report: Report, shift: Shift, region: Region) -> Mapping[str, Any]:
    parts = [
        {
            "when": part.words,
            "example": part.example,
            "taken": not part.former,
            "over": part.past,
            "asked_only": {"now": part.asked_now, "before": part.asked_before},
            "due": part.due and [at.isoformat() for at in part.due],
        }
        for part in region.parts
    ]
    past = report.past(shift, [region]) if report.replay else None
    return {"old": region.old_route, "new": region.new_route, "parts": parts, "more": region.more, "past": past}


def _retimed_in_json(report: Report, each: Retimed) -> Mapping[str, Any]:
    now, before = (
        [{"when": part.words, "example": part.example, "over": part.past} for part in parts]
        for parts in (each.now, each.before)
    )
    past = report.held(each)._asdict() if report.replay else None
    return {"form": each.form, "what": each.what, "now": now, "before": before, "sure": each.sure, "past": past}


def _outcome_in_json(outcome: Outcome) -> Mapping[str, Any]:
    within = outcome.respond_within
    return {
        "send_to": outcome.send_to,
        "priority": outcome.priority,
        "respond_within": within.in_words("en") if within else None,
    }
