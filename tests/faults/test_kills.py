"""Promise 1: accepted means stored. Processes are killed at random while they accept and deliver."""

import random
import time
from pathlib import Path

from formroute.store import Store
from tests.faults.actors import Crew, Lines, deliver, faults_in, send, worker
from tests.faults.numbers import times

KILLS = times(50, 500)
"""On each engine, so 100 in the ordinary run and 1,000 in the long one."""


def answers(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("answered-*"))


def wait_for_an_answer(folder: Path) -> None:
    before, until = answers(folder), time.monotonic() + 10
    while answers(folder) == before and time.monotonic() < until:
        time.sleep(0.002)


def test_nothing_is_lost_however_often_processes_are_killed(url: str, files: Path, folder: Path) -> None:
    store = Store(url, files)
    chance = random.Random(8311)
    most = 4 * KILLS  # so that there is always something to send
    senders = {f"sender{number}": (send, url, files, folder, f"sender{number}", most) for number in range(2)}
    workers = {f"worker{number}": (deliver, url, files, folder) for number in range(2)}
    crew = Crew({**senders, **workers})
    for number in range(KILLS):
        time.sleep(chance.uniform(0.01, 0.12))
        crew.replace(chance.choice(list(crew.roles)))
        if number % 10 == 0:  # however slow the machine is, somebody gets an answer now and then
            wait_for_an_answer(folder)
    time.sleep(0.5)
    crew.end()
    for name in senders:  # who pressed Send without an answer presses it again
        tried = len(list(Lines(folder / f"tried-{name}").read()))
        send(url, files, folder, name, tried + 1)
    survivor = worker(store, Lines(folder / "arrived"))
    until = time.monotonic() + 120
    while store.outbox.standing().deliveries.pending and time.monotonic() < until:
        survivor.deliver_due()
        time.sleep(0.01)
    accepted = store.outbox.standing().submissions.accepted
    faults = faults_in(store, folder)
    store.close()
    assert faults == []
    assert accepted > KILLS / 12
