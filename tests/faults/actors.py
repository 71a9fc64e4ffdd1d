"""Processes that are killed: residents who press Send until they see a reference, and workers."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import random
import secrets
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from formroute.delivery import Failed, Plan, Sent, Worker
from formroute.intake import Intake
from formroute.store import Store
from tests.faults.pauses import NO_PAUSES
from tests.small_city.samples import ANSWERS, NOON, small_city

LEASE = timedelta(milliseconds=400)
PLAN = Plan(attempts=10_000, first=timedelta(milliseconds=20), factor=1, longest=timedelta(milliseconds=20))
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.faults.actors", "pytest"])
importlib.import_module("sqlalchemy.dialects.postgresql.psycopg")
small_city()  # once: every process is forked from one that has it


class Lines:
    """A file to which several processes add whole lines."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, *words: str) -> None:
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, " ".join(words).encode() + b"\n")
        os.close(descriptor)

    def read(self) -> Iterator[list[str]]:
        if self.path.exists():
            yield from (line.split() for line in self.path.read_text().splitlines())


class Logbook:
    """A handler whose other side is a file; it renders differently each time it is asked, and fails now and then."""

    def __init__(self, arrived: Lines) -> None:
        self.arrived = arrived

    def render(self, message, delivery) -> bytes:
        return secrets.token_hex(8).encode()

    def send(self, payload: bytes, delivery):
        if random.random() < 0.1:
            return Failed("busy")
        self.arrived.add(delivery.key, payload.decode())
        return Sent()


def worker(store: Store, arrived: Lines, lease: timedelta = LEASE) -> Worker:
    """A worker to which an address that failed is good again at once."""
    handlers = dict.fromkeys(("email", "webhook", "desk"), Logbook(arrived))
    return Worker(small_city(), store, handlers, lease=lease, plan=PLAN, pauses=NO_PAUSES)


def deliver(url: str, files: Path, folder: Path) -> None:
    """Deliver until killed."""
    at_work = worker(Store(url, files), Lines(folder / "arrived"))
    while True:
        at_work.deliver_due()
        time.sleep(0.03)


def send(url: str, files: Path, folder: Path, name: str, most: int) -> None:
    """Send form after form until killed; first again what was sent and not answered, as a resident does."""
    with closing(Store(url, files)) as store:
        _send(Intake(small_city(), store, clock=lambda: NOON), folder, name, most)


def _send(intake: Intake, folder: Path, name: str, most: int) -> None:
    tried, answered = Lines(folder / f"tried-{name}"), Lines(folder / f"answered-{name}")
    done = {token for token, _ in answered.read()}
    tokens = [token for (token,) in tried.read()]
    waiting = [token for token in tokens if token not in done]
    for number in range(len(tokens), most):
        token = f"{name}-{number}"
        if not waiting:
            tried.add(token)
        token = waiting.pop() if waiting else token
        answered.add(token, intake.submit("lamp", ANSWERS, token=token).reference)
        time.sleep(0.01)


class Crew:
    """Processes that are replaced when they are killed."""

    def __init__(self, roles: dict[str, tuple]) -> None:
        self.roles = roles
        self.processes = {name: self._start(name) for name in roles}

    def _start(self, name: str):
        target, *arguments = self.roles[name]
        process = PROCESSES.Process(target=target, args=arguments, daemon=True)
        process.start()
        return process

    def kill(self, name: str) -> None:
        process = self.processes[name]
        os.kill(process.pid, signal.SIGKILL) if process.is_alive() else None
        process.join()
        process.close()

    def replace(self, name: str) -> None:
        self.kill(name)
        self.processes[name] = self._start(name)

    def end(self) -> None:
        for name in self.processes:
            self.kill(name)


def faults_in(store: Store, folder: Path) -> list[str]:
    """Everything that breaks a promise, in sentences: compared are what residents saw, the store, and what arrived."""
    found = []
    references: dict[str, set[str]] = defaultdict(set)
    for path in folder.glob("answered-*"):
        for token, reference in Lines(path).read():
            references[token].add(reference)
    arrived: dict[str, list[str]] = defaultdict(list)
    for key, payload in Lines(folder / "arrived").read():
        arrived[key].append(payload)
    for token, given in references.items():
        if len(given) > 1:
            found.append(f"{token} was given {len(given)} references")
    keys = set()
    for reference in set().union(*references.values()):
        stored = store.find(reference)
        if stored is None or len(stored.deliveries) != 4:
            found.append(f"{reference} was lost")
            continue
        keys |= {delivery.key for delivery in stored.deliveries}
    found += [f"{key} never arrived" for key in keys - arrived.keys()]
    found += [f"{key} arrived with two contents" for key, payloads in arrived.items() if len(set(payloads)) > 1]
    standing = store.outbox.standing()
    if not (standing.submissions.add_up and standing.deliveries.add_up):
        found.append(f"the figures do not add up: {standing}")
    if standing.deliveries.dead or standing.deliveries.pending:
        found.append(f"not everything is delivered: {standing.deliveries}")
    if standing.submissions.accepted != len(references):
        found.append(f"{standing.submissions.accepted} were accepted of {len(references)} sent")
    if (broken := store.chain.audit().broken) is not None:
        found.append(broken)
    return found
