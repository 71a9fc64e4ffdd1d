"""Options that say which store is meant, and opening it."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from formroute.store import NoStoreError, Store, StoreTooNewError
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


_NAME = "Name the right one with --store or FORMROUTE_STORE"


def open_store(url: str, files: Path | None, *, new: bool = False) -> Store:
    """The store, which has to be there already unless it may be `new`; what is wrong is told as wrong usage."""
    try:
        if files is None and make_url(url).get_backend_name() == "postgresql":
            raise click.UsageError(
                "A store on PostgreSQL needs the folder of its uploads too: name it with --files or FORMROUTE_FILES."
            )
        if not new:
            _need_paths(url, files)
        return Store(url, files, new=new)
    except NoStoreError as error:
        raise click.UsageError(f"There is no store {legible(url)}: {error}. {_NAME}.") from None
    except DBAPIError as error:
        cause = str(error.orig).strip()
        raise click.UsageError(f"The store {legible(url)} cannot be opened: {cause}\n{_NAME}.") from None
    except ArgumentError:
        raise click.UsageError(no_address(url)) from None
    except (ValueError, OSError, StoreTooNewError) as error:
        raise click.UsageError(f"The store cannot be opened: {error}\n{_NAME}.") from None


def legible(url: str) -> str:
    """A store's address as it may be printed: without its password."""
    return make_url(url).render_as_string(hide_password=True)


def no_address(text: str) -> str:
    """What to write instead of what is no address, such as the bare name of a file."""
    told = f"This is no address of a store{f': {text}' if text and '@' not in text else ''}."
    if not text or any(sign in text for sign in ":@"):
        return f"{told} Write sqlite:///formroute.db, or postgresql://user@host/database with --files."
    return f"{told} Write --store sqlite:///{text}"


def _need_paths(url: str, files: Path | None) -> None:
    """The file of a SQLite store, and the folder: one made anew would hide that uploads and the key are lost."""
    if make_url(url).get_backend_name() == "sqlite" and not sqlite_file(url).exists():
        raise NoStoreError(f"no file {sqlite_file(url).absolute()}")
    folder = files or beside(sqlite_file(url))
    if not folder.is_dir():
        raise click.UsageError(f"The folder of the store's files is missing: {folder}. Name it with --files.")
