"""Winnipeg's catalogue as a whole: every valid submission is routed, whatever a resident answers."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.catalog import Catalog, load_catalog
from formroute.forms import Field, Form
from formroute.records import Upload

SCHEMAS = Path(__file__).parent.parent.parent / "schemas"
CATALOG: Catalog = load_catalog(SCHEMAS)
NOW = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)  # Sunday evening in Winnipeg, after hours
PHOTO = Upload("a" * 22, "photo.jpg", "image/jpeg", 1_000)
WORDS = ["the tree fell", "hydro wire down", "fauteuil roulant", "a walker cannot pass", "x"]


def answers_to(field: Field) -> st.SearchStrategy[Any]:
    """Answers that the question takes, as a browser posts them."""
    definition = field.definition
    match field.kind.name:
        case "yes_no":
            return st.sampled_from(["yes", "no"])
        case "choice":
            return st.sampled_from(list(definition.choices))
        case "choices":
            return st.lists(st.sampled_from(list(definition.choices)), min_size=1)
        case "integer":
            return st.integers(definition.min, definition.max).map(str)
        case "date":
            return st.integers(0, 13).map(lambda days: (NOW - timedelta(days=1 + days)).date().isoformat())
        case "time":
            return st.times().map(lambda time: time.isoformat("minutes"))
        case "file":
            return st.just([PHOTO])
        case "email":
            return st.just("ann@example.com")
        case "phone":
            return st.just("204-555-0123")
        case "plate":
            return st.just("ABC 123")
        case _:
            return st.sampled_from(WORDS)


def fillings(form: Form) -> st.SearchStrategy[dict[str, Any]]:
    asked = {name: answers_to(field) for name, field in form.fields.items() if field.kind.asks}
    required = {name: one for name, one in asked.items() if form.fields[name].required}
    optional = {name: one for name, one in asked.items() if not form.fields[name].required}
    return st.fixed_dictionaries(required, optional=optional)


@pytest.mark.parametrize("name", CATALOG.forms)
def test_every_valid_submission_has_a_route(name: str) -> None:
    form = CATALOG.forms[name]
    seen: Counter[str] = Counter()

    @settings(max_examples=60)
    @given(fillings(form), st.sampled_from(["web", "api"]), st.sampled_from(["en", "fr"]))
    def walk(raw: dict[str, Any], channel: str, language: str) -> None:
        checked = form.check(raw, now=NOW, channel=channel, language=language)
        if not checked.ok:
            seen["refused" if checked.errors else "stopped"] += 1
            return
        facts = {"received": NOW, "channel": channel, "language": language}
        decision = CATALOG.decide(name, checked.answers, **facts)
        assert decision.route is not None
        assert decision.send_to in CATALOG.departments
        assert set(decision.copy_to) <= CATALOG.departments.keys()
        assert decision.priority in CATALOG.priorities
        assert "unrouted" not in decision.tags
        seen["routed"] += 1

    walk()
    assert seen["routed"] >= 3


def test_each_table_has_at_least_three_tests() -> None:
    counts = Counter(test.table for test in CATALOG.router.tests)
    assert len(counts) == 8
    assert min(counts.values()) >= 3


def test_each_department_can_be_reached() -> None:
    assert all(department.deliver for department in CATALOG.departments.values())
