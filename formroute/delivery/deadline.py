"""Connections that end in time."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

from formroute.delivery.guard import Address

ATTEMPT_SECONDS = 30.0


class RefusedAddressError(OSError):
    """The name leads to an address that nothing may be sent to."""


class Deadline:
    """The end of one attempt: whatever still waits on a watched connection is cut off then."""

    def __init__(self, seconds: float = ATTEMPT_SECONDS) -> None:
        self._end = time.monotonic() + seconds
        self._watched: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._watched is not None:
            self._watched.close()

    @property
    def passed(self) -> bool:
        """Whether the attempt has used up its time."""
        return time.monotonic() >= self._end

    def remaining(self) -> float:
        """Seconds that are left. Raises TimeoutError when none is."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def watch(self, connection: socket.socket) -> None:
        """Shut `connection` down at the end, even below the TLS that is put on it later."""
        self._watched = connection.dup()
        self.remaining()

    def _cut(self) -> None:
        if self._watched is not None:
            with contextlib.suppress(OSError):
                self._watched.shutdown(socket.SHUT_RDWR)


def anywhere(_address: Address) -> bool:
    """For servers that the operator chose: any address will do."""
    return True


def connect(host: str, port: int, deadline: Deadline, may: Callable[[Address], bool] = anywhere) -> socket.socket:
    """A connection to the first address of `host` that answers; the very address that was judged is the one used.

    Raises RefusedAddressError when any of its addresses may not be connected to, else OSError.
    """
    targets = _resolve(host, port)
    for *_, place in targets:
        address = ipaddress.ip_address(str(place[0]).partition("%")[0])
        if not may(address):
            raise RefusedAddressError(f"{host} leads to {address}, where nothing may be sent")
    return _first_that_answers(targets, deadline)


def _resolve(host: str, port: int) -> Sequence[tuple[Any, ...]]:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise OSError(f"{host} is not the name of a machine") from None


def _first_that_answers(targets: Sequence[tuple[Any, ...]], deadline: Deadline) -> socket.socket:
    errors: list[OSError] = []
    for family, kind, protocol, _, place in targets:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(deadline.remaining())
            connection.connect(place)
            deadline.watch(connection)
        except OSError as error:
            connection.close()
            errors.append(error)
        else:
            return connection
    raise errors[-1]
