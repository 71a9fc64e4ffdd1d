"""Measuring one way beside another: the calls alternate in one run, and only the time of this process counts."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

_ROUND = 1_000_000  # nanoseconds of one round of one way: long enough that no way pays for the one before it
_ROUNDS = 300


def best(*ways: Callable[[], object], patience: float = math.inf) -> list[float]:
    """Microseconds for one call of each way, the best of many short rounds; none begins after `patience` seconds."""
    times = [max(1, _ROUND // max(1, _once(way))) for way in ways]
    found = [math.inf] * len(ways)
    until = time.monotonic() + patience
    for number in range(_ROUNDS):
        if number and time.monotonic() > until:
            break
        taken = [_several(way, count) for way, count in zip(ways, times, strict=True)]
        found = list(map(min, found, taken))
    return [nanoseconds / 1_000 for nanoseconds in found]


def _once(way: Callable[[], object]) -> int:
    """Nanoseconds of one call, the best of a few where it is short."""
    first = _several(way, 1)
    return int(first if first > _ROUND else min(_several(way, 1) for _ in range(20)))


def _several(way: Callable[[], object], times: int) -> float:
    """Nanoseconds for one call, over several."""
    start = time.process_time_ns()
    for _ in range(times):
        way()
    return (time.process_time_ns() - start) / times


def tell(what: str, ours: float, theirs: float, *, times_faster: bool, target: float) -> None:
    """One line: both times, the ratio and what it should be."""
    ratio = theirs / ours if times_faster else ours / theirs
    word = "x faster" if times_faster else "x the time"
    aim = f"{'at least' if times_faster else 'at most'} {target:g}"
    print(f"{what:<76} {ours:10.1f} µs {theirs:10.1f} µs {ratio:8.2f} {word}, aim {aim}")
