"""What a worker does once in a while beside delivering."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from formroute.catalog import Catalog
from formroute.delivery.digest import Digest
from formroute.delivery.handler import Handler
from formroute.delivery.result import NotConfiguredError
from formroute.delivery.retention import Retention
from formroute.store import Seal, Store

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Chore:
    """Something that is done at first and then every so many seconds."""

    every: float
    do: Callable[[], object]
    at: float = 0.0


class Chores:
    """The chores of one worker on one store; `forget_after` is how long a quiet address is remembered."""

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        handlers: Mapping[str, Handler],
        digest: Digest | None,
        forget_after: timedelta,
    ) -> None:
        self._catalog = catalog
        self._store = store
        self._handlers = handlers
        self._digest = digest
        self._forget_after = forget_after
        self._noted: Seal | None = None
        self._all = (
            Chore(1.0, store.chain.seal),
            Chore(60.0, self._note_seal),
            Chore(3600.0, self._clear_away),
            Chore(86400.0, self._erase_due),
        )

    def do_due(self, now: float) -> None:
        """Do what is due at `now`, in seconds that only grow."""
        for chore in self._all:
            if now >= chore.at:
                chore.at = now + chore.every
                chore.do()

    def _note_seal(self) -> None:
        """Where logs are kept elsewhere, whoever writes the chain anew cannot write this anew."""
        seal = self._store.chain.last()
        if seal.position and seal != self._noted:
            self._noted = seal
            log.info("Sealed up to %s", seal)

    def _clear_away(self) -> None:
        """What was begun and never sent; and the daily letter to the operator, when it is time for it."""
        self._store.drafts.sweep()
        self._store.uploads.sweep()
        self._store.circuits.sweep(self._forget_after)
        self._write_to_operator()

    def _write_to_operator(self) -> None:
        """A setting that is wrong is told in the log, and it is tried again."""
        try:
            if self._digest is not None:
                self._digest.send_due()
        except NotConfiguredError as error:
            log.warning("digest: %s", error)

    def _erase_due(self) -> None:
        """What is kept no longer."""
        done = Retention(self._store, self._handlers).erase_due(self._catalog, self._store.now())
        for refused in done.refused:
            log.error("Its time is over, but it is not erased: %s Deliver it first.", refused)
