"""Accepting: one commit, one submission per form token, and everything comes back as it was."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine

from formroute.store import ReferenceTakenError, State, Store, UploadGoneError
from formroute.store.tables import definitions, events, metadata, outbox, private_answers, submissions
from tests.small_city.samples import PNG
from tests.store.samples import ANSWERS, DECISION, DESK, EMAIL, NOON, SUBMISSION, accept


def rows(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    with store.database.reading() as connection:
        tables = metadata.sorted_tables
        return {table.name: connection.scalars(select(func.count()).select_from(table)).one() for table in tables}


def test_what_was_accepted_comes_back_as_it_was(store: Store) -> None:
    receipt = accept(store, "WPG-1", EMAIL, DESK)
    stored = store.find("WPG-1")
    assert stored is not None
    assert (receipt.reference, receipt.form, receipt.received) == ("WPG-1", "pothole", NOON)
    assert stored.submission == SUBMISSION
    assert stored.decision == DECISION
    assert [(delivery.destination, delivery.state) for delivery in stored.deliveries] == [
        (EMAIL, State.PENDING),
        (DESK, State.PENDING),
    ]
    assert [event.kind for event in stored.events] == ["received", "routed"]


def test_a_reference_that_nobody_has_is_found_nowhere(store: Store) -> None:
    assert store.find("WPG-1") is None
    assert store.accepted("token") is None
    assert store.definition("pothole", "v1") is None


@pytest.mark.parametrize("odd", ["a\x00b", "\ud800", "", "é" * 5000, "'; DROP TABLE submissions; --"])
def test_whatever_is_asked_for_is_an_answer_and_no_error(store: Store, odd: str) -> None:
    assert store.find(odd) is None
    assert store.accepted(odd) is None
    assert store.drafts.load(odd, odd) is None
    assert store.uploads.waiting([odd]) == {}
    assert store.uploads.keep(BytesIO(b"x"), odd, limit=10).size == 1
    assert store.at_desk(odd) == ()


def test_personal_answers_have_a_table_of_their_own(store: Store) -> None:
    accept(store, "WPG-1", private=["owner", "seen_on", "not asked"])
    accept(store, "WPG-2")
    assert store.find("WPG-1").submission == store.find("WPG-2").submission == SUBMISSION
    with store.database.reading() as connection:
        public = connection.scalars(select(submissions.c.answers).order_by(submissions.c.id)).all()
        assert connection.execute(select(private_answers)).all() == [
            (1, {"owner": {"name": "Zoë", "born": "1990-01-02"}, "seen_on": "2026-03-01"},
             {"owner": {"born": "date"}, "seen_on": "date"}),
        ]  # fmt: skip
    assert [set(ANSWERS) - set(answers) for answers in public] == [{"owner", "seen_on"}, set()]
    assert store.chain.audit().broken is None


def test_the_definition_is_stored_once_per_version(store: Store) -> None:
    accept(store, "WPG-1")
    accept(store, "WPG-2", definition="not looked at: the version is the same")
    assert rows(store)[definitions.name] == 1
    assert store.definition("pothole", "v1") == '{"form": "pothole"}'


def test_a_form_token_makes_one_submission(store: Store) -> None:
    first = accept(store, "WPG-1", token="same")
    before = rows(store)
    second = accept(store, "WPG-2", token="same")
    assert second == first == store.accepted("same")
    assert rows(store) == before


def test_fifty_posts_at_once_make_one_submission(store: Store) -> None:
    receipts = []
    start = threading.Barrier(50)

    def post(number: int) -> None:
        start.wait()
        receipts.append(accept(store, f"WPG-{number}", token="same"))

    threads = [threading.Thread(target=post, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 50
    assert len(set(receipts)) == 1
    assert (rows(store)[submissions.name], rows(store)[outbox.name]) == (1, 2)


def test_a_reference_is_given_once(store: Store) -> None:
    accept(store, "WPG-1")
    before = rows(store)
    with pytest.raises(ReferenceTakenError):
        accept(store, "WPG-1", token="another")
    assert rows(store) == before


def test_a_submission_that_would_reach_nobody_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="would reach nobody"):
        accept(store, "WPG-1", destinations=())
    assert sum(rows(store).values()) == 1  # the schema version


def test_a_draft_goes_with_its_submission(store: Store) -> None:
    store.drafts.save("draft", "pothole", "session", {"surface": "lane"})
    store.drafts.save("other", "pothole", "session", {})
    accept(store, "WPG-1", draft="draft")
    assert store.drafts.load("draft", "session") is None
    assert store.drafts.load("other", "session") is not None


def test_uploads_belong_to_one_submission(store: Store) -> None:
    photo = store.uploads.keep(BytesIO(PNG), "hole.png", limit=100)
    with_photo = replace(SUBMISSION, answers={**ANSWERS, "photos": (photo,)})
    accept(store, "WPG-1", submission=with_photo)
    assert store.uploads.waiting([photo.token]) == {}
    assert store.find("WPG-1").submission == with_photo
    before = rows(store)
    with pytest.raises(UploadGoneError):
        accept(store, "WPG-2", submission=with_photo)
    assert rows(store) == before


def test_every_delivery_has_a_key_of_its_own(store: Store) -> None:
    accept(store, "WPG-1", EMAIL, EMAIL, DESK)
    accept(store, "WPG-2", EMAIL, EMAIL, DESK)
    deliveries = [*store.find("WPG-1").deliveries, *store.find("WPG-2").deliveries]
    assert len({delivery.key for delivery in deliveries}) == 6
    assert len({delivery.address for delivery in deliveries}) == 2


class PowerCutError(Exception):
    """The power goes."""


@contextmanager
def crash_at(engine: Engine, number: int) -> Iterator[list[str]]:
    """Raise before the `number`-th statement of a transaction, its commit counted as one; yields what was run."""
    done: list[str] = []

    def step(text: str) -> None:
        if len(done) == number:
            raise PowerCutError
        done.append(text)

    def before_statement(_connection, _cursor, statement, *_rest) -> None:
        step(statement)

    def before_commit(_connection) -> None:
        step("COMMIT")

    event.listen(engine, "before_cursor_execute", before_statement)
    event.listen(engine, "commit", before_commit)
    try:
        yield done
    finally:
        event.remove(engine, "before_cursor_execute", before_statement)
        event.remove(engine, "commit", before_commit)


def test_a_crash_at_any_point_of_accepting_leaves_all_or_nothing(url: str, files: Path) -> None:
    """Before every statement and before the commit; afterwards the resident tries again."""
    store = Store(url, files)
    photo = store.uploads.keep(BytesIO(b"%PDF-1.7"), "plan.pdf", limit=100)
    store.drafts.save("draft", "pothole", "session", {"photos": [photo.token]})
    submission = replace(SUBMISSION, answers={**ANSWERS, "photos": (photo,)})
    before = rows(store)

    def send() -> None:
        accept(store, "WPG-1", submission=submission, draft="draft")

    for point in range(100):
        with crash_at(store.database.engine, point) as done:
            try:
                send()
            except PowerCutError:
                pass
            else:
                break
        assert rows(store) == before, f"after a crash before step {point + 1}, which followed {done[-1:]}"
        assert store.uploads.waiting([photo.token])
    assert done[-1] == "COMMIT"
    assert point > 8
    after = rows(store)
    assert after == before | {"definitions": 1, "submissions": 1, "outbox": 2, "events": 2, "drafts": 0}
    send()
    assert rows(store) == after
    store.close()


def test_events_and_deliveries_are_rows_of_the_submission(store: Store) -> None:
    accept(store, "WPG-1")
    accept(store, "WPG-2")
    assert rows(store)[events.name] == 4
    assert len(store.find("WPG-2").events) == 2
