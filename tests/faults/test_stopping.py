"""A site that is stopped or reloaded under load refuses no request that it took, and cuts no delivery off."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import func, select

from formroute.catalog import load_catalog
from formroute.intake import Intake
from formroute.store import Store
from formroute.store.tables import outbox
from tests.copies import copied, edit
from tests.databases import on_postgresql
from tests.delivery.servers import free_port
from tests.faults.actors import Lines
from tests.faults.numbers import times
from tests.small_city.samples import ANSWERS, FOLDER
from tests.web.api.test_api import ANSWERS as POTHOLE

ROOT = Path(__file__).parent.parent.parent
COMMAND = ("-c", "from formroute.cli import main; main()")
LAMPS = 10
PATIENCE = 120
RESIDENTS = 4
RELOADS = times(1, 10)
SIGNALS = times([signal.SIGTERM], [signal.SIGTERM, signal.SIGINT])
SLOW = 0.05
"""Seconds that the department takes over each delivery, so that a stop falls into one."""


class Department:
    """A webhook's other side: what began to arrive, and what was answered."""

    def __init__(self) -> None:
        self.begun: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.port = 0


@contextlib.contextmanager
def slow_department() -> Iterator[Department]:
    department = Department()

    class Intake(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            department.begun[self.headers["webhook-id"]] += 1
            time.sleep(SLOW)
            self.send_response(204)
            self.end_headers()
            self.wfile.flush()
            department.answered[self.headers["webhook-id"]] += 1

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Intake) as server:
        department.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield department
        finally:
            server.shutdown()
            thread.join()


