"""Links by which a resident comes back to a draft: their letters are an outbox of their own, beside the submissions'.

A letter belongs to no submission, so it is not counted with what was accepted; it is claimed, tried again and given up
by the same rules. The store has of a link what makes it with the site's key, and a digest; of the address only what the
letter needs, until it is delivered or given up.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from formroute.store.database import Database
from formroute.store.deliveries import Dead, Delivered, Outcome, RetryAt, State
from formroute.store.dialect import insert_unless_there
from formroute.store.tables import draft_letters, draft_links, draft_sessions, drafts

LEASE = timedelta(minutes=2)
MOST = 5
"""Letters that one address is sent in a day."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DraftLetter:
    """A letter to be sent: `nonce` makes its link with the site's key; `expires` is the end of the link."""

    id: int
    nonce: str
    form: str
    language: str
    address: str
    made: datetime
    expires: datetime
    attempts: int
    holder: str | None


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a link leads: a draft of a form, and the page that was left."""

    draft: str
    form: str
    page: str


class DraftLinks:
    """The links to drafts of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        draft: str,
        page: str,
        *,
        language: str,
        address: str,
        recipient: str,
        lasts: timedelta,
        digest: Callable[[str], str],
    ) -> bool:
        """A link to a draft for `lasts`, and its letter; False, and nothing is sent, for an address that has its share.

        `recipient` is a digest of the address, by which its letters are counted for a day, whatever becomes of
        their drafts; `digest` makes that of the link of the nonce it is given.
        """
        nonce = secrets.token_urlsafe(16)
        now, expires = self._database.now, self._database.after(lasts)
        counted = select(func.count()).select_from(draft_letters).where(draft_letters.c.recipient == recipient)
        with self._database.writing() as connection:
            forget_counted(connection, self._database.after(-DAY))
            form = connection.scalars(select(drafts.c.form).where(drafts.c.id == draft)).first()
            if form is None or connection.scalars(counted).one() >= MOST:
                return False
            connection.execute(insert(draft_letters).values(recipient=recipient, made=now))
            row = {"draft": draft, "form": form, "page": page, "language": language, "address": address}
            letter = {"state": State.PENDING, "attempts": 0, "next_at": now, "cause": "", "fix": ""}
            made = {"nonce": nonce, "digest": digest(nonce), "made": now, "expires": expires}
            connection.execute(insert(draft_links).values(**row, **letter, **made))
        return True

    def open(self, digest: str, session: str) -> Lead | None:
        """Let a session into the draft of a link; None for one that is unknown or too old, or whose draft is gone."""
        live = (drafts.c.id == draft_links.c.draft) & (drafts.c.expires > self._database.now)
        found = (
            select(draft_links.c.draft, drafts.c.form, draft_links.c.page)
            .join(drafts, live)
            .where(draft_links.c.digest == digest, draft_links.c.expires > self._database.now)
        )
        with self._database.writing() as connection:
            row = connection.execute(found).first()
            if row is None:
                return None
            insert_unless_there(connection, draft_sessions, {"draft": row.draft, "session": session})
        return Lead(*row)

    def claim(self, holder: str, lease: timedelta = LEASE) -> DraftLetter | None:
        """Take the letter that has been due longest, for `lease`; None when none is due."""
        due = (
            select(draft_links.c.id)
            .where(draft_links.c.state == State.PENDING, draft_links.c.next_at <= self._database.now)
            .order_by(draft_links.c.next_at, draft_links.c.id)
            .limit(1)
        )
        columns = [draft_links.c[name] for name in DraftLetter.__dataclass_fields__]
        with self._database.reading() as connection:
            if connection.scalars(due).first() is None:
                return None  # most often, and then nobody who writes is kept waiting
        with self._database.writing() as connection:
            chosen = connection.scalars(due.with_for_update(skip_locked=True)).first()
            if chosen is None:
                return None
            taken = {"attempts": draft_links.c.attempts + 1, "next_at": self._database.after(lease)}
            mine = draft_links.c.id == chosen
            connection.execute(update(draft_links).where(mine).values(holder=holder, **taken))
            return DraftLetter(*connection.execute(select(*columns).where(mine)).one())

    def settle(self, letter: DraftLetter, outcome: Outcome) -> bool:
        """Write down what became of a claimed letter; False for a lost lease, or a draft that is gone."""
        held = (draft_links.c.id == letter.id) & (draft_links.c.holder == letter.holder)
        with self._database.writing() as connection:
            changed = update(draft_links).where(held).values(holder=None, **_changes(outcome))
            return bool(connection.execute(changed).rowcount)

    def count(self, state: State) -> int:
        """How many letters are pending, delivered or dead, of drafts that are still there."""
        counted = select(func.count()).select_from(draft_links).where(draft_links.c.state == state)
        with self._database.reading() as connection:
            return connection.scalars(counted).one()

    def causes(self) -> tuple[str, ...]:
        """Why letters are dead or being tried again, each cause once."""
        failed = select(draft_links.c.cause).where(draft_links.c.cause != "").distinct().order_by(draft_links.c.cause)
        with self._database.reading() as connection:
            return tuple(connection.scalars(failed))


def forget_counted(connection: Connection, until: ColumnElement[datetime]) -> None:
    """Count letters no more that were asked for until then, as part of the caller's transaction."""
    connection.execute(delete(draft_letters).where(draft_letters.c.made <= until))


def _changes(outcome: Outcome) -> dict[str, object]:
    """The address goes with the last try."""
    match outcome:
        case Delivered():
            return {"state": State.DELIVERED, "address": "", "cause": "", "fix": ""}
        case RetryAt(at, cause, fix):
            return {"next_at": at, "cause": cause, "fix": fix}
        case Dead(cause, fix):
            return {"state": State.DEAD, "address": "", "cause": cause, "fix": fix}
