"""Which dead deliveries a command means."""

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

    def of(self, store: Store, *, dismissed: bool = False) -> Iterator[Delivery]:
        """The dead deliveries that are meant, one at a time; dismissed ones only with `dismissed` and when named."""
        if not self.references:
            yield from store.outbox.each_dead(self.department)
            return
        for reference in sorted(self.references):
            found = store.find(reference)
            for delivery in found.deliveries if found else ():
                if delivery.state == State.DEAD and (dismissed or delivery.dismissed is None):
                    yield delivery


def dead_ones(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the argument and options that make its parameter `dead`."""

    @click.argument("references", nargs=-1, metavar="[REFERENCE]...")
    @click.option("--department", metavar="NAME", help="Everything that is dead for this department.")
    @click.option("--residents", is_flag=True, help="Every letter to a resident that is dead.")
    @click.option("--all", "everything", is_flag=True, help="Everything that is dead.")
    @functools.wraps(command)
    def with_dead_ones(
        *, references: tuple[str, ...], department: str | None, residents: bool, everything: bool, **given: Any
    ) -> None:
        if (bool(references), department is not None, residents, everything).count(True) != 1:
            raise click.UsageError("Name references, or --department, or --residents, or --all.")
        named = frozenset(reference.strip().upper() for reference in references)
        command(dead=DeadOnes(named, RESIDENT if residents else department), **given)

    return with_dead_ones


def tell_missed(dead: DeadOnes, store: Store, found: int) -> None:
    """What was named in vain: a reference that is not there or, where nothing was found, what may be misspelt."""
    for reference in sorted(dead.references):
        if store.find(reference) is None:
            click.echo(f"The submission {reference} is not there.", err=True)
        elif not found:
            click.echo(f"Nothing of {reference} is dead.", err=True)
    if not found and dead.department not in (None, RESIDENT):
        tell_unknown(str(dead.department), store.outbox.departments(), NOTHING_SENT)


def told(deliveries: Iterable[Delivery]) -> int:
    """Print a line for each delivery when it comes; returns how many there were."""
    count = 0
    for count, delivery in enumerate(deliveries, start=1):  # noqa: B007
        click.echo(f"{delivery.reference}  {delivery.destination}")
    return count
