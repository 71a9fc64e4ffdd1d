"""What a site holds under load, each figure as a ratio to another of the same run.

FORMROUTE_STORED says how many submissions the large store holds; a million of them take some minutes to make.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update

from formroute import Intake, Store, load_catalog
from formroute.store import Case, Delivered, Search
from formroute.store.deliveries import State
from formroute.store.dialect import EPOCH
from formroute.store.tables import circuits, outbox
from tests.benchmarks.city_site import made
from tests.benchmarks.crowd import prepared, press_send
from tests.benchmarks.many import fill
from tests.copies import copied, edit
from tests.delivery.servers import free_port
from tests.small_city.samples import ANSWERS, FOLDER, small_city

ROOT = Path(__file__).parent.parent.parent
STORED = int(os.environ.get("FORMROUTE_STORED", "1000000"))
PENDING = 10_000
CLOSED = 100_000
ROUNDS = 5
POSTS = 200
RESIDENTS = 4

pytestmark = pytest.mark.parametrize("new_url", ["sqlite", "postgresql"], indirect=True)


class Site:
    """The small city behind gunicorn with two workers; `hanging` is the port where its lights' webhook leads."""

    def __init__(self, folder: Path, url: str, hanging: int) -> None:
        self.folder, self.url, self.port = folder, url, free_port()
        self.files = folder / "files"
        schemas = copied(FOLDER, folder / "schemas")
        edit(schemas / "departments.yaml", ":8311/intake", f":{hanging}/intake")
        self.intake = Intake(load_catalog(schemas), Store(url, self.files))
        self.app = made(self.intake)

    @contextlib.contextmanager
    def process(self, *command: str) -> Iterator[None]:
        environment = {
            **os.environ,
            "FORMROUTE_STORE": self.url,
            "FORMROUTE_FILES": str(self.files),
            "FORMROUTE_SCHEMAS": str(self.folder / "schemas"),
            "FORMROUTE_ALLOW_NETWORKS": "127.0.0.0/8",
            "LIGHTS_SECRET": "whsec_" + "c2VjcmV0" * 6,
        }
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen([sys.executable, *command], env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait()

    @contextlib.contextmanager
    def served(self) -> Iterator[None]:
        options = ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
        with self.process(
            "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{self.port}", "tests.benchmarks.city_site:app"
        ):
            self._await()
            self.press_send(40)
            yield

    def press_send(self, count: int) -> list[float]:
        """So many residents press Send; returns how long each waited."""
        return press_send(self.port, prepared(self.app, self.intake.store, count), RESIDENTS)

    def _await(self) -> None:
        for _ in range(600):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text()[-2000:])


