"""One small story of a store, told again and again with the power going at another point each time.

A resident presses Send twice; a worker delivers, and another one stalls; the power goes; everybody tries again.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from formroute.delivery import Failed, Plan, Sent, Worker
from formroute.intake import Intake
from formroute.store import Dead, Store
from tests.faults.pauses import NO_PAUSES
from tests.small_city.samples import ANSWERS, NOON, small_city
from tests.store.samples import Clock

LEASE = timedelta(minutes=2)
PLAN = Plan(attempts=50, first=timedelta(minutes=1), factor=1)
ROUNDS = 40


class PowerCutError(BaseException):
    """The power goes; nothing in the program can catch it."""


class Town:
    """A store on a clock of its own, residents, departments, and all that they saw."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.store = Store(f"sqlite:///{folder / 'formroute.db'}", now=self.clock.now)
        self.intake = Intake(small_city(), self.store, clock=lambda: NOON)
        self.answered: dict[str, set[str]] = defaultdict(set)
        self.arrived: dict[str, list[bytes]] = defaultdict(list)
        self.refused: set[str] = set()
        self.late = False
        self.on_step: Callable[[str], None] = lambda _what: None

    def press_send(self, token: str) -> None:
        self.answered[token].add(self.intake.submit("lamp", ANSWERS, token=token).reference)

    def worker(self) -> Worker:
        return Worker(
            small_city(), self.store, dict.fromkeys(("email", "webhook", "desk"), self), lease=LEASE, plan=PLAN,
            jitter=lambda: 0.0, pauses=NO_PAUSES,
        )  # fmt: skip

    def render(self, message, delivery) -> bytes:
        """Other bytes each time, so that it shows when they are not kept."""
        return secrets.token_bytes(8)

    def send(self, payload: bytes, delivery):
        """A department; the webhook refuses everything once."""
        self.on_step("before sending")
        if delivery.destination.handler == "webhook" and delivery.reference not in self.refused:
            self.refused.add(delivery.reference)
            return Failed("busy")
        self.arrived[delivery.key].append(payload)
        self.on_step("after sending")
        return Sent()

    def live(self) -> None:
        """The story until the power goes, or to its end."""
        self.press_send("A")
        self.press_send("A")
        self.worker().deliver_one()
        self.press_send("B")
        self.worker().deliver_due()

    def go_on(self) -> None:
        """Everybody tries again, and a worker that stalled wakes up late."""
        for token in "AB":
            self.press_send(token)
        self.clock.forward(LEASE)
        stalled = self.store.outbox.claim("stalled", LEASE)
        for _ in range(ROUNDS):
            self.clock.forward(LEASE)
            self.worker().deliver_due()
        if stalled is not None:
            self.late = self.store.outbox.settle(stalled, Dead("woke up late"))

    def faults(self) -> Iterator[str]:
        """Everything that breaks a promise."""
        standing = self.store.outbox.standing()
        yield from (f"{token} has {len(given)} references" for token, given in self.answered.items() if len(given) > 1)
        for reference in set().union(*self.answered.values()):
            stored = self.store.find(reference)
            if stored is None or len(stored.deliveries) != 4:
                yield f"{reference} was lost"
                continue
            keys = [delivery.key for delivery in stored.deliveries]
            yield from (f"{key} never arrived" for key in keys if key not in self.arrived)
            yield from (f"{key} is of no delivery" for key in self.arrived.keys() - self.keys())
        yield from (f"{key} arrived with two contents" for key, sent in self.arrived.items() if len(set(sent)) > 1)
        if standing.submissions.accepted != 2 or standing.deliveries.delivered != 8:
            yield f"not two submissions, all delivered: {standing}"
        if not (standing.submissions.add_up and standing.deliveries.add_up):
            yield f"the figures do not add up: {standing}"
        if self.late:
            yield "a worker that had lost its lease changed something"
        if (broken := self.store.chain.audit().broken) is not None:
            yield broken

    def keys(self) -> set[str]:
        references = set().union(*self.answered.values())
        found = [self.store.find(reference) for reference in references]
        return {delivery.key for stored in found if stored for delivery in stored.deliveries}


@contextmanager
def power_cut(town: Town, number: int) -> Iterator[list[str]]:
    """The power goes at the `number`-th step: before a statement, before or after a commit or a sending."""
    steps: list[str] = []

    def step(what: str) -> None:
        steps.append(what)
        if len(steps) - 1 == number:
            raise PowerCutError

    dialect = town.store.database.engine.dialect
    real_execute, real_many, real_commit = dialect.do_execute, dialect.do_executemany, dialect.do_commit

    def execute(cursor, statement, parameters, context=None) -> None:
        step(statement)
        real_execute(cursor, statement, parameters, context)

    def execute_many(cursor, statement, parameters, context=None) -> None:
        step(statement)
        real_many(cursor, statement, parameters, context)

    def commit(connection) -> None:
        step("before the commit")
        real_commit(connection)
        step("after the commit")

    dialect.do_execute, dialect.do_executemany, dialect.do_commit = execute, execute_many, commit
    town.on_step = step
    try:
        yield steps
    finally:
        del dialect.do_execute, dialect.do_executemany, dialect.do_commit
        town.on_step = lambda _what: None


def told(folder: Path, number: int) -> tuple[list[str], list[str]]:
    """The story with a power cut at step `number`: the steps up to it, and the faults found afterwards."""
    folder.mkdir()
    town = Town(folder)
    with power_cut(town, number) as steps, suppress(PowerCutError):
        town.live()
    town.go_on()
    faults = list(town.faults())
    town.store.close()
    return steps, faults
