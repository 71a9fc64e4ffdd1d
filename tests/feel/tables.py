"""Tables of `source | value`: both are FEEL, and must come out the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from formroute import feel

NOW = datetime(2026, 3, 7, 23, 15, tzinfo=UTC)
WRITTEN = feel.compile("string(value)")


def table(text: str) -> pytest.MarkDecorator:
    """Turn the rows of a table into the cases of a test of `source` and `value`."""
    rows = [row.rsplit(" | ", 1) for row in text.strip().splitlines() if row.strip()]
    return pytest.mark.parametrize(("source", "value"), [tuple(map(str.strip, row)) for row in rows])


def value_of(source: str, scope: Mapping[str, object] | None = None) -> object:
    """Evaluate with the clock of the tests."""
    return feel.evaluate(source, scope, now=NOW).value


def agree(source: str, value: str, scope: Mapping[str, object] | None = None) -> bool:
    """Tell whether a source gives what another one gives, written the same way."""
    got, expected = value_of(source, scope), value_of(value)
    return type(got) is type(expected) and WRITTEN({"value": got}) == WRITTEN({"value": expected})
