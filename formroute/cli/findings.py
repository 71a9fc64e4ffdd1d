"""Findings with a place in a file, as a person, a program or a pull request reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from formroute.problems import Mark, Problem, Severity

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
_IN_MESSAGE = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ord(":"): "%3A", ord(","): "%2C"}

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["human", "json", "github"]),
    default="human",
    show_default=True,
    help="For whom to print: a person, a program, or a pull request on GitHub.",
)


def lines_of(problem: Problem) -> Iterator[str]:
    """What is wrong, the line with a caret below, the line as it should stand, and what to do."""
    kind = click.style(f"{problem.severity} {problem.code}", fg=_COLORS[problem.severity], bold=True)
    yield f"{problem.mark}: {kind} {problem.what}"
    for line in problem.excerpt:
        yield f"    {line}"
    yield f"    {problem.fix}\n"


def in_json(problem: Problem) -> dict[str, Any]:
    """A finding for programs."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        **place_in_json(problem.mark),
        "what": problem.what,
        "fix": problem.fix,
        "text": problem.line,
        "width": problem.width,
        "corrected": problem.corrected,
    }


def place_in_json(mark: Mark) -> dict[str, Any]:
    """A place for programs."""
    return {"file": mark.file, "line": mark.line, "column": mark.column}


def annotation(problem: Problem) -> str:
    """A workflow command, which a pull request shows beside the line."""
    level = "notice" if problem.severity is Severity.NOTE else problem.severity
    return annotated(level, problem.mark, problem.code, f"{problem.what} {problem.fix}")


def annotated(level: str, mark: Mark, title: str, message: str) -> str:
    """A workflow command of a level of GitHub's: error, warning or notice."""
    place = f"file={mark.file.translate(_IN_PROPERTY)},line={mark.line},col={mark.column}"
    return f"::{level} {place},title={title.translate(_IN_PROPERTY)}::{message.translate(_IN_MESSAGE)}"


def announced(title: str, message: str) -> str:
    """A notice that stands at no place in a file."""
    return f"::notice title={title.translate(_IN_PROPERTY)}::{message.translate(_IN_MESSAGE)}"


def count(number: int, thing: str) -> str:
    """`1 route`, `2 routes`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
