"""Winnipeg's catalogue as a whole: every valid submission is routed, whatever a resident answers."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from formroute.catalog import Catalog, load_catalog
from formroute.testing import posted_answers

SCHEMAS = Path(__file__).parent.parent.parent / "schemas"
CATALOG: Catalog = load_catalog(SCHEMAS)
NOW = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)  # Sunday evening in Winnipeg, after hours


@pytest.mark.parametrize("channel", ["web", "api"])
@pytest.mark.parametrize("name", CATALOG.forms)
def test_every_valid_submission_has_a_route(name: str, channel: str) -> None:
    form = CATALOG.forms[name]

    @settings(max_examples=30)
    @given(posted_answers(form, now=NOW, channel=channel, language="fr"))
    def walk(raw: dict[str, Any]) -> None:
        checked = form.check(raw, now=NOW, channel=channel, language="fr")
        decision = CATALOG.decide(name, checked.answers, received=NOW, channel=channel, language="fr")
        assert checked.ok
        assert decision.route is not None
        assert decision.send_to in CATALOG.departments
        assert set(decision.copy_to) <= CATALOG.departments.keys()
        assert decision.priority in CATALOG.priorities
        assert "unrouted" not in decision.tags

    walk()


def test_each_table_has_at_least_three_tests() -> None:
    counts = Counter(test.table for test in CATALOG.router.tests)
    assert len(counts) == 8
    assert min(counts.values()) >= 3


def test_each_department_can_be_reached() -> None:
    assert all(department.deliver for department in CATALOG.departments.values())
