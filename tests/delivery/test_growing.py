"""From a thread to processes to procrastinate, as docs/growing.md tells it: one store, and nothing lost on the way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from formroute.cli import main
from formroute.delivery import Desk, Failed, Sent, Worker
from formroute.delivery.jobs import install, run_jobs, uninstall
from formroute.intake import Intake
from formroute.store import State, Store
from tests.databases import Server
from tests.small_city.samples import ANSWERS, FOLDER, small_city


class Recorder(Desk):
    """Notes what it sends, and fails for the departments it is told."""

    def __init__(self, failing: tuple[str, ...] = ()) -> None:
        self.sent: list[str] = []
        self.failing = failing

    def send(self, payload: bytes, delivery) -> Sent | Failed:
        if delivery.destination.department in self.failing:
            return Failed("down", "wait")
        self.sent.append(delivery.key)
        return Sent()


@pytest.fixture
def store(postgres: Server, files: Path) -> Iterator[Store]:
    store = Store(postgres.new_database(), files)
    yield store
    store.close()


def worker(store: Store, recorder: Recorder) -> Worker:
    return Worker(small_city(), store, dict.fromkeys(("email", "webhook", "desk"), recorder), jitter=lambda: 0.0)


def submit(store: Store) -> str:
    return Intake(small_city(), store).submit("lamp", ANSWERS).reference


def jobs(store: Store) -> list[datetime]:
    """When each job that waits is due."""
    with store.database.reading() as connection:
        rows = connection.execute(text("SELECT scheduled_at FROM procrastinate_jobs WHERE status = 'todo' ORDER BY 1"))
        return [row.scheduled_at for row in rows]


def test_a_delivery_and_its_job_are_one_commit(store: Store) -> None:
    install(store)
    submit(store)
    assert len(jobs(store)) == 4
    stored = store.find(submit(store))
    row = "INSERT INTO outbox SELECT id + 100, submission, key || 'x', department, handler, settings, address,"
    rest = " state, attempts, next_at, NULL, NULL, cause, fix, NULL FROM outbox LIMIT 1"
    with store.database.engine.connect() as connection:
        connection.execute(text(row + rest))
        connection.rollback()
    assert len(jobs(store)) == 8 == 2 * len(stored.deliveries)


def test_jobs_deliver_everything(store: Store) -> None:
    install(store)
    reference, recorder = submit(store), Recorder()
    run_jobs(store, worker(store, recorder), wait=False)
    assert [delivery.state for delivery in store.find(reference).deliveries] == [State.DELIVERED] * 4
    assert len(set(recorder.sent)) == len(recorder.sent) == 4
    assert jobs(store) == []


def test_a_retry_is_a_job_at_its_time_in_the_commit_that_settles(store: Store) -> None:
    install(store)
    reference = submit(store)
    run_jobs(store, worker(store, Recorder(failing=("ward",))), wait=False)
    (late,) = jobs(store)
    ward = store.find(reference).deliveries[3]
    assert (ward.state, ward.attempts) == (State.PENDING, 1)
    assert abs(late - ward.next_at) < timedelta(milliseconds=1)
    assert late > datetime.now(UTC)


def test_the_page_from_top_to_bottom(postgres: Server, tmp_path: Path) -> None:
    """A thread, processes, PostgreSQL, jobs; what waits when the way changes is delivered by the new one."""
    file, server = f"sqlite:///{tmp_path / 'formroute.db'}", postgres.new_database()
    recorder = Recorder()
    with closing(Store(file)) as store:
        first = submit(store)
        thread = worker(store, recorder)
        thread.start()
        while store.outbox.standing().deliveries.pending:
            time.sleep(0.02)
        thread.stop()

        second = submit(store)
        worker(store, recorder).deliver_due()  # what `formroute deliver` does, in a process of its own
        third = submit(store)

    for command in (["backup"], ["restore", "--files", tmp_path / "files"]):
        words = [*command, tmp_path / "moving.tar.gz", "--store", file if command == ["backup"] else server]
        assert CliRunner().invoke(main, list(map(str, words))).exit_code == 0
    with closing(Store(server, tmp_path / "files")) as store:
        jobs_from_here(store, recorder, first, second, third)


def jobs_from_here(store: Store, recorder: Recorder, first: str, second: str, third: str) -> None:
    """`third` waits since before procrastinate is there: no job tells of it."""
    install(store)
    install(store)
    fourth = submit(store)
    jobber = worker(store, recorder)
    run_jobs(store, jobber, wait=False)
    jobber.deliver_due()  # what the job of every minute does
    assert {store.find(one).deliveries[0].state for one in (first, second, third, fourth)} == {State.DELIVERED}
    assert len(set(recorder.sent)) == len(recorder.sent) == 16
    assert store.outbox.standing().deliveries.add_up

    uninstall(store)
    submit(store)
    assert jobs(store) == []
    assert worker(store, recorder).deliver_due() == 4


def test_a_killed_worker_leaves_nothing_behind_that_stays(store: Store) -> None:
    """Its job is gone or stuck; after the lease the delivery is taken without one."""
    install(store)
    submit(store)
    assert store.outbox.claim("killed", lease=timedelta(0))
    with store.database.writing() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs"))
    recorder = Recorder()
    assert worker(store, recorder).deliver_due() == 4


def test_jobs_need_postgresql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMROUTE_STORE", f"sqlite:///{tmp_path / 'formroute.db'}")
    monkeypatch.setenv("FORMROUTE_SCHEMAS", str(FOLDER))
    result = CliRunner().invoke(main, ["deliver", "--once", "--jobs"])
    assert result.exit_code == 2
    assert "Jobs need a store on PostgreSQL." in result.output
