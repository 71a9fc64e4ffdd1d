"""`formroute backup`: the whole store in one file."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from formroute.cli.store_option import files_option, open_store, store_option
from formroute.store import BackupError, back_up


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))
@store_option
@files_option
def backup(archive: Path, url: str, files: Path | None) -> None:
    """Pack database, uploads, letters and key into the new file ARCHIVE, while others go on working.

    The file opens everything: keep it where only you can read it. Exits with 1 when it could not be made,
    and with 2 when it was called wrongly.
    """
    with closing(open_store(url, files)) as store:
        try:
            packed = back_up(store, archive)
        except (BackupError, OSError) as error:
            click.echo(f"No backup was made: {error}", err=True)
            sys.exit(1)
    size = sum(size for size, _ in packed.files.values())
    click.echo(f"{archive}: {len(packed.files)} files, {size:,} bytes, as of {packed.made:%Y-%m-%d %H:%M:%S} UTC.")
