"""Opening a store: private files, commits that wait for the disk, and tables that only move forward."""

import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError

from formroute.store import Store, StoreError, StoreTooNewError
from formroute.store.address import legible
from formroute.store.dialect import FIRST_SOUND_WAL
from formroute.store.folder import Folder
from formroute.store.migrations import migrate
from formroute.store.moves import STEPS
from tests.databases import on_postgresql, on_sqlite
from tests.delivery.servers import free_port
from tests.store.samples import accept

NEWEST = len(STEPS) + 1


def run_python(script: str, url: str, files: Path, under: Sequence[str] = ()) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    subprocess.run(
        [*under, sys.executable, "-c", script, url, str(files)], check=True, capture_output=True, env=environment
    )


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_owner_can_read_anything(store: Store, tmp_path: Path) -> None:
    accept(store, "WPG-1")
    assert len(store.key) == 32
    for path in tmp_path.glob("*.db"):
        assert mode(path) == 0o600
    assert mode(tmp_path / "formroute.db.files") == mode(tmp_path / "formroute.db.files" / "uploads") == 0o700
    assert mode(tmp_path / "formroute.db.files" / "key") == 0o600


def test_a_second_opening_finds_everything(url: str, files: Path, store: Store) -> None:
    accept(store, "WPG-1")
    again = Store(url, files)
    assert again.find("WPG-1") == store.find("WPG-1")
    assert again.key == store.key
    again.close()


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:a?mode=memory&uri=true", "mysql://x/y"]
)
def test_a_database_that_cannot_keep_its_promise_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="A store"):
        Store(url, tmp_path)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("town.db", "This is no address of a store: town.db. Write sqlite:///town.db"),
        ("", "This is no address of a store. Write sqlite:///formroute.db, or postgresql://"),
        (
            "postgresql:/city:canary@host",
            "This is no address of a store. Write sqlite:///formroute.db, or postgresql://",
        ),
    ],
)
def test_what_is_no_address_says_what_to_write(url: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}"):
        Store(url)


NO_ADDRESS = "This is no address of a store. Write sqlite:///formroute.db, or postgresql://user:password@host/database"


@pytest.mark.parametrize(
    "url",
    [
        *("postgresql://u:s3cretPW", "postgresql://u:s3cretPW@h:x/db", "postgresql://u:p/s3cretPW"),
        *("postgresql://u:p@s3cretPW/@host", "postgresql://u:p@s3cretPW@host/db", "postgresql://u:p@s3cretPW:1/@h/db"),
        *("postgresql://u:p@s3cretPW?@host/db", "postgresql://u:p@s3cretPW?x=y@host/db"),
        *("postgresql://127.0.0.1:1/db?password=p@s3cretPW", "postgresql://u:s3cretPW@h:99999/db"),
        *("postgresql://u:s3cretPW\0@h/db", "postgresql://u:s3cretPW@h/d%00b", "postgresql://u:s3cretPW@h/d\udc80"),
        *("postgresql:u:s3cretPW", "postgresql;//h?password=s3cretPW", "h?password=s3cretPW", "s3cretPW\0"),
        "postgresql://h/db?host=a:1&host=b:s3cretPW",
        *("sqlite://u:s3cretPW@h/x.db", "sqlite://s3cretPW", "sqlite:////", "sqlite:///.", "sqlite:///s3cretPW\0"),
        *("sqlite+s3cretPW:///x.db", "sqlite+aiosqlite:///x.db"),
    ],
)
def test_what_cannot_be_read_is_not_repeated(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=f"^{re.escape(NO_ADDRESS)} ") as raised:
        Store(url, tmp_path / "files")
    assert "s3cretPW" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://u:8311", "names no database. Write postgresql://user:password@host:port/database"),
        ("postgresql://u:83111@", "names no database"),
        ("postgresql://u:83111@host/", "names no database"),
        ("postgresql://u:83111?sslmode=require", "no address of a store"),
        ("postgresql://u:8311/1", "names no user, so what follows its colon may be a port or a password. Write"),
        ("postgresql://u:8311/db", "names no user"),
        ("postgres://u:83111@host/db", "begins with postgresql://, not with postgres://."),
        ("mysql://u:83111@host/db", "needs SQLite or PostgreSQL: sqlite:///formroute.db, or postgresql://"),
        ("sqlite:///x.db?mode=ro", "write sqlite:///formroute.db, without a question mark and what follows it"),
        ("sqlite:///x.db?timeout=83111", "formroute decides itself how the file is opened"),
        ("postgresql://u:p@host/db?sslmode=83111", "sslmode is one of disable, allow, prefer, require, verify-ca, "),
        ("postgresql://u@host/db?password=p&83111=x", "PostgreSQL has no option of a name there"),
        ("postgresql://u@host/db?PASSWORD=83111", "PostgreSQL has no option of a name there"),
    ],
)
def test_an_address_with_a_slip_is_refused_with_its_cause_and_makes_nothing(
    url: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=re.escape(said)) as raised:
        Store(url, tmp_path / "files")
    assert "8311" not in str(raised.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:p%40s3cret/PW?@h:1/db", "postgresql://u:***@h:1/db"),
        ("postgresql://u@azure:s3cretPW@h/db?sslmode=require", "postgresql://u%40azure:***@h/db"),
        ("postgresql://h/db?user=u@azure&password=s3cretPW", "postgresql://h/db"),
        ("postgresql://h/db?PASSWORD=s3cretPW&sslpassword=s3cretPW&options=s3cretPW", "postgresql://h/db"),
        ("sqlite:////town@hall/x.db", "sqlite:////town%40hall/x.db"),
        ("postgresql://u:x@h:1/db&password=s3cretPW", "postgresql://u:***@h:1/***"),
        ("postgresql://u:x@h:1/db#s3cretPW", "postgresql://u:***@h:1/***"),
        ("postgresql://u%3As3cretPW@h/db", "postgresql://***@h/db"),
        ("postgresql://u,s3cretPW@h/db", "postgresql://***@h/db"),
    ],
)
def test_an_address_is_printed_without_its_password_and_its_query(url: str, shown: str) -> None:
    assert legible(url) == shown


