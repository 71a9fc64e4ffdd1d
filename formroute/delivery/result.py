"""What came of one try, as a handler tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Sent:
    """The other side has taken it; `detail` is what it said. What is `aside` lies in a folder, and nobody got it."""

    detail: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not arrive: why, and what an operator can do.

    `wait` is what the other side asked for before the next try. `final` means that it wants no next try.
    """

    cause: str
    fix: str = ""
    wait: timedelta | None = None
    final: bool = False


Result = Sent | Failed


class NotConfiguredError(Exception):
    """A setting of the operator is missing or wrong; the delivery waits until it is right."""

    def __init__(self, cause: str, fix: str) -> None:
        super().__init__(f"{cause} {fix}")
        self.cause = cause
        self.fix = fix


def plain(text: str, most: int = 300) -> str:
    """One short line of what another machine said, fit for a terminal and a log."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
