"""Erasing: nothing is left of what a resident told, and nothing undelivered goes unnoticed."""

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select, text

from formroute.catalog import Catalog
from formroute.definitions.types import Period
from formroute.delivery import Retention, Worker, standard_handlers
from formroute.intake import Intake
from formroute.store import Dead, Delivered, Store, UndeliveredError, UnknownReferenceError
from formroute.store.tables import metadata
from tests.copies import copied, edit
from tests.databases import on_sqlite
from tests.small_city.samples import ANSWERS, NOON, PNG, small_city

CANARY = "CaNaRy-7Q3"
"""What a resident tells, wherever something can be told; nothing else in the test says it."""


def places_of(canary: str, folder: Path) -> list[str]:
    """Every file below `folder` that holds `canary`, or says it in its name."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if canary.encode() in path.read_bytes() or canary in path.name]


def rows(store: Store) -> Iterator[str]:
    with store.database.reading() as connection:
        for table in metadata.sorted_tables:
            yield from (repr(tuple(row)) for row in connection.execute(select(table)))


def submit(intake: Intake, size: int = 1000) -> str:
    """A submission that says the canary in personal and other answers, in a file and in its name."""
    store = intake.store
    photo = store.uploads.keep(BytesIO(PNG + CANARY.encode() * 200), f"{CANARY}.png", limit=10_000, as_sent=True)
    answers = {**ANSWERS, "name": CANARY, "details": f"{CANARY} " * (size // 11), "where": {"address": CANARY}}
    store.drafts.save("draft", "lamp", "session", {**answers, "photos": [photo.token]})
    receipt = intake.submit("lamp", {**answers, "photos": [photo.token]}, token="token", draft="draft")
    return receipt.reference


def deliver(intake: Intake, environment: dict[str, str]) -> None:
    """Letters go into the Maildir; what cannot be sent there is said to be delivered."""
    Worker(small_city(), intake.store, standard_handlers(intake.store, environment)).deliver_due()
    with intake.store.database.writing() as connection:
        connection.execute(text("UPDATE outbox SET next_at = 0 WHERE state = 'pending'"))
        connection.execute(text("DELETE FROM circuits"))
    while (delivery := intake.store.outbox.claim(os.urandom(8).hex())) is not None:
        intake.store.outbox.keep_payload(delivery, f"{CANARY} again".encode())
        intake.store.outbox.settle(delivery, Delivered())


def retention(intake: Intake) -> Retention:
    return Retention(intake.store, standard_handlers(intake.store, {}))


@on_sqlite
@pytest.mark.parametrize("size", [100, 1900])
def test_nothing_of_it_is_left_in_any_file(intake: Intake, tmp_path: Path, size: int) -> None:
    neighbours = [intake.submit("lamp", {**ANSWERS, "details": "x" * 700}).reference for _ in range(5)]
    reference = submit(intake, size)
    neighbours += [intake.submit("lamp", {**ANSWERS, "details": "y" * 90}).reference for _ in range(5)]
    deliver(intake, {})
    letter = next(
        path
        for path in (tmp_path / "formroute.db.files" / "mail" / "new").iterdir()
        if CANARY.encode() in path.read_bytes()
    )
    letter.rename(letter.parent.parent / "cur" / f"{letter.name}:2,S")
    assert len(places_of(CANARY, tmp_path)) > 3
    assert retention(intake).erase(reference, "it was asked for")
    assert places_of(CANARY, tmp_path) == []
    assert all(intake.store.find(neighbour) is not None for neighbour in neighbours)


def test_what_stays_is_that_it_was_there_and_when_something_happened(intake: Intake) -> None:
    reference = submit(intake)
    deliver(intake, {})
    before = intake.store.chain.audit()
    assert retention(intake).erase(reference, "it was asked for")
    assert not any(CANARY in row for row in rows(intake.store))
    assert intake.store.find(reference) is None
    assert intake.store.erasures.moment(reference) is not None
    assert [(line.reference, line.why) for line in intake.store.erasures.recorded()] == [
        (reference, "it was asked for")
    ]
    after = intake.store.chain.audit(before.seal)
    assert (after.broken, after.erased, after.seal.position) == (None, before.seal.position, before.seal.position + 1)
    standing = intake.store.outbox.standing()
    assert standing.submissions.accepted == standing.deliveries.accepted == standing.deliveries.delivered == 0
    assert not retention(intake).erase(reference, "again")


def test_the_letters_link_is_dead_afterwards(intake: Intake) -> None:
    receipt = intake.submit("lamp", ANSWERS)
    deliver(intake, {})
    assert intake.find(receipt.reference, receipt.status_token) is not None
    retention(intake).erase(receipt.reference, "it was asked for")
    assert intake.find(receipt.reference, receipt.status_token) is None


def test_what_was_not_delivered_is_not_erased_unless_a_person_insists(intake: Intake) -> None:
    reference = intake.submit("lamp", ANSWERS).reference
    intake.store.outbox.settle(intake.store.outbox.claim("a"), Dead("gone"))
    with pytest.raises(UndeliveredError) as refused:
        retention(intake).erase(reference, "it was asked for")
    assert refused.value.missing[:2] == ("lights by email (dead)", "lights by webhook (pending)")
    assert intake.store.find(reference) is not None
    assert intake.store.erasures.recorded() == ()
    assert retention(intake).erase(reference, "a court said so", even_undelivered=True)
    assert intake.store.outbox.claim("b") is None
    assert intake.store.chain.audit().broken is None


def test_what_is_not_there_cannot_be_erased(intake: Intake) -> None:
    with pytest.raises(UnknownReferenceError, match="There is no submission SMA-2026-NOBODY"):
        retention(intake).erase("SMA-2026-NOBODY", "it was asked for")


@pytest.mark.parametrize("settled", [True, False])
def test_the_workers_round_erases_what_is_over_and_tells_what_is_not_delivered(
    intake: Intake, caplog: pytest.LogCaptureFixture, settled: bool, keeping: object
) -> None:
    old = intake.submit("lamp", {**ANSWERS, "name": CANARY}).reference
    intake.now = lambda: NOON + timedelta(days=365)
    new = intake.submit("lamp", ANSWERS).reference
    if settled:
        deliver(intake, {})
    done = retention(intake).erase_due(keeping, NOON + timedelta(days=400))
    assert done.erased == ((old,) if settled else ())
    assert [error.reference for error in done.refused] == ([] if settled else [old])
    assert intake.store.find(new) is not None
    intake.store.now = lambda: NOON + timedelta(days=400)
    with caplog.at_level(logging.ERROR):
        Worker(keeping, intake.store, {}).tend()
    assert (f"Its time is over, but it is not erased: {old} has not been delivered" in caplog.text) is not settled
    assert CANARY not in caplog.text


def test_what_was_sent_under_an_old_name_is_erased_with_its_form(intake: Intake, keeping: Catalog) -> None:
    reference = intake.submit("lamp", ANSWERS).reference
    deliver(intake, {})
    renamed = replace(keeping.forms["lamp"], id="light", was=("lamp",), keep_for=Period(1, "day"))
    today = replace(keeping, forms={"light": renamed})
    assert retention(intake).erase_due(today, NOON + timedelta(days=2)).erased == (reference,)


@pytest.fixture
def keeping(tmp_path: Path):
    """The small city, which keeps everything for a year."""
    from formroute.catalog import load_catalog
    from tests.small_city.samples import FOLDER

    folder = copied(FOLDER, tmp_path / "schemas")
    edit(folder / "catalog.yaml", "  priority: normal\n", "  priority: normal\n  keep_for: 1 year\n")
    return load_catalog(folder)


@pytest.mark.parametrize(
    ("period", "moment", "before"),
    [
        ("90 days", "2026-03-07", "2025-12-07"),
        ("2 weeks", "2026-03-07", "2026-02-21"),
        ("1 month", "2026-03-31", "2026-02-28"),
        ("18 months", "2026-03-07", "2024-09-07"),
        ("1 year", "2024-02-29", "2023-02-28"),
        ("9999 years", "2026-03-07", "0001-03-07"),
    ],
)
def test_a_period_is_counted_back_by_the_calendar(period: str, moment: str, before: str) -> None:
    count, unit = period.split()
    found = Period(int(count), unit.rstrip("s")).before(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert found.date().isoformat() == before
