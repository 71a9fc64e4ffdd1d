"""What is done once in a while by one of several workers."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from formroute.store.database import Database
from formroute.store.dialect import insert_unless_there
from formroute.store.tables import errands


class Errands:
    """The errands of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, name: str, every: timedelta) -> bool:
        """Whether the caller is to run the errand now: True for one of all callers in the span `every`."""
        now = self._database.now
        with self._database.writing() as connection:
            if insert_unless_there(connection, errands, {"name": name, "taken": now}):
                return True
            due = (errands.c.name == name) & (errands.c.taken <= self._database.after(-every))
            return bool(connection.execute(update(errands).where(due).values(taken=now)).rowcount)

    def give_back(self, name: str) -> None:
        """It could not be done: somebody is to run it again."""
        with self._database.writing() as connection:
            connection.execute(delete(errands).where(errands.c.name == name))
