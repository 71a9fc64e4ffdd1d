"""Erasing on schedule and on request, with the copies that handlers keep."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from formroute.catalog import Catalog
from formroute.definitions.types import Period
from formroute.delivery.handler import Handler, Keeper
from formroute.store import Store, UndeliveredError

ON_SCHEDULE = "its time was over"


@dataclass(frozen=True, slots=True)
class Round:
    """What became of everything whose time was over; of `refused`, some department does not have it yet."""

    erased: tuple[str, ...]
    refused: tuple[UndeliveredError, ...]


class Retention:
    """Erases from one store, and what its handlers keep."""

    def __init__(self, store: Store, handlers: Mapping[str, Handler]) -> None:
        self._store = store
        self._keepers = [handler for handler in handlers.values() if isinstance(handler, Keeper)]

    def erase(self, reference: str, why: str, *, even_undelivered: bool = False) -> bool:
        """See `Erasures.erase`."""
        return self._store.erasures.erase(reference, why, even_undelivered=even_undelivered, forget=self._forget)

    def erase_due(self, catalog: Catalog, now: datetime) -> Round:
        """Erase what its form keeps no longer; what was not delivered stays, and is told."""
        erased, refused = [], []
        for reference in self._due(catalog, now):
            try:
                if self.erase(reference, ON_SCHEDULE):
                    erased.append(reference)
            except UndeliveredError as error:
                refused.append(error)
        return Round(tuple(erased), tuple(refused))

    def _due(self, catalog: Catalog, now: datetime) -> Iterator[str]:
        for form in self._store.forms():
            keep_for = self._keep_for(catalog, form)
            if keep_for is not None:
                yield from (due.reference for due in self._store.erasures.due(form, keep_for.before(now)))

    def _keep_for(self, catalog: Catalog, form: str) -> Period | None:
        """As the form says, or as it said when it was last there, else as the catalogue says for all."""
        known = catalog.today(form)
        said = known.keep_for if known else _longest(self._store.definitions(form))
        return said or catalog.keep_for

    def _forget(self, keys: Sequence[str]) -> None:
        for keeper in self._keepers:
            keeper.forget(keys)


def _longest(definitions: Sequence[str]) -> Period | None:
    """Of what the versions of a form said, what keeps longest."""
    texts = (json.loads(text).get("keep_for") for text in definitions)
    periods = [TypeAdapter(Period).validate_python(text) for text in texts if text]
    return min(periods, key=lambda period: period.before(datetime(5000, 1, 1)), default=None)
