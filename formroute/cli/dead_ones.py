"""Which dead or failing deliveries a command means."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import click

from formroute.cli.glance import tell_unknown
from formroute.records import RESIDENT
from formroute.store import Delivery, State, Store

NOTHING_SENT = "Nothing was ever sent to a department"


@dataclass(frozen=True, slots=True)
class DeadOnes:
    """Those of some submissions, those of a department, or all."""

    references: frozenset[str]
    department: str | None

    def dead(self, store: Store, *, dismissed: bool = False) -> Iterator[Delivery]:
        """The dead deliveries that are meant, one at a time; dismissed ones only with `dismissed` and when named."""
        if not self.references:
            yield from store.outbox.each_dead(self.department)
        for delivery in self._named(store):
            if delivery.state == State.DEAD and (dismissed or delivery.dismissed is None):
                yield delivery

    def failing(self, store: Store) -> Iterator[Delivery]:
        """The deliveries that are meant and failed or are in the hands of a worker, who may be dead, one at a time."""
        every = self._named(store) if self.references else store.outbox.each_failing()
        for delivery in every:
            meant = self.department in (None, delivery.destination.department)
            if meant and delivery.state == State.PENDING and (delivery.cause or delivery.holder):
                yield delivery

    def _named(self, store: Store) -> Iterator[Delivery]:
        for reference in sorted(self.references):
            found = store.find(reference)
            yield from found.deliveries if found else ()


def dead_ones(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the argument and options that make its parameter `dead`."""

    @click.argument("references", nargs=-1, metavar="[REFERENCE]...")
    @click.option("--department", metavar="NAME", help="Everything of this department.")
    @click.option("--residents", is_flag=True, help="Every letter to a resident.")
    @click.option("--all", "everything", is_flag=True, help="Everything.")
    @functools.wraps(command)
    def with_dead_ones(
        *, references: tuple[str, ...], department: str | None, residents: bool, everything: bool, **given: Any
    ) -> None:
        if (bool(references), department is not None, residents, everything).count(True) != 1:
            raise click.UsageError("Name references, or --department, or --residents, or --all.")
        named = frozenset(reference.strip().upper() for reference in references)
        command(dead=DeadOnes(named, RESIDENT if residents else department), **given)

    return with_dead_ones


def tell_missed(dead: DeadOnes, store: Store, found: int, what: str = "dead") -> None:
    """What was named in vain: a reference that is not there or, where nothing was found, what may be misspelt."""
    for reference in sorted(dead.references):
        if store.find(reference) is None:
            click.echo(f"The submission {reference} is not there.", err=True)
        elif not found:
            click.echo(f"Nothing of {reference} is {what}.", err=True)
    if not found and dead.department not in (None, RESIDENT):
        tell_unknown(str(dead.department), store.outbox.departments(), NOTHING_SENT)


def told(deliveries: Iterable[Delivery]) -> int:
    """Print a line for each delivery when it comes; returns how many there were."""
    count = 0
    for count, delivery in enumerate(deliveries, start=1):  # noqa: B007
        click.echo(f"{delivery.reference}  {delivery.destination}")
    return count
