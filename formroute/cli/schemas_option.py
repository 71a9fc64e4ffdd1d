"""The option that says which catalogue is meant, and loading it."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

import click

from formroute.catalog import Catalog, load_catalog
from formroute.definitions import hint
from formroute.problems import DefinitionError

schemas_option = click.option(
    "--schemas",
    envvar="FORMROUTE_SCHEMAS",
    default="schemas",
    show_default=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of forms and routes.",
)


def open_catalog(schemas: Path) -> Catalog:
    """The catalogue, from the cache where `FORMROUTE_CACHE` names one; what is wrong is told as wrong usage."""
    try:
        return load_catalog(schemas, cache=os.environ.get("FORMROUTE_CACHE") or None)
    except DefinitionError as error:
        raise click.UsageError(f"{error}\nThe catalogue does not load; see `formroute check {schemas}`.") from None


def named(name: str, known: Collection[str], option: str) -> None:
    """That there is something of this name; another name is told as wrong usage, with the one that was meant."""
    if name not in known:
        raise click.BadParameter(f"There is no '{name}'. {hint(name, known)}", param_hint=option)
