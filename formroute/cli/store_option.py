"""Options that say which store is meant, and opening it."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy.exc import ArgumentError, DBAPIError

from formroute.store import Store, StoreTooNewError
from formroute.store.dialect import sqlite_file
from formroute.store.store import beside

store_option = click.option(
    "--store",
    "url",
    envvar="FORMROUTE_STORE",
    show_envvar=True,
    required=True,
    help="The store, such as sqlite:///formroute.db.",
)
files_option = click.option(
    "--files",
    envvar="FORMROUTE_FILES",
    show_envvar=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of its uploads, where it is not beside a SQLite file.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def open_store(url: str, files: Path | None, *, new: bool = False) -> Store:
    """The store, which has to be there already unless it may be `new`; what is wrong is told as wrong usage."""
    try:
        if not new and url.startswith("sqlite") and not sqlite_file(url).exists():
            raise click.UsageError(f"There is no store {url}.")
        if not new:
            _need_folder(url, files)
        return Store(url, files)
    except (ArgumentError, ValueError, OSError, DBAPIError, StoreTooNewError) as error:
        raise click.UsageError(f"The store cannot be opened: {error}") from None


def _need_folder(url: str, files: Path | None) -> None:
    """A store without the folder it was used with has lost its uploads and its key: a new one would hide that."""
    folder = files or beside(sqlite_file(url))
    if not folder.is_dir():
        raise click.UsageError(f"The folder of the store's files is missing: {folder}. Name it with --files.")
