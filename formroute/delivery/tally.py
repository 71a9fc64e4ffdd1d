"""What came of the tries of one worker, counted."""

from __future__ import annotations

from dataclasses import dataclass

from formroute.delivery.result import Result, Sent


@dataclass(slots=True)
class Tally:
    """How many deliveries were taken by the other side, were put `aside` into a folder, and failed."""

    delivered: int = 0
    aside: int = 0
    failed: int = 0

    def count(self, result: Result) -> None:
        """Add what came of one try."""
        if not isinstance(result, Sent):
            self.failed += 1
        elif result.aside:
            self.aside += 1
        else:
            self.delivered += 1

    def __str__(self) -> str:
        told = f"{self.delivered} delivered, {self.failed} failed"
        return f"{told}, {self.aside} put into a folder." if self.aside else f"{told}."
