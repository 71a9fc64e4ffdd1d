"""Accounts of people at the desk: what is kept of a password, and when one is locked."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from formroute.store import Store
from formroute.store.accounts import EVERY, LOCKED_FOR, Role, WeakPasswordError
from formroute.store.tables import accounts
from tests.store.samples import Clock

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formroute.store.accounts._hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def add(store: Store, name: str = "zoe") -> None:
    assert store.accounts.add(name, PASSWORD, {"parks": Role.HANDLER, "streets": Role.READER})


def test_name_and_password_open_it(timed: Store) -> None:
    add(timed)
    account = timed.accounts.check("zoe", PASSWORD)
    assert account is not None
    assert [account.role(name) for name in ("parks", "streets", "trees")] == [Role.HANDLER, Role.READER, None]
    assert timed.accounts.check("zoe", PASSWORD + "x") is None
    assert timed.accounts.check("nobody", PASSWORD) is None


def test_a_password_is_kept_as_argon2id(timed: Store) -> None:
    add(timed)
    with timed.database.reading() as connection:
        kept = connection.scalars(select(accounts.c.password)).one()
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


def test_a_name_is_given_once(timed: Store) -> None:
    add(timed)
    assert not timed.accounts.add("zoe", "another long password", {EVERY: Role.HANDLER})
    assert timed.accounts.check("zoe", PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "x" * 11, "x" * 201])
def test_a_password_that_is_too_short_or_too_long(timed: Store, password: str) -> None:
    with pytest.raises(WeakPasswordError, match="12 to 200"):
        timed.accounts.add("zoe", password, {EVERY: Role.HANDLER})


@pytest.mark.parametrize("password", ["passphrase in é and 字", "\ud800" * 12, "a b c d e f g"])
def test_any_signs_will_do(timed: Store, password: str) -> None:
    timed.accounts.add("zoe", password, {EVERY: Role.HANDLER})
    assert timed.accounts.check("zoe", password)


def test_five_wrong_ones_in_a_row_lock_it_for_a_quarter_of_an_hour(timed: Store, clock: Clock) -> None:
    add(timed)
    for _ in range(4):
        timed.accounts.check("zoe", "wrong")
    assert timed.accounts.check("zoe", PASSWORD)
    for _ in range(5):
        timed.accounts.check("zoe", "wrong")
    assert timed.accounts.check("zoe", PASSWORD) is None
    clock.forward(LOCKED_FOR - timedelta(seconds=1))
    assert timed.accounts.check("zoe", PASSWORD) is None
    clock.forward(timedelta(seconds=1))
    assert timed.accounts.check("zoe", PASSWORD)


def test_a_new_password_ends_lock_and_mark(timed: Store) -> None:
    add(timed)
    mark = timed.accounts.find("zoe").mark
    for _ in range(5):
        timed.accounts.check("zoe", "wrong")
    assert timed.accounts.set_password("zoe", "another long password")
    assert timed.accounts.check("zoe", "another long password").mark != mark
    assert not timed.accounts.set_password("nobody", "another long password")


def test_an_account_that_is_removed(timed: Store) -> None:
    add(timed)
    assert timed.accounts.remove("zoe")
    assert not timed.accounts.remove("zoe")
    assert timed.accounts.list() == ()
