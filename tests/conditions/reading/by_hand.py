"""Tests as authors write them, judged key by key on one answer: the simplest way, beside the sets of the product."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Raw = Any
ONE_DAY = timedelta(1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def meets(raw: Raw, answer: Any, today: date) -> bool:
    """A test as written, judged key by key; no answer is None."""
    if answer is None or raw == "blank":
        return answer is None and raw == "blank"
    if isinstance(raw, dict):
        return all(_KEYS[key](value, answer, today) for key, value in raw.items())
    return raw == "answered" or any(_is(one, answer, today) for one in _several(raw))


def _is(raw: str, answer: Any, today: date) -> bool:
    if isinstance(answer, str | bool):
        return raw == {True: "yes", False: "no"}.get(answer, answer)  # type: ignore[call-overload]
    first, *last = (read(end, today) for end in raw.split(".."))
    if not last:
        return bool(answer == first)
    if ":" in raw:
        return first <= answer < last[0] if first < last[0] else answer >= first or answer < last[0]
    return bool(first <= answer <= last[0])


def read(raw: str, today: date) -> Any:
    if raw == "today":
        return today
    if ago := re.fullmatch(r"(\d) days? ago", raw):
        return today - int(ago[1]) * ONE_DAY
    if re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
        return date.fromisoformat(raw)
    hour, colon, minute = raw.partition(":")
    return int(hour) * 3600 + int(minute) * 60 if colon else Decimal(raw)


def _several(raw: Raw) -> list[str]:
    return raw if isinstance(raw, list) else [raw]


_KEYS: Mapping[str, Callable[[Raw, Any, date], bool]] = {
    "not": lambda raw, answer, today: not meets(raw, answer, today),
    "count": lambda raw, answer, today: meets(raw, len(answer), today),
    "includes": lambda raw, answer, _: bool(set(_several(raw)) & set(answer)),
    "includes_all": lambda raw, answer, _: set(_several(raw)) <= set(answer),
    "includes_none": lambda raw, answer, _: not set(_several(raw)) & set(answer),
    "weekday": lambda raw, answer, _: WEEK[answer.weekday()] in _several(raw),
    **dict.fromkeys(("at_least", "on_or_after"), lambda raw, answer, today: answer >= read(raw, today)),
    **dict.fromkeys(("at_most", "on_or_before"), lambda raw, answer, today: answer <= read(raw, today)),
    **dict.fromkeys(("more_than", "after"), lambda raw, answer, today: answer > read(raw, today)),
    **dict.fromkeys(("less_than", "before"), lambda raw, answer, today: answer < read(raw, today)),
}
