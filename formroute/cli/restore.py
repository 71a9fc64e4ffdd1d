"""`formroute restore`: a store from a backup, without what was erased since."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from formroute.cli.store_option import files_option, store_option
from formroute.delivery import Retention, standard_handlers
from formroute.store import BackupError, Store, unpack
from formroute.store.dialect import sqlite_file
from formroute.store.erasures import Erasure, read_record
from formroute.store.store import beside

_ENDS = ("", "-journal", "-wal", "-shm")


@click.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--erasures",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A later copy of the record of erasures; the one in the store's folder is read anyway.",
)
@click.option("--replace", is_flag=True, help="Put a store that is there aside.")
@store_option
@files_option
def restore(archive: Path, erasures: Path | None, replace: bool, url: str, files: Path | None) -> None:
    """Unpack ARCHIVE, verify every byte, erase again what was erased since, and put the store in its place.

    Nothing may work on the store meanwhile. A store that is there is put aside with --replace, and kept.
    Exits with 1 when the store could not be restored, and with 2 when it was called wrongly.
    """
    try:
        database = sqlite_file(url)
    except ValueError as error:
        raise click.UsageError(f"Only a store on SQLite is restored from a backup: {error}") from None
    folder = files or beside(database)
    if not replace and (database.exists() or folder.exists()):
        click.echo(f"There is a store already ({database}, {folder}). With --replace it is put aside.", err=True)
        sys.exit(1)
    place = Path(tempfile.mkdtemp(prefix=".restore-", dir=database.absolute().parent))
    try:
        packed = unpack(archive, place)
        later = _record(folder / "erasures"), _record(erasures)
        again = _erase_again(place, [line for record in later for line in record])
        _put_into_place(place, database, folder)
    except (BackupError, OSError) as error:
        click.echo(f"Nothing was restored: {error}", err=True)
        sys.exit(1)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    click.echo(f"Restored as of {packed.made:%Y-%m-%d %H:%M:%S} UTC; {again} erased again.")


def _record(path: Path | None) -> Sequence[Erasure]:
    return read_record(path.read_text("utf-8")) if path is not None and path.exists() else ()


def _erase_again(place: Path, later: Sequence[Erasure]) -> int:
    """Erase what was erased before or since; the record keeps also what came in only after the backup."""
    with closing(Store(f"sqlite:///{place / 'formroute.db'}", place / "files")) as store:
        retention = Retention(store, standard_handlers(store, os.environ))
        known = {line.reference for line in store.erasures.recorded()}
        again = 0
        for line in {line.reference: line for line in (*store.erasures.recorded(), *later)}.values():
            try:
                again += retention.erase(line.reference, line.why, even_undelivered=True)
            except KeyError:
                if line.reference not in known:
                    store.erasures.note(line)
    return again


def _put_into_place(place: Path, database: Path, folder: Path) -> None:
    aside = f".before-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    for end in _ENDS:  # a journal keeps the name of its database
        _put_aside(database.with_name(f"{database.name}{end}"), database.with_name(f"{database.name}{aside}{end}"))
    _put_aside(folder, folder.with_name(f"{folder.name}{aside}"))
    (place / "files").rename(folder)
    (place / "formroute.db").rename(database)


def _put_aside(old: Path, aside: Path) -> None:
    if old.exists():
        old.rename(aside)
        click.echo(f"Put aside: {aside}")
