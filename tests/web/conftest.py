"""A site with Winnipeg's forms, a store of its own, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask

from formroute.catalog import Catalog, load_catalog
from formroute.intake import Intake
from formroute.store import Store
from formroute.web import NO_LIMITS, create_blueprint
from tests.web.resident import Resident

SCHEMAS = Path(__file__).parent.parent.parent / "schemas"
NOW = datetime(2026, 6, 10, 19, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog(SCHEMAS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'formroute.db'}")
    yield store
    store.close()


@pytest.fixture
def intake(catalog: Catalog, store: Store) -> Intake:
    return Intake(catalog, store, clock=lambda: NOW)


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with the least work that it allows."""
    monkeypatch.setattr("formroute.store.accounts._hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def app(intake: Intake) -> Flask:
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests", TESTING=True)
    app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS, letters=True))
    return app


@pytest.fixture
def visitor(app: Flask) -> Callable[[], Resident]:
    """Each call is another person with another browser."""
    return lambda: Resident(app.test_client())


@pytest.fixture
def resident(visitor: Callable[[], Resident]) -> Resident:
    return visitor()
