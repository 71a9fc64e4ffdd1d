"""Which dead deliveries a command means."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from formroute.records import RESIDENT
from formroute.store import Delivery
from formroute.store.outbox import Outbox


@dataclass(frozen=True, slots=True)
class DeadOnes:
    """Those of some submissions, those of a department, or all."""

    references: frozenset[str]
    department: str | None

    def of(self, outbox: Outbox, *, dismissed: bool = False) -> list[Delivery]:
        """The dead deliveries that are meant; dismissed ones only with `dismissed` and when named one by one."""
        dead = outbox.dead(limit=None, dismissed=dismissed and bool(self.references))
        return [delivery for delivery in dead if self._means(delivery)]

    def _means(self, delivery: Delivery) -> bool:
        if self.references:
            return delivery.reference in self.references
        return self.department in (None, delivery.destination.department)


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
