from collections.abc import Iterator
from pathlib import Path

import pytest

from formroute.store import Store
from tests.store.samples import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(url: str, files: Path) -> Iterator[Store]:
    """A new store on the database's own clock."""
    store = Store(url, files)
    yield store
    store.close()


@pytest.fixture
def timed(url: str, files: Path, clock: Clock) -> Iterator[Store]:
    """A new store on the test's clock."""
    store = Store(url, files, now=clock.now)
    yield store
    store.close()
