"""The outbox: deliveries are claimed under a lease, sent by their holder, and settled by nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, Select, select, tuple_, update

from formroute.records import RESIDENT, Destination, to_json
from formroute.store import delivery_rows as rows
from formroute.store.circuits import note_failure, note_success, pass_through
from formroute.store.database import Database
from formroute.store.deliveries import Dead, Delivered, Delivery, Outcome, RetryAt, State
from formroute.store.due import candidates
from formroute.store.events import record
from formroute.store.standing import Standing, by_department, standing
from formroute.store.tables import outbox

LEASE = timedelta(minutes=2)
PAGE = 100


def no_pause(_failures: int) -> timedelta:
    """Where an address that failed may be tried again at once."""
    return timedelta(0)


class Outbox:
    """The deliveries of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, holder: str, lease: timedelta = LEASE) -> Delivery | None:
        """Take the delivery that has been due longest, for `lease` by the database's clock; None when none is due.

        `holder` must be new for each claim: it is what `settle` asks for. Deliveries to an address that may not be
        tried now stay where they are. Where very many of those are due longest, it takes what has been due longest at
        some of the other addresses, and at all of them where these are few. The claim counts as an attempt, so a
        holder that dies is counted too.
        """
        with self._database.writing() as connection:
            for found in candidates(connection, self._database.now, rows.digest(holder)):
                if pass_through(connection, found.address, found.settings.get("per_minute"), found.now, lease):
                    return self._taken(connection, found.id, holder, lease)
        return None

    def _taken(self, connection: Connection, number: int, holder: str, lease: timedelta) -> Delivery:
        taken = {"holder": holder, "attempts": outbox.c.attempts + 1, "next_at": self._database.after(lease)}
        connection.execute(update(outbox).where(outbox.c.id == number).values(taken))
        return rows.delivery(connection.execute(rows.deliveries().where(outbox.c.id == number)).one())

    def keep_payload(self, delivery: Delivery, payload: bytes) -> bool:
        """Keep the bytes of the first try for every later one; False when the holder has lost its lease."""
        with self._database.writing() as connection:
            kept = connection.execute(update(outbox).where(_held(delivery)).values(payload=payload))
        return bool(kept.rowcount)

    def settle(self, delivery: Delivery, outcome: Outcome, pause: Callable[[int], timedelta] = no_pause) -> bool:
        """Write down what became of a claimed delivery; a holder that lost its lease writes nothing and gets False.

        `pause` says for how long the address is left alone after a failure that so many others came before.
        """
        changed = update(outbox).where(_held(delivery)).values(holder=None, **self._changes(outcome))
        with self._database.writing() as connection:
            if not connection.execute(changed).rowcount:
                return False
            record(connection, _submission_of(delivery), self._database.now, *_event(delivery, outcome))
            self._note(connection, delivery, outcome, pause)
        return True

    def _note(
        self, connection: Connection, delivery: Delivery, outcome: Outcome, pause: Callable[[int], timedelta]
    ) -> None:
        if isinstance(outcome, Delivered):
            note_success(connection, delivery.address)
        elif pause(0):
            now = connection.scalars(select(self._database.now)).one()
            note_failure(connection, delivery.address, now, pause)

    def requeue(self, delivery: Delivery, destination: Destination) -> bool:
        """Try a delivery that is dead or failing at once, from the first attempt on; False when it is neither any more.

        One whose worker died, so that its lease is over, counts as failing.

        It keeps its key. What was rendered is sent again, unless it now goes to another `destination`. Its address is
        taken for well again. One that a worker tries at this moment is left to it.
        """
        settings = to_json(destination.settings)
        again: dict[str, object] = {
            "state": State.PENDING,
            "attempts": 0,
            "holder": None,
            "next_at": self._database.now,
            "settled": None,
            "dismissed": None,
            "cause": "",
            "fix": "",
        }
        if settings != to_json(delivery.destination.settings):
            address = rows.address_of(delivery.reference, destination)
            again |= {"settings": settings, "address": address, "payload": None}
        failed = (outbox.c.cause != "") & outbox.c.holder.is_(None)
        failing = (outbox.c.state == State.PENDING) & (failed | rows.abandoned(self._database.now))
        waiting = (outbox.c.id == delivery.id) & ((outbox.c.state == State.DEAD) | failing)
        with self._database.writing() as connection:
            if not connection.execute(update(outbox).where(waiting).values(again)).rowcount:
                return False
            note_success(connection, str(again.get("address", delivery.address)))
            record(connection, _submission_of(delivery), self._database.now, "requeued", _where(destination))
        return True

    def dismiss(self, delivery: Delivery, why: str, by: str) -> bool:
        """Let a dead delivery rest: it needs no hand any more, and may be erased; False when it is not dead.

        It still counts as dead, and can be requeued. `why` and `by` are kept as an event.
        """
        dead = (outbox.c.id == delivery.id) & (outbox.c.state == State.DEAD) & outbox.c.dismissed.is_(None)
        with self._database.writing() as connection:
            if not connection.execute(update(outbox).where(dead).values(dismissed=self._database.now)).rowcount:
                return False
            detail = {**_where(delivery.destination), "why": why, "by": by}
            record(connection, _submission_of(delivery), self._database.now, "dismissed", detail)
        return True

    def standing(self) -> Standing:
        """The three figures that must add up to what was accepted, at one moment."""
        with self._database.reading() as connection:
            return standing(connection)

    def by_department(self) -> tuple[tuple[str, State, int], ...]:
        """How many deliveries are pending or dead, by department; residents stand under RESIDENT."""
        with self._database.reading() as connection:
            return by_department(connection)

    def dead(self, limit: int = 100) -> tuple[Delivery, ...]:
        """The latest deliveries that nobody will try again, the last one first, without those that were dismissed."""
        return tuple(map(rows.delivery, self._rows(rows.dead().order_by(outbox.c.settled.desc()).limit(limit))))

    def failing(self, limit: int = 100) -> tuple[Delivery, ...]:
        """The oldest deliveries that failed and wait for another try, the first one first."""
        return tuple(map(rows.delivery, self._rows(rows.failing().order_by(outbox.c.id).limit(limit))))

    def each_dead(self, department: str | None = None) -> Iterator[Delivery]:
        """Every delivery that nobody will try again, of one department or of all, without those that were dismissed.

        They are read a few at a time, the first accepted first, and may be requeued or dismissed meanwhile.
        """
        return self._each(rows.dead() if department is None else rows.dead().where(outbox.c.department == department))

    def departments(self) -> tuple[str, ...]:
        """The names of all departments that anything was ever for."""
        with self._database.reading() as connection:
            found = connection.scalars(select(outbox.c.department).distinct().order_by(outbox.c.department))
            return tuple(name for name in found if name != RESIDENT)

    def each_failing(self) -> Iterator[Delivery]:
        """Every delivery that failed or whose worker died, read a few at a time, the first accepted first."""
        return self._each(rows.failing(rows.abandoned(self._database.now)))

    def _each(self, wanted: Select[Any]) -> Iterator[Delivery]:
        place = tuple_(outbox.c.submission, outbox.c.id)
        page: Sequence[Row[Any]] = self._rows(wanted.order_by(*place).limit(PAGE))
        while page:
            yield from map(rows.delivery, page)
            after = place > tuple_(page[-1].submission, page[-1].id)
            page = self._rows(wanted.where(after).order_by(*place).limit(PAGE))

    def _rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        with self._database.reading() as connection:
            return connection.execute(statement).all()

    def _changes(self, outcome: Outcome) -> dict[str, object]:
        match outcome:
            case Delivered():
                return {
                    "state": State.DELIVERED,
                    "cause": "",
                    "fix": "",
                    "payload": None,
                    "settled": self._database.now,
                }
            case RetryAt(at, cause, fix):
                return {"next_at": at, "cause": cause, "fix": fix}
            case Dead(cause, fix):
                return {"state": State.DEAD, "cause": cause, "fix": fix, "settled": self._database.now}


def _held(delivery: Delivery) -> ColumnElement[bool]:
    return (outbox.c.id == delivery.id) & (outbox.c.holder == delivery.holder)


def _submission_of(delivery: Delivery) -> ScalarSelect[Any]:
    return select(outbox.c.submission).where(outbox.c.id == delivery.id).scalar_subquery()


def _where(destination: Destination) -> dict[str, object]:
    return {"department": destination.department, "handler": destination.handler}


def _event(delivery: Delivery, outcome: Outcome) -> tuple[str, dict[str, object]]:
    attempt = {**_where(delivery.destination), "attempt": delivery.attempts}
    match outcome:
        case Delivered(detail):
            return "delivered", {**attempt, "detail": detail}
        case RetryAt(at, cause, _):
            return "failed", {**attempt, "cause": cause, "next_at": to_json(at)}
        case Dead(cause, _):
            return "dead", {**attempt, "cause": cause}
