"""A backup is made while others work; a restore brings everything back but what was erased since."""

import contextlib
import io
import json
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from formroute.cli import main
from formroute.intake import Intake
from formroute.store import BackupError, Delivered, Store, unpack
from formroute.store.accounts import Role
from formroute.store.backup import DATABASE
from formroute.store.tables import metadata
from tests.databases import Server, on_postgresql
from tests.small_city.samples import ANSWERS, PNG, small_city


@pytest.fixture
def intake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Intake]:
    url = f"sqlite:///{tmp_path / 'town' / 'formroute.db'}"
    (tmp_path / "town").mkdir()
    monkeypatch.setenv("FORMROUTE_STORE", url)
    store = Store(url)
    yield Intake(small_city(), store)
    store.close()


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def submit(intake: Intake) -> str:
    photo = intake.store.uploads.keep(BytesIO(PNG), "hole.png", limit=1000)
    reference = intake.submit("lamp", {**ANSWERS, "photos": [photo.token]}).reference
    while (delivery := intake.store.outbox.claim(f"{reference} {photo.token}")) is not None:
        intake.store.outbox.settle(delivery, Delivered())
    return reference


def elsewhere(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'new' / 'formroute.db'}"


def test_everything_comes_back(intake: Intake, tmp_path: Path) -> None:
    reference = submit(intake)
    intake.store.drafts.save("draft", "lamp", "session", {"colour": "white"})
    archive = tmp_path / "backup.tar.gz"
    made = run("backup", archive)
    assert made.exit_code == 0, made.output
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    result = run("restore", archive, "--store", elsewhere(tmp_path))
    assert result.exit_code == 0, result.output
    assert "; 0 erased again.\n" in result.output
    store = Store(elsewhere(tmp_path))
    assert store.find(reference) == intake.store.find(reference)
    assert store.key == intake.store.key
    assert store.drafts.load("draft", "session").raw == {"colour": "white"}
    (photo,) = store.find(reference).submission.answers["photos"]
    assert store.uploads.path(photo).read_bytes() == PNG
    assert store.chain.audit() == intake.store.chain.audit()
    store.close()
    assert not list(tmp_path.rglob(".*"))


def test_what_was_erased_since_is_erased_again(intake: Intake, tmp_path: Path) -> None:
    kept, before, since = (submit(intake) for _ in range(3))
    intake.store.erasures.erase(before, "asked")
    run("backup", tmp_path / "backup.tar.gz")
    intake.store.erasures.erase(since, "asked later")
    late = submit(intake)
    intake.store.erasures.erase(late, "came and went after the backup")
    record = tmp_path / "town" / "formroute.db.files" / "erasures"
    result = run("restore", tmp_path / "backup.tar.gz", "--store", elsewhere(tmp_path), "--erasures", record)
    assert (result.exit_code, erased_again(result.output)) == (0, 1)
    store = Store(elsewhere(tmp_path))
    assert [store.find(reference) is not None for reference in (kept, before, since, late)] == [
        True,
        False,
        False,
        False,
    ]
    assert {line.reference for line in store.erasures.recorded()} == {before, since, late}
    assert store.chain.audit().broken is None
    store.close()
    assert len(list((tmp_path / "new" / "formroute.db.files" / "uploads").iterdir())) == 1


def erased_again(output: str) -> int:
    return int(output.partition(" UTC; ")[2].partition(" erased again.\n")[0])


def test_the_seal_that_a_restore_prints_takes_the_place_of_those_noted_since_the_backup(
    intake: Intake, tmp_path: Path
) -> None:
    gone = submit(intake)
    before = intake.store.chain.audit().seal
    run("backup", tmp_path / "backup.tar.gz")
    submit(intake)
    since = intake.store.chain.audit().seal
    intake.store.erasures.erase(gone, "asked")
    record = tmp_path / "town" / "formroute.db.files" / "erasures"
    restored = run("restore", tmp_path / "backup.tar.gz", "--store", elsewhere(tmp_path), "--erasures", record)
    printed = restored.output.partition("Seal: ")[2].splitlines()[0]

    def audit(seal: object) -> int:
        return run("audit", "--seal", seal, "--store", elsewhere(tmp_path)).exit_code

    assert (audit(before), audit(since), audit(printed)) == (0, 1, 0)


