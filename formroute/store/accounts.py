"""Who may see a department's desk: names, passwords as Argon2id keeps them, and a role for each department."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Row, case, delete, select, update

from formroute.store.database import Database
from formroute.store.dialect import insert_unless_there
from formroute.store.tables import accounts

EVERY = "*"
"""Stands for every department."""
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
LEAST, MOST = 12, 200
"""Characters of a password; what it is made of is nobody's business (NIST SP 800-63B)."""

_hasher = PasswordHasher()


class Role(StrEnum):
    """What an account may do at a desk: look, or also say how far a submission is."""

    READER = "reader"
    HANDLER = "handler"


class WeakPasswordError(ValueError):
    """A password that is too short or too long."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person; `roles` are by department, EVERY for all. `mark` changes with the password."""

    name: str
    roles: Mapping[str, Role]
    mark: str
    locked_until: datetime | None = None

    def role(self, department: str) -> Role | None:
        """What this person may do for a department; None for nothing."""
        return self.roles.get(department) or self.roles.get(EVERY)


class Accounts:
    """The accounts of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, password: str, roles: Mapping[str, Role]) -> bool:
        """Make an account; False when the name is taken. Raises WeakPasswordError."""
        row = {"name": name, "password": _kept(password), "roles": dict(roles), "failures": 0}
        with self._database.writing() as connection:
            return insert_unless_there(connection, accounts, row)

    def remove(self, name: str) -> bool:
        """End an account and its sessions; False when there is none."""
        with self._database.writing() as connection:
            return bool(connection.execute(delete(accounts).where(accounts.c.name == name)).rowcount)

    def set_password(self, name: str, password: str) -> bool:
        """A new password, which ends every session and every lock; False when there is no such account."""
        values = {"password": _kept(password), "failures": 0, "locked_until": None}
        with self._database.writing() as connection:
            return bool(connection.execute(update(accounts).where(accounts.c.name == name).values(values)).rowcount)

    def find(self, name: str) -> Account | None:
        """An account by its name."""
        with self._database.reading() as connection:
            row = connection.execute(select(accounts).where(accounts.c.name == name)).first()
        return None if row is None else _account(row)

    def list(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with self._database.reading() as connection:
            return tuple(map(_account, connection.execute(select(accounts).order_by(accounts.c.name))))

    def check(self, name: str, password: str) -> Account | None:
        """The account that name and password open, or None.

        After TRIES wrong ones in a row nothing opens it for LOCKED_FOR. A name that is not there takes as long.
        """
        with self._database.reading() as connection:
            open_ = (accounts.c.locked_until.is_(None)) | (accounts.c.locked_until <= self._database.now)
            row = connection.execute(select(accounts).where(accounts.c.name == name, open_)).first()
        right = _verified(_NOBODY if row is None else row.password, password)
        if row is None:
            return None
        self._note(name, right)
        return _account(row) if right else None

    def _note(self, name: str, right: bool) -> None:
        """Count wrong tries in a row; the last one locks, and begins the count anew."""
        locks = accounts.c.failures + 1 >= TRIES
        wrong = {
            "failures": case((locks, 0), else_=accounts.c.failures + 1),
            "locked_until": case((locks, self._database.after(LOCKED_FOR)), else_=accounts.c.locked_until),
        }
        values = {"failures": 0, "locked_until": None} if right else wrong
        with self._database.writing() as connection:
            connection.execute(update(accounts).where(accounts.c.name == name).values(values))


def _kept(password: str) -> str:
    if not LEAST <= len(password) <= MOST:
        raise WeakPasswordError(f"A password has {LEAST} to {MOST} characters.")
    return _hasher.hash(password.encode("utf-8", "replace"))


def _verified(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password[:MOST].encode("utf-8", "replace"))
    except (VerificationError, InvalidHashError):
        return False


def _account(row: Row[tuple[object, ...]]) -> Account:
    roles = {department: Role(role) for department, role in row.roles.items()}
    return Account(row.name, roles, hashlib.sha256(row.password.encode()).hexdigest(), row.locked_until)


_NOBODY = _hasher.hash(b"nobody has this password")
