"""The databases of the tests: marks for one engine alone, and a PostgreSQL server that a run makes and throws away."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

on_sqlite = pytest.mark.parametrize("new_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("new_url", ["postgresql"], indirect=True)

PATIENCE_SECONDS = 60
USER = "formroute"
DEBIAN = Path("/usr/lib/postgresql")


class NoServerError(Exception):
    """Why there is no server to be had."""


@dataclass(slots=True)
class Server:
    """A server in a folder of its own; every database asked of it is a new one.

    Nobody's data depends on its disk, so it does not sync.
    """

    folder: Path
    program: Path
    user: str | None
    numbers: Iterator[int] = field(default_factory=itertools.count)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return once it takes connections. Raises NoServerError."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder,
            "fsync": "off",
            "max_connections": 200,
        }
        command = [self.program, "-D", self.folder / "data", *(f"--{name}={value}" for name, value in settings.items())]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, user=self.user, cwd=self.folder)
        await_ready(self.process, self.folder)

    def stop(self, number: int = signal.SIGQUIT) -> None:
        """SIGQUIT ends it at once, as a crash does; SIGINT as an operator does."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait()
            self.process = None

    def restart(self, *, crash: bool) -> None:
        """End every connection, and start again."""
        self.stop(signal.SIGQUIT if crash else signal.SIGINT)
        self.start()

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"test_{next(self.numbers)}"
        with psycopg.connect(host=str(self.folder), user=USER, dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        return f"postgresql://{USER}@/{name}?host={self.folder}"


def program(name: str) -> Path:
    """A program of PostgreSQL, on the path or where Debian puts it. Raises NoServerError."""
    found = shutil.which(name)
    versions = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    if found is None and not versions:
        raise NoServerError(f"PostgreSQL is not installed (no {name}); on Debian: apt-get install postgresql")
    return Path(found or versions[-1])


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """A server that listens on a socket in its own folder only. Raises NoServerError when none can be had."""
    initdb, postgres = program("initdb"), program("postgres")
    folder = Path(tempfile.mkdtemp(prefix="formroute-pg-"))
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    try:
        if user is not None:
            shutil.chown(folder, user)
        data = folder / "data"
        make = [initdb, "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        made = subprocess.run(make, capture_output=True, text=True, user=user, cwd=folder)
        if made.returncode:
            raise NoServerError(f"initdb failed: {made.stderr.strip()[-300:]}")
        server = Server(folder, postgres, user)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    except (LookupError, PermissionError) as error:
        raise NoServerError(f"PostgreSQL cannot be started as another user: {error}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def await_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Return once the server takes connections. Raises NoServerError when it ends or takes too long."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(host=str(folder), user=USER, dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise NoServerError(f"PostgreSQL did not start: {(folder / 'log').read_text()[-300:]}")
