"""Options that say which store is meant, and opening it."""

from __future__ import annotations

from pathlib import Path

import click

from formroute.store import NoStoreError, Store, StoreError
from formroute.store.address import legible, read_address, sqlite_file
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
        if files is None and read_address(url).get_backend_name() == "postgresql":
            raise click.UsageError(
                "A store on PostgreSQL needs the folder of its uploads too: name it with --files or FORMROUTE_FILES."
            )
        if not new:
            _need_paths(url, files)
        return Store(url, files, new=new)
    except NoStoreError as error:
        raise click.UsageError(f"There is no store {legible(url)}: {error}. {_NAME}.") from None
    except (ValueError, StoreError) as error:
        raise click.UsageError(f"{error}\n{_NAME}.") from None
    except OSError as error:
        raise click.UsageError(f"The store cannot be opened: {error}\n{_NAME}.") from None


def _need_paths(url: str, files: Path | None) -> None:
    """The file of a SQLite store, and the folder: one made anew would hide that uploads and the key are lost."""
    if read_address(url).get_backend_name() == "sqlite" and not sqlite_file(url).exists():
        raise NoStoreError(f"no file {sqlite_file(url).absolute()}")
    folder = files or beside(sqlite_file(url))
    if not folder.is_dir():
        raise click.UsageError(f"The folder of the store's files is missing: {folder}. Name it with --files.")
