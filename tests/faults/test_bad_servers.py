"""Promise 3: twenty kinds of fault in the servers that we deliver to, and what becomes of a delivery that meets them.

Each is told as one story with two tries and then one more after `requeue`: the server is at fault until then, and well
afterwards. All that it ever receives has one key and the same bytes.
"""

import contextlib
import email
import socket
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from formroute.catalog import Catalog
from formroute.delivery import Desk, Email, Plan, Post, Webhook, Worker
from formroute.delivery.deadline import ATTEMPT_SECONDS
from formroute.intake import Intake
from formroute.records import Destination
from formroute.store import Delivery, State, Store
from tests.delivery.servers import ScriptedServer, free_port, read_request
from tests.small_city.samples import ANSWERS, NOON, small_city
from tests.store.samples import Clock

SECONDS = 2.0
"""What an attempt may take here; 30 in a city."""
LEEWAY = 10
"""Seconds more in which a busy machine gets round to it."""
PLAN = Plan(attempts=2)

PENDING, DEAD, DELIVERED = State.PENDING, State.DEAD, State.DELIVERED
RETRIED = (PENDING, DEAD, DELIVERED)
"""Tried again, given up after the last try with a cause, and delivered once it is requeued."""
NEVER_AGAIN = (DEAD, DEAD, DELIVERED)
TAKEN = (DELIVERED, DELIVERED, DELIVERED)


class Received(NamedTuple):
    """What a server got to read of one try."""

    key: str
    content: bytes


Behaviour = Callable[[socket.socket, list[Received]], None]


class Fault(NamedTuple):
    """How a server behaves until it is well; None is one that is not there. `wait` is what it asks for."""

    name: str
    handler: str
    behaviour: Behaviour | None
    states: tuple[State, State, State]
    cause: str = ""
    wait: timedelta = timedelta(0)


def http(*parts: str, pause: float = 0.0, endless: str = "") -> Behaviour:
    """Read the whole request, say `parts`, then `endless` for ever or nothing."""

    def behave(connection: socket.socket, received: list[Received]) -> None:
        head, _, body = read_request(connection).partition(b"\r\n\r\n")
        key = next(line[len("webhook-id: ") :] for line in head.decode().splitlines() if line.startswith("webhook-id"))
        received.append(Received(key, body))
        for part in parts:
            connection.sendall(part.encode())
        while endless:
            time.sleep(pause)
            connection.sendall(endless.encode())

    return behave


def smtp(*lines: str, hang: bool = False) -> Behaviour:
    """Say each line, reading one of the client in between; after 354 read the letter, where another line follows."""

    def behave(connection: socket.socket, received: list[Received]) -> None:
        with connection.makefile("rb") as client:
            for number, line in enumerate(lines):
                connection.sendall(line.encode() + b"\r\n")
                if line.startswith("354") and number + 1 < len(lines):
                    letter = b"".join(iter(client.readline, b".\r\n"))
                    received.append(Received(key_of(letter), letter))
                else:
                    client.readline()
            if hang:
                time.sleep(2 * SECONDS)

    return behave


def key_of(letter: bytes) -> str:
    return email.message_from_bytes(letter)["Message-ID"].partition("@")[0].strip("<")


def close(connection: socket.socket, _received: list[Received]) -> None:
    """Take the connection and hang up."""


def reset(connection: socket.socket, _received: list[Received]) -> None:
    connection.recv(10)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silent(connection: socket.socket, _received: list[Received]) -> None:
    connection.recv(1)
    time.sleep(2 * SECONDS)


WELL = {
    "webhook": http("HTTP/1.1 204 No Content\r\n\r\n"),
    "email": smtp("220 hello", "250 hi", "250 ok", "250 ok", "354 go", "250 taken", "221 bye"),
}
TO_THE_DATA = ("220 hello", "250 hi", "250 ok", "250 ok", "354 go")

FAULTS = [
    Fault("is not there", "webhook", None, RETRIED, "refused"),
    Fault("hangs up at once", "webhook", close, RETRIED, "No connection"),
    Fault("resets the connection", "webhook", reset, RETRIED, "reset"),
    Fault("takes the request and says nothing", "webhook", silent, RETRIED, "No full answer within"),
    Fault("drips its answer", "webhook", http("H", endless="T", pause=0.05), RETRIED, "No full answer within"),
    Fault("speaks another language", "webhook", http("SSH-2.0-OpenSSH_9\r\n"), RETRIED, "SSH-2.0"),
    Fault("never ends its headers", "webhook", http("HTTP/1.1 200 OK\r\n", endless="a: b\r\n"), RETRIED, "headers"),
    Fault("redirects", "webhook", http("HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n"), RETRIED, "a redirect"),
    Fault("breaks down", "webhook", http("HTTP/1.1 500 Oh\r\n\r\n"), RETRIED, "HTTP 500"),
    Fault(
        "asks for an hour",
        "webhook",
        http("HTTP/1.1 503 Busy\r\nRetry-After: 3600\r\n\r\n"),
        RETRIED,
        "HTTP 503",
        timedelta(hours=1),
    ),
    Fault("is gone for good", "webhook", http("HTTP/1.1 410 Gone\r\n\r\n"), NEVER_AGAIN, "HTTP 410"),
    Fault("takes it and loses its answer", "webhook", http(), RETRIED, "No connection"),
    Fault("takes it with an endless body", "webhook", http("HTTP/1.1 200 OK\r\n\r\n", endless="x" * 99), TAKEN),
    Fault("is no mail server", "email", smtp("HTTP/1.1 400 Bad Request"), RETRIED, "400 Bad Request"),
    Fault("is too busy to talk", "email", smtp("421 too busy"), RETRIED, "421 too busy"),
    Fault("hangs after its greeting", "email", smtp("220 hello", hang=True), RETRIED, "no full answer within"),
    Fault(
        "has a full mailbox",
        "email",
        smtp("220 hello", "250 hi", "250 ok", "452 full", "250 reset", "221 bye"),
        RETRIED,
        "452 full",
    ),
    Fault("goes away in the letter", "email", smtp(*TO_THE_DATA), RETRIED, "closed"),
    Fault("refuses the letter when it has it", "email", smtp(*TO_THE_DATA, "554 no", "250 r"), RETRIED, "554 no"),
    Fault("takes the letter and loses the goodbye", "email", smtp(*TO_THE_DATA, "250 taken"), TAKEN),
]


