"""Whether a question takes less by another limit: answers that were good before, and are not any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from formroute.conditions import RelativeDay


def _most(old: Any, new: Any) -> bool:
    return _unlike(old, new) or _place(new) < _place(old)


def _least(old: Any, new: Any) -> bool:
    return _unlike(old, new) or _place(new) > _place(old)


def _fewer(old: Any, new: Any) -> bool:
    return not set(old) <= set(new)


def _more_exactly(old: Any, new: Any) -> bool:
    """Whether one pattern takes all that another does is not looked into."""
    return new is not None and new != old


def _newly(old: Any, new: Any) -> bool:
    return bool(new and not old)


def _unlike(old: Any, new: Any) -> bool:
    """Whether one is a day seen from today and the other is not: on some day one of them is the narrower."""
    return isinstance(old, RelativeDay) != isinstance(new, RelativeDay)


def _place(bound: Any) -> Any:
    """Where a limit lies on its line; the older a day seen from today, the earlier."""
    return -bound.age if isinstance(bound, RelativeDay) else bound


_LIMITS: Mapping[str, Callable[[Any, Any], bool]] = {
    **dict.fromkeys(("max", "max_length", "max_files", "max_size", "max_items"), _most),
    **dict.fromkeys(("min", "min_items"), _least),
    "accept": _fewer,
    "pattern": _more_exactly,
    "sign": _newly,
}


def takes_less(key: str, old: Any, new: Any) -> bool:
    """Whether the definition `new` shuts out by `key` what `old` takes; a key that is no limit shuts out nothing."""
    before, after = getattr(old, key, None), getattr(new, key, None)
    return key in _LIMITS and before != after and _LIMITS[key](before, after)