def test_a_store_that_is_there_is_put_aside_and_its_erasures_count(intake: Intake, tmp_path: Path) -> None:
    gone = submit(intake)
    run("backup", tmp_path / "backup.tar.gz")
    intake.store.erasures.erase(gone, "asked")
    later = submit(intake)
    refused = run("restore", tmp_path / "backup.tar.gz")
    assert refused.exit_code == 1
    assert "There is a store already" in refused.output
    assert intake.store.find(later) is not None
    intake.store.close()
    result = run("restore", tmp_path / "backup.tar.gz", "--replace")
    assert result.exit_code == 0, result.output
    assert result.output.count("Put aside: ") >= 2
    assert "What was put aside still holds what was erased since: remove it" in result.output
    store = Store(str(intake.store.database.engine.url))
    assert store.find(later) is store.find(gone) is None
    store.close()
    aside = next(
        path
        for path in (tmp_path / "town").iterdir()
        if path.name.startswith("formroute.db.before") and "-journal" not in path.name
    )
    old = Store(f"sqlite:///{aside}", next((tmp_path / "town").glob("formroute.db.files.before-*")))
    assert old.find(later) is not None
    old.close()


def test_a_backup_is_made_while_others_write(intake: Intake, tmp_path: Path) -> None:
    stop = threading.Event()
    sent: list[str] = []

    def keep_sending() -> None:
        while not stop.is_set():
            sent.append(submit(intake))

    sender = threading.Thread(target=keep_sending)
    sender.start()
    for number in range(3):
        while len(sent) < 2 * number + 2:
            stop.wait(0.01)
        surely = list(sent)
        assert run("backup", tmp_path / f"{number}.tar.gz").exit_code == 0
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        assert run("restore", tmp_path / f"{number}.tar.gz", "--store", url).exit_code == 0
        store = Store(url)
        assert all(store.find(reference) is not None for reference in surely)
        assert store.outbox.standing().deliveries.add_up
        assert store.chain.audit().broken is None
        store.close()
    stop.set()
    sender.join()


def test_an_upload_that_is_missing_is_told(intake: Intake, tmp_path: Path) -> None:
    submit(intake)
    next((tmp_path / "town" / "formroute.db.files" / "uploads").iterdir()).unlink()
    result = run("backup", tmp_path / "backup.tar.gz")
    assert result.exit_code == 1
    assert "No backup was made: 1 uploads are missing or damaged" in result.output
    assert not (tmp_path / "backup.tar.gz").exists()


def test_a_backup_never_replaces_a_file(intake: Intake, tmp_path: Path) -> None:
    (tmp_path / "backup.tar.gz").write_text("mine")
    assert run("backup", tmp_path / "backup.tar.gz").exit_code == 1
    assert (tmp_path / "backup.tar.gz").read_text() == "mine"


def rewritten(archive: Path, change) -> Path:
    """The archive with `change(name, content)` in the place of each file; None leaves it out."""
    target = archive.with_name("changed.tar.gz")
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                name, content = content if isinstance(content, tuple) else (member.name, content)
                info = tarfile.TarInfo(name)
                info.size = len(content)
                new.addfile(info, io.BytesIO(content))
    return target


