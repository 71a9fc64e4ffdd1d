"""What an operator asks on the command line, and what a monitor reads from the exit code."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from formroute.cli import main
from formroute.intake import Intake
from formroute.records import RESIDENT, Destination, Status
from formroute.store import Dead, Delivered, RetryAt, Store
from tests.copies import copied, edit
from tests.delivery.servers import free_port
from tests.small_city.samples import ANSWERS, FOLDER, small_city


@pytest.fixture
def intake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Intake]:
    url = f"sqlite:///{tmp_path / 'formroute.db'}"
    monkeypatch.setenv("FORMROUTE_STORE", url)
    monkeypatch.setenv("FORMROUTE_SCHEMAS", str(FOLDER))
    store = Store(url)
    yield Intake(small_city(), store)
    store.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def settle(intake: Intake, *outcomes: object) -> None:
    for number, outcome in enumerate(outcomes):
        delivery = intake.store.outbox.claim(f"holder {number}")
        intake.store.outbox.settle(delivery, outcome)


NEVER = datetime(2999, 1, 1, tzinfo=UTC)


class TestWhereLettersGo:
    """A forgotten mail server is told, and a wrong one keeps `deliver` from beginning."""

    SET = "Set FORMROUTE_SMTP_URL=smtp://name:password@mail.example.org:587 and FORMROUTE_MAIL_FROM."

    def test_letters_in_a_folder_are_no_silent_delivery(
        self, intake: Intake, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        intake.submit("lamp", ANSWERS)
        result = run("deliver", "--once")
        mail = tmp_path / "formroute.db.files" / "mail"
        assert f"No mail server is set, so letters are put into {mail} and reach nobody. {self.SET}" in caplog.messages
        assert result.stdout == "1 delivered, 1 failed, 2 put into a folder.\n"
        told = f"Counted as delivered, but put into {mail}, where nobody gets them: 2 letters. {self.SET}"
        assert told in run("status").output
        assert json.loads(run("status", "--json").output)["letters_in_folder"] == 2

    @pytest.mark.parametrize(
        ("url", "sender", "told"),
        [
            ("mail.example.org:587", "forms@city.example", "FORMROUTE_SMTP_URL cannot be read. Write smtp://"),
            ("smtp://mail.example.org:587", "", "FORMROUTE_MAIL_FROM is missing. Set it to the address letters"),
            ("smtp://mail.example.org:587", "the city", "FORMROUTE_MAIL_FROM is not an address."),
        ],
    )
    def test_wrong_settings_are_told_before_the_first_letter(
        self, intake: Intake, monkeypatch: pytest.MonkeyPatch, url: str, sender: str, told: str
    ) -> None:
        monkeypatch.setenv("FORMROUTE_SMTP_URL", url)
        monkeypatch.setenv("FORMROUTE_MAIL_FROM", sender)
        intake.submit("lamp", ANSWERS)
        result = run("deliver", "--once")
        assert (result.exit_code, told in result.stderr) == (2, True)
        assert not intake.store.outbox.failing()


def test_a_store_without_its_folder_is_not_given_a_new_one(intake: Intake, tmp_path: Path) -> None:
    folder = tmp_path / "formroute.db.files"
    folder.rename(tmp_path / "elsewhere")
    result = run("status")
    assert result.exit_code == 2
    assert str(folder) in "".join(result.output.split("\n"))
    assert not folder.exists()
    assert run("status", "--files", str(tmp_path / "elsewhere")).exit_code == 0


class TestStatus:
    def test_when_all_is_well(self, intake: Intake) -> None:
        intake.submit("lamp", ANSWERS)
        settle(intake, *[Delivered()] * 3)
        result = run("status")
        assert result.exit_code == 0
        assert [line.split() for line in result.output.splitlines()] == [
            ["accepted", "delivered", "pending", "dead"],
            ["submissions", "1", "0", "1", "0"],
            ["deliveries", "4", "3", "1", "0"],
        ]

    def test_a_dead_delivery_is_an_alarm_with_its_cause_and_what_to_do(self, intake: Intake) -> None:
        reference = intake.submit("lamp", ANSWERS).reference
        settle(intake, Dead("HTTP 410: the receiver wants no more.", "Ask the department for its new address."))
        result = run("status")
        assert result.exit_code == 1
        assert f"{reference}  lights by email, attempt 1: HTTP 410: the receiver wants no more." in result.output
        assert "Ask the department for its new address." in result.output
        assert "1 dead: nobody will try them again." in result.output

    def test_a_failing_delivery_is_named_before_it_is_an_alarm(self, intake: Intake) -> None:
        intake.submit("lamp", ANSWERS)
        settle(intake, RetryAt(datetime.now(UTC) + timedelta(hours=1), "Mail server down.", "Start it."))
        result = run("status")
        assert result.exit_code == 0
        assert "lights by email, attempt 1: Mail server down.\n      Start it.\n" in result.output

    @pytest.mark.parametrize(("minutes", "patience", "code"), [(59, 60, 0), (61, 60, 1), (61, 90, 0)])
    def test_what_waits_too_long_is_an_alarm(self, intake: Intake, minutes: int, patience: int, code: int) -> None:
        intake.now = lambda: datetime.now(UTC) - timedelta(minutes=minutes, seconds=1)
        intake.submit("lamp", ANSWERS)
        result = run("status", "--patience", str(patience))
        assert result.exit_code == code
        assert ("accepted 61 minutes ago" in result.output) is bool(code)

    def test_for_programs(self, intake: Intake) -> None:
        reference = intake.submit("lamp", ANSWERS).reference
        settle(intake, Dead("gone", "ask"), Delivered())
        result = run("status", "--json")
        assert result.exit_code == 1
        told = json.loads(result.output)
        assert told["deliveries"] == {"accepted": 4, "delivered": 1, "pending": 2, "dead": 1}
        assert told["submissions"] == {"accepted": 1, "delivered": 0, "pending": 0, "dead": 1}
        (dead,) = told["dead"]
        assert (dead["reference"], dead["department"], dead["cause"], dead["fix"]) == (
            reference,
            "lights",
            "gone",
            "ask",
        )
        assert told["alarms"] == ["1 dead: nobody will try them again."]


class TestShow:
    def test_everything_that_is_known(self, intake: Intake) -> None:
        reference = intake.submit("lamp", ANSWERS, language="fr").reference
        settle(intake, Dead("HTTP 410", "Ask."), Delivered("250 OK"))
        result = run("show", reference.lower())
        assert result.exit_code == 0
        for line in (
            reference,
            "Form: Report a street light (lamp)",
            "Channel: web, language: fr",
            "Route: lamps/dangerous-colour",
            "Sent to: lights",
            "Copies to: ward",
            "Priority: urgent",
            "Tags: ward",
            "  What colour is its light? (colour): Yellow",
            "  Anything else? (details): Behind the old school.\n      It blinks, très vite.",
            "  met      lamps/dangerous-colour: colour is Yellow",
            "      cause: HTTP 410",
            "      to do: Ask.",
        ):
            assert f"{line}\n" in result.output
        assert "dead       lights by email, attempts: 1" in result.output
        assert "received   channel: web" in result.output
        assert "delivered  department: lights, handler: webhook, attempt: 1, detail: 250 OK" in result.output

    def test_for_programs(self, intake: Intake) -> None:
        reference = intake.submit("lamp", ANSWERS).reference
        told = json.loads(run("show", reference, "--json").output)
        assert told["reference"] == reference
        assert told["answers"]["colour"] == "yellow"
        assert told["decision"]["route"] == "dangerous-colour"
        assert [delivery["handler"] for delivery in told["deliveries"]] == ["email", "webhook", "desk", "email"]
        assert [event["kind"] for event in told["events"]] == ["received", "routed"]

    def test_what_is_not_there(self, intake: Intake) -> None:
        result = run("show", "SMA-2026-NOBODY")
        assert result.exit_code == 1
        assert "The submission SMA-2026-NOBODY is not there." in result.output


class TestFind:
    def test_what_is_there_the_latest_first(self, intake: Intake) -> None:
        first, second = (intake.submit("lamp", ANSWERS).reference for _ in range(2))
        result = run("find")
        assert result.exit_code == 0
        headings, *lines = result.output.splitlines()
        assert re.split(" {2,}", headings) == ["Reference", "Received", "Delivery", "Status", "Form", "Sent to"]
        assert [line.split()[0] for line in lines] == [second, first]
        assert re.fullmatch(r"SMA-\S+  \d{4}-\d\d-\d\d \d\d:\d\d C[DS]T  pending   received  lamp  lights", lines[0])
        assert lines[0].index("received") == headings.index("Status")
        assert run("find", "--limit", "1", "--before", second).output.splitlines()[1].startswith(first)

    def test_by_what_is_known(self, intake: Intake) -> None:
        reference = intake.submit("lamp", ANSWERS).reference
        settle(intake, Dead("gone"))
        for known in (
            [reference.lower()],
            ["--state", "dead"],
            ["--department", "ward"],
            ["--status", "received"],
            ["--since", "2020-01-01 12:30"],
        ):
            assert [line["reference"] for line in json.loads(run("find", "--json", *known).output)] == [reference]
        for unknown in (
            ["SMA-9"],
            ["--state", "pending"],
            ["--status", "done"],
            ["--until", "2020-01-01"],
        ):
            result = run("find", *unknown)
            assert (result.exit_code, result.output) == (1, "There are none.\n")

    def test_by_the_clock_of_the_city_or_else_in_utc(self, intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
        intake.now = lambda: datetime(2026, 7, 1, 3, 30, tzinfo=UTC)
        intake.submit("lamp", ANSWERS)
        assert "  2026-06-30 22:30 CDT  " in run("find", "--since", "2026-06-30 22:30").output
        assert run("find", "--until", "2026-06-30 22:30").exit_code == 1
        monkeypatch.delenv("FORMROUTE_SCHEMAS")
        assert "  2026-07-01 03:30 UTC  " in run("find", "--since", "2026-07-01 03:30").output
        assert run("find", "--until", "2026-07-01 03:30").exit_code == 1

    def test_without_waiting_for_schemas_that_do_not_load(self, intake: Intake, tmp_path: Path) -> None:
        intake.submit("lamp", ANSWERS)
        for name, text_of in {
            "nothing": None,
            "list": "- a",
            "no-such": "time_zone: Mars/Base",
            "number": "time_zone: 3",
        }.items():
            (tmp_path / name).mkdir()
            if text_of is not None:
                (tmp_path / name / "catalog.yaml").write_text(text_of)
            assert " UTC  pending" in run("find", "--schemas", str(tmp_path / name)).output

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ("--department lihgts", "Nothing was ever sent to a department 'lihgts'. Did you mean `lights`?"),
            ("--department wrad", "Nothing was ever sent to a department 'wrad'. Did you mean `ward`?"),
            ("--form lmap", "Nothing was ever sent by a form 'lmap'. Did you mean `lamp`?"),
            ("--department ward --state dead", ""),
        ],
    )
    def test_a_name_that_there_never_was(
        self, intake: Intake, arguments: str, said: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        intake.submit("lamp", ANSWERS)
        for _ in ("with the schemas", "without"):
            result = run("find", *arguments.split())
            assert (result.exit_code, result.stdout, result.stderr.strip()) == (1, "There are none.\n", said)
            monkeypatch.delenv("FORMROUTE_SCHEMAS", raising=False)

    def test_a_department_of_the_schemas_that_got_nothing_yet(
        self, intake: Intake, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert run("find", "--department", "ward").stderr == ""
        assert "'wrad'. Did you mean `ward`?" in run("find", "--department", "wrad").stderr
        monkeypatch.delenv("FORMROUTE_SCHEMAS")
        assert run("find", "--department", "wrad").stderr == "Nothing was ever sent to a department 'wrad'.\n"

    @pytest.mark.parametrize("command", ["requeue", "dismiss --why x"])
    def test_a_department_whose_dead_are_meant(self, intake: Intake, command: str) -> None:
        intake.submit("lamp", ANSWERS)
        result = run(*command.split(), "--department", "lihgts")
        assert result.exit_code == 1
        assert result.stderr == "Nothing was ever sent to a department 'lihgts'. Did you mean `lights`?\n"
        assert run(*command.split(), "--department", "ward").stderr == ""


class TestErase:
    def test_what_was_delivered(self, intake: Intake) -> None:
        reference = intake.submit("lamp", ANSWERS).reference
        settle(intake, *[Delivered()] * 4)
        result = run("erase", reference.lower(), "--why", "she asked for it")
        assert (result.exit_code, result.output) == (0, f"{reference} is erased.\n")
        assert run("erase", reference).output == f"{reference} was erased before.\n"
        assert f"{reference} was erased on " in run("show", reference).output
        assert run("audit").output.startswith("7 events verified, 6 of them without content because it was erased.")

    def test_what_was_not_delivered(self, intake: Intake) -> None:
        reference = intake.submit("lamp", ANSWERS).reference
        settle(intake, *[Delivered()] * 3)
        result = run("erase", reference)
        assert result.exit_code == 1
        assert f"Not erased: {reference} has not been delivered: ward by email (pending)." in result.output
        assert run("erase", reference, "--even-undelivered").exit_code == 0

    def test_what_is_over(self, intake: Intake) -> None:
        intake.submit("lamp", ANSWERS)
        assert run("erase", "--due").output == "0 erased.\n"  # the small city keeps everything

    @pytest.mark.parametrize("arguments", [(), ("SMA-1", "--due"), ("--due", "--even-undelivered")])
    def test_what_is_called_wrongly(self, intake: Intake, arguments: tuple) -> None:
        assert run("erase", *arguments).exit_code == 2

    def test_what_is_not_there(self, intake: Intake) -> None:
        result = run("erase", "SMA-1")
        assert (result.exit_code, result.output) == (
            1,
            "There is no submission SMA-1. `formroute find` lists those there are.\n",
        )


class TestAudit:
    def test_of_a_log_that_nobody_touched(self, intake: Intake) -> None:
        intake.submit("lamp", ANSWERS)
        result = run("audit")
        assert result.exit_code == 0
        assert re.fullmatch("2 events verified.\nSeal: 2-[0-9a-f]{64}\n", result.output)
        seal = result.output.split()[-1]
        settle(intake, Delivered())
        assert run("audit", "--seal", seal).output.startswith("3 events verified.")
        assert json.loads(run("audit", "--json").output)["events"] == 3

    def test_of_answers_that_somebody_changed(self, intake: Intake) -> None:
        reference = intake.submit("lamp", ANSWERS).reference
        with intake.store.database.writing() as connection:
            connection.execute(text("UPDATE submissions SET answers = '{}'"))
        result = run("audit")
        assert result.exit_code == 1
        assert f"The answers or the decision of {reference} are not those that were accepted." in result.output

    def test_with_what_is_no_seal(self, intake: Intake) -> None:
        result = run("audit", "--seal", "12")
        assert result.exit_code == 2
        assert "A seal is a number, a hyphen and 64 hexadecimal digits." in result.output


class TestDeliver:
    def test_what_is_due(self, intake: Intake, tmp_path: Path) -> None:
        intake.submit("lamp", ANSWERS)
        result = run("deliver", "--once")
        assert (result.exit_code, result.output) == (0, "1 delivered, 1 failed, 2 put into a folder.\n")
        assert len(list((tmp_path / "formroute.db.files" / "mail" / "new").iterdir())) == 2
        assert [delivery.cause for delivery in intake.store.outbox.failing()] == ["LIGHTS_SECRET is not set."]

    def test_until_it_is_stopped(self, intake: Intake) -> None:
        intake.submit("lamp", ANSWERS)
        command = [sys.executable, "-c", "from formroute.cli import main; main()", "deliver"]
        environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent.parent)}
        with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment) as process:
            said = next(line for line in process.stderr if b"LIGHTS_SECRET" in line)
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
        assert b"WARNING webhook of SMA-" in said
        assert b"Zo\xc3\xab" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("status",), "There is no store"),
        (("show", "WPG-1"), "There is no store"),
        (("status", "--store", "x.db"), "no address of a store: x.db. Write sqlite:///x.db\nName the right one"),
        (("status", "--store", "postgresql:/city:secret@host"), "no address of a store. Write sqlite:///formroute.db"),
        (("status", "--store", "postgres://host/db"), "begins with postgresql://, not with postgres://"),
        (("status", "--store", "mysql://host/db"), "needs SQLite or PostgreSQL"),
        (("status", "--store", "sqlite://"), "a file that outlives the process"),
        (("status", "--store", "postgresql://host/db"), "FORMROUTE_FILES"),
        (("deliver", "--once", "--store", "sqlite:////nowhere/at/all.db"), "cannot be opened"),
        (("deliver", "--schemas", "/nowhere"), "does not exist"),
    ],
)
def test_what_is_called_wrongly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple, said: str) -> None:
    monkeypatch.setenv("FORMROUTE_STORE", f"sqlite:///{tmp_path / 'nothing.db'}")
    monkeypatch.setenv("FORMROUTE_SCHEMAS", str(FOLDER))
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert list(tmp_path.iterdir()) == []


READING = [
    *("find", "show WPG-1", "status", "audit", f"diff {FOLDER} {FOLDER}", "backup new.zip", "erase WPG-1"),
    *("requeue --all", "dismiss --all --why x", "desk list", "desk password zoe", "desk remove zoe"),
]


class TestNoStore:
    """What is looked for and not found is named with what to write, and nothing is made in its place."""

    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("FORMROUTE_SCHEMAS", str(FOLDER))
        (tmp_path / "town.db.files").mkdir()

    def refused(self, command: str, url: str) -> str:
        before = {path: path.is_file() and path.read_bytes() for path in Path().rglob("*")}
        result = run(*command.split(), "--store", url, "--files", "town.db.files")
        assert result.exit_code == 2
        after = {path: path.is_file() and path.read_bytes() for path in Path().rglob("*")}
        assert {path: found for path, found in after.items() if "journal" not in path.name} == before
        return result.output

    @pytest.mark.parametrize("command", READING)
    def test_no_file(self, command: str, tmp_path: Path) -> None:
        said = self.refused(command, "sqlite:///town.db")
        assert f"There is no store sqlite:///town.db: no file {tmp_path / 'town.db'}. Name the right one with" in said

    @pytest.mark.parametrize("command", READING)
    def test_a_database_of_something_else(self, command: str) -> None:
        with closing(sqlite3.connect("town.db")) as database:
            database.execute("CREATE TABLE trams (line TEXT)")
        said = self.refused(command, "sqlite:///town.db")
        assert "There is no store sqlite:///town.db: the database has none of its tables. Name the right one" in said

    def test_a_file_of_something_else(self) -> None:
        Path("town.db").write_text("Minutes of the council\n")
        said = self.refused("status", "sqlite:///town.db")
        assert "The store sqlite:///town.db cannot be opened: file is not a database. Look whether this is" in said

    @pytest.mark.parametrize("command", ["find", "status"])
    def test_a_server_that_does_not_answer(self, command: str) -> None:
        url = f"postgresql://city:canary@127.0.0.1:{free_port()}/town"
        said = self.refused(command, url)
        assert f"The store {url.replace('canary', '***')} cannot be opened: " in said
        assert "Connection refused" in said
        assert "Name the right one with --store or FORMROUTE_STORE." in said
        assert "sqlalche.me" not in said


def test_a_catalogue_that_does_not_load(intake: Intake, tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    result = run("deliver", "--once", "--schemas", str(tmp_path / "schemas"))
    assert result.exit_code == 1
    assert "1 error. The catalogue does not load." in result.output


class TestRequeue:
    def dead(self, intake: Intake, count: int = 1) -> list[str]:
        references = []
        for _ in range(count):
            references.append(intake.submit("lamp", ANSWERS).reference)
            settle(intake, Dead("no such mailbox", "correct it"), Delivered(), Delivered(), Dead("gone", "ask"))
        return references

    def test_status_tells_how(self, intake: Intake) -> None:
        (reference,) = self.dead(intake)
        assert f"Then: formroute requeue {reference}, or formroute dismiss {reference} --why …" in run("status").output

    def test_one_reference(self, intake: Intake) -> None:
        first, second = self.dead(intake, 2)
        result = run("requeue", first.lower())
        assert result.exit_code == 0
        assert result.output.splitlines()[-1] == "2 to be delivered again."
        assert {delivery.reference for delivery in intake.store.outbox.dead()} == {second}
        found = intake.store.find(first)
        assert [(one.state, one.attempts) for one in found.deliveries if one.state != "delivered"] == [
            ("pending", 0)
        ] * 2
        assert [event.kind for event in found.events][-2:] == ["requeued", "requeued"]
        assert intake.store.outbox.standing().deliveries.add_up

    def test_what_fails_is_tried_at_once(self, intake: Intake) -> None:
        reference = intake.submit("lamp", ANSWERS).reference
        settle(intake, RetryAt(NEVER, "refused", "mend it"), Delivered(), Delivered(), RetryAt(NEVER, "busy", "wait"))
        assert f"at once by: formroute requeue {reference}" in run("status").output
        result = run("requeue", reference)
        assert (result.exit_code, result.output.splitlines()[-1]) == (0, "2 to be delivered again.")
        assert [intake.store.outbox.claim(holder) is not None for holder in "abc"] == [True, True, False]
        assert run("requeue", "--all").output == "0 to be delivered again.\n"  # a worker holds them

    def due(self, intake: Intake) -> None:
        with intake.store.database.writing() as connection:
            connection.execute(text("UPDATE outbox SET next_at = 0 WHERE state = 'pending'"))

    def test_what_a_dead_worker_left_behind(self, intake: Intake) -> None:
        """It is advised once the lease is over, and then it works; not while a worker has it."""
        reference = intake.submit("lamp", ANSWERS).reference
        settle(intake, RetryAt(NEVER, "refused", "mend it"), *[Delivered()] * 3)
        advised = f"at once by: formroute requeue {reference}"
        outbox = intake.store.outbox
        self.due(intake)
        outbox.claim("at work")
        told = run("status").output
        assert (advised in told, "A worker tries it at this moment." in told) == (False, True)
        assert run("requeue", reference).exit_code == 1

        self.due(intake)
        outbox.claim("dead", timedelta(seconds=-60))
        assert advised in run("status").output
        assert run("requeue", reference).output.splitlines()[-1] == "1 to be delivered again."
        assert outbox.claim("next") is not None

    def test_what_a_worker_left_behind_at_the_first_try(self, intake: Intake) -> None:
        reference = intake.submit("lamp", ANSWERS).reference
        intake.store.outbox.claim("dead", timedelta(seconds=-60))
        assert run("requeue", "--all").output.splitlines()[-1] == "1 to be delivered again."
        intake.store.outbox.claim("dead too", timedelta(seconds=-60))
        assert run("requeue", reference).output.splitlines()[-1] == "1 to be delivered again."

    def test_a_department(self, intake: Intake) -> None:
        self.dead(intake, 2)
        assert run("requeue", "--department", "ward").output.splitlines()[-1] == "2 to be delivered again."
        assert {delivery.destination.department for delivery in intake.store.outbox.dead()} == {"lights"}

    def test_everything(self, intake: Intake) -> None:
        self.dead(intake, 2)
        assert run("requeue", "--all").output.splitlines()[-1] == "4 to be delivered again."
        assert intake.store.outbox.dead() == ()
        assert run("requeue", "--all").exit_code == 1

    @pytest.mark.parametrize("command", [("requeue",), ("dismiss", "--why", "x")])
    def test_what_was_named_in_vain_is_told(self, intake: Intake, command: tuple[str, ...]) -> None:
        (dead,) = self.dead(intake)
        well = intake.submit("lamp", ANSWERS).reference
        in_vain = run(*command, well, "sma-nope")
        assert in_vain.exit_code == 1
        assert set(in_vain.stderr.splitlines()) == {
            f"Nothing of {well} is dead{' or failing' if command[0] == 'requeue' else ''}.",
            "The submission SMA-NOPE is not there.",
        }
        one_of_two = run(*command, dead, "SMA-NOPE")
        assert (one_of_two.exit_code, one_of_two.stderr) == (0, "The submission SMA-NOPE is not there.\n")

    def test_the_same_place_gets_the_same_bytes_and_another_place_what_is_rendered_anew(
        self, intake: Intake, tmp_path: Path
    ) -> None:
        reference = intake.submit("lamp", ANSWERS).reference
        for _ in range(4):
            delivery = intake.store.outbox.claim("holder")
            intake.store.outbox.keep_payload(delivery, b"as first sent")
            intake.store.outbox.settle(delivery, Dead("x"))
        edit(copied(FOLDER, tmp_path / "schemas") / "departments.yaml", "ward@", "ward-office@")
        keys = [delivery.key for delivery in intake.store.find(reference).deliveries]
        assert run("requeue", reference, "--schemas", str(tmp_path / "schemas")).exit_code == 0
        again = intake.store.find(reference).deliveries
        assert [delivery.key for delivery in again] == keys
        assert [delivery.payload for delivery in again] == [b"as first sent"] * 3 + [None]
        assert again[3].destination.settings == {"to": "ward-office@example.org"}

    @pytest.mark.parametrize("arguments", [(), ("--all", "--department", "ward"), ("SMA-1", "--all")])
    def test_it_wants_to_know_which(self, intake: Intake, arguments: tuple[str, ...]) -> None:
        assert run("requeue", *arguments).exit_code == 2


class TestDismiss:
    def dead(self, intake: Intake) -> str:
        reference = intake.submit("lamp", ANSWERS).reference
        settle(intake, Delivered(), Delivered(), Delivered(), Dead("no such mailbox", "correct it"))
        return reference

    def test_what_was_dismissed_is_no_alarm_and_counts_as_dead(self, intake: Intake) -> None:
        reference = self.dead(intake)
        assert run("status").exit_code == 1
        result = run("dismiss", reference.lower(), "--why", "told by telephone", "--by", "zoe")
        assert (result.exit_code, result.output) == (0, f"{reference}  ward by email\n1 dismissed.\n")
        status = run("status")
        assert status.exit_code == 0
        assert "Of the dead, 1 were dismissed." in status.output
        counted = json.loads(run("status", "--json").output)
        assert (counted["deliveries"]["dead"], counted["dismissed"], counted["dead"]) == (1, 1, [])

    def test_who_said_so_and_why_stands_in_the_log(self, intake: Intake) -> None:
        reference = self.dead(intake)
        run("dismiss", "--all", "--why", "told by telephone", "--by", "zoe")
        event = intake.store.find(reference).events[-1]
        said = {"department": "ward", "handler": "email", "why": "told by telephone", "by": "zoe"}
        assert (event.kind, event.detail) == ("dismissed", said)
        assert intake.store.chain.audit().broken is None

    def test_letters_to_residents(self, intake: Intake) -> None:
        reference = intake.submit("lamp", ANSWERS).reference
        letter = [Destination(RESIDENT, "news", {"answer": "email", "status": "done"})]
        intake.store.change_status(reference, Status.DONE, by="zoe", destinations=letter)
        settle(intake, Dead("gone"), *[Delivered()] * 3, Dead("no such mailbox"))
        assert (
            run("dismiss", "--residents", "--why", "x").output.splitlines()[0] == f"{reference}  the resident by news"
        )
        assert [delivery.destination.department for delivery in intake.store.outbox.dead()] == ["lights"]

    def test_it_does_not_keep_a_submission_from_being_erased(self, intake: Intake) -> None:
        reference = self.dead(intake)
        assert run("erase", reference).exit_code == 1
        run("dismiss", reference, "--why", "told by telephone")
        assert run("erase", reference).exit_code == 0

    def test_it_can_be_requeued_by_its_reference_alone(self, intake: Intake) -> None:
        reference = self.dead(intake)
        run("dismiss", "--department", "ward", "--why", "x")
        assert run("dismiss", "--department", "ward", "--why", "x").exit_code == 1
        assert run("requeue", "--all").exit_code == 1
        assert run("requeue", reference).exit_code == 0
        settle(intake, Dead("again"))
        assert run("status").exit_code == 1

    def test_it_wants_a_reason(self, intake: Intake) -> None:
        assert run("dismiss", self.dead(intake)).exit_code == 2
