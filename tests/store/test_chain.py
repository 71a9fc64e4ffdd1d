"""The log of events: whatever is changed in it later, or in the answers it vouches for, is told in plain words."""

import threading

import pytest
from sqlalchemy import text

from formroute.store import Delivered, Seal, Store
from formroute.store.chain import PAGE
from tests.store.samples import DESK, EMAIL, accept


def fill(store: Store, submissions: int = 3) -> None:
    """So many submissions with a delivery each: three events of each, `delivered` ones last."""
    for number in range(1, submissions + 1):
        accept(store, f"WPG-{number}", DESK)
    for number in range(submissions):
        store.outbox.settle(store.outbox.claim(f"holder {number}"), Delivered("on the desk"))


def run(store: Store, *statements: str) -> None:
    with store.database.writing() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_an_empty_log_is_sound(store: Store) -> None:
    audit = store.chain.audit()
    assert (audit.broken, audit.seal.position) == (None, 0)


def test_a_log_that_nobody_touched_is_sound(store: Store) -> None:
    fill(store)
    first = store.chain.audit()
    assert (first.broken, first.erased, first.seal.position) == (None, 0, 9)
    assert store.chain.audit() == first
    accept(store, "WPG-4", EMAIL)
    later = store.chain.audit(first.seal)
    assert (later.broken, later.seal.position) == (None, 11)


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("UPDATE events SET detail = '{\"channel\": \"phone\"}' WHERE position = 1",
         "Event 1 (received of WPG-1, 2026-03-07 18:00:00 UTC) is not what was sealed: its detail was changed."),
        ("UPDATE events SET kind = 'dead' WHERE position = 7", "Event 7 (dead of WPG-1,"),
        ("UPDATE events SET at = at + 1 WHERE position = 2", "Event 2 (routed of WPG-1,"),
        ("UPDATE events SET submission = 2 WHERE position = 7", "Event 7 (delivered of WPG-2,"),
        ("UPDATE events SET digest = 'x' WHERE position = 3", "Event 3 (received of WPG-2,"),
        ("DELETE FROM events WHERE position = 4", "Event 4 is missing: somebody removed it."),
        ("DELETE FROM events WHERE position < 3", "Event 1 is missing: somebody removed it."),
        ("UPDATE events SET salt = NULL, detail = '{}' WHERE position = 1",
         "has lost its detail, but WPG-1 was never erased."),
        ("UPDATE submissions SET answers = '{}' WHERE reference = 'WPG-2'",
         "The answers or the decision of WPG-2 are not those that were accepted."),
        ("UPDATE submissions SET decision = '{}' WHERE reference = 'WPG-3'",
         "The answers or the decision of WPG-3 are not those that were accepted."),
        ("INSERT INTO private_answers (submission, answers, types) VALUES (2, '{\"name\": \"Eve\"}', 'null')",
         "The answers or the decision of WPG-2 are not those that were accepted."),
        ("DELETE FROM events WHERE submission = 3 AND position > 4", "Event 5 is missing: somebody removed it."),
    ],
)  # fmt: skip
def test_the_first_broken_link_is_told(store: Store, tampering: str, told: str) -> None:
    fill(store)
    store.chain.seal()
    run(store, tampering)
    assert told in store.chain.audit().broken


def test_events_that_were_swapped_are_told(store: Store) -> None:
    fill(store)
    store.chain.seal()
    run(
        store,
        *(f"UPDATE events SET position = {new} WHERE position = {old}" for old, new in ((1, 99), (2, 1), (99, 2))),
    )
    assert store.chain.audit().broken.startswith("Event 1 (routed of WPG-1")


def test_what_was_cut_off_the_end_is_told_by_its_submission_or_by_a_seal(store: Store) -> None:
    fill(store)
    seal = store.chain.audit().seal
    run(store, "DELETE FROM events WHERE position = 9")
    assert store.chain.audit().broken is None  # nothing in the store itself can tell
    assert store.chain.audit(seal).broken == "Event 9 is missing: the log ends at 8."
    run(store, "DELETE FROM events WHERE position > 4")
    assert store.chain.audit().broken == "WPG-3 was accepted, but the log does not say so: events were removed."


def test_a_log_that_was_written_anew_is_told_by_a_seal(store: Store) -> None:
    fill(store)
    seal = store.chain.audit().seal
    run(store, "UPDATE events SET position = NULL, salt = NULL, commitment = NULL, digest = NULL")
    assert store.chain.audit().broken is None
    assert "the log was written anew" in store.chain.audit(seal).broken


def test_a_seal_is_read_as_it_is_written() -> None:
    seal = Seal(1234, "ab" * 32)
    assert Seal.read(f" {seal}\n") == seal
    for wrong in ("", "12", "x-" + "ab" * 32, "12-abc"):
        with pytest.raises(ValueError):  # noqa: PT011
            Seal.read(wrong)


def test_many_that_write_and_seal_at_once_make_one_chain(store: Store) -> None:
    def write(name: str) -> None:
        for number in range(8):
            accept(store, f"{name}-{number}", DESK)
            store.chain.seal()

    threads = [threading.Thread(target=write, args=(name,)) for name in "ABCDEF"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    audit = store.chain.audit()
    assert (audit.broken, audit.seal.position) == (None, 96)


def test_more_than_a_page_is_sealed_and_verified(store: Store) -> None:
    accept(store, "WPG-1", DESK)
    more = PAGE * 2 + 3
    with store.database.writing() as connection:
        row = "(1, 0, 'read', '{}')"
        connection.exec_driver_sql(
            f"INSERT INTO events (submission, at, kind, detail) VALUES {', '.join([row] * more)}"
        )
    assert store.chain.seal() == more + 2
    assert store.chain.audit().seal.position == more + 2
    run(store, f"UPDATE events SET at = 1 WHERE position = {more}")
    assert f"Event {more} (read of WPG-1" in store.chain.audit().broken
