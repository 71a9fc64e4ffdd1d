"""Whether a destination may be tried now: pure values, one for failures in a row and one for tries in a minute."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from formroute.delivery.result import Result, Sent

FIRST_SECONDS = 30.0
LONGEST_SECONDS = 600.0
MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Circuit:
    """A circuit breaker: open until `until`, then one try; a failure opens it for twice as long, a success closes it.

    Moments are seconds on any clock that only goes forward.
    """

    failures: int = 0
    until: float = 0.0

    def lets_through(self, now: float) -> bool:
        """Whether a try may be made."""
        return now >= self.until

    def after(self, result: Result, now: float) -> Circuit:
        """What a try at `now` makes of it."""
        if isinstance(result, Sent):
            return Circuit()
        pause = min(FIRST_SECONDS * 2 ** min(self.failures, 32), LONGEST_SECONDS)
        return Circuit(self.failures + 1, now + pause)


@dataclass(frozen=True, slots=True)
class Allowance:
    """A token bucket: `per_minute` tries, spread evenly after a first burst of as many; `at` is when `left` was
    counted.
    """

    per_minute: int
    left: float
    at: float

    @classmethod
    def full(cls, per_minute: int, now: float) -> Allowance:
        """One that nothing was taken from."""
        return cls(per_minute, float(per_minute), now)

    def has_one(self, now: float) -> bool:
        """Whether a try may be made."""
        return self._filled(now) >= 1.0

    def without_one(self, now: float) -> Allowance:
        """What a try at `now` leaves."""
        return Allowance(self.per_minute, self._filled(now) - 1.0, now)

    def _filled(self, now: float) -> float:
        return min(float(self.per_minute), self.left + (now - self.at) * self.per_minute / MINUTE)


class Circuits:
    """What one worker remembers of the addresses that it tried; what is as new is forgotten."""

    def __init__(self) -> None:
        self._circuits: dict[str, Circuit] = {}
        self._allowances: dict[str, Allowance] = {}

    def tried(self, address: str, per_minute: int | None, result: Result, now: float) -> None:
        """Note a try and what came of it."""
        circuit = self._circuits.pop(address, Circuit()).after(result, now)
        if circuit != Circuit():
            self._circuits[address] = circuit
        if per_minute is not None:
            allowance = self._allowances.get(address) or Allowance.full(per_minute, now)
            self._allowances[address] = allowance.without_one(now)

    def closed(self, now: float) -> Collection[str]:
        """The addresses that may not be tried now."""
        known = self._circuits.items()
        self._circuits = {address: circuit for address, circuit in known if now < circuit.until + LONGEST_SECONDS}
        failing = {address for address, circuit in self._circuits.items() if not circuit.lets_through(now)}
        spent = {address for address, allowance in self._allowances.items() if not allowance.has_one(now)}
        return failing | spent
