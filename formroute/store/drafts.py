"""Forms that are not sent yet: what was typed, as it was typed, for the session that typed it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, delete, select, update

from formroute.store.database import Database
from formroute.store.dialect import insert_unless_there
from formroute.store.links import DAY, forget_counted
from formroute.store.tables import draft_links, draft_sessions, drafts, uploads
from formroute.store.uploads import tokens_in

KEEP = timedelta(days=14)


Merge = Callable[[Mapping[str, Any], Mapping[str, Any]], Mapping[str, Any]]
"""From what a draft has and what is saved, what it has then; it runs while nobody else can save."""


def added(before: Mapping[str, Any], raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is saved, and all else as before."""
    return {**before, **raw}


@dataclass(frozen=True, slots=True)
class Draft:
    """`raw` is what `Form.check` takes, with upload tokens in the place of uploads."""

    id: str
    form: str
    raw: Mapping[str, Any]
    updated: datetime


class Drafts:
    """The drafts of one store. A draft is seen by the session that began it, and by those that came by a link."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        draft: str,
        form: str,
        session: str,
        raw: Mapping[str, Any],
        keep: timedelta = KEEP,
        *,
        was: Collection[str] = (),
        merge: Merge = added,
    ) -> bool:
        """Put `raw` into the draft as `merge` does, so that what two pages save at once is kept alike.

        The draft lasts for `keep` from now, or longer if it was to, and its uploads as long. A draft of a form that is
        called `form` by now and `was` something else is one of it. False for the draft of another session.
        """
        expires = self._database.after(keep)
        row = {"form": form, "raw": merge({}, raw), "updated": self._database.now, "expires": expires}
        mine = (drafts.c.id == draft) & _is_of(session)
        live = mine & drafts.c.form.in_((form, *was)) & (drafts.c.expires > self._database.now)
        with self._database.writing() as connection:
            if not insert_unless_there(connection, drafts, {"id": draft, "session": session, **row}):
                before = connection.scalars(select(drafts.c.raw).where(live).with_for_update()).first() or {}
                row |= {"raw": merge(before, raw), "expires": _later(drafts.c.expires, expires)}
                if not connection.execute(update(drafts).where(mine).values(row)).rowcount:
                    return False
            held = uploads.c.token.in_(tokens_in(row["raw"]))
            connection.execute(update(uploads).where(held).values(expires=_later(uploads.c.expires, expires)))
        return True

    def load(self, draft: str, session: str) -> Draft | None:
        """The draft, if it is there, is of this session, and has not expired."""
        statement = select(drafts.c.id, drafts.c.form, drafts.c.raw, drafts.c.updated).where(
            drafts.c.id == draft, _is_of(session), drafts.c.expires > self._database.now
        )
        with self._database.reading() as connection:
            row = connection.execute(statement).first()
        return row and Draft(*row)

    def drop(self, draft: str) -> None:
        """Forget a draft."""
        with self._database.writing() as connection:
            drop_draft(connection, draft)

    def sweep(self) -> int:
        """Delete expired drafts; returns how many."""
        with self._database.writing() as connection:
            swept = connection.execute(delete(drafts).where(drafts.c.expires <= self._database.now)).rowcount
            for table in (draft_links, draft_sessions):
                connection.execute(delete(table).where(table.c.draft.not_in(select(drafts.c.id))))
            forget_counted(connection, self._database.after(-DAY))
            return swept


def drop_draft(connection: Connection, draft: str) -> None:
    """Forget a draft with the links to it and the addresses they went to, as part of the caller's transaction."""
    connection.execute(delete(drafts).where(drafts.c.id == draft))
    for table in (draft_links, draft_sessions):
        connection.execute(delete(table).where(table.c.draft == draft))


def _later(one: ColumnElement[datetime], other: ColumnElement[datetime]) -> ColumnElement[datetime]:
    return case((one > other, one), else_=other)


def _is_of(session: str) -> ColumnElement[bool]:
    """The session that began a draft, or one that came to it by a link."""
    came = (draft_sessions.c.draft == drafts.c.id) & (draft_sessions.c.session == session)
    return (drafts.c.session == session) | select(draft_sessions.c.draft).where(came).exists()
