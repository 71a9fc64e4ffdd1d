"""Once a day, a letter to the operator with what needs a hand; no letter on a day when nothing does."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Self

from formroute.catalog import Catalog
from formroute.delivery.email import Post
from formroute.delivery.letter import Block, Letter, Lines
from formroute.delivery.result import Failed
from formroute.records import RESIDENT
from formroute.store import Delivery, Store

EVERY = timedelta(days=1)
MANY = 50
VARIABLE = "FORMROUTE_DIGEST_TO"

log = logging.getLogger(__name__)


class Digest:
    """The daily letter about one store, to the address `to`. No answer is in it."""

    def __init__(self, catalog: Catalog, store: Store, post: Post, to: str) -> None:
        self._catalog = catalog
        self._store = store
        self._post = post
        self._to = to

    @classmethod
    def from_environment(cls, catalog: Catalog, store: Store, environment: Mapping[str, str]) -> Self | None:
        """The digest to FORMROUTE_DIGEST_TO; None when nobody is named there."""
        to = environment.get(VARIABLE, "")
        return cls(catalog, store, Post.beside(store, environment), to) if to else None

    def send_due(self) -> bool:
        """Send it when a day is over and something needs a hand; one of several workers does."""
        if not self._store.errands.take("digest", EVERY):
            return False
        letter = self.letter()
        if not letter.blocks:
            return False
        now = self._store.now()
        key = f"digest-{now:%Y%m%d%H%M%S}"
        result = self._post.hand_over(self._to, key, self._post.written(letter, self._to, key, now))
        if isinstance(result, Failed):
            log.warning("digest: %s %s", result.cause, result.fix)
            self._store.errands.give_back("digest")
            return False
        return True

    def letter(self) -> Letter:
        """What needs a hand now."""
        blocks = (*self._dead(), *self._overdue(), *self._broken())
        title = f"{self._catalog.city.inside(self._catalog.languages[0])}: what needs a hand"
        return Letter("en", title, title, f"{self._store.now():%Y-%m-%d}", blocks, "formroute")

    def _dead(self) -> Iterator[Block]:
        return _listed(self._store.outbox.each_dead(), "dead: nobody will try them again. Then: formroute requeue")

    def _overdue(self) -> Iterator[Block]:
        overdue = self._store.overdue(MANY)
        if overdue.count:
            zone = self._catalog.zone
            told = [
                f"{late.reference}, {late.department}: was due {late.due.astimezone(zone):%Y-%m-%d %H:%M %Z}"
                for late in overdue.longest
            ]
            yield Lines((_counted(overdue.count, "past the time of the department"),), told)

    def _broken(self) -> Iterator[Block]:
        """What waits for a department or a form that the catalogue no longer has."""
        broken = filter(self._is_broken, self._store.outbox.each_failing())
        return _listed(broken, "waiting for what the catalogue no longer has")

    def _is_broken(self, delivery: Delivery) -> bool:
        department = delivery.destination.department
        gone = department not in (RESIDENT, *self._catalog.departments) and "@" not in department
        return gone or "The catalogue has no" in delivery.cause


def _listed(deliveries: Iterator[Delivery], what: str) -> Iterator[Block]:
    """The first of them, and how many there are; they are never all in memory."""
    told = [f"{each.reference}, {each.destination}: {each.cause} {each.fix}" for each in islice(deliveries, MANY)]
    if told:
        yield Lines((_counted(len(told) + sum(1 for _ in deliveries), what),), told)


def _counted(count: int, what: str) -> str:
    shown = f" (the first {MANY} of them)" if count > MANY else ""
    return f"{count} {what}{shown}"
