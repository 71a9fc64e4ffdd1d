"""`formroute preview`: one's own forms in a browser, while they are being written."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from typing_extensions import override
from werkzeug.serving import WSGIRequestHandler, make_server

from formroute.catalog import Catalog
from formroute.cli.check import tell_findings
from formroute.cli.route import decision_told
from formroute.problems import Problem
from formroute.store import Store, Stored
from formroute.web.preview import Preview


@click.command()
@click.argument(
    "schemas",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="FORMROUTE_SCHEMAS",
    default="schemas",
)
@click.option(
    "--port",
    envvar="FORMROUTE_PORT",
    show_envvar=True,
    type=click.IntRange(0, 65535),
    default=8311,
    show_default=True,
    help="The number at the end of the address; 0 takes any that is free.",
)
def preview(schemas: Path, port: int) -> None:
    """Show the forms of the folder SCHEMAS in a browser of this machine, until stopped with Ctrl-C.

    SCHEMAS is the folder that FORMROUTE_SCHEMAS names unless written, or else `schemas`.

    Save a file and load the page again: it shows what you wrote, or every mistake in it. What you fill in and send
    goes to nobody; here you read where it would go, and why. It is deleted when you stop.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with TemporaryDirectory(prefix="formroute-") as folder, closing(Store(f"sqlite:///{folder}/preview.db")) as store:
        site = Preview(schemas, store, _Told())
        server = make_server("127.0.0.1", port, site, threaded=True, request_handler=_Quiet)
        click.echo(f"Your forms: http://127.0.0.1:{server.port}/ (Ctrl-C stops this)")
        click.echo("What you send there goes to nobody and is deleted when you stop.\n")
        site.read()
        server.serve_forever()


_SPOKEN = "en"
"""The language of all that the terminal says, whichever one a form was filled in."""


class _Told:
    """Tells in the terminal what is found and what is sent."""

    def loaded(self, catalog: Catalog | None, problems: Sequence[Problem]) -> None:
        tell_findings(catalog, problems)

    def sent(self, catalog: Catalog, stored: Stored) -> None:
        click.echo(f"\n{stored.reference} was sent.")
        click.echo("\n".join(decision_told(catalog, stored.submission, stored.decision, _SPOKEN)))


class _Quiet(WSGIRequestHandler):
    """Keeps the terminal for what an author wants to read."""

    @override
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass
