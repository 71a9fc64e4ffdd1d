"""Who has seen a submission at a desk."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from formroute.store.database import Database
from formroute.store.events import Event, record
from formroute.store.tables import submissions

KIND = "read"


class Readings:
    """What accounts of a store have read, as events of the submissions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, reference: str, events: Iterable[Event], *, department: str, by: str) -> None:
        """Note that `by` sees a submission at a department's desk, unless its `events` tell so already."""
        detail = {"department": department, "by": by}
        if any(event.kind == KIND and event.detail == detail for event in events):
            return
        submission = select(submissions.c.id).where(submissions.c.reference == reference).scalar_subquery()
        with self._database.writing() as connection:
            record(connection, submission, self._database.now, KIND, detail)
