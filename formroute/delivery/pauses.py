"""Addresses that failed a moment ago: nothing more is tried there for a while, so that others do not wait."""

from __future__ import annotations

from collections.abc import Callable, Collection

FIRST_SECONDS = 30.0
LONGEST_SECONDS = 600.0


class Pauses:
    """The pauses of one worker; each failure in a row doubles the next. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._length: dict[str, float] = {}

    def failed(self, address: str) -> None:
        """Leave an address alone for a while."""
        length = min(self._length.get(address, FIRST_SECONDS / 2) * 2, LONGEST_SECONDS)
        self._length[address] = length
        self._until[address] = self._clock() + length

    def succeeded(self, address: str) -> None:
        """Forget that an address ever failed."""
        self._until.pop(address, None)
        self._length.pop(address, None)

    def now(self) -> Collection[str]:
        """The addresses to leave alone now."""
        moment = self._clock()
        return {address for address, until in self._until.items() if until > moment}