class TestCannotBeOpened:
    """The cause, and what to do; never a password."""

    def said(self, url: str, files: Path) -> str:
        with pytest.raises(StoreError) as raised:
            Store(url, files)
        return str(raised.value).removeprefix(f"The store {url.replace('canary', '***')} cannot be opened: ")

    def test_no_folder(self, tmp_path: Path) -> None:
        file = tmp_path / "missing" / "town.db"
        told = f"No such file or directory: {file}. Make the folder {file.parent} first."
        assert self.said(f"sqlite:///{file}", tmp_path) == told

    def test_a_folder(self, tmp_path: Path) -> None:
        assert self.said(f"sqlite:///{tmp_path}", tmp_path) == f"Is a directory: {tmp_path}. Name a file in it."

    def test_a_file_of_something_else(self, tmp_path: Path) -> None:
        (tmp_path / "town.db").write_text("Minutes of the council\n")
        assert self.said(f"sqlite:///{tmp_path / 'town.db'}", tmp_path) == (
            "file is not a database. Look whether this is the file of a store, and whether another program holds it."
        )

    def test_a_server_that_does_not_answer(self, tmp_path: Path) -> None:
        told = self.said(f"postgresql://city:canary@127.0.0.1:{free_port()}/town", tmp_path)
        assert "Connection refused" in told
        assert told.endswith("Look whether the server runs, and whether host, user, password and database are right.")

    def test_a_host_that_may_be_the_rest_of_a_password(self, tmp_path: Path) -> None:
        told = self.said("postgresql://city:s3cret@canary.invalid/town", tmp_path)
        assert "canary" not in told
        assert told.endswith(
            "the network does not know the host that its address names. Look whether that is right, and not the rest of"
            " a password; in a password write %40 for @, %3A for :, %2F for / and %3F for ?."
        )

    @pytest.mark.parametrize("name", ["password", "sslpassword", "options", "connect_timeout"])
    def test_a_password_in_the_query(self, name: str, tmp_path: Path) -> None:
        told = self.said(f"postgresql://127.0.0.1:{free_port()}/town?user=u&{name}=s3cretPW", tmp_path)
        assert "s3cretPW" not in told

    @on_postgresql
    def test_a_server_that_repeats_an_option(self, url: str, files: Path) -> None:
        assert "s3cretPW" not in self.said(f"{url}&options=s3cretPW", files)

    def test_no_driver(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "psycopg", None)
        assert self.said("postgresql://host/town", tmp_path).endswith(" Install formroute[postgresql].")


def test_postgresql_needs_to_be_told_where_files_go() -> None:
    with pytest.raises(ValueError, match="FORMROUTE_FILES"):
        Store("postgresql://localhost/formroute")


def test_processes_that_make_the_key_at_once_agree(tmp_path: Path) -> None:
    keys, start = [], threading.Barrier(20)

    def make() -> None:
        folder = Folder(tmp_path / "files")
        start.wait()
        keys.append(folder.site_key())

    threads = [threading.Thread(target=make) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 20
    assert len(set(keys)) == 1
    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == ["key", "uploads"]


@on_sqlite
def test_every_connection_waits_for_the_disk(store: Store) -> None:
    with store.database.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("synchronous", "journal_mode", "foreign_keys", "busy_timeout")
        }
    journal = "wal" if sqlite3.sqlite_version_info >= FIRST_SOUND_WAL else "truncate"
    assert pragmas == {"synchronous": 2, "journal_mode": journal, "foreign_keys": 1, "busy_timeout": 30_000}


