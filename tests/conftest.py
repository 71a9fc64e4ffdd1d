"""Hypothesis profiles, databases, and the place of folders.

The same examples on every run; `--hypothesis-profile=thorough` looks for new ones.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import Server, running_server
from tests.memory import memory

settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile("default")

if (place := memory()) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(place))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of this run."""
    with running_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """The address of an empty database, on either engine; each call is another one."""
    if request.param == "sqlite":
        names = iter(["formroute.db", *(f"formroute-{number}.db" for number in range(2, 100))])
        return lambda: f"sqlite:///{tmp_path / next(names)}"
    server: Server = request.getfixturevalue("postgres")
    return server.new_database


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    """The address of the test's database, on either engine."""
    return new_url()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The folder of the test's store."""
    return tmp_path / "formroute.db.files"
