"""Workers that are killed while they deliver: everything arrives, and what arrives twice has the same key and bytes."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

from formroute.delivery import Worker
from formroute.intake import Intake
from tests.small_city.samples import ANSWERS, small_city

SUBMISSIONS = 6
KILLS = 4
LEASE = timedelta(seconds=1)


class Logbook:
    """A handler whose other side is a file; it renders differently each time it is asked."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def render(self, message, delivery) -> bytes:
        return random.randbytes(8).hex().encode()

    def send(self, payload: bytes, delivery):
        from formroute.delivery import Sent

        time.sleep(0.01)
        os.write(self._file, b"%s %s\n" % (delivery.key.encode(), payload))
        time.sleep(0.01)
        return Sent()


def worker(store, path: Path) -> Worker:
    handlers = dict.fromkeys(("email", "webhook", "desk"), Logbook(path))
    return Worker(small_city(), store, handlers, lease=LEASE)


DELIVER = """
import sys
from pathlib import Path
from formroute.store import Store
from tests.delivery.test_kill import worker
at_work = worker(Store(sys.argv[1], sys.argv[3]), Path(sys.argv[2]))
print("ready", flush=True)
at_work.run()
"""


def test_a_killed_worker_loses_nothing(intake: Intake, tmp_path: Path) -> None:
    for _ in range(SUBMISSIONS):
        intake.submit("lamp", ANSWERS)
    url, log = str(intake.store.database.engine.url), tmp_path / "log"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    for number in range(KILLS):
        command = [sys.executable, "-c", DELIVER, url, str(log), str(intake.store.folder.path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
            process.stdout.readline()
            time.sleep(0.05 + 0.017 * number)
            process.send_signal(signal.SIGKILL)
    survivor = worker(intake.store, log)
    until = time.monotonic() + 30
    while intake.store.outbox.standing().deliveries.pending:
        survivor.deliver_due()
        assert time.monotonic() < until
        time.sleep(0.05)
    standing = intake.store.outbox.standing()
    assert (standing.deliveries.delivered, standing.submissions.delivered) == (4 * SUBMISSIONS, SUBMISSIONS)
    arrived: dict[str, list[str]] = defaultdict(list)
    for line in log.read_text().splitlines():
        key, payload = line.split()
        arrived[key].append(payload)
    assert len(arrived) == 4 * SUBMISSIONS
    assert all(len(set(payloads)) == 1 for payloads in arrived.values())
    assert sum(map(len, arrived.values())) <= 4 * SUBMISSIONS + KILLS
