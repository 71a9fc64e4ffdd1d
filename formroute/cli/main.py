"""The group of commands; each lives in a module of its own and is imported when it is called."""

from __future__ import annotations

import importlib
import sys
from io import TextIOWrapper

import click

# Command -> what it is for, as the list of commands shows it.
COMMANDS = {
    "check": "Find every mistake in a schemas folder.",
    "preview": "Look at your forms in a browser while you write them.",
    "test": "Run the tests of forms and tables, and tell what they leave untried.",
    "diff": "Tell what a change of the schemas means for residents and departments.",
    "route": "Show where answers go, and why.",
    "table": "Print a table in plain words, for a report or a spreadsheet.",
    "schema": "Print what an editor needs to complete and explain YAML.",
    "translations": "Find translations that are missing, or older than their text.",
    "deliver": "Deliver what is waiting.",
    "status": "Count what was accepted, delivered, is pending and is dead.",
    "find": "List submissions by form, department, state, status or date.",
    "desk": "Say who may see which department's desk.",
    "requeue": "Deliver again what is dead.",
    "dismiss": "Let rest what is dead, and say why.",
    "audit": "Verify that nobody changed what was accepted and what happened.",
    "erase": "Erase one submission, or everything whose time is over.",
    "backup": "Pack the whole store into one file, while it runs.",
    "restore": "Bring back a store from a backup.",
    "show": "Show one submission with its decision and deliveries.",
}


class _Commands(click.Group):
    """Knows its commands by name, so that starting one does not import the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"formroute.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's
        """The list of commands, from their names alone."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="formroute")
def main() -> None:
    """Forms and routes written in YAML: checked, explained, delivered."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")  # a name of a file may be no text at all