@contextlib.contextmanager
def hanging_server() -> Iterator[int]:
    """The port of a server that takes every connection and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=1000) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def site(tmp_path: Path, url: str) -> Iterator[Site]:
    with hanging_server() as port:
        site = Site(tmp_path, url, port)
        yield site
        site.intake.store.close()


def per_second(act: Callable[[], object], count: int) -> float:
    start = time.perf_counter()
    act()
    return count / (time.perf_counter() - start)


def test_the_site_takes_half_of_what_the_store_alone_takes(site: Site) -> None:
    """From the post of a form to its committed reference; the store alone gets what is judged and decided already."""
    names = itertools.count()
    catalog = site.intake.catalog
    form = catalog.forms["lamp"]
    submission = catalog.submission("lamp", form.check(ANSWERS).answers)
    decision = catalog.decision(submission)
    ways = site.intake._destinations(decision)

    def accept() -> None:
        for _ in range(POSTS):
            name = f"ALONE-{next(names)}"
            site.intake.store.accept(Case(submission, decision, ways, name, form.source, ("name",), name), name)

    alone, served = [], []
    with site.served():
        for _ in range(ROUNDS):
            alone.append(per_second(accept, POSTS))
            posts = prepared(site.app, site.intake.store, POSTS)
            served.append(per_second(lambda posts=posts: press_send(site.port, posts, RESIDENTS), POSTS))
    print(
        f"\nthe store alone {max(alone):.0f}/s, the site {max(served):.0f}/s: {max(served) / max(alone):.2f}", end=" "
    )
    assert max(served) >= max(alone) / 2


def test_nobody_waits_long_while_many_are_pending_and_a_webhook_hangs(site: Site) -> None:
    """Two workers deliver meanwhile; the slowest of a hundred residents waits at most ten times as long as most."""
    store = site.intake.store
    fill(store, PENDING)
    with store.database.writing() as connection:
        (model,) = connection.scalars(select(outbox.c.id).where(outbox.c.handler == "webhook").limit(1)).all()
        connection.execute(
            update(outbox)
            .where(outbox.c.id != model)
            .values(state=State.PENDING, settled=None, next_at=outbox.c.settled)
        )
        webhook = "UPDATE outbox SET (handler, settings, address) = (SELECT handler, settings, address FROM outbox"
        connection.execute(text(f"{webhook} WHERE id = :id) WHERE id % 20 = 0"), {"id": model})
    deliver = ("-c", "from formroute.cli import main; main()", "deliver")
    with site.served(), site.process(*deliver), site.process(*deliver):
        time.sleep(3)
        assert store.outbox.standing().deliveries.pending > PENDING / 2
        waited = sorted(site.press_send(1000))
        pending = store.outbox.standing().deliveries.pending
    median, late = statistics.median(waited), waited[int(len(waited) * 0.99)]
    print(f"\nmedian {median * 1000:.1f} ms, p99 {late * 1000:.1f} ms: {late / median:.1f} ({pending} left)", end=" ")
    assert pending > PENDING / 4
    assert late < 10 * median


def test_a_million_stored_submissions_slow_nobody_down(new_url: Callable[[], str], tmp_path: Path) -> None:
    """Accepting and delivering, on a nearly empty store and on a full one, by turns."""
    small, large = (Store(new_url(), tmp_path / name) for name in ("small", "large"))
    fill(small, 10)
    fill(large, STORED)
    names = itertools.count()

    def submit(store: Store) -> None:
        Intake(small_city(), store).submit("lamp", ANSWERS)

    def deliver(store: Store) -> None:
        delivery = store.outbox.claim(f"holder {next(names)}")
        assert delivery is not None
        store.outbox.settle(delivery, Delivered())

    found = {}
    for name, act, limit in (
        ("submit", submit, 1.5),
        ("claim and settle", deliver, 1.5),
        ("seal", lambda store: store.chain.seal(), 1.5),
        ("the latest", lambda store: store.search(Search()), 3),
        ("a desk", lambda store: store.at_desk("ward"), 3),
    ):
        found[name] = by_turns(act, small, large)
        print(f"\n{name:<20} {found[name]:.2f}", end=" ")
        assert found[name] <= limit
    small.close()
    large.close()


def test_very_many_that_wait_for_a_closed_address_slow_nobody_down(new_url: Callable[[], str], tmp_path: Path) -> None:
    """Claiming for the others, on a store where 10 wait for an address that failed and on one where 100,000 do."""
    few, many = (Store(new_url(), tmp_path / name) for name in ("few", "many"))
    for store, count in ((few, 10), (many, CLOSED)):
        close_behind(store, count)
        for _ in range(80):
            Intake(small_city(), store).submit("lamp", ANSWERS)
    names = itertools.count()

    def deliver(store: Store) -> None:
        delivery = store.outbox.claim(f"holder {next(names)}")
        assert delivery is not None
        store.outbox.settle(delivery, Delivered())

    def find_nothing(store: Store) -> None:
        assert store.outbox.claim(f"holder {next(names)}") is None

    for name, act, limit in (("claim and settle", deliver, 1.5), ("nothing to claim", find_nothing, 3)):
        found = by_turns(act, few, many)
        print(f"\n{name:<20} {found:.2f}", end=" ")
        assert found <= limit
        for store in (few, many):
            while (delivery := store.outbox.claim(f"holder {next(names)}")) is not None:
                store.outbox.settle(delivery, Delivered())
    for store in (few, many):
        store.close()


def close_behind(store: Store, count: int) -> None:
    """So many deliveries have been due for long at an address that failed just now."""
    fill(store, count)
    tomorrow = store.now() + timedelta(days=1)
    with store.database.writing() as connection:
        (model,) = connection.scalars(select(outbox.c.address).order_by(outbox.c.id.desc()).limit(1))
        mine = outbox.c.address == model
        connection.execute(update(outbox).where(mine).values(state=State.PENDING, next_at=outbox.c.settled))
        closed = {"address": model, "failures": 9, "open_until": tomorrow, "probed_until": EPOCH, "free_at": EPOCH}
        connection.execute(insert(circuits).values(closed))


def by_turns(act: Callable[[Store], object], small: Store, large: Store) -> float:
    """How much longer the act takes on the large store: the best of many turns on each."""
    best = dict.fromkeys((small, large), float("inf"))
    for _ in range(15):
        for store in best:
            start = time.perf_counter()
            for _ in range(10):
                act(store)
            best[store] = min(best[store], time.perf_counter() - start)
    return best[large] / best[small]
