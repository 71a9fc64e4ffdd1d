"""`formroute diff`: what a change of the schemas means for residents and departments, before it goes live."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from formroute.catalog import Catalog, read_catalog
from formroute.cli.findings import annotated, announced, count, format_option, in_json, lines_of, place_in_json
from formroute.cli.revision import Version, version
from formroute.cli.store_option import files_option, open_store
from formroute.problems import Mark, Problem, Severity
from formroute.review.change import Change, Safety
from formroute.review.difference import Difference, Region, Shift, compare
from formroute.review.part import Part
from formroute.review.replay import Move, Replay, replay
from formroute.review.retimed import Retimed
from formroute.routing.changes.rows import Outcome
from formroute.routing.due import moment_in_words

_MOST_REFERENCES = 20
_MOST_ROUTES = 5  # of those that are told together
_MOST_REGIONS, _MOST_PARTS = 10, 10  # of one way, and of one region, that a person reads; JSON has them all
_FORMER = ", with answers that the form takes no more"
_LEVELS = {Safety.SAFE: "notice", Safety.NEEDS_WAS: "warning", Safety.LOSES: "error"}
_COLORS = {Safety.SAFE: "green", Safety.NEEDS_WAS: "yellow", Safety.LOSES: "red"}


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--store",
    "url",
    envvar="FORMROUTE_STORE",
    show_envvar=True,
    help="Count past submissions too, replayed from this store.",
)
@files_option
@format_option
def diff(old: str, new: str, url: str | None, files: Path | None, form: str) -> None:
    """Tell what changes from the schemas OLD to the schemas NEW.

    Each is a folder, a revision of git such as HEAD~1, or a folder in one such as main:schemas. Exits with 0
    when every submission fares as before and no answer is lost, with 1 when one does not or when a version does not
    load, and with 2 when it was called wrongly.
    """
    with ExitStack() as stack:
        sides = [stack.enter_context(version(one, beside=other)) for one, other in ((old, new), (new, old))]
        loaded = [read_catalog(side.folder) for side in sides]
        before, after = (catalog for catalog, _ in loaded)
        if before is None or after is None:
            _tell_problems(sides, [problems for _, problems in loaded], form)
            sys.exit(1)
        report = _Report(sides[1], compare(before, after), before, after)
        if url is not None:
            with closing(open_store(url, files)) as store:
                report.replay = replay(store, before, after)
        _PRINTERS[form](report)
    sys.exit(0 if report.is_harmless else 1)


@dataclass(slots=True)
class _Report:
    version: Version
    difference: Difference
    old: Catalog
    new: Catalog
    replay: Replay | None = None

    @property
    def is_harmless(self) -> bool:
        return self.difference.is_harmless and (self.replay is None or self.replay.is_still)

    def place(self, change: Change) -> Mark | None:
        return self.version.mark(change.place.mark) if change.place is not None else None

    def table(self, form: str) -> Mark:
        """Where the table stands that decides a form."""
        return self.version.mark(self.new.router.plans[form].decides.place["table"].mark)

    def past(self, shift: Shift, regions: Sequence[Region]) -> tuple[str, ...]:
        """The references of past submissions that go this way from the one route to the other."""
        moved = self.replay.moved if self.replay else {}
        return tuple(one for region in regions for one in moved.get(_move(shift, region), ()))

    def unforeseen(self) -> Iterator[tuple[Move, tuple[str, ...]]]:
        """Past submissions that move though no region says so, such as those that the form refuses by now."""
        known = {_move(shift, region) for shift in self.difference.shifts for region in shift.regions}
        return (
            (move, found) for move, found in (self.replay.moved if self.replay else {}).items() if move not in known
        )

    def outcome(self, outcome: Outcome, catalog: Catalog) -> str:
        """`Street lights, urgent, 2 days`."""
        known = catalog.departments.get(outcome.send_to or "")
        name = known.name.inside(self.new.languages[0]) if known else outcome.send_to or "nobody"
        within = outcome.respond_within.in_words("en") if outcome.respond_within else None
        return ", ".join(filter(None, (name, outcome.priority, within)))

    def way(self, old: Outcome, new: Outcome, *, along: bool = False) -> str:
        if along:
            return f"with other copies, tags, values or notices at {self.outcome(new, self.new)}"
        if old == new:
            return f"due at another moment at {self.outcome(new, self.new)}"
        return f"from {self.outcome(old, self.old)} to {self.outcome(new, self.new)}"


def _move(shift: Shift, region: Region) -> Move:
    return Move(shift.form, shift.old, shift.new, region.old_route, region.new_route)


def _tell_problems(sides: Sequence[Version], problems: Sequence[Sequence[Problem]], form: str) -> None:
    """The errors of each version that does not load, at their places in it."""
    broken = [
        (side, [replace(one, mark=side.mark(one.mark)) for one in its if one.severity is Severity.ERROR])
        for side, its in zip(sides, problems, strict=True)
    ]
    _BROKEN[form]([(side.written, found) for side, found in broken if found])


_Broken = Sequence[tuple[str, Sequence[Problem]]]


def _broken_for_people(broken: _Broken) -> None:
    for written, found in broken:
        click.echo("\n".join(line for problem in found for line in lines_of(problem)))
        click.echo(f"{written} does not load, so that it cannot be compared.")


def _broken_in_json(broken: _Broken) -> None:
    problems = [{"version": written, **in_json(problem)} for written, found in broken for problem in found]
    click.echo(json.dumps({"loads": False, "problems": problems}, ensure_ascii=False, indent=2))


def _broken_for_github(broken: _Broken) -> None:
    for written, found in broken:
        for one in found:
            what = f"{one.what} {one.fix} {written} does not load, so that it cannot be compared."
            click.echo(annotated("error", one.mark, one.code, what))


_BROKEN = {"human": _broken_for_people, "json": _broken_in_json, "github": _broken_for_github}


def _human(report: _Report) -> None:
    for audience in ("residents", "departments"):
        found = [change for change in report.difference.changes if change.audience == audience]
        if found:
            click.echo(click.style(f"For {audience}:", bold=True))
        for change in found:
            click.echo("\n".join(_change(report, change)))
    if report.difference.shifts or report.difference.retimed:
        click.echo(click.style("What fares otherwise:", bold=True))
        if any(change.safety is Safety.NEEDS_WAS for change in report.difference.changes):
            click.echo("  Until `was:` is written, what looks renamed counts as not answered before.")
    for shift in report.difference.shifts:
        click.echo("\n".join(_shift(report, shift)))
    for each in report.difference.retimed:
        click.echo("\n".join(_retimed(each)))
    for form, what in _undecided(report):
        click.echo(f"  {form}: {what}")
    if report.replay is not None:
        click.echo("\n".join(_replayed(report, report.replay)))
    click.echo(_summary(report))


def _undecided(report: _Report) -> Iterator[tuple[str, str]]:
    for form, *routes in report.difference.undecided:
        old, new = (f"`{one}`" if one else "the fallback" for one in routes)
        yield form, f"it could not be found out whether anything goes from {old} to {new}."


def _change(report: _Report, change: Change) -> Iterator[str]:
    place = report.place(change)
    sort = "" if change.safety is Safety.SAFE else click.style(f" [{change.safety}]", fg=_COLORS[change.safety])
    yield f"  {change.subject}: {change.what}{sort}"
    if change.fix:
        yield from _fix(f"{place}: " if place else "", change.fix)


def _fix(place: str, fix: str) -> Iterator[str]:
    """What to write; of several lines each on its own."""
    if "\n" not in fix:
        yield f"      {place}write `{fix}`"
        return
    yield f"      {place}write"
    yield from (f"          {line}" for line in fix.split("\n"))


def _shift(report: _Report, shift: Shift) -> Iterator[str]:
    yield f"  {shift.form}: {report.way(shift.old, shift.new, along=shift.along)}"
    told = _told_together(shift.regions)
    for regions in told[:_MOST_REGIONS]:
        parts, more = regions[0].parts, regions[0].more
        for part in parts[:_MOST_PARTS]:
            yield f"    {_routes(regions)}{_FORMER if part.former else ''}: {part.words}"
            yield f"      for example {part.example}{_due(part)}"
        if (left := len(parts) - _MOST_PARTS) > 0 or more:
            yield f"      … and {'more' if more else f'{left} more'}"
        if past := report.past(shift, regions):
            yield f"      {count(len(past), 'past submission')}: {_references(past)}"
    if others := [region for regions in told[_MOST_REGIONS:] for region in regions]:
        past = report.past(shift, others)
        counted = f", with {count(len(past), 'past submission')}: {_references(past)}" if past else ""
        yield f"    … and {count(len(others), 'region')} more{counted}"


def _retimed(each: Retimed) -> Iterator[str]:
    yield f"  {each.form}: at other moments {each.what}"
    for when, parts in (("now, and not before", each.now), ("before, and not now", each.before)):
        for part in parts[:_MOST_PARTS]:
            yield f"    {when}: {part.words}"
            yield f"      for example {part.example}"
        if (left := len(parts) - _MOST_PARTS) > 0:
            yield f"      … and {left} more"
    if not each.sure:
        others = "others" if each.now or each.before else "any"
        yield f"    It could not be found out whether there are {others}."


def _told_together(regions: Sequence[Region]) -> list[list[Region]]:
    """Regions of which the same words are told, such as all that are due otherwise by the same time."""
    told: dict[tuple[tuple[str, bool], ...], list[Region]] = {}
    for region in regions:
        told.setdefault(tuple((part.words, part.former) for part in region.parts), []).append(region)
    return list(told.values())


def _routes(regions: Sequence[Region]) -> str:
    """`deep → rest`; one name for what goes by the same route as before."""
    named = [dict.fromkeys(one or "the fallback" for one in (each.old_route, each.new_route)) for each in regions]
    more = f" and {count(len(named) - _MOST_ROUTES, 'route')} more" if len(named) > _MOST_ROUTES else ""
    return ", ".join(map(" → ".join, named[:_MOST_ROUTES])) + more


def _due(part: Part) -> str:
    if part.due is None:
        return ""
    before, after = (moment_in_words(at, "en") for at in part.due)
    return f", due {after}; before, {before}"


def _references(found: Sequence[str]) -> str:
    more = f" and {len(found) - _MOST_REFERENCES} more" if len(found) > _MOST_REFERENCES else ""
    return ", ".join(found[:_MOST_REFERENCES]) + more


def _replayed(report: _Report, found: Replay) -> Iterator[str]:
    moved = sum(map(len, found.moved.values()))
    yield f"Of {count(found.count, 'past submission')}, {moved} would fare otherwise."
    for move, references in report.unforeseen():
        yield f"  {move.form}: {report.way(move.old, move.new)}: {_references(references)}"
    if found.homeless:
        yield f"  of a form that is not in both versions: {_references(found.homeless)}"


def _summary(report: _Report) -> str:
    changes, shifts = report.difference.changes, report.difference.shifts
    sorts = ((sum(change.safety is safety for change in changes), safety) for safety in Safety)
    told = ", ".join(f"{number} {safety}" for number, safety in sorts if number)
    ways = len(shifts) + len(report.difference.retimed)
    moves = f"{count(ways, 'way')} by which submissions fare otherwise" if ways else "nothing moves"
    return f"{count(len(changes), 'change')}{f' ({told})' if told else ''}; {moves}."


def _json(report: _Report) -> None:
    found: dict[str, Any] = {
        "loads": True,
        "changes": [_change_in_json(report, change) for change in report.difference.changes],
        "moves": [_shift_in_json(report, shift) for shift in report.difference.shifts],
        "retimed": [_retimed_in_json(each) for each in report.difference.retimed],
        "undecided": report.difference.undecided,
    }
    if report.replay is not None:
        found["replayed"] = {
            "submissions": report.replay.count,
            "moved": sorted(one for found in report.replay.moved.values() for one in found),
            "homeless": report.replay.homeless,
        }
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _change_in_json(report: _Report, change: Change) -> Mapping[str, Any]:
    place = report.place(change)
    return {
        "audience": change.audience,
        "subject": change.subject,
        "what": change.what,
        "class": change.safety,
        "fix": change.fix or None,
        **(place_in_json(place) if place else {}),
    }


def _shift_in_json(report: _Report, shift: Shift) -> Mapping[str, Any]:
    return {
        "form": shift.form,
        "from": _outcome_in_json(shift.old),
        "to": _outcome_in_json(shift.new),
        "along": shift.along,
        "regions": [_region_in_json(report, shift, region) for region in shift.regions],
    }


def _region_in_json(report: _Report, shift: Shift, region: Region) -> Mapping[str, Any]:
    parts = [
        {
            "when": part.words,
            "example": part.example,
            "taken": not part.former,
            "due": part.due and [at.isoformat() for at in part.due],
        }
        for part in region.parts
    ]
    past = report.past(shift, [region]) if report.replay else None
    return {"old": region.old_route, "new": region.new_route, "parts": parts, "more": region.more, "past": past}


def _retimed_in_json(each: Retimed) -> Mapping[str, Any]:
    now, before = (
        [{"when": part.words, "example": part.example} for part in parts] for parts in (each.now, each.before)
    )
    return {"form": each.form, "what": each.what, "now": now, "before": before, "sure": each.sure}


def _outcome_in_json(outcome: Outcome) -> Mapping[str, Any]:
    within = outcome.respond_within
    return {
        "send_to": outcome.send_to,
        "priority": outcome.priority,
        "respond_within": within.in_words("en") if within else None,
    }


def _github(report: _Report) -> None:
    for change in report.difference.changes:
        place = report.place(change) or Mark(report.version.known_as, 1, 1)
        told = f"{change.what} Write `{change.fix}`." if change.fix else change.what
        click.echo(annotated(_LEVELS[change.safety], place, f"{change.subject}: {change.safety}", told))
    for shift in report.difference.shifts:
        told = "\n".join(line.strip() for line in _shift(report, shift))
        click.echo(annotated("warning", report.table(shift.form), "submissions fare otherwise", told))
    for each in report.difference.retimed:
        told = "\n".join(line.strip() for line in _retimed(each))
        click.echo(annotated("warning", report.version.mark(each.place.mark), "submissions fare otherwise", told))
    for form, what in _undecided(report):
        click.echo(annotated("warning", report.table(form), "not decided", f"{form}: {what}"))
    past = "\n".join(line.strip() for line in _replayed(report, report.replay)) if report.replay is not None else ""
    click.echo(announced("formroute diff", "\n".join(filter(None, (past, _summary(report))))))


_PRINTERS = {"human": _human, "json": _json, "github": _github}