@dataclass
class Server:
    """A server with a fault, until it is `well`."""

    fault: Fault
    port: int = 0
    well: bool = False
    received: list[Received] = field(default_factory=list)

    def behave(self, connection: socket.socket) -> None:
        (WELL[self.fault.handler] if self.well else self.fault.behaviour)(connection, self.received)


@contextlib.contextmanager
def server_with(fault: Fault) -> Iterator[tuple[Server, Callable[[], None]]]:
    """The server, and what makes it well."""
    server = Server(fault)
    with contextlib.ExitStack() as stack:

        def listen(port: int = 0) -> None:
            server.port = stack.enter_context(ScriptedServer(server.behave, port)).port

        def get_well() -> None:
            server.well = True
            if fault.behaviour is None:
                listen(server.port)

        if fault.behaviour is None:
            server.port = free_port()
        else:
            listen()
        yield server, get_well


class Town:
    """The small city, where one department is behind the server and its neighbour at the desk."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.clock, self.seconds = Clock(), 0.0
        self.store = Store(f"sqlite:///{folder / 'formroute.db'}", now=self.clock.now)
        self.catalog = town_behind(server)
        environment = {
            "FORMROUTE_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
            "FORMROUTE_MAIL_FROM": "forms@smallville.example",
            "FORMROUTE_ALLOW_NETWORKS": "127.0.0.0/8",
            "LIGHTS_SECRET": "whsec_" + "c2VjcmV0" * 6,
        }
        handlers = {
            "webhook": Webhook(environment, seconds=SECONDS),
            "email": Email(Post(environment, folder, seconds=SECONDS), self.store.uploads.open),
            "desk": Desk(),
        }
        self.worker = Worker(
            self.catalog, self.store, handlers, plan=PLAN, jitter=lambda: 0.0, seconds=lambda: self.seconds
        )
        self.reference = Intake(self.catalog, self.store, clock=self.clock).submit("lamp", ANSWERS).reference

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        return self.store.find(self.reference).deliveries

    def deliver(self) -> Delivery:
        """A round of the worker, in time; the delivery that goes to the server."""
        began = time.monotonic()
        self.worker.deliver_due()
        assert time.monotonic() - began < SECONDS + LEEWAY
        server, neighbour = self.deliveries
        assert neighbour.state is DELIVERED
        assert self.store.outbox.standing().deliveries.add_up
        return server

    def later(self, span: timedelta) -> None:
        self.clock.forward(span)
        self.seconds += span.total_seconds()


def town_behind(server: Server) -> Catalog:
    url = f"http://127.0.0.1:{server.port}/"
    settings = {"url": url, "secret_env": "LIGHTS_SECRET", "to": "lights@example.org"}
    ways = {"lights": (server.fault.handler, settings), "ward": ("desk", {})}
    city = small_city()
    departments = {
        name: replace(department, deliver=(Destination(name, *ways[name]),))
        for name, department in city.departments.items()
    }
    return Catalog(**{name: getattr(city, name) for name in Catalog.__slots__} | {"departments": departments})


@pytest.mark.parametrize("fault", [pytest.param(fault, id=f"{fault.handler} {fault.name}") for fault in FAULTS])
def test_a_server_with_a_fault(fault: Fault, folder: Path) -> None:
    with server_with(fault) as (server, get_well):
        town = Town(server, folder)
        first = town.deliver()
        town.later(timedelta(days=1))
        second = town.deliver()
        get_well()
        town.later(timedelta(days=1))
        town.store.outbox.requeue(second, second.destination)
        third = town.deliver()
    town.store.close()
    assert (first.state, second.state, third.state) == fault.states
    assert fault.cause in first.cause
    assert bool(first.fix) == (first.state is not DELIVERED)
    assert first.state is not PENDING or first.next_at >= NOON + max(fault.wait, PLAN.first)
    assert first.key == second.key == third.key
    assert set(server.received) == {Received(first.key, server.received[-1].content)}
    assert first.state is DELIVERED or server.received[-1].content == first.payload


def test_there_are_twenty_and_no_try_may_take_longer_than_half_a_minute() -> None:
    assert len({(fault.handler, fault.name) for fault in FAULTS}) == 20
    assert {fault.handler for fault in FAULTS} == {"webhook", "email"}
    assert ATTEMPT_SECONDS == 30
    assert Webhook({})._seconds == Post({}, Path())._seconds == ATTEMPT_SECONDS
