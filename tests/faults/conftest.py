import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.databases import Server
from tests.faults.numbers import MEMORY


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of the test's own, in memory where the machine has a place for that."""
    path = Path(tempfile.mkdtemp(prefix="formroute-faults-", dir=MEMORY if MEMORY.is_dir() else None))
    yield path
    shutil.rmtree(path)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, folder: Path) -> Callable[[], str]:
    """The address of an empty database, on either engine."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{folder / 'formroute.db'}"
    server: Server = request.getfixturevalue("postgres")
    return server.new_database


@pytest.fixture
def files(folder: Path) -> Path:
    return folder / "files"
