"""Asking a scanner for malware about a file before anybody gets it."""

from __future__ import annotations

import contextlib
import itertools
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Scanner = Callable[[Path], str]
"""Gives an empty text for a file that is clean, and else why it is refused, for the operator's log. Whatever it raises
means that it could not tell.
"""

CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Clamd:
    """ClamAV's daemon, as a scanner: `address` is the path of its socket, or `host:port`.

    `seconds` is the longest that it may be silent. Its `StreamMaxLength` must be as large as the largest file of any
    form.
    """

    address: str
    seconds: float = 30.0

    def __call__(self, path: Path) -> str:
        """What it found. Raises OSError when it cannot be reached, is silent, or could not look."""
        with self._connected() as connection, path.open("rb") as file:
            connection.sendall(b"zINSTREAM\0")
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it said why before it hung up
                for part in itertools.chain(iter(lambda: file.read(CHUNK), b""), [b""]):
                    connection.sendall(len(part).to_bytes(4, "big") + part)
            return _found(_answer(connection))

    def _connected(self) -> socket.socket:
        host, colon, port = self.address.rpartition(":")
        if colon and port.isdecimal():
            return socket.create_connection((host.strip("[]"), int(port)), timeout=self.seconds)
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(self.seconds)
        try:
            connection.connect(self.address)
        except OSError:
            connection.close()
            raise
        return connection


def _answer(connection: socket.socket) -> str:
    """Up to the NUL that ends it (clamd(8), commands that begin with z)."""
    said = b""
    while not said.endswith(b"\0") and len(said) < CHUNK and (more := connection.recv(CHUNK)):
        said += more
    return said.rstrip(b"\0").decode("utf-8", "replace")


def _found(answer: str) -> str:
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise OSError(f"the scanner said {answer!r}")