def without_database(manifest: bytes) -> bytes:
    """A manifest that lists nothing, as if nothing else had been packed."""
    return json.dumps({**json.loads(manifest), "files": {}}).encode()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda name, content: content[:-1] + b"x" if "uploads" in name else content, "is damaged: files/uploads/"),
        (lambda name, content: None if "uploads" in name else content, "is damaged: files/uploads/"),
        (lambda name, content: None if name == "manifest.json" else content, "has no list of its files"),
        (lambda name, content: ("files/../../evil", content) if "uploads" in name else content, "which no backup"),
        (lambda name, content: ("/etc/evil", content) if "uploads" in name else content, "which no backup"),
        (lambda name, content: json.dumps({"format": 99}).encode() if name == "manifest.json" else content, "no list"),
        (lambda name, content: b'{"format": 1, "files": [1]}' if name == "manifest.json" else content, "no list"),
        (lambda name, content: b"[" * 200_000 if name == "manifest.json" else content, "cannot be read"),
        (lambda name, content: None if name == "formroute.db" else content, "is damaged: formroute.db"),
        (lambda name, content: without_database(content) if name == "manifest.json" else None, "damaged: formroute.db"),
    ],
)
def test_an_archive_that_is_not_whole_restores_nothing(intake: Intake, tmp_path: Path, change, told: str) -> None:
    submit(intake)
    run("backup", tmp_path / "backup.tar.gz")
    archive = rewritten(tmp_path / "backup.tar.gz", change)
    result = run("restore", archive, "--store", elsewhere(tmp_path))
    assert result.exit_code == 1
    assert told in result.output
    assert list((tmp_path / "new").iterdir()) == []


