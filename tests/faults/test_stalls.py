"""Promise 7: a worker that is stopped past its lease, and wakes up, changes nothing."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from formroute.delivery import Failed, Worker
from formroute.intake import Intake
from formroute.store import Delivered, Store
from formroute.store.tables import events, outbox
from tests.faults.actors import PROCESSES
from tests.faults.numbers import times
from tests.faults.pauses import NO_PAUSES
from tests.small_city.samples import ANSWERS, small_city

STALLS = times(5, 50)
"""On each engine."""
LEASE = timedelta(milliseconds=50)


class Stalling:
    """A handler that stops its own process in the middle of sending, and then fails for good."""

    def render(self, message, delivery) -> bytes:
        return b"letter"

    def send(self, payload: bytes, delivery):
        os.kill(os.getpid(), signal.SIGSTOP)
        return Failed("woke up late", final=True)


def deliver_until_killed(url: str, files: Path) -> None:
    handlers = dict.fromkeys(("email", "webhook", "desk"), Stalling())
    worker = Worker(small_city(), Store(url, files), handlers, lease=LEASE, pauses=NO_PAUSES)
    while True:
        worker.deliver_one()


def is_stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def rows(store: Store) -> list[tuple]:
    with store.database.reading() as connection:
        written = connection.execute(select(events.c.id, events.c.kind).order_by(events.c.id)).all()
        return [*connection.execute(select(outbox).order_by(outbox.c.id)).all(), *written]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see that a process is stopped")
def test_who_wakes_up_after_the_lease_changes_nothing(url: str, files: Path) -> None:
    store = Store(url, files)
    intake = Intake(small_city(), store)
    process = PROCESSES.Process(target=deliver_until_killed, args=(url, files), daemon=True)
    process.start()
    try:
        for number in range(STALLS):
            intake.submit("lamp", ANSWERS)
            wait_for(lambda: is_stopped(process.pid))
            settle_all(store, number)
            before = rows(store)
            os.kill(process.pid, signal.SIGCONT)
            wait_for(lambda: not is_stopped(process.pid))
            time.sleep(0.05)
            assert rows(store) == before
    finally:
        process.kill()
        process.join()
        process.close()
        store.close()


def settle_all(store: Store, number: int) -> None:
    """Another worker delivers everything, also what the stopped one holds once its lease is over."""
    claims = 0
    while store.outbox.standing().deliveries.pending:
        delivery = store.outbox.claim(f"{number}-{claims}")
        claims += 1
        if delivery is None:
            time.sleep(0.01)
        else:
            assert store.outbox.settle(delivery, Delivered())


def wait_for(what) -> None:
    until = time.monotonic() + 30
    while not what():
        assert time.monotonic() < until
        time.sleep(0.005)
