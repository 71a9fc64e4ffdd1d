"""Servers that a test scripts byte by byte, and real ones."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Self

from aiosmtpd.controller import Controller

Behaviour = Callable[[socket.socket], None]


class ScriptedServer:
    """Every connection meets the same behaviour; `connections` counts them."""

    def __init__(self, behaviour: Behaviour, port: int = 0) -> None:
        self.connections = 0
        self._behaviour = behaviour
        self._listener = socket.create_server(("127.0.0.1", port))
        self._threads: list[threading.Thread] = []
        self.port = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._start(self._listen)
        return self

    def __exit__(self, *_error: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _start(self, run: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=run, args=given)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with contextlib.suppress(OSError), connection:
            self._behaviour(connection)


def read_request(connection: socket.socket) -> bytes:
    """One HTTP request with its body."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536) or b"\r\n\r\n"
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.splitlines() if line.lower().startswith(b"content-length"))
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


class Posted(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes


@contextlib.contextmanager
def web_server(status: int = 204) -> Iterator[tuple[str, list[Posted]]]:
    """A real HTTP server: its address, and what was posted to it."""
    posted: list[Posted] = []

    class Intake(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posted.append(Posted(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Intake) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/intake", posted
        finally:
            server.shutdown()
            thread.join()


class Letter(NamedTuple):
    sender: str
    recipients: list[str]
    content: bytes


class Mailbox:
    """A handler for aiosmtpd that keeps what it takes, and answers as told."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.letters: list[Letter] = []
        self._answer = answer

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        if self._answer.startswith("250"):
            self.letters.append(Letter(envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return self._answer


@contextlib.contextmanager
def mail_server(mailbox: object, **options: object) -> Iterator[int]:
    """A real SMTP server; yields its port."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
