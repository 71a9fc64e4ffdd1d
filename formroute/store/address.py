"""The address of a store: what is one, and how it may be told.

It may hold a password, and a slip moves a part of that to where a host, a port or a database stands. So an address is
refused where it could be read otherwise than it was meant, and no message repeats what is not sure to be no password.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

_PORTS = range(1, 65536)
_HIDDEN = "***"
_NAME = re.compile(r"[\w.@~-]+")
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
"""Signs that no database keeps: NUL, and half of a surrogate pair."""
ESCAPES = "in a password write %40 for @, %3A for :, %2F for / and %3F for ?"

_POSTGRESQL = "postgresql"
_SQLITE_DRIVERS = frozenset({"sqlite", "sqlite+pysqlite"})
_USER_AND_REST = re.compile(r"[^:]+://(?:[^:/]*(?::(?P<password>[^@]*))?@)?(?P<rest>.*)", re.DOTALL)
_NAMES_A_DATABASE = frozenset({"dbname", "service"})
_NAMES_A_USER = frozenset({"user", "service"})
_SHOWN = frozenset({"host", "hostaddr", "port", "dbname", "user", "service"})
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_AFTER_THE_QUESTION_MARK = "Look at what stands after the question mark in the address of the store"


def read_address(url: str | URL) -> URL:
    """The address of a store. Raises ValueError, with what to write and without a password, for what is none."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise address_error(url) from None
    if isinstance(url, str) and _is_ambiguous(url):
        raise address_error(url)
    match parsed.get_backend_name():
        case "sqlite":
            return _of_a_file(parsed)
        case "postgresql":
            return _of_a_server(parsed)
    if parsed.drivername == "postgres":
        raise ValueError("An address of PostgreSQL begins with postgresql://, not with postgres://.")
    raise ValueError("A store needs SQLite or PostgreSQL: sqlite:///formroute.db, or postgresql://…")


def _is_ambiguous(text: str) -> bool:
    """Whether signs that no database takes are in it, or signs of a password could be taken for those of the address.

    A password with an unescaped `@` goes on in the host, the database or the query.
    """
    if UNKEEPABLE.search(unquote(text)):
        return True
    if not text.startswith(_POSTGRESQL):
        return False
    read = _USER_AND_REST.match(text)
    password, rest = read.group("password", "rest") if read else (None, "")
    place, _, query = rest.partition("?")
    return "@" in place or (password is not None and ("@" in query or "=" in password.partition("?")[2]))


def _of_a_file(url: URL) -> URL:
    """A file of SQLite has neither a user nor a host, and the store alone says how it is opened."""
    elsewhere = url.username or url.password or url.host or url.port or url.drivername not in _SQLITE_DRIVERS
    if elsewhere or (url.database and not Path(url.database).name):
        raise address_error(url)
    if not url.database or url.database.startswith((":memory:", "file:")):
        raise ValueError("A store needs a file that outlives the process: sqlite:///formroute.db")
    if url.query:
        raise ValueError(
            "The address of a store on SQLite ends with its file: write sqlite:///formroute.db, without a question mark"
            " and what follows it. formroute decides itself how the file is opened."
        )
    return url


def _of_a_server(url: URL) -> URL:
    """A server needs a database; and `u:1234` may be a host with its port, or a password that lost its host."""
    if url.port is not None and url.port not in _PORTS:
        raise address_error(url)
    if not url.database and not _NAMES_A_DATABASE & url.query.keys():
        raise _unfinished("names no database")
    if url.port is not None and not url.username and not _NAMES_A_USER & url.query.keys():
        raise _unfinished("names no user, so what follows its colon may be a port or a password")
    return url


def _unfinished(lack: str) -> ValueError:
    return ValueError(
        f"The address of the store {lack}. Write postgresql://user:password@host:port/database, where :password and"
        f" :port may be left out; {ESCAPES}."
    )


def address_error(url: object) -> ValueError:
    """What to write where an address cannot be read; it repeats a mere file name, and nothing else."""
    text = url if isinstance(url, str) and url.isprintable() else ""
    if not text or any(sign in text for sign in ":@?="):
        return ValueError(
            "This is no address of a store. Write sqlite:///formroute.db, or postgresql://user:password@host/database"
            f" with a folder of files; {ESCAPES}."
        )
    return ValueError(f"This is no address of a store: {text}. Write sqlite:///{text}")


def refuse_unknown_options(url: URL, driver: Any) -> None:
    """Raise ValueError for an option after the question mark that PostgreSQL has not; it may be part of a password.

    `driver` is psycopg, whose library knows the options of its version.
    """
    known = {option.keyword.decode() for option in driver.pq.Conninfo.get_defaults()}
    if not url.query.keys() <= known:
        raise ValueError(
            f"{_AFTER_THE_QUESTION_MARK}: PostgreSQL has no option of a name there, such as sslmode=require."
        )
    modes = url.normalized_query.get("sslmode", ())
    if not set(modes) <= set(_SSL_MODES):
        raise ValueError(f"{_AFTER_THE_QUESTION_MARK}: sslmode is one of {', '.join(_SSL_MODES)}.")


def without_options(url: str | URL, told: str) -> str:
    """What a driver or a server said, without the values that it repeats of the options after the question mark."""
    for name, values in read_address(url).normalized_query.items():
        for value in values if name.lower() not in _SHOWN else ():
            told = told.replace(value, "***") if value else told
    return told


def legible(url: str | URL) -> str:
    """A store's address as it may be printed: without its password and its query, which may hold another.

    So may a user or a database in whose name is a sign that seldom stands in one, as where `&` was typed for `?`.
    """
    shown = read_address(url).set(query={})
    if shown.get_backend_name() == _POSTGRESQL:
        shown = shown.set(username=_shown(shown.username), database=_shown(shown.database))
    return shown.render_as_string(hide_password=True).replace(quote(_HIDDEN), _HIDDEN)


def _shown(name: str | None) -> str | None:
    return _HIDDEN if name and not _NAME.fullmatch(name) else name


def sqlite_file(url: str | URL) -> Path:
    """The file of a SQLite address. Raises ValueError when there is none to keep things in."""
    parsed = read_address(url)
    if parsed.get_backend_name() == _POSTGRESQL or not parsed.database:
        raise ValueError("A store on PostgreSQL needs a folder for uploads: name one with files (FORMROUTE_FILES).")
    return Path(parsed.database)
