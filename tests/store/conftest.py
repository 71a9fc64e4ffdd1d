from collections.abc import Iterator
from pathlib import Path

import pytest

from formroute.store import Store
from tests.store.samples import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'formroute.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A new store on the database's own clock."""
    store = Store(url)
    yield store
    store.close()


@pytest.fixture
def timed(url: str, clock: Clock) -> Iterator[Store]:
    """A new store on the test's clock."""
    store = Store(url, now=clock.now)
    yield store
    store.close()
