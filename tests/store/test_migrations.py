"""A store of the first release, filled, is opened by this one: everything is there, and the work goes on."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import inspect, make_url, select

from formroute.records import Status, Upload
from formroute.store import Delivered, Search, State, Store
from formroute.store.tables import metadata, private_answers, submissions, uploads
from tests.small_city.samples import ANSWERS
from tests.store.samples import DECISION, DESK, SUBMISSION, accept

DUMPS = Path(__file__).parent / "first_release"
"""Schema version 1 as the first release made and filled it: by `iterdump` of SQLite and by pg_dump."""


@pytest.fixture
def old_url(url: str) -> str:
    """The address of a database as the first release left it."""
    if url.startswith("sqlite"):
        with sqlite3.connect(make_url(url).database) as connection:
            connection.executescript((DUMPS / "sqlite.sql").read_text("utf-8"))
        connection.close()
    else:
        with psycopg.connect(url) as connection:
            connection.execute((DUMPS / "postgresql.sql").read_text("utf-8"))
    return url


@pytest.fixture
def moved(old_url: str, files: Path):
    store = Store(old_url, files)
    yield store
    store.close()


def test_every_answer_and_decision_is_there(moved: Store) -> None:
    stored = moved.find("WPG-1")
    assert stored.submission == SUBMISSION
    assert stored.decision == DECISION
    for number, language in enumerate(["en", "fr", "en"], start=1):
        lamp = moved.find(f"SMA-2026-LAMP{number}")
        assert lamp.submission.language == language
        assert lamp.submission.answers["name"] == ANSWERS["name"]
        assert lamp.submission.answers["colour"] == "yellow"
        assert (lamp.decision.route, lamp.decision.send_to) == ("dangerous-colour", "lights")
        assert moved.definition("lamp", lamp.submission.version).startswith('{"form":"lamp"')


def test_personal_answers_have_moved_to_their_own_table(moved: Store) -> None:
    with moved.database.reading() as connection:
        public = connection.scalars(select(submissions.c.answers).order_by(submissions.c.id)).all()
        personal = connection.execute(select(private_answers).order_by(private_answers.c.submission)).all()
    assert ["name" in answers for answers in public] == [False] * 4
    assert personal == [(number, {"name": "Zoë Tremblay"}, None) for number in (2, 3, 4)]


def test_every_delivery_and_event_is_there(moved: Store) -> None:
    standing = moved.outbox.standing()
    assert (standing.submissions.accepted, standing.submissions.delivered, standing.submissions.dead) == (4, 0, 1)
    assert (standing.deliveries.delivered, standing.deliveries.pending, standing.deliveries.dead) == (2, 11, 1)
    email, desk = moved.find("WPG-1").deliveries
    assert (email.state, email.payload) == (State.DELIVERED, None)
    assert (desk.state, desk.payload, desk.cause) == (
        State.DEAD,
        b"letter\x00\xff",
        "HTTP 410: the receiver wants no more.",
    )
    kinds = [event.kind for event in moved.find("SMA-2026-LAMP1").events]
    assert kinds == ["received", "routed", "failed", "delivered"]


def test_every_draft_and_upload_is_there(moved: Store) -> None:
    assert moved.drafts.load("draft", "session").raw == {"colour": "yellow", "name": "Zoë"}
    (photo,) = moved.find("SMA-2026-LAMP1").submission.answers["photos"]
    assert (photo.filename, photo.media_type, photo.size) == ("photo1.png", "image/png", 108)
    with moved.database.reading() as connection:
        columns = (uploads.c.token, uploads.c.filename, uploads.c.media_type, uploads.c.size)
        assert [Upload(*row) for row in connection.execute(select(*columns))] == [photo]


def test_the_work_goes_on(moved: Store) -> None:
    assert accept(moved, "other", token="token 1").reference == "other"
    delivery = moved.outbox.claim("new holder")
    assert moved.outbox.settle(delivery, Delivered())
    assert moved.find(delivery.reference).events[-1].kind == "delivered"
    accept(moved, "WPG-2", DESK)
    assert [line.reference for line in moved.at_desk("ward-3")] == ["WPG-2", "other", "WPG-1"]


def test_lists_by_status_and_due_date_know_what_was_there_before(moved: Store) -> None:
    assert len(moved.search(Search(status=Status.RECEIVED))) == 4
    with moved.database.reading() as connection:
        dues = connection.execute(select(submissions.c.reference, submissions.c.due)).all()
    assert {(reference, moved.find(reference).decision.due) for reference, _ in dues} == set(map(tuple, dues))
    assert any(due is not None for _, due in dues)


def test_its_events_are_sealed_like_new_ones(moved: Store) -> None:
    accept(moved, "WPG-2", DESK)
    audit = moved.chain.audit()
    assert (audit.broken, audit.seal.position) == (None, 14)


def test_it_ends_with_the_same_tables_as_a_new_store(moved: Store, new_url, tmp_path: Path) -> None:
    new = Store(new_url(), tmp_path / "new")
    assert shape(moved) == shape(new)
    new.close()


def shape(store: Store) -> dict[str, object]:
    """Columns, indexes and foreign keys of every table."""
    looked = inspect(store.database.engine)
    return {
        table: (
            {(column["name"], str(column["type"]), column["nullable"]) for column in looked.get_columns(table)},
            {(index["name"], tuple(index["column_names"]), index["unique"]) for index in looked.get_indexes(table)},
            {(tuple(key["constrained_columns"]), key["referred_table"]) for key in looked.get_foreign_keys(table)},
            tuple(looked.get_pk_constraint(table)["constrained_columns"]),
        )
        for table in metadata.tables
    }
