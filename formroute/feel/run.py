"""One evaluation: its clock, what it may still spend, and the warnings it has gathered."""

from datetime import datetime

from formroute.feel.errors import LimitReached, NoValue
from formroute.feel.limits import Limits
from formroute.feel.syntax import Span
from formroute.feel.values import Value

Warned = tuple[Span, NoValue]
_CHARACTERS_A_STEP = 50
_ITEMS_A_STEP = 20


class Run:
    """What is true during one evaluation; closures get it beside the scope."""

    __slots__ = ("calls", "limits", "now", "patterns", "steps", "walked", "warned")

    def __init__(self, now: datetime | None, limits: Limits) -> None:
        self.now = now
        self.limits = limits
        self.steps = limits.steps
        self.calls = 0
        self.patterns: set[tuple[str, str]] | None = None
        self.walked: dict[tuple[int, frozenset[str]], tuple[list[Value], bool]] = {}
        self.warned: list[Warned] | None = None

    def charge(self, steps: int) -> None:
        """Spend steps; the end of them is the end of the evaluation."""
        self.steps -= steps
        if self.steps < 0:
            raise LimitReached(f"this takes more than {self.limits.steps} steps")

    def is_new(self, pattern: tuple[str, str]) -> bool:
        """Tell whether a pattern is used for the first time."""
        if self.patterns is None:
            self.patterns = set()
        known = len(self.patterns)
        self.patterns.add(pattern)
        return len(self.patterns) > known

    def has_entry(self, items: list[Value], names: frozenset[str]) -> bool:
        """Tell whether a context among the items has one of these entries; a long list is walked only once."""
        if not names:
            return False
        steps = len(items) * len(names) // _ITEMS_A_STEP
        if not steps:
            return _has_entry(items, names)
        key = id(items), names
        if key not in self.walked:
            self.charge(steps)
            self.walked[key] = items, _has_entry(items, names)
        return self.walked[key][1]

    def null(self, span: Span, reason: NoValue) -> None:
        """Give null, and remember where and why."""
        if self.warned is None:
            self.warned = []
        if len(self.warned) < self.limits.warnings:
            self.warned.append((span, reason))

    def hold(self, value: Value) -> Value:
        """Pay for a text or list that was made, and refuse one that is too large."""
        if type(value) is str:
            if len(value) > self.limits.characters:
                raise LimitReached(f"a text grew longer than {self.limits.characters} characters")
            self.charge(len(value) // _CHARACTERS_A_STEP)
        elif type(value) is list:
            if len(value) > self.limits.items:
                raise LimitReached(f"a list grew longer than {self.limits.items} items")
            self.charge(len(value))
        return value

    def weigh(self, value: Value) -> None:
        """Pay for everything inside a list or context, as often as it would be printed."""
        waiting = [value]
        while waiting:
            current = waiting.pop()
            self.charge(1)
            if type(current) is list:
                waiting.extend(current)
            elif type(current) is dict:
                waiting.extend(current.values())


def _has_entry(items: list[Value], names: frozenset[str]) -> bool:
    return any(type(item) is dict and not item.keys().isdisjoint(names) for item in items)