@on_postgresql
@pytest.mark.parametrize(("given", "kept"), [("off", "on"), ("on", "on"), ("remote_apply", "remote_apply")])
def test_a_server_that_does_not_wait_for_the_disk_is_told_to(url: str, files: Path, given: str, kept: str) -> None:
    store = Store(f"{url}&options=-csynchronous_commit%3D{given}", files)
    with store.database.writing() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == kept
    store.close()


ACCEPT_AND_SAY_SO = """
import os, sys
from formroute.store import Store
from tests.store.samples import accept
store = Store(sys.argv[1], sys.argv[2])
accept(store, "WPG-1")
os.write(1, b"accepted\\n")
"""


@on_sqlite
@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.skipif(sqlite3.sqlite_version_info >= FIRST_SOUND_WAL, reason="the rollback journal is for older SQLite")
def test_the_sync_comes_before_the_answer(url: str, tmp_path: Path) -> None:
    """The database is synced, then the journal is emptied and synced, and only then is anything said."""
    trace = tmp_path / "trace"
    strace = ["strace", "-f", "-y", "-e", "trace=write,pwrite64,ftruncate,fsync,fdatasync", "-o", str(trace)]
    run_python(ACCEPT_AND_SAY_SO, url, tmp_path / "files", under=strace)
    calls = re.findall(r"(\w+)\(\d+<[^>]*?(\.db-journal|\.db)?>(?:, \"(accepted))?", trace.read_text())
    said = next(number for number, call in enumerate(calls) if call[2])
    assert [(call, file) for call, file, _ in calls[said - 3 : said]] == [
        ("fdatasync", ".db"),
        ("ftruncate", ".db-journal"),
        ("fdatasync", ".db-journal"),
    ]
    assert ("pwrite64", ".db") in [(call, file) for call, file, _ in calls[:said]]


def add_colour(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE submissions ADD COLUMN colour TEXT"))


def break_off(connection: Connection) -> None:
    add_colour(connection)
    raise RuntimeError("halfway")


def columns(store: Store) -> set[str]:
    return {column["name"] for column in inspect(store.database.engine).get_columns("submissions")}


def test_a_filled_store_moves_forward_and_keeps_everything(store: Store) -> None:
    accept(store, "WPG-1")
    before = store.find("WPG-1")
    with store.database.writing() as connection:
        assert migrate(connection, [*STEPS, add_colour]) == NEWEST + 1
    assert "colour" in columns(store)
    assert store.find("WPG-1") == before
    with store.database.writing() as connection:
        assert migrate(connection, [*STEPS, break_off]) == NEWEST + 1


def test_a_step_that_breaks_off_leaves_the_store_as_it_was(store: Store) -> None:
    with pytest.raises(RuntimeError), store.database.writing() as connection:
        migrate(connection, [*STEPS, break_off])
    assert "colour" not in columns(store)
    with store.database.writing() as connection:
        assert migrate(connection) == NEWEST


def test_an_older_release_does_not_touch_a_newer_store(url: str, files: Path, store: Store) -> None:
    with store.database.writing() as connection:
        migrate(connection, [*STEPS, add_colour])
    with pytest.raises(StoreTooNewError, match=f"schema version {NEWEST + 1}; this formroute knows {NEWEST}"):
        Store(url, files)


FORK_AND_ACCEPT = """
import os, sys
from formroute.store import Store
from tests.store.samples import accept
store = Store(sys.argv[1], sys.argv[2])
accept(store, "WPG-1")
child = os.fork()
accept(store, "WPG-2" if child else "WPG-3")
if child:
    sys.exit(os.waitpid(child, 0)[1])
"""


def test_a_forked_process_opens_its_own_connections(url: str, files: Path) -> None:
    run_python(FORK_AND_ACCEPT, url, files)
    store = Store(url, files)
    assert store.outbox.standing().submissions.accepted == 3
    store.close()


@on_sqlite
def test_who_cannot_begin_is_told_after_a_while(store: Store, url: str, files: Path, monkeypatch) -> None:
    monkeypatch.setattr("formroute.store.dialect.BUSY_SECONDS", 0.05)
    other = Store(url, files)
    with store.database.writing(), pytest.raises(OperationalError, match="locked"):
        accept(other, "WPG-1")
    assert accept(other, "WPG-1").reference == "WPG-1"
    other.close()
