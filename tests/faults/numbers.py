"""How often each fault is tried: seldom in the ordinary run, and with `./dev faults` as often as the promise says."""

import os
from pathlib import Path

LONG = os.environ.get("FORMROUTE_FAULTS") == "long"

MEMORY = Path("/dev/shm")
"""Where files are written at once. A killed process loses nothing that it wrote, on a disk or here."""


def times(ordinary: int, promised: int) -> int:
    """One number for the ordinary run, the other for `./dev faults`."""
    return promised if LONG else ordinary
