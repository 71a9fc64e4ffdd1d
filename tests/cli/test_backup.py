"""A backup is made while others work; a restore brings everything back but what was erased since."""

import io
import json
import stat
import tarfile
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from formroute.cli import main
from formroute.intake import Intake
from formroute.store import Delivered, Store
from tests.databases import Server
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
    (tmp_path / "new").mkdir(exist_ok=True)
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
    assert result.output.endswith("0 erased again.\n")
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
    assert (result.exit_code, result.output.split("; ")[-1]) == (0, "1 erased again.\n")
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


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda name, content: content[:-1] + b"x" if "uploads" in name else content, "is damaged: files/uploads/"),
        (lambda name, content: None if "uploads" in name else content, "is damaged: files/uploads/"),
        (lambda name, content: None if name == "manifest.json" else content, "has no list of its files"),
        (lambda name, content: ("files/../../evil", content) if "uploads" in name else content, "which no backup"),
        (lambda name, content: ("/etc/evil", content) if "uploads" in name else content, "which no backup"),
        (lambda name, content: json.dumps({"format": 99}).encode() if name == "manifest.json" else content, "no list"),
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


def test_what_is_no_archive_restores_nothing(intake: Intake, tmp_path: Path) -> None:
    run("backup", tmp_path / "backup.tar.gz")
    content = (tmp_path / "backup.tar.gz").read_bytes()
    for broken in (b"", b"text", content[: len(content) // 2]):
        (tmp_path / "broken.tar.gz").write_bytes(broken)
        result = run("restore", tmp_path / "broken.tar.gz", "--store", elsewhere(tmp_path))
        assert result.exit_code == 1
        assert "Nothing was restored" in result.output
        assert list((tmp_path / "new").iterdir()) == []


def test_postgresql_has_a_backup_of_its_own(postgres: Server, tmp_path: Path) -> None:
    url = postgres.new_database()
    Store(url, tmp_path / "files").close()
    result = run("backup", tmp_path / "backup.tar.gz", "--store", url, "--files", tmp_path / "files")
    assert result.exit_code == 1
    assert "pg_dump" in result.output
    assert run("restore", __file__, "--store", url, "--files", tmp_path / "files").exit_code == 2
