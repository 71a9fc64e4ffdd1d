"""Opening a store: what keeps it from being opened, with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from formroute.store.dialect import legible, read_address

_IN_THE_DATABASE = {
    "sqlite": "Look whether this is the file of a store, and whether another program holds it.",
    "postgresql": "Look whether the server runs, and whether host, user, password and database are right.",
}


class StoreError(Exception):
    """A store cannot be opened: the message says why, and what to do."""


class StoreTooNewError(StoreError):
    """The database was written by a later release of formroute, which this one could damage."""


class NoStoreError(StoreError):
    """The database is there and has none of a store's tables, where one was to be found and not made."""


@contextmanager
def opening(url: str | URL) -> Iterator[None]:
    """What the disk, the database or its driver say against it comes out as a StoreError."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise _closed(url, f"{error}. Install formroute[postgresql].") from error
    except OSError as error:
        raise _closed(url, f"{error.strerror or error}: {error.filename}. {_on_the_disk(error)}") from error
    except DBAPIError as error:
        advice = _IN_THE_DATABASE[read_address(url).get_backend_name()]
        raise _closed(url, f"{_sentence(_without_secrets(url, str(error.orig)))} {advice}") from error


def _without_secrets(url: str | URL, told: str) -> str:
    """What a driver or a server said, without what it repeats of the query's passwords and options."""
    for name, values in read_address(url).normalized_query.items():
        for value in values if "password" in name.lower() or name.lower() == "options" else ():
            told = told.replace(value, "***")
    return told


def _sentence(told: str) -> str:
    line = " ".join(told.split())
    return line if line.endswith((".", "?")) else f"{line}."


def _closed(url: str | URL, why: str) -> StoreError:
    return StoreError(f"The store {legible(url)} cannot be opened: {why}")


def _on_the_disk(error: OSError) -> str:
    folder = Path(error.filename or ".").absolute().parent
    if isinstance(error, IsADirectoryError):
        return "Name a file in it."
    if not folder.is_dir():
        return f"Make the folder {folder} first."
    return f"Look whether this process may write into {folder}."
