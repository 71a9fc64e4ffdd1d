"""What is remembered of catalogues that were proved: that they were, and how their forms look from outside.

An entry is JSON, named after everything that the proof depends on: the bytes of every file of the folder, formroute's
own code and that of a city's own kinds, and the packages whose data decide what loads. It says nothing of what a form
asks: that is always compiled from the files. So an entry that was damaged or forged can hide no change of a file, and
one that cannot be read is no entry.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from formroute.catalog.catalog import Catalog
from formroute.catalog.entry import Entry
from formroute.definitions import Folder
from formroute.forms import installed_code

_PACKAGES = ("formroute", "babel", "google-re2", "holidays", "phonenumbers", "pydantic", "pyyaml", "tzdata")
_MOST_ENTRIES = 8
_NAME = re.compile(r"[0-9a-f]{64}\.json", re.ASCII)
_WAITING = ".entry-"
_OWN = re.compile(rf"{_NAME.pattern}$|{re.escape(_WAITING)}", re.ASCII)
_CODE = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Cache:
    """The place in the folder `home` for what is known of `folder` as it is now."""

    folder: Folder
    home: Path
    key: str

    @classmethod
    def of(cls, folder: Path, home: Path) -> Self | None:
        """None where the folder cannot be kept in memory, or where others than who runs this may write into `home`.

        `home` may lie in the folder: what the cache wrote there is no part of what was proved.
        """
        own = home.resolve()
        kept = Folder.keep(folder, without=lambda file: file.parent == own and _OWN.match(file.name) is not None)
        return None if kept is None or _is_open_to_others(home) else cls(kept, home, _key(kept))

    @property
    def _path(self) -> Path:
        return self.home / f"{self.key}.json"

    def entry(self) -> Entry | None:
        """What is known; None where there is nothing, or nothing that can be relied on."""
        try:
            kept = json.loads(self._path.read_bytes())
            sealed = kept["seal"] == self._seal(kept["entry"])
            entry = Entry.from_json(kept["entry"]) if sealed else None
        except (OSError, ValueError, LookupError, TypeError, RecursionError, AttributeError):
            return None
        return entry if entry and entry.holds(datetime.now(ZoneInfo(entry.zone))) else None

    def keep(self, catalog: Catalog) -> None:
        """Remember a catalogue that was proved; a disk that takes nothing is no mistake."""
        entry = Entry.of(catalog, self.folder).to_json()
        text = json.dumps({"seal": self._seal(entry), "entry": entry}, ensure_ascii=False)
        with suppress(OSError):
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            _replace(self._path, text)
            _forget(self.home)

    def _seal(self, entry: Any) -> str:
        """A digest of the entry under its name, so that damage and a wrong name are seen."""
        said = json.dumps([self.key, entry], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def _key(folder: Folder) -> str:
    """A digest of all that loading depends on; where the folder is, since warnings name files by it."""
    digest = hashlib.sha256(
        json.dumps([str(folder.path), sys.version, _code(), installed_code(), _packages()]).encode()
    )
    home = folder.path.resolve()
    for path, data in (folder.kept or {}).items():
        name = os.path.relpath(path, home)
        digest.update(f"{len(name.encode())} {name} {len(data)} ".encode())
        digest.update(data)
    return digest.hexdigest()


@cache
def _code() -> list[tuple[str, int, int]]:
    """formroute's own files: who works on it has a new release at every change."""
    files = ((path, path.stat()) for path in sorted(_CODE.rglob("*.py")))
    return [(path.name, found.st_size, found.st_mtime_ns) for path, found in files]


@cache
def _packages() -> list[str]:
    return list(_versions())


def _versions() -> Iterator[str]:
    for package in _PACKAGES:
        with suppress(PackageNotFoundError):
            yield f"{package} {version(package)}"


def _is_open_to_others(home: Path) -> bool:
    """Whether others than who runs this may write into it, who could then say that anything was proved."""
    try:
        found = home.stat()
    except OSError:
        return False
    if os.name != "posix":
        return False
    return found.st_uid not in (os.geteuid(), 0) or bool(found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def _replace(path: Path, text: str) -> None:
    """Write a file in one step: who reads it meanwhile sees all of it or the one before."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=_WAITING, delete=False) as file:
        file.write(text)
    Path(file.name).replace(path)


def _forget(home: Path) -> None:
    """Remove the oldest entries beyond some."""
    entries = [path for path in home.iterdir() if _NAME.fullmatch(path.name)]
    for path in sorted(entries, key=lambda path: path.stat().st_mtime)[:-_MOST_ENTRIES]:
        path.unlink(missing_ok=True)
