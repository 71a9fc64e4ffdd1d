import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from formroute.intake import Intake
from formroute.store import Store
from tests.small_city.samples import NOON, small_city


@pytest.fixture
def intake(url: str, files: Path) -> Iterator[Intake]:
    """The door of the small city, with a store of its own."""
    store = Store(url, files)
    yield Intake(small_city(), store, clock=lambda: NOON)
    store.close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for `localhost` with its key, made for this run."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=DNS:localhost -keyout key -out crt && cat key crt > both.pem",
        shell=True,
        check=True,
        capture_output=True,
        cwd=folder,
    )
    return folder / "both.pem"
