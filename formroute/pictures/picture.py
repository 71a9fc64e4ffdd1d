"""What the readers of all formats share: bytes that may end too early, and the bound of a picture's size."""

from __future__ import annotations

import struct
from dataclasses import dataclass

MOST_PIXELS = 250_000_000
"""A quarter more than the largest sensor of a phone. What unfolds to more is not a photo."""


class DamagedError(Exception):
    """The file is not whole, or is no such picture."""


class HugeError(Exception):
    """The picture has more than MOST_PIXELS."""


MOST_STEPS = 500_000
"""Parts of one file; a hostile one could have as many as bytes."""


@dataclass(slots=True)
class Reader:
    """Bytes read from front to back. Asking for more than there are raises DamagedError."""

    data: memoryview
    at: int = 0
    steps: int = 0

    @property
    def left(self) -> int:
        """How many bytes there still are."""
        return len(self.data) - self.at

    def take(self, count: int) -> memoryview:
        """The next `count` bytes."""
        self.steps += 1
        if not 0 <= count <= self.left or self.steps > MOST_STEPS:
            raise DamagedError
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, form: str) -> int:
        """The next number, in the notation of `struct`."""
        return int(struct.unpack(form, self.take(struct.calcsize(form)))[0])

    def skip(self, expected: bytes) -> memoryview:
        """The next bytes, which have to be these."""
        found = self.take(len(expected))
        if found != expected:
            raise DamagedError
        return found


def bound(width: int, height: int) -> None:
    """Raises HugeError for too many pixels, and DamagedError for none."""
    if not width or not height:
        raise DamagedError
    if width * height > MOST_PIXELS:
        raise HugeError
