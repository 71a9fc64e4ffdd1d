"""A difference in sentences, for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from formroute.cli.difference.report import Report
from formroute.cli.findings import count
from formroute.problems import listed
from formroute.review.change import Safety
from formroute.review.difference import Region, Shift
from formroute.review.part import Part
from formroute.review.replay import Replay
from formroute.review.retimed import Retimed
from formroute.review.together import Together
from formroute.routing.due import moment_in_words

_MOST_REFERENCES = 20
_MOST_SUBJECTS = 3
_MOST_ROUTES = 5  # of those that are told together
_MOST_REGIONS, _MOST_PARTS = 10, 10  # of one way, and of one region, that a person reads; JSON has them all
_FORMER = ", with answers that the form takes no more"
_COLORS = {Safety.SAFE: "green", Safety.NEEDS_WAS: "yellow", Safety.LOSES: "red"}


def for_people(report: Report) -> None:
    """Print what changed for whom, then what fares otherwise, then their sums."""
    for audience in ("residents", "departments"):
        found = [each for each in report.changes if each.change.audience == audience]
        if found:
            click.echo(click.style(f"For {audience}:", bold=True))
        for each in found:
            click.echo("\n".join(_change(report, each)))
    if report.shifts or report.difference.retimed:
        click.echo(click.style("What fares otherwise:", bold=True))
        if any(change.safety is Safety.NEEDS_WAS for change in report.difference.changes):
            click.echo("  Until `was:` is written, what looks renamed counts as not answered before.")
    _fares(report, report.shifts, report.difference.retimed)
    for form, what in undecided_told(report):
        click.echo(f"  {form}: {what}")
    if report.difference.past_shifts or report.difference.past_retimed:
        click.echo(click.style(f"What fared otherwise, all of it before {report.on}:", bold=True))
    _fares(report, report.difference.past_shifts, report.difference.past_retimed)
    if report.replay is not None:
        click.echo("\n".join(replay_told(report, report.replay)))
    click.echo(summary(report))


def _fares(report: Report, shifts: Sequence[Shift], retimed: Sequence[Retimed]) -> None:
    for shift in shifts:
        click.echo("\n".join(shift_told(report, shift)))
    for each in retimed:
        click.echo("\n".join(retimed_told(report, each)))


def _change(report: Report, each: Together) -> Iterator[str]:
    change = each.change
    sort = "" if change.safety is Safety.SAFE else click.style(f" [{change.safety}]", fg=_COLORS[change.safety])
    yield f"  {subjects_told(report, each)}: {change.what}{sort}"
    if change.fix:
        yield from _fix("".join(f"{place}: " for place in each.places[:1]), change.fix)
    if change.fix and (others := each.places[1:]):
        yield f"      and the same at {', '.join(map(str, others))}"


def subjects_told(report: Report, each: Together) -> str:
    """What a change is about: `pothole`, `pothole, tree and 3 more`, `all 12 forms`."""
    names = each.subjects
    if len(names) > 1 and {*names} == {*report.new.forms}:
        return "both forms" if len(names) == 2 else f"all {len(names)} forms"
    if len(names) <= _MOST_SUBJECTS:
        return ", ".join(names)
    return f"{', '.join(names[: _MOST_SUBJECTS - 1])} and {len(names) - _MOST_SUBJECTS + 1} more"


def _fix(place: str, fix: str) -> Iterator[str]:
    """What to write; of several lines each on its own."""
    if "\n" not in fix:
        yield f"      {place}write `{fix}`"
        return
    yield f"      {place}write"
    yield from (f"          {line}" for line in fix.split("\n"))


def shift_told(report: Report, shift: Shift) -> Iterator[str]:
    """The lines on what goes from one outcome to another, region by region."""
    yield f"  {shift.form}: {report.way(shift.old, shift.new, along=shift.along)}"
    told = _told_together(shift.regions)
    for regions in told[:_MOST_REGIONS]:
        parts, more = regions[0].parts, regions[0].more
        for part in parts[:_MOST_PARTS]:
            yield f"    {_routes(regions)}{_kept(report, part, regions[0])}: {part.words}"
            yield f"      for example {part.example}{_asked(part)}{_due(part)}"
        if (left := len(parts) - _MOST_PARTS) > 0 or more:
            yield f"      … and {'more' if more else f'{left} more'}"
        if past := report.past(shift, regions):
            yield f"      {count(len(past), 'past submission')}: {_references(past)}"
    if others := [region for regions in told[_MOST_REGIONS:] for region in regions]:
        past = report.past(shift, others)
        counted = f", with {count(len(past), 'past submission')}: {_references(past)}" if past else ""
        yield f"    … and {count(len(others), 'region')} more{counted}"


def _kept(report: Report, part: Part, among: Region | Retimed) -> str:
    """What is to be known of a part beside what it is among."""
    if part.former:
        return _FORMER
    return f", only before {report.on}" if part.past and not among.is_past else ""


def retimed_told(report: Report, each: Retimed) -> Iterator[str]:
    """The lines on what holds at other moments."""
    yield f"  {each.form}: at other moments {each.what}"
    held = report.held(each)
    ways = ("now, and not before", each.now, held.now), ("before, and not now", each.before, held.before)
    for when, parts, past in ways:
        for part in parts[:_MOST_PARTS]:
            yield f"    {when}{_kept(report, part, each)}: {part.words}"
            yield f"      for example {part.example}"
        if (left := len(parts) - _MOST_PARTS) > 0:
            yield f"      … and {left} more"
        if past:
            yield f"      {count(len(past), 'past submission')}: {_references(past)}"
    if report.replay is not None and ((each.refuses and each.before) or (each.admits and each.now)):
        yield "    Who could not send for it is in no store, and cannot be counted."
    if not each.sure:
        others = "others" if each.now or each.before else "any"
        yield f"    It could not be found out whether there are {others}."


def undecided_told(report: Report) -> Iterator[tuple[str, str]]:
    """Each form with a sentence on what could not be found out."""
    for form, *routes in report.difference.undecided:
        old, new = (f"`{one}`" if one else "the fallback" for one in routes)
        yield form, f"it could not be found out whether anything goes from {old} to {new}."


def replay_told(report: Report, found: Replay) -> Iterator[str]:
    """How many past submissions would fare otherwise, and those that no region names."""
    moved = sum(map(len, found.moved.values()))
    yield f"Of {count(found.count, 'past submission')}, {moved} would fare otherwise."
    for move, references in report.unforeseen():
        yield f"  {move.form}: {report.way(move.old, move.new)}: {_references(references)}"
    if found.homeless:
        yield f"  of a form that is not in both versions: {_references(found.homeless)}"


def summary(report: Report) -> str:
    """All in one line."""
    changes, shifts = report.changes, report.shifts
    sorts = ((sum(each.change.safety is safety for each in changes), safety) for safety in Safety)
    told = ", ".join(f"{number} {safety}" for number, safety in sorts if number)
    ways = len(shifts) + len(report.difference.retimed)
    moves = f"{count(ways, 'way')} by which submissions fare otherwise" if ways else "nothing moves"
    if report.renamed:
        moves += f"{', besides what' if ways else ' but what'} goes to a department under another name"
    if before := len(report.difference.past_shifts) + len(report.difference.past_retimed):
        moves += f", {count(before, 'way')} only for what came in before {report.on}"
    return f"{count(len(changes), 'change')}{f' ({told})' if told else ''}; {moves}."


def _told_together(regions: Sequence[Region]) -> list[list[Region]]:
    """Regions of which the same words are told, such as all that are due otherwise by the same time."""
    told: dict[tuple[tuple[str, bool, bool], ...], list[Region]] = {}
    for region in regions:
        told.setdefault(tuple((part.words, part.former, part.past) for part in region.parts), []).append(region)
    return list(told.values())


def _routes(regions: Sequence[Region]) -> str:
    """`deep → rest`; one name for what goes by the same route as before."""
    named = [dict.fromkeys(one or "the fallback" for one in (each.old_route, each.new_route)) for each in regions]
    more = f" and {count(len(named) - _MOST_ROUTES, 'route')} more" if len(named) > _MOST_ROUTES else ""
    return ", ".join(map(" → ".join, named[:_MOST_ROUTES])) + more


def _asked(part: Part) -> str:
    """Which answers of the example only one version asks for."""
    both = (part.asked_now, "asked of them only now"), (part.asked_before, "asked of them only before")
    told = [f"{listed(names)} {'are' if names[1:] else 'is'} {when}" for names, when in both if names]
    return f" ({'; '.join(told)})" if told else ""


def _due(part: Part) -> str:
    if part.due is None:
        return ""
    before, after = (moment_in_words(at, "en") for at in part.due)
    return f", due {after}; before, {before}"


def _references(found: Sequence[str]) -> str:
    more = f" and {len(found) - _MOST_REFERENCES} more" if len(found) > _MOST_REFERENCES else ""
    return ", ".join(found[:_MOST_REFERENCES]) + more
