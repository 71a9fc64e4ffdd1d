"""Links to drafts: a letter each, sent at least once or given up, and nothing left of it after the draft."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Table, select

from formroute.store import Dead, Delivered, RetryAt, State, Store
from formroute.store.links import DAY, LEASE, MOST
from formroute.store.tables import draft_letters, draft_links, draft_sessions
from tests.store.samples import NOON, Clock, accept

WEEK = timedelta(days=7)


def ask(store: Store, address: str = "ann@example.org", draft: str = "draft") -> bool:
    return store.links.add(
        draft, "hole", language="en", address=address, recipient=address, lasts=WEEK, digest=lambda nonce: f"of {nonce}"
    )


@pytest.fixture
def begun(timed: Store, clock: Clock) -> Store:
    timed.drafts.save("draft", "pothole", "mine", {"surface": "lane"}, keep=WEEK)
    return timed


def rows(store: Store, *tables: Table) -> list[object]:
    with store.database.reading() as connection:
        return [row for table in tables or (draft_links, draft_sessions) for row in connection.execute(select(table))]


def test_a_letter_is_claimed_by_one_and_tried_again_after_the_lease(begun: Store, clock: Clock) -> None:
    assert ask(begun)
    letter = begun.links.claim("one")
    assert (letter.form, letter.language, letter.address, letter.attempts) == ("pothole", "en", "ann@example.org", 1)
    assert begun.links.claim("two") is None
    clock.forward(LEASE)
    again = begun.links.claim("two")
    assert (again.nonce, again.attempts) == (letter.nonce, 2)
    assert not begun.links.settle(letter, Delivered())
    assert begun.links.settle(again, Delivered())


@pytest.mark.parametrize("outcome", [Delivered(), Dead("No such mailbox.")])
def test_the_address_goes_with_the_last_try(begun: Store, outcome: Delivered | Dead) -> None:
    ask(begun)
    begun.links.settle(begun.links.claim("one"), RetryAt(NOON, "The server is away."))
    assert begun.links.causes() == ("The server is away.",)
    begun.links.settle(begun.links.claim("two"), outcome)
    (row,) = rows(begun)
    assert (row.address, row.state) == ("", State.DELIVERED if isinstance(outcome, Delivered) else State.DEAD)
    assert begun.links.count(row.state) == 1
    assert begun.links.claim("three") is None


def test_a_link_lets_another_session_into_its_draft_alone(begun: Store) -> None:
    begun.drafts.save("other", "pothole", "mine", {})
    ask(begun)
    nonce = begun.links.claim("one").nonce
    lead = begun.links.open(f"of {nonce}", "theirs")
    assert (lead.draft, lead.form, lead.page) == ("draft", "pothole", "hole")
    assert begun.drafts.load("draft", "theirs").raw == {"surface": "lane"}
    assert begun.drafts.save("draft", "pothole", "theirs", {"depth": "3"})
    assert begun.drafts.load("draft", "mine").raw == {"surface": "lane", "depth": "3"}
    assert begun.drafts.load("other", "theirs") is None
    assert begun.links.open(f"of {nonce}", "theirs") == lead


def ended_by_time(store: Store, clock: Clock) -> None:
    clock.forward(WEEK)
    store.drafts.sweep()


def ended_by_sending(store: Store, clock: Clock) -> None:
    accept(store, "WPG-1", draft="draft")


def ended_by_hand(store: Store, clock: Clock) -> None:
    store.drafts.drop("draft")


@pytest.mark.parametrize("end", [ended_by_time, ended_by_sending, ended_by_hand])
def test_nothing_is_left_of_links_and_addresses_after_the_draft(
    begun: Store, clock: Clock, end: Callable[[Store, Clock], None]
) -> None:
    ask(begun)
    nonce = begun.links.claim("one").nonce
    begun.links.open(f"of {nonce}", "theirs")
    end(begun, clock)
    assert begun.links.open(f"of {nonce}", "theirs") is None
    assert begun.links.claim("two") is None
    assert rows(begun) == []


def test_an_address_gets_no_more_than_its_share_a_day(begun: Store, clock: Clock) -> None:
    assert [ask(begun) for _ in range(MOST + 1)] == [*[True] * MOST, False]
    assert ask(begun, "bob@example.org")
    clock.forward(DAY)
    assert ask(begun)


def test_ending_a_draft_gives_an_address_no_more_letters(begun: Store, clock: Clock) -> None:
    assert [ask(begun) for _ in range(MOST)] == [True] * MOST
    begun.drafts.drop("draft")
    begun.drafts.save("draft", "pothole", "mine", {}, keep=WEEK)
    assert not ask(begun)
    clock.forward(DAY)
    begun.drafts.sweep()
    assert rows(begun, draft_letters) == []
    assert ask(begun)


def test_there_is_no_link_to_a_draft_that_is_not_there(timed: Store) -> None:
    assert not ask(timed, draft="nothing")


def test_saving_again_never_makes_a_draft_end_sooner(timed: Store, clock: Clock) -> None:
    timed.drafts.save("draft", "pothole", "mine", {}, keep=WEEK)
    timed.drafts.save("draft", "pothole", "mine", {"a": "b"}, keep=timedelta(hours=1))
    clock.forward(timedelta(days=6))
    assert timed.drafts.load("draft", "mine").raw == {"a": "b"}


def test_letters_count_with_no_submission(begun: Store) -> None:
    ask(begun)
    standing = begun.outbox.standing()
    assert standing.submissions.accepted == standing.deliveries.pending == 0
    assert standing.submissions.add_up
    assert begun.links.count(State.PENDING) == 1
