"""Secrets come from the environment or from files, and are never printed: canaries in every one of them."""

import base64
import logging
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from formroute.cli import main
from formroute.delivery.smtp import MailServer
from formroute.intake import Intake
from formroute.records import Receipt
from formroute.store import Store
from tests.delivery.servers import free_port
from tests.small_city.samples import ANSWERS, FOLDER, small_city

PASSWORD = "canary-of-the-mail-server"
SECRET = base64.b64encode(b"canary of the webhook, 32 bytes.").decode()
DESK = "canary of the desk"
ROOT = FOLDER.parent.parent


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The store's address; every secret is set."""
    url = f"sqlite:///{tmp_path / 'formroute.db'}"
    for name, value in {
        "FORMROUTE_STORE": url,
        "FORMROUTE_SCHEMAS": str(FOLDER),
        "FORMROUTE_SMTP_URL": f"smtp://city:{PASSWORD}@127.0.0.1:{free_port()}",
        "FORMROUTE_MAIL_FROM": "forms@city.example",
        "LIGHTS_SECRET": f"whsec_{SECRET}",
    }.items():
        monkeypatch.setenv(name, value)
    return url


COMMANDS = ["deliver --once", "deliver --once --log json", "status", "status --json", "desk add zoe --everything"]


def test_no_command_and_no_log_shows_one(url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = Store(url)
    receipt = Intake(small_city(), store).submit("lamp", ANSWERS)
    assert isinstance(receipt, Receipt)
    canaries = [PASSWORD, SECRET, DESK, store.key.hex(), base64.b64encode(store.key).decode(), receipt.status_token]
    store.close()
    shows = [f"show {receipt.reference}", f"show {receipt.reference} --json", "desk list"]
    with caplog.at_level(logging.DEBUG):
        results = [CliRunner().invoke(main, command.split(), input=f"{DESK}\n") for command in [*COMMANDS, *shows]]
    assert [result.exit_code for result in results] == [0, 0, 0, 0, 0, 0, 0, 0]
    said = caplog.text + "".join(result.output for result in results)
    assert "Mail server 127.0.0.1" in said
    assert [canary for canary in canaries if canary in said] == []
    with sqlite3.connect(tmp_path / "formroute.db") as database:
        stored = "\n".join(database.iterdump())
    database.close()
    assert [canary for canary in (*canaries, *(one.encode().hex() for one in canaries)) if canary in stored] == []


def test_an_address_of_a_database_with_a_password_is_not_printed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from formroute.cli import main; main()", "status"]
    url = f"postgresql://city:{PASSWORD}@127.0.0.1:{free_port()}/formroute"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FORMROUTE_STORE": url, "FORMROUTE_FILES": str(tmp_path)}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert PASSWORD not in run.stdout + run.stderr


def test_no_backup_listing_and_no_mistake_of_ours_shows_one(
    url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Packing and restoring, and a handler that fails in the middle with everything in its hands."""
    store = Store(url)
    Intake(small_city(), store).submit("lamp", ANSWERS)
    canaries = [PASSWORD, SECRET, store.key.hex(), base64.b64encode(store.key).decode(), str(store.key)]
    store.close()

    def broken(self: object, *given: object) -> None:
        raise RuntimeError(f"{vars(self)} {given} {os.environ}")

    monkeypatch.setattr("formroute.delivery.email.Email.send", broken)
    monkeypatch.setattr("formroute.delivery.webhook.Webhook.send", broken)
    archive = str(tmp_path / "backup")
    commands = [["deliver", "--once"], ["status"], ["backup", archive], ["restore", archive, "--replace"], ["audit"]]
    with caplog.at_level(logging.DEBUG):
        results = [CliRunner().invoke(main, command) for command in commands]
    assert [result.exit_code for result in results] == [0] * 5
    said = caplog.text + "".join(result.output for result in results)
    assert "RuntimeError" in said
    assert [canary for canary in canaries if canary in said] == []
    assert ANSWERS["name"] not in said


def test_what_holds_a_secret_does_not_show_it_in_its_repr() -> None:
    server = MailServer.from_environment({"FORMROUTE_SMTP_URL": f"smtp://city:{PASSWORD}@host"})
    assert PASSWORD not in repr(server)
