"""The group of commands; each lives in a module of its own and is imported when it is called."""

from __future__ import annotations

import difflib
import importlib
import sys
from io import TextIOWrapper

import click
from typing_extensions import override

# Command -> what it is for, as the lists of commands show it.
_FOR_AUTHORS = {
    "check": "Find every mistake in a schemas folder.",
    "preview": "Look at your forms in a browser while you write them.",
    "test": "Run the tests of forms and tables, and tell what they leave untried.",
    "diff": "Tell what a change of the schemas means for residents and departments.",
    "route": "Show where answers go, and why.",
    "table": "Print a table in plain words, for a report or a spreadsheet.",
    "schema": "Print what an editor needs to complete and explain YAML.",
    "translations": "Find translations that are missing, or older than their text.",
}
_FOR_OPERATORS = {
    "deliver": "Deliver what is waiting.",
    "status": "Count what was accepted, delivered, is pending and is dead.",
    "find": "List submissions by form, department, state, status or date.",
    "desk": "Say who may see which department's desk.",
    "requeue": "Deliver again what is dead or failing.",
    "dismiss": "Let rest what is dead, and say why.",
    "audit": "Verify that nobody changed what was accepted and what happened.",
    "erase": "Erase one submission, or everything whose time is over.",
    "backup": "Pack the whole store into one file, while it runs.",
    "restore": "Bring back a store from a backup.",
    "show": "Show one submission with its decision and deliveries.",
}
COMMANDS = _FOR_AUTHORS | _FOR_OPERATORS

# What people try first -> the command that they mean.
_MEANT = {
    **dict.fromkeys(("validate", "verify", "lint"), "check"),
    **dict.fromkeys(("serve", "run", "start"), "preview"),
    **dict.fromkeys(("explain", "why", "decide"), "route"),
    **dict.fromkeys(("list", "search", "ls"), "find"),
    **dict.fromkeys(("compare", "changes"), "diff"),
    **dict.fromkeys(("print", "export"), "table"),
}


class _Commands(click.Group):
    """Knows its commands by name, so that starting one does not import the others."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    @override
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; a name that is none is told with the one that was meant."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        meant = _MEANT.get(name) or next(iter(difflib.get_close_matches(name, COMMANDS, n=1)), None)
        told = f" Did you mean '{meant}'? {COMMANDS[meant]}" if meant else ""
        raise click.UsageError(f"No such command '{name}'.{told}", ctx)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"formroute.cli.{cmd_name}"), cmd_name)
        return command

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The lists of commands, from their names alone."""
        width = max(map(len, COMMANDS))
        for title, commands in (("For forms and routes", _FOR_AUTHORS), ("For a running site", _FOR_OPERATORS)):
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), about) for name, about in commands.items()])


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="formroute")
def main() -> None:
    """Forms and routes written in YAML: checked, explained, delivered.

    `formroute COMMAND --help` tells what a command does and takes. Definitions are read from the folder `schemas` below
    the one you are in, unless you name another.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")  # a name of a file may be no text at all
