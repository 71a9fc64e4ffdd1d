"""Versions that do not load and cannot be compared, with their errors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import click

from formroute.cli.findings import annotated, in_json, lines_of
from formroute.cli.revision import Version
from formroute.problems import Problem, Severity


def tell_problems(sides: Sequence[Version], problems: Sequence[Sequence[Problem]], form: str) -> None:
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
