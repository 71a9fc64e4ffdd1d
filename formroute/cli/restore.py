"""`formroute restore`: a store from a backup, without what was erased since."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError

from formroute.cli.store_option import files_option, store_option
from formroute.delivery import Retention, standard_handlers
from formroute.store import BackupError, Seal, Store, StoreError, UnknownReferenceError, unpack
from formroute.store.address import read_address, sqlite_file
from formroute.store.backup import DATABASE, FILES
from formroute.store.database import Database
from formroute.store.erasures import Erasure, read_record
from formroute.store.store import beside
from formroute.store.transfer import NotEmptyError, fill

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

    It may be restored into a SQLite file or an empty PostgreSQL database, whichever it came from. Nothing may work
    on the store meanwhile. A SQLite file and a folder that are there are put aside with --replace, and kept. Exits
    with 1 when the store could not be restored, and with 2 when it was called wrongly.
    """
    target = _target(url, files)
    there = [path for path in target.paths if path.exists()]
    if there and not replace:
        click.echo(
            f"There is a store already ({', '.join(map(str, there))}). With --replace it is put aside.", err=True
        )
        sys.exit(1)
    try:
        target.room.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=".restore-", dir=target.room))
    except OSError as error:
        click.echo(f"Nothing was restored: {_reason(error)}", err=True)
        sys.exit(1)
    try:
        packed = unpack(archive, place)
        later = _record(target.folder / "erasures"), _record(erasures)
        again, last = _erase_again(place, [line for record in later for line in record])
        target.take(place)
    except (BackupError, NotEmptyError, StoreError, OSError, DBAPIError) as error:
        click.echo(f"Nothing was restored: {_reason(error)}", err=True)
        sys.exit(1)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    click.echo(f"Restored as of {packed.made:%Y-%m-%d %H:%M:%S} UTC; {again} erased again.")
    click.echo(f"Seal: {last}")
    if replace:
        click.echo("What was put aside still holds what was erased since: remove it once the restored store is well.")
    click.echo("Note this seal: those that were noted since the backup was made hold no more.")


@dataclass(frozen=True, slots=True)
class OnSqlite:
    """A file, and the folder beside it."""

    database: Path
    folder: Path

    @property
    def paths(self) -> Sequence[Path]:
        """What must not be there, or is put aside."""
        return self.database, self.folder

    @property
    def room(self) -> Path:
        """Where to unpack, so that nothing is copied twice."""
        return self.database.absolute().parent

    def take(self, place: Path) -> None:
        """Put the unpacked store in its place."""
        aside = _aside()
        for end in _ENDS:  # a journal keeps the name of its database
            old = self.database.with_name(f"{self.database.name}{end}")
            _put_aside(old, old.with_name(f"{self.database.name}{aside}{end}"))
        _put_aside(self.folder, self.folder.with_name(f"{self.folder.name}{aside}"))
        (place / FILES).rename(self.folder)
        (place / DATABASE).rename(self.database)


@dataclass(frozen=True, slots=True)
class OnPostgresql:
    """A database that is there and empty, and a folder."""

    url: str
    folder: Path

    @property
    def paths(self) -> Sequence[Path]:
        """What must not be there, or is put aside."""
        return (self.folder,)

    @property
    def room(self) -> Path:
        """Where to unpack, so that no file is copied twice."""
        return self.folder.absolute().parent

    def take(self, place: Path) -> None:
        """Write every row, and put the folder in its place when all are written."""
        database = Database(self.url)
        try:
            with database.writing() as connection:
                fill(connection, place / DATABASE)
                _put_aside(self.folder, self.folder.with_name(f"{self.folder.name}{_aside()}"))
                (place / FILES).rename(self.folder)
        finally:
            database.close()


def _target(url: str, files: Path | None) -> OnSqlite | OnPostgresql:
    try:
        if read_address(url).get_backend_name() == "postgresql" and files is not None:
            return OnPostgresql(url, files)
        database = sqlite_file(url)
        return OnSqlite(database, files or beside(database))
    except ValueError as error:
        raise click.UsageError(f"The store cannot be restored there: {error}") from None


def _reason(error: Exception) -> object:
    if isinstance(error, NotEmptyError):
        return "there is a store in the database already. Make an empty one, and name that."
    return getattr(error, "orig", None) or error


def _record(path: Path | None) -> Sequence[Erasure]:
    return read_record(path.read_text("utf-8")) if path is not None and path.exists() else ()


def _erase_again(place: Path, later: Sequence[Erasure]) -> tuple[int, Seal]:
    """Erase what was erased before or since; the record keeps also what came in only after the backup.

    Returns how many, and the seal of the last event.
    """
    with closing(Store(f"sqlite:///{place / DATABASE}", place / FILES)) as store:
        retention = Retention(store, standard_handlers(store, os.environ))
        known = {line.reference for line in store.erasures.recorded()}
        again = 0
        for line in {line.reference: line for line in (*store.erasures.recorded(), *later)}.values():
            try:
                again += retention.erase(line.reference, line.why, even_undelivered=True)
            except UnknownReferenceError:
                if line.reference not in known:
                    store.erasures.note(line)
        store.chain.seal()
        return again, store.chain.last()


def _aside() -> str:
    return f".before-{datetime.now(UTC):%Y%m%dT%H%M%S}"


def _put_aside(old: Path, aside: Path) -> None:
    if old.exists():
        old.rename(aside)
        click.echo(f"Put aside: {aside}")
