"""How often each fault is tried: seldom in the ordinary run, and with `./dev faults` as often as the promise says."""

import os
from typing import TypeVar

LONG = os.environ.get("FORMROUTE_FAULTS") == "long"

T = TypeVar("T")


def times(ordinary: T, promised: T) -> T:
    """One value for the ordinary run, the other for `./dev faults`."""
    return promised if LONG else ordinary
