"""The worker: takes what is due, delivers it, and writes down what became of it."""

from __future__ import annotations

import atexit
import logging
import random
import secrets
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from formroute.catalog import Catalog
from formroute.delivery.chores import Chores
from formroute.delivery.circuit import PAUSES, Pauses
from formroute.delivery.deadline import ATTEMPT_SECONDS
from formroute.delivery.digest import Digest
from formroute.delivery.email import Email, ToResident
from formroute.delivery.handler import Handler
from formroute.delivery.message import compose
from formroute.delivery.result import Failed, NotConfiguredError, Result, Sent
from formroute.delivery.retry import PLAN, Plan, next_step
from formroute.delivery.tally import Tally
from formroute.store import LEASE, Delivery, Store

IDLE_SECONDS = 1.0
PARTING_SECONDS = ATTEMPT_SECONDS + 5.0
BUG = "Look for the traceback in the log, and report it."

log = logging.getLogger(__name__)


class Worker:
    """Delivers for one store, one delivery at a time. Any number of workers may run on a store.

    `handlers` maps the names in departments.yaml to what carries them out. `digest` is the operator's daily
    letter. `plan` says when a failure is tried again, `lease` how long a try may take before another worker
    takes over, `pauses` for how long an address that failed is left alone, `jitter` gives numbers in [0, 1), and
    `seconds` counts time between chores.
    """

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        handlers: Mapping[str, Handler],
        *,
        digest: Digest | None = None,
        plan: Plan = PLAN,
        lease: timedelta = LEASE,
        pauses: Pauses = PAUSES,
        jitter: Callable[[], float] = random.random,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._catalog = catalog
        self._store = store
        self._handlers = handlers
        self._plan = plan
        self._lease = lease
        self._jitter = jitter
        self._seconds = seconds
        self._pauses = pauses
        self._chores = Chores(catalog, store, handlers, digest, pauses.longest)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.tally = Tally()

    def deliver_one(self) -> bool:
        """Try a letter that somebody waits for to come back to a draft, else the delivery that has been due longest.

        False when none is due.
        """
        with self._catalog.speaking():
            return self._send_one_letter() or self._deliver_one()

    def _send_one_letter(self) -> bool:
        writer = self._handlers.get("acknowledgement")
        if not isinstance(writer, ToResident):
            return False
        letter = self._store.links.claim(secrets.token_hex(8), self._lease)
        if letter is None:
            return False
        name = f"the letter {letter.id} to a draft"
        result = self._guarded(name, letter.attempts, lambda: writer.lead_back(self._catalog, letter))
        if isinstance(result, Failed):
            log.warning("%s: %s %s", name, result.cause, result.fix)
        if result is not None:
            self.tally.count(result)
            outcome = next_step(letter.attempts, result, self._store.now(), self._jitter(), self._plan)
            self._store.links.settle(letter, outcome)
        return True

    def _deliver_one(self) -> bool:
        delivery = self._store.outbox.claim(secrets.token_hex(8), self._lease)
        if delivery is None:
            return False
        result = self._try(delivery)
        if result is not None:
            self.tally.count(result)
            self._settle(delivery, result)
        return True

    def deliver_due(self) -> int:
        """Try everything that is due, until nothing is or `stop` is called; returns how many tries were made."""
        tries = 0
        while not self._stop.is_set() and self.deliver_one():
            tries += 1
        return tries

    def run(self) -> None:
        """Deliver until `stop` is called. A store that cannot be used at the moment is asked again."""
        while not self._stop.is_set():
            try:
                busy = self.deliver_one()
                self.tend()
            except (SQLAlchemyError, OSError) as error:
                busy = False
                log.error("The store cannot be used: %s", getattr(error, "orig", None) or type(error).__name__)
            if not busy:
                self._stop.wait(IDLE_SECONDS)

    def start(self) -> None:
        """Run in a thread of this process, which stops the worker when it ends in order.

        A process that forks afterwards has the worker; its children do not.
        """
        self.say_where_letters_go()
        self._thread = threading.Thread(target=self.run, name="formroute worker", daemon=True)
        self._thread.start()
        atexit.register(self.stop)

    def say_where_letters_go(self) -> None:
        """Tell in the log that letters will reach nobody, or that a setting keeps them from being sent."""
        letters = self._handlers.get("email")
        try:
            told = letters.post.where() if isinstance(letters, Email) else ""
        except NotConfiguredError as error:
            told = str(error)
        if told:
            log.warning("%s", told)

    def stop(self) -> None:
        """Finish the delivery at hand and take no other. A handler that does not end in time is waited for no longer:
        after the lease its delivery is taken over.
        """
        self._stop.set()
        atexit.unregister(self.stop)
        if self._thread is not None:
            self._thread.join(PARTING_SECONDS)

    def _try(self, delivery: Delivery) -> Result | None:
        """One try; None when the lease was lost before anything was sent."""
        return self._guarded(
            f"{delivery.key} by {delivery.destination.handler}", delivery.attempts, lambda: self._send(delivery)
        )

    def _guarded(self, name: str, attempts: int, send: Callable[[], Result | None]) -> Result | None:
        """What came of sending.

        A delivery whose holders died again and again is given up like one that failed as often. Whatever
        a handler does wrong is a failure of its delivery and never the end of the worker.
        """
        if attempts > self._plan.attempts:
            return Failed("The worker stopped in the middle of every try.", BUG)
        try:
            return send()
        except NotConfiguredError as error:
            return Failed(error.cause, error.fix)
        except SQLAlchemyError:
            raise
        except OSError as error:
            return Failed(f"{type(error).__name__}: {error.strerror or error}.", "Check the disk and the network.")
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a handler may be anybody's code, and end the process
            log.error("%s failed with %s\n%s", name, type(error).__name__, _places(error))
            return Failed(f"A defect in {name.rpartition(' ')[2]}: {type(error).__name__}{_place(error)}.", BUG)

    def _send(self, delivery: Delivery) -> Result | None:
        handler = self._handlers.get(delivery.destination.handler)
        if handler is None:
            raise NotConfiguredError(
                f"There is no handler {delivery.destination.handler}.", "Install it, or correct departments.yaml."
            )
        payload = delivery.payload
        if payload is None:
            stored = self._store.find(delivery.reference)
            if stored is None:
                raise LookupError(delivery.reference)
            payload = handler.render(compose(self._catalog, stored, delivery), delivery)
            if payload and not self._store.outbox.keep_payload(delivery, payload):
                return None
        return handler.send(payload, delivery)

    def _settle(self, delivery: Delivery, result: Result) -> None:
        if not isinstance(result, Sent):
            log.warning("%s of %s: %s %s", delivery.destination.handler, delivery.reference, result.cause, result.fix)
        outcome = next_step(delivery.attempts, result, self._store.now(), self._jitter(), self._plan)
        self._store.outbox.settle(delivery, outcome, self._pauses.after)

    def tend(self) -> None:
        """Seal events, note the seal in the log, clear away and erase what is to go: each once in a while."""
        with self._catalog.speaking():
            self._chores.do_due(self._seconds())


def _place(error: BaseException) -> str:
    """The line that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    return f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""


def _places(error: BaseException) -> str:
    """Where it happened, without the message: that could hold what a resident wrote."""
    return "".join(traceback.format_tb(error.__traceback__))
