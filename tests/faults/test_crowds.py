"""Promise 5: one form, one submission, however often it is posted at once. Promise 6: nobody waits for a neighbour."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from formroute.delivery import Failed, Plan, Sent, Worker
from formroute.intake import Intake
from formroute.records import Destination
from formroute.store import State, Store
from formroute.store.tables import outbox, submissions
from tests.databases import on_sqlite
from tests.faults.numbers import times
from tests.faults.pauses import NO_PAUSES
from tests.small_city.samples import ANSWERS, NOON, small_city
from tests.store.samples import SUBMISSION, Clock, accept

POSTS = times(100, 500)
FAN_OUTS = times(60, 1_000)
MINUTE = timedelta(minutes=1)


def test_a_form_that_is_posted_twice_at_once_is_one_submission(url: str, files: Path) -> None:
    store = Store(url, files)
    intake = Intake(small_city(), store, clock=lambda: NOON)
    posts = [f"token {number}" for number in range(POSTS) for _ in range(2)]

    def post(token: str) -> tuple[str, str]:
        return token, intake.submit("lamp", ANSWERS, token=token).reference

    with ThreadPoolExecutor(16) as crowd:
        seen = set(crowd.map(post, posts))
    with store.database.reading() as connection:
        kept = connection.scalars(select(func.count()).select_from(submissions)).one()
    store.close()
    assert len(seen) == len({reference for _, reference in seen}) == kept == POSTS


class Departments:
    """Each takes what it gets, refuses it for a while, or refuses it for ever. What was taken is counted."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.tries: Counter[str] = Counter()

    def render(self, message, delivery) -> bytes:
        return b"letter"

    def send(self, payload: bytes, delivery):
        self.tries[delivery.key] += 1
        patience = delivery.destination.settings["refuses"]
        if patience is None or self.tries[delivery.key] <= patience:
            return Failed("gone", final=patience is None)
        self.taken[delivery.key] += 1
        return Sent()


@on_sqlite
def test_a_department_that_fails_neither_blocks_another_nor_repeats_it(url: str, files: Path) -> None:
    clock, departments, chance = Clock(), Departments(), random.Random(8311)
    store = Store(url, files, now=clock.now)
    expected: dict[str, State] = {}
    at_once: list[str] = []
    for number in range(FAN_OUTS):
        ways = [fan(chance, number, way) for way in range(chance.randint(2, 5))]
        form = next(iter(small_city().forms))
        submission = replace(SUBMISSION, form=form, answers={})
        reference = f"WPG-{number}"
        accept(store, reference, *ways, submission=submission)
        for delivery in store.find(reference).deliveries:
            refuses = delivery.destination.settings["refuses"]
            expected[delivery.key] = State.DEAD if refuses is None else State.DELIVERED
            at_once += [delivery.key] if refuses == 0 else []
    worker = Worker(
        small_city(), store, {"any": departments}, plan=Plan(attempts=9, first=MINUTE, factor=1),
        pauses=NO_PAUSES,
    )  # fmt: skip
    worker.deliver_due()
    assert departments.taken == Counter(at_once)
    for _ in range(6):
        clock.forward(2 * MINUTE)
        worker.deliver_due()
    with store.database.reading() as connection:
        states = dict(connection.execute(select(outbox.c.key, outbox.c.state)).all())
    standing = store.outbox.standing()
    store.close()
    assert states == expected
    assert departments.taken == Counter(key for key, state in expected.items() if state is State.DELIVERED)
    assert standing.deliveries.add_up
    assert standing.submissions.add_up


def fan(chance: random.Random, number: int, way: int) -> Destination:
    """A way to the ward, at an address of its own, that takes at once, after some tries, or never."""
    refuses = chance.choice([0, 0, 0, 1, 2, 4, None])
    return Destination("ward", "any", {"to": f"{number}-{way}", "refuses": refuses})
