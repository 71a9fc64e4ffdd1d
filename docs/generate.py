"""The pages of the reference that are written from the code; `./dev docs` writes them, tests/test_docs.py compares."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from formroute.cli import main
from formroute.problems import CATALOGUE, Entry

FOLDER = Path(__file__).parent / "reference"
FAMILIES = {
    "Y1": "The text of a file",
    "D1": "The shape of a document",
    "F2": "Forms",
    "C3": "Conditions",
    "R4": "Routes, departments and calendars",
    "G5": "The whole catalogue",
}


def pages() -> dict[Path, str]:
    """Each generated page: its path and its text."""
    texts = {"problems.md": _problems(), "command-line.md": _command_line()}
    return {FOLDER / name: "\n".join(lines) for name, lines in texts.items()}


def _problems() -> Iterator[str]:
    yield "# Problems that `formroute check` finds"
    yield ""
    yield "A code never changes its meaning. An error stops the catalogue from loading; a warning does not."
    yield "What stands in ‹angles› is filled with the word in question."
    for family, title in FAMILIES.items():
        codes = sorted(code for code in CATALOGUE if code.startswith(family))
        if codes:
            yield from ("", f"## {family}: {title}")
        for code in codes:
            yield from ("", *_problem(code, CATALOGUE[code]))
    yield ""


def _problem(code: str, entry: Entry) -> Iterator[str]:
    yield f"### {code} {entry.title} ({entry.severity})"
    yield ""
    yield _shown(entry.what)
    fix = _shown(entry.fix)
    yield "The message names what to write." if re.fullmatch(r"‹\w+›", fix) else fix


def _command_line() -> Iterator[str]:
    yield "# Command line"
    yield ""
    yield "Every command says with `--help` what stands here. Exit codes: 0 all is well, 1 something needs you,"
    yield "2 the command was called wrongly."
    group = click.Context(main, info_name="formroute", **main.context_settings)
    for name in main.list_commands(group):
        if command := main.get_command(group, name):
            context = click.Context(command, group, info_name=name, terminal_width=88)
            yield from ("", f"## formroute {name}", "", "```text", command.get_help(context), "```")
    yield ""


def _shown(template: str) -> str:
    return re.sub(r"\{(\w+)[^}]*\}", r"‹\1›", template)


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
