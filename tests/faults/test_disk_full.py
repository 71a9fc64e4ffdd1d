"""The disk is full: what was accepted stays, nothing is half written, and everything goes on when there is room."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from formroute.delivery import Worker
from formroute.intake import Intake
from formroute.store import Store, folder
from formroute.web import NO_LIMITS, create_blueprint
from tests.databases import on_sqlite
from tests.faults.actors import Lines, worker
from tests.small_city.samples import ANSWERS, NOON, PNG, small_city


@contextmanager
def full(store: Store, spare_pages: int) -> Iterator[None]:
    """SQLite has no more than these pages to grow by; its own answer then is that the disk is full."""

    def bound(connection, _record=None, _proxy=None) -> None:
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={max(used, pages)}")

    with store.database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + spare_pages
    event.listen(store.database.engine, "checkout", bound)
    try:
        yield
    finally:
        event.remove(store.database.engine, "checkout", bound)
        store.database.engine.dispose()


@on_sqlite
def test_nothing_is_half_accepted_and_nothing_accepted_is_lost(url: str, files: Path) -> None:
    store = Store(url, files)
    intake = Intake(small_city(), store, clock=lambda: NOON)
    answered: list[str] = []

    def press_send() -> None:
        while len(answered) < 1000:
            answered.append(intake.submit("lamp", ANSWERS, token=f"token {len(answered)}").reference)

    with full(store, spare_pages=30), pytest.raises(OperationalError, match="full"):
        press_send()
    assert 0 < len(answered) < 1000
    standing = store.outbox.standing()
    assert standing.submissions.accepted == len(answered)
    assert standing.deliveries.add_up
    again = [intake.submit("lamp", ANSWERS, token=f"token {number}").reference for number in range(len(answered) + 1)]
    assert again[:-1] == answered
    assert store.chain.audit().broken is None
    store.close()


@on_sqlite
def test_a_worker_waits_for_room_and_delivers_once_there_is_some(url: str, files: Path, folder: Path) -> None:
    """A try whose end could not be written is made again, with the same key and the same content."""
    store = Store(url, files)
    intake = Intake(small_city(), store, clock=lambda: NOON)
    references = [intake.submit("lamp", ANSWERS).reference for _ in range(20)]
    with full(store, spare_pages=0), pytest.raises(OperationalError, match="full"):
        work(store, folder).deliver_due()
    assert store.outbox.standing().deliveries.add_up
    while store.outbox.standing().deliveries.pending:
        work(store, folder).deliver_due()
    arrived = {tuple(line) for line in Lines(folder / "arrived").read()}
    keys = {delivery.key for reference in references for delivery in store.find(reference).deliveries}
    store.close()
    assert {key for key, _ in arrived} == keys
    assert len(arrived) == len(keys)


def work(store: Store, folder: Path) -> Worker:
    return worker(store, Lines(folder / "arrived"))


@on_sqlite
def test_a_resident_gets_a_page_and_sends_the_same_again_later(url: str, files: Path) -> None:
    store = Store(url, files)
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests")
    app.register_blueprint(create_blueprint(Intake(small_city(), store, clock=lambda: NOON), limits=NO_LIMITS))
    resident = app.test_client()

    def post(number: int) -> TestResponse:
        headers = {"Idempotency-Key": f"key {number}"}
        return resident.post("/api/forms/lamp/submissions", json={"answers": ANSWERS}, headers=headers)

    with full(store, spare_pages=10):
        number, refused = next((number, said) for number in range(1000) if (said := post(number)).status_code != 201)
    assert refused.status_code == 500
    assert "Traceback" not in refused.text
    assert store.outbox.standing().submissions.accepted == number
    assert post(number).status_code == 201
    store.close()


@on_sqlite
def test_an_upload_that_finds_no_room_leaves_nothing_behind(
    url: str, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(url, files)

    def no_room(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(folder.os, "fsync", no_room)
        with pytest.raises(OSError, match="No space left"):
            store.uploads.keep(io.BytesIO(PNG), "lamp.png", 1000)
    assert list((files / "uploads").iterdir()) == []
    assert store.uploads.keep(io.BytesIO(PNG), "lamp.png", 1000).size == len(PNG)
    store.close()
