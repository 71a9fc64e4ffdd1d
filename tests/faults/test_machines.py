"""Eight processes on two machines share one PostgreSQL: nothing is claimed twice, also while the server restarts."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import OperationalError

from formroute.intake import Intake
from formroute.store import Store, StoreError
from tests.databases import on_postgresql, running_server
from tests.faults.actors import LEASE, Crew, Lines, faults_in, send, worker
from tests.faults.numbers import times
from tests.small_city.samples import ANSWERS, NOON, small_city

MACHINES, PROCESSES_EACH = 2, 4
SUBMISSIONS = times(20, 400)
RESTARTS = times(2, 10)
PATIENCE_SECONDS = 120
MINUTE = timedelta(minutes=1)
"""Longer than any process is kept waiting for its turn on a busy machine: no lease ends in the middle of a try."""


def deliver_patiently(url: str, files: Path, folder: Path, name: str, lease: timedelta = LEASE) -> None:
    """Deliver until killed, however often the server goes away; notes what it sent under its name."""
    while True:
        try:
            store = Store(url, files)
            at_work = worker(store, Lines(folder / "arrived"), lease)
            while True:
                if at_work.deliver_one():
                    Lines(folder / "by").add(name)
                else:
                    time.sleep(0.02)
        except (OperationalError, StoreError):
            time.sleep(0.05)


def send_patiently(url: str, files: Path, folder: Path, name: str, most: int) -> None:
    """Press Send until there is a reference, however often the server goes away."""
    while True:
        try:
            send(url, files, folder, name, most)
            return
        except (OperationalError, StoreError):
            time.sleep(0.05)


@on_postgresql
def test_eight_processes_on_two_machines_claim_nothing_twice(url: str, files: Path, folder: Path) -> None:
    store = Store(url, files)
    intake = Intake(small_city(), store, clock=lambda: NOON)
    for number in range(SUBMISSIONS):
        intake.submit("lamp", ANSWERS, token=f"token {number}")
    names = [f"machine{machine}-{number}" for machine in range(MACHINES) for number in range(PROCESSES_EACH)]
    crew = Crew({name: (deliver_patiently, url, files, folder, name, MINUTE) for name in names})
    wait_until_delivered(store)
    crew.end()
    arrived = Counter(key for key, _ in Lines(folder / "arrived").read())
    standing = store.outbox.standing()
    store.close()
    assert len(arrived) == standing.deliveries.delivered == 4 * SUBMISSIONS
    assert set(arrived.values()) == {1}
    assert {name for (name,) in Lines(folder / "by").read()} == set(names)


def test_nothing_is_lost_when_the_server_restarts(folder: Path) -> None:
    """Twice as the operator does it, else as a crash does: residents and workers go on as soon as it is there again."""
    with running_server() as server:
        url, files = server.new_database(), folder / "files"
        store = Store(url, files)
        most = 40 * RESTARTS
        residents = {
            f"sender{number}": (send_patiently, url, files, folder, f"sender{number}", most) for number in (0, 1)
        }
        workers = {f"worker{number}": (deliver_patiently, url, files, folder, f"worker{number}") for number in (0, 1)}
        crowd, crew = Crew(residents), Crew(workers)
        for number in range(RESTARTS):
            wait_for_another_answer(folder)
            server.restart(crash=number % 2 == 1)
        wait_for_another_answer(folder)
        crowd.end()
        for name in residents:  # who pressed Send without an answer presses it again
            tried = len(list(Lines(folder / f"tried-{name}").read()))
            send_patiently(url, files, folder, name, tried + 1)
        wait_until_delivered(store)
        crew.end()
        faults = faults_in(store, folder)
        store.close()
    assert faults == []


def wait_until_delivered(store: Store) -> None:
    """However long it takes, as long as it goes on."""
    until, least = time.monotonic() + PATIENCE_SECONDS, None
    while pending := store.outbox.standing().deliveries.pending:
        if least is None or pending < least:
            until, least = time.monotonic() + PATIENCE_SECONDS, pending
        assert time.monotonic() < until
        time.sleep(0.05)


def wait_for_another_answer(folder: Path) -> None:
    def answers() -> int:
        return sum(1 for path in folder.glob("answered-*") for _ in Lines(path).read())

    before, until = answers(), time.monotonic() + PATIENCE_SECONDS
    while answers() < before + 5:
        assert time.monotonic() < until
        time.sleep(0.02)
