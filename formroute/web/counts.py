"""How often something was done lately, counted in the memory of one process, which has a bound."""

from __future__ import annotations

import threading
import time
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable

from limits import RateLimitItem, WindowStats

MOST = 200_000
"""Moments that are held: 80 MB at most. Beyond, who was quiet longest is forgotten first."""


class Counts:
    """A moving window for each key, as `limits` counts it, whose own memory keeps every key that it ever saw."""

    def __init__(self, longest: float, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._longest, self._most, self._clock = longest, most, clock
        self._moments: OrderedDict[tuple[str, ...], list[float]] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._moments)

    def hit(self, measure: RateLimitItem, *key: str) -> bool:
        """Count one more; False, and nothing counted, where that is over the measure."""
        with self._lock:
            now = self._clock()
            moments = self._moments.setdefault(key, [])
            self._moments.move_to_end(key)
            over = bisect_right(moments, now - measure.get_expiry())
            del moments[:over]
            self._held -= over
            if len(moments) >= measure.amount:
                return False
            moments.append(now)
            self._held += 1
            self._forget(now)
            return True

    def get_window_stats(self, measure: RateLimitItem, *key: str) -> WindowStats:
        """When, on the clock of the machine, the next is free, and how many are left."""
        with self._lock:
            moments, now = self._moments.get(key, ()), self._clock()
            wait = max(0.0, moments[0] + measure.get_expiry() - now) if moments else 0.0
            return WindowStats(time.time() + wait, max(0, measure.amount - len(moments)))

    def _forget(self, now: float) -> None:
        """Those whose time is over, and beyond the bound the quietest."""
        while self._moments:
            key, moments = next(iter(self._moments.items()))
            if self._held <= self._most and moments and moments[-1] > now - self._longest:
                return
            self._held -= len(moments)
            del self._moments[key]
