"""Opening a store: what keeps it from being opened, with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from formroute.store.address import ESCAPES, legible, read_address, without_options

_IN_THE_DATABASE = {
    "sqlite": "Look whether this is the file of a store, and whether another program holds it.",
    "postgresql": "Look whether the server runs, and whether host, user, password and database are right.",
}
_NO_SUCH_HOST = re.compile("resolve host|translate host name")  # as psycopg and libpq put it
_UNKNOWN_HOST = (
    "The store on PostgreSQL cannot be opened: the network does not know the host that its address names. Look whether"
    f" that is right, and not the rest of a password; {ESCAPES}."
)
"""Without the host: where a password has an unescaped `@` and the real host was forgotten, it is part of that."""


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
        if _NO_SUCH_HOST.search(str(error.orig)):
            raise StoreError(_UNKNOWN_HOST) from error
        advice = _IN_THE_DATABASE[read_address(url).get_backend_name()]
        raise _closed(url, f"{_sentence(without_options(url, str(error.orig)))} {advice}") from error


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
