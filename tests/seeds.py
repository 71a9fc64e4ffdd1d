"""How many drawn cases a law is tried on: a few in the ordinary run, many in `./dev fuzz`."""

import os


def seeds(ordinary: int) -> range:
    """The numbers to draw from; `./dev fuzz` draws one for each 500 of its requests."""
    return range(max(ordinary, int(os.environ.get("FORMROUTE_FUZZ", "0")) // 500))
