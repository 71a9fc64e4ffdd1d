"""What a scanner says of a file is followed; one that cannot say lets nothing through unless the operator wants it."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from formroute.records import Fault
from formroute.store import Clamd, Scanner, Store
from formroute.store.tables import uploads
from tests.delivery.servers import ScriptedServer, free_port
from tests.store.clamd_server import EICAR, LIMIT

SERVER = Path(__file__).parent / "clamd_server.py"
CLEAN, EVIL = b"a clean letter", b"a letter with " + EICAR


@contextlib.contextmanager
def clamd_at(address: str) -> Iterator[Clamd]:
    with subprocess.Popen([sys.executable, str(SERVER), address], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Clamd(address, seconds=10)
        process.kill()


@pytest.fixture
def store_with(tmp_path: Path) -> Iterator[Callable[..., Store]]:
    with contextlib.ExitStack() as stack:

        def opened(scanner: Scanner, **options: bool) -> Store:
            store = Store(f"sqlite:///{tmp_path / 'formroute.db'}", scanner=scanner, **options)
            stack.callback(store.close)
            return store

        yield opened


def kept(store: Store) -> list[object]:
    with store.database.reading() as connection:
        rows = connection.execute(select(uploads)).all()
    return [*rows, *store.folder.uploads.iterdir()]


@pytest.mark.parametrize("way", ["a socket", "a port"])
def test_a_scanner_in_another_process_is_asked_about_each_file(
    store_with: Callable[..., Store], tmp_path: Path, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    address = str(tmp_path / "clamd") if way == "a socket" else f"127.0.0.1:{free_port()}"
    with clamd_at(address) as clamd:
        store = store_with(clamd)
        refused = store.uploads.keep(BytesIO(EVIL), "letter.txt", 1000)
        assert kept(store) == []
        upload = store.uploads.keep(BytesIO(CLEAN), "letter.txt", 1000)
    assert (refused.token, refused.filename, refused.fault) == ("", "letter.txt", Fault.UNSAFE)
    assert upload.fault is None
    assert store.uploads.path(upload).read_bytes() == CLEAN
    assert "The scanner refused a file: Win.Test.EICAR_HDB-1" in caplog.text


def hang(connection: object) -> None:
    connection.recv(1_000_000)  # type: ignore[attr-defined]
    connection.recv(1_000_000)  # type: ignore[attr-defined]


@contextlib.contextmanager
def scanner_that(fails: str, folder: Path) -> Iterator[Scanner]:
    """A scanner that cannot say."""
    match fails:
        case "is not there":
            yield Clamd(str(folder / "nobody"))
        case "is silent":
            with ScriptedServer(hang) as server:
                yield Clamd(f"127.0.0.1:{server.port}", seconds=0.2)
        case "hangs up":
            with ScriptedServer(lambda connection: None) as server:
                yield Clamd(f"127.0.0.1:{server.port}", seconds=5)
        case "says an error":
            with ScriptedServer(
                lambda connection: connection.sendall(b"stream: Can't allocate memory ERROR\0")
            ) as server:
                yield Clamd(f"127.0.0.1:{server.port}", seconds=5)
        case "has a defect":
            yield lambda path: {}[path.name]


FAILURES = ["is not there", "is silent", "hangs up", "says an error", "has a defect"]


@pytest.mark.parametrize("fails", FAILURES)
def test_a_scanner_that_cannot_say_lets_nothing_through(
    store_with: Callable[..., Store], tmp_path: Path, caplog: pytest.LogCaptureFixture, fails: str
) -> None:
    with scanner_that(fails, tmp_path) as scanner:
        store = store_with(scanner)
        assert store.uploads.keep(BytesIO(CLEAN), "letter.txt", 1000).fault is Fault.UNCHECKED
    assert kept(store) == []
    assert "The scanner could not look at a file" in caplog.text


@pytest.mark.parametrize("fails", FAILURES)
def test_the_operator_may_choose_to_keep_what_could_not_be_looked_at(
    store_with: Callable[..., Store], tmp_path: Path, caplog: pytest.LogCaptureFixture, fails: str
) -> None:
    caplog.set_level(logging.ERROR)
    with scanner_that(fails, tmp_path) as scanner:
        store = store_with(scanner, keep_unscanned=True)
        upload = store.uploads.keep(BytesIO(CLEAN), "letter.txt", 1000)
    assert store.uploads.path(upload).read_bytes() == CLEAN
    assert "The scanner could not look at a file" in caplog.text


def test_a_file_over_the_scanners_own_limit_was_not_looked_at(store_with: Callable[..., Store], tmp_path: Path) -> None:
    with clamd_at(str(tmp_path / "clamd")) as clamd:
        store = store_with(clamd)
        assert store.uploads.keep(BytesIO(b"a" * 2 * LIMIT), "long.txt", 3 * LIMIT).fault is Fault.UNCHECKED


def test_any_command_can_be_the_scanner(store_with: Callable[..., Store]) -> None:
    """As a city would write it; `grep -q` gives 1 for a file without the word."""

    def scan(path: Path) -> str:
        found = subprocess.run(["grep", "-q", "EICAR", str(path)], timeout=10, check=False)
        return "" if found.returncode == 1 else "grep found it"

    store = store_with(scan)
    assert store.uploads.keep(BytesIO(EVIL), "letter.txt", 1000).fault is Fault.UNSAFE
    assert store.uploads.keep(BytesIO(CLEAN), "letter.txt", 1000).fault is None