class City:
    """The small city with its files in a folder of its own, and a department that takes its time."""

    form, answers = "lamp", ANSWERS

    def __init__(self, folder: Path, department: Department, url: str | None = None) -> None:
        self.folder = folder
        self.url = url or f"sqlite:///{folder / 'formroute.db'}"
        self.department = department
        self.port = free_port()
        self.store = Store(self.url, folder / "files")
        self.log = folder / "log"
        self.begun, self.answered = Lines(folder / "begun"), Lines(folder / "answered")
        schemas = copied(FOLDER, folder / "schemas")
        edit(schemas / "departments.yaml", ":8311/intake", f":{department.port}/intake")

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "FORMROUTE_PORT": str(self.port),
            "FORMROUTE_DATA": str(self.folder),
            "FORMROUTE_STORE": self.url,
            "FORMROUTE_FILES": str(self.folder / "files"),
            "FORMROUTE_SCHEMAS": str(self.folder / "schemas"),
            "FORMROUTE_ALLOW_NETWORKS": "127.0.0.0/8",
            "LIGHTS_SECRET": "whsec_" + "c2VjcmV0" * 6,
            "BEGUN": str(self.begun.path),
        }

    @contextlib.contextmanager
    def process(self, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command], env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def post(self, key: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        with contextlib.closing(connection):
            body = json.dumps({"answers": self.answers})
            connection.request("POST", f"/api/forms/{self.form}/submissions", body, headers)
            answer = connection.getresponse()
            told = json.load(answer)
        self.answered.add(key, str(answer.status), str(told.get("reference")))
        return answer.status

    def press_send(self, name: int, refused: list[str], enough: threading.Event) -> None:
        """One resident after the other, until it is enough or the site is not there any more."""
        for number in itertools.count():
            if enough.is_set():
                return
            try:
                self.post(f"{name}-{number}")
            except (OSError, http.client.HTTPException) as error:
                refused.append(f"{name}-{number} {type(error).__name__}")
                return

    @contextlib.contextmanager
    def residents(self) -> Iterator[list[str]]:
        """Residents that send one form after the other; yields who was refused, by name and number."""
        refused: list[str] = []
        enough = threading.Event()
        threads = [threading.Thread(target=self.press_send, args=(name, refused, enough)) for name in range(RESIDENTS)]
        for thread in threads:
            thread.start()
        try:
            yield refused
        finally:
            enough.set()
            for thread in threads:
                thread.join()

    def accepted(self) -> int:
        return sum(1 for _ in self.answered.read())

    def in_somebodys_hands(self) -> int:
        """Deliveries that were begun and not settled."""
        with self.store.database.reading() as connection:
            return connection.scalars(select(func.count()).where(outbox.c.holder.is_not(None))).one()

    def check(self) -> None:
        """Whatever was begun was answered, whatever was accepted is known to who sent it, no delivery was cut off."""
        answered = {key: (status, reference) for key, status, reference in self.answered.read()}
        assert {key for (key,) in self.begun.read()} <= answered.keys()
        assert {status for status, _ in answered.values()} <= {"201"}
        assert all(self.store.find(reference) is not None for _, reference in answered.values())
        standing = self.store.outbox.standing()
        assert standing.submissions.accepted == len(answered)
        assert standing.deliveries.add_up
        assert standing.deliveries.dead == 0
        self.check_deliveries()

    def check_deliveries(self) -> None:
        assert self.in_somebodys_hands() == 0
        assert set(self.department.begun.values()) == {1}
        assert self.department.begun == self.department.answered


class Example(City):
    """The example, with Winnipeg's forms; its departments have no webhook."""

    form, answers = "pothole", POTHOLE

    def check_deliveries(self) -> None:
        assert self.in_somebodys_hands() == 0


@pytest.fixture
def city(folder: Path) -> Iterator[City]:
    with slow_department() as department:
        city = City(folder, department)
        yield city
        city.store.close()


def wait_for(what: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


def is_up(city: City) -> bool:
    with contextlib.suppress(OSError):
        return city.post("first") == 201
    return False


@pytest.mark.parametrize("kind", times(["gthread"], ["gthread", "sync"]))
def test_gunicorn_is_reloaded_and_stopped_under_load(city: City, kind: str) -> None:
    options = ["--workers", "2", "--worker-class", kind, "--threads", "4" if kind == "gthread" else "1"]
    options += ["--no-control-socket", "--bind", f"127.0.0.1:{city.port}"]
    with city.process("-m", "gunicorn", *options, "tests.faults.site:app") as site:
        wait_for(lambda: is_up(city))
        with city.residents() as refused:
            for _ in range(RELOADS):
                known = city.accepted()
                wait_for(lambda known=known: city.accepted() > known + 20)
                site.send_signal(signal.SIGHUP)
            wait_for(lambda: city.log.read_text().count("Worker exiting") == 2 * RELOADS)
            known, delivered = city.accepted(), len(city.department.begun)
            wait_for(lambda: city.accepted() > known + 20 and len(city.department.begun) > delivered)
            assert refused == []
            site.send_signal(signal.SIGTERM)
            assert site.wait(PATIENCE) == 0
    city.check()


@pytest.mark.parametrize("number", SIGNALS)
def test_the_example_is_stopped_under_load(folder: Path, number: signal.Signals) -> None:
    city = Example(folder, Department())
    with city.process(str(ROOT / "examples" / "flask_site" / "app.py")) as site:
        wait_for(lambda: is_up(city))
        with city.residents():
            wait_for(lambda: city.accepted() > 20)
            site.send_signal(number)
            assert site.wait(PATIENCE) == 0
    city.check()
    city.store.close()


@pytest.mark.parametrize("number", SIGNALS)
def test_a_worker_of_its_own_is_stopped_in_the_middle_of_a_delivery(city: City, number: signal.Signals) -> None:
    stop_in_the_middle(city, number, "deliver")


@on_postgresql
@pytest.mark.parametrize("number", SIGNALS)
def test_a_worker_of_jobs_is_stopped_in_the_middle_of_a_delivery(
    url: str, folder: Path, number: signal.Signals
) -> None:
    """Another one then delivers the rest, each once: also what was deferred as a job that nobody took."""
    with slow_department() as department:
        city = City(folder, department, url)
        stop_in_the_middle(city, number, "deliver", "--jobs")
        with city.process(*COMMAND, "deliver", "--jobs") as worker:
            wait_for(lambda: city.store.outbox.standing().deliveries.pending == 0)
            worker.send_signal(number)
            assert worker.wait(PATIENCE) == 0
        city.check_deliveries()
        assert sum(department.begun.values()) == LAMPS
        city.store.close()


def stop_in_the_middle(city: City, number: signal.Signals, *command: str) -> None:
    intake = Intake(load_catalog(city.folder / "schemas"), city.store)
    for _ in range(LAMPS):
        intake.submit("lamp", city.answers)
    with city.process(*COMMAND, *command) as worker:
        wait_for(lambda: len(city.department.begun) >= 2)
        worker.send_signal(number)
        assert worker.wait(PATIENCE) == 0
    city.check_deliveries()
    standing = city.store.outbox.standing().deliveries
    assert standing.pending > 0
    assert standing.add_up
