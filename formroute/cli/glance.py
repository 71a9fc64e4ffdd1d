"""What a command learns of a schemas folder at a glance, whether it loads or not: an operator must not wait for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import click

from formroute.catalog.sources import read_catalog_file, read_sources
from formroute.definitions import Folder, hint


def zone_of(schemas: Path | None) -> tzinfo:
    """The city's time zone; UTC where no folder says one."""
    place = read_catalog_file(Folder(schemas), []) if schemas else None
    written = place.plain() if place else None
    name = written.get("time_zone") if isinstance(written, dict) else None
    return ZoneInfo(name) if isinstance(name, str) and name in available_timezones() else UTC


def departments_of(schemas: Path | None) -> Iterator[str]:
    """The names of the departments."""
    for place in read_sources(Folder(schemas), []).departments if schemas else ():
        found = place.plain().get("departments")
        yield from map(str, found) if isinstance(found, dict) else ()


def tell_unknown(name: str, known: Collection[str], nothing: str) -> None:
    """Say where nothing was found that there is no such name either, and which one was meant."""
    if name not in known:
        click.echo(f"{nothing} '{name}'. {hint(name, known) if known else ''}".rstrip(), err=True)