def test_an_archive_with_any_bit_changed_is_restored_whole_or_refused(intake: Intake, tmp_path: Path) -> None:
    """Some bits tell of the archive itself, such as when it was zipped."""
    submit(intake)
    run("backup", tmp_path / "backup.tar.gz")
    whole, changed = (tmp_path / "backup.tar.gz").read_bytes(), tmp_path / "changed.tar.gz"
    for number, place in enumerate(range(0, len(whole), len(whole) // 150)):
        (tmp_path / f"place-{number}").mkdir()
        changed.write_bytes(whole[:place] + bytes((whole[place] ^ 1 << number % 8,)) + whole[place + 1 :])
        with contextlib.suppress(BackupError):
            assert DATABASE in unpack(changed, tmp_path / f"place-{number}").files


def test_what_is_no_archive_restores_nothing(intake: Intake, tmp_path: Path) -> None:
    run("backup", tmp_path / "backup.tar.gz")
    content = (tmp_path / "backup.tar.gz").read_bytes()
    for broken in (b"", b"text", content[: len(content) // 2]):
        (tmp_path / "broken.tar.gz").write_bytes(broken)
        result = run("restore", tmp_path / "broken.tar.gz", "--store", elsewhere(tmp_path))
        assert result.exit_code == 1
        assert "Nothing was restored" in result.output
        assert list((tmp_path / "new").iterdir()) == []


class TestEngines:
    """An archive is the same whichever engine it was made on, and is restored into either."""

    @pytest.fixture
    def town(self, new_url: Callable[[], str], tmp_path: Path) -> Iterator[Intake]:
        store = Store(new_url(), tmp_path / "files")
        yield Intake(small_city(), store)
        store.close()

    def backup(self, town: Intake, archive: Path) -> Result:
        return run("backup", archive, "--store", address(town), "--files", town.store.folder.path)

    def restore(self, archive: Path, url: str, files: Path, *more: object) -> Result:
        return run("restore", archive, "--store", url, "--files", files, *more)

    @pytest.mark.parametrize("target", ["sqlite", "postgresql"])
    def test_everything_comes_back_and_the_work_goes_on(
        self, town: Intake, postgres: Server, tmp_path: Path, target: str
    ) -> None:
        references = [submit(town) for _ in range(3)]
        town.store.erasures.erase(references[2], "asked")
        town.submit("lamp", ANSWERS)
        town.store.drafts.save("draft", "lamp", "session", {"colour": "white"})
        town.store.accounts.add("zoe", "correct horse battery", {"ward": Role.READER})
        assert self.backup(town, tmp_path / "backup.tar.gz").exit_code == 0
        url = postgres.new_database() if target == "postgresql" else f"sqlite:///{tmp_path / 'again.db'}"
        result = self.restore(tmp_path / "backup.tar.gz", url, tmp_path / "again")
        assert result.exit_code == 0, result.output
        with closing(Store(url, tmp_path / "again")) as store:
            assert rows(store) == rows(town.store)
            assert store.key == town.store.key
            assert store.chain.audit() == town.store.chain.audit()
            (photo,) = store.find(references[0]).submission.answers["photos"]
            assert store.uploads.path(photo).read_bytes() == PNG
            assert submit(Intake(small_city(), store))
            assert store.outbox.standing().deliveries.add_up
        assert not list(tmp_path.rglob(".*"))

    @on_postgresql
    def test_what_was_erased_since_is_erased_again(self, town: Intake, new_url, tmp_path: Path) -> None:
        kept, since = submit(town), submit(town)
        self.backup(town, tmp_path / "backup.tar.gz")
        town.store.erasures.erase(since, "asked later")
        record = town.store.folder.path / "erasures"
        url = new_url()
        result = self.restore(tmp_path / "backup.tar.gz", url, tmp_path / "again", "--erasures", record)
        assert erased_again(result.output) == 1
        with closing(Store(url, tmp_path / "again")) as store:
            assert store.find(kept) is not None
            assert store.find(since) is None
            assert store.chain.audit().broken is None
        assert len(list((tmp_path / "again" / "uploads").iterdir())) == 1

    @on_postgresql
    def test_it_is_made_while_others_write(self, town: Intake, new_url, tmp_path: Path) -> None:
        stop, sent = threading.Event(), []

        def keep_sending() -> None:
            while not stop.is_set():
                sent.append(submit(town))

        sender = threading.Thread(target=keep_sending)
        sender.start()
        try:
            while len(sent) < 3:
                stop.wait(0.01)
            surely = list(sent)
            assert self.backup(town, tmp_path / "backup.tar.gz").exit_code == 0
        finally:
            stop.set()
            sender.join()
        url = new_url()
        assert self.restore(tmp_path / "backup.tar.gz", url, tmp_path / "again").exit_code == 0
        with closing(Store(url, tmp_path / "again")) as store:
            assert all(store.find(reference) is not None for reference in surely)
            assert store.outbox.standing().deliveries.add_up
            assert store.chain.audit().broken is None

    @on_postgresql
    def test_a_database_that_holds_a_store_is_left_alone(self, town: Intake, tmp_path: Path) -> None:
        reference = submit(town)
        self.backup(town, tmp_path / "backup.tar.gz")
        before = rows(town.store)
        refused = self.restore(tmp_path / "backup.tar.gz", address(town), tmp_path / "again", "--replace")
        assert refused.exit_code == 1
        assert "Nothing was restored: there is a store in the database already." in refused.output
        assert rows(town.store) == before
        assert town.store.find(reference) is not None
        assert not (tmp_path / "again").exists()

    @on_postgresql
    def test_a_folder_that_is_there_is_put_aside_and_its_erasures_count(
        self, town: Intake, new_url, tmp_path: Path
    ) -> None:
        gone = submit(town)
        self.backup(town, tmp_path / "backup.tar.gz")
        town.store.erasures.erase(gone, "asked")
        files, url = town.store.folder.path, new_url()
        assert self.restore(tmp_path / "backup.tar.gz", url, files).exit_code == 1
        result = self.restore(tmp_path / "backup.tar.gz", url, files, "--replace")
        assert (result.exit_code, "Put aside: " in result.output) == (0, True), result.output
        with closing(Store(url, files)) as store:
            assert store.find(gone) is None

    def test_a_database_that_cannot_be_reached_is_told(self, intake: Intake, tmp_path: Path) -> None:
        run("backup", tmp_path / "backup.tar.gz")
        result = self.restore(tmp_path / "backup.tar.gz", "postgresql://nobody@127.0.0.1:1/none", tmp_path / "again")
        assert result.exit_code == 1
        assert "Nothing was restored: connection failed" in result.output
        assert run("restore", tmp_path / "backup.tar.gz", "--store", "postgresql://localhost/x").exit_code == 2


def address(town: Intake) -> str:
    return town.store.database.engine.url.render_as_string(hide_password=False)


def rows(store: Store) -> dict[str, list[tuple]]:
    """Everything in the database."""
    with store.database.reading() as connection:
        return {
            name: connection.execute(select(table).order_by(*table.primary_key or table.c)).all()
            for name, table in metadata.tables.items()
        }
