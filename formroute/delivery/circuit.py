"""For how long an address that failed is left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Pauses:
    """A pause of `first` after a failure, and of twice as much after each further one in a row, up to `longest`."""

    first: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(minutes=10)

    def after(self, failures: int) -> timedelta:
        """The pause after a failure that so many others came before."""
        return min(self.first * (1 << min(failures, 32)), self.longest)


PAUSES = Pauses()
