"""The operator's daily letter: what is dead, late or broken; once a day, and never when all is well."""

import email
import email.policy
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from formroute.cli.log import JsonFormatter
from formroute.delivery import Digest
from formroute.intake import Intake
from formroute.records import Status
from formroute.store import Dead, RetryAt, Store
from tests.delivery.servers import Mailbox, free_port, mail_server
from tests.small_city.samples import ANSWERS, small_city
from tests.store.samples import Clock

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def intake(url: str, files: Path, clock: Clock) -> Iterator[Intake]:
    store = Store(url, files, now=clock.now)
    yield Intake(small_city(), store, clock=clock)
    store.close()


def digest(intake: Intake, port: int = 0) -> Digest:
    environment = {"FORMROUTE_DIGEST_TO": "ops@city.example", "FORMROUTE_MAIL_FROM": "forms@city.example"}
    server = {"FORMROUTE_SMTP_URL": f"smtp://127.0.0.1:{port}"} if port else {}
    found = Digest.from_environment(intake.catalog, intake.store, {**environment, **server})
    assert found is not None
    return found


def told(intake: Intake) -> str:
    return digest(intake).letter().as_text()


def test_what_is_dead_stands_in_it_with_cause_and_next_step(intake: Intake) -> None:
    reference = intake.submit("lamp", ANSWERS).reference
    intake.store.outbox.settle(intake.store.outbox.claim("holder"), Dead("No such mailbox.", "Correct the address."))
    text = told(intake)
    assert "1 dead: nobody will try them again." in text
    assert f"{reference}, lights by email: No such mailbox. Correct the address." in text
    assert "Zoë" not in text


def test_what_is_past_its_time_stands_in_it_until_it_is_done(intake: Intake, clock: Clock) -> None:
    reference = intake.submit("lamp", ANSWERS).reference
    assert not digest(intake).letter().blocks
    clock.forward(3 * DAY)
    assert f"{reference}, lights: was due 2026-03-09 12:00 CDT" in told(intake)
    intake.change_status(reference, Status.DONE, by="zoe")
    assert not digest(intake).letter().blocks


def test_what_waits_for_a_department_that_is_gone_stands_in_it(intake: Intake, clock: Clock) -> None:
    reference = intake.submit("lamp", ANSWERS).reference
    cause = RetryAt(clock() + DAY, "The catalogue has no department lights.", "Put it back.")
    intake.store.outbox.settle(intake.store.outbox.claim("holder"), cause)
    assert f"{reference}, lights by email: The catalogue has no department lights. Put it back." in told(intake)


def test_it_is_sent_once_a_day_by_one_of_several_workers(intake: Intake, clock: Clock) -> None:
    intake.submit("lamp", ANSWERS)
    intake.store.outbox.settle(intake.store.outbox.claim("holder"), Dead("gone"))
    mailbox, sent = Mailbox(), []
    with mail_server(mailbox) as port:
        for _ in range(3):
            sent += [digest(intake, port).send_due() for _ in range(2)]
            clock.forward(DAY / 2)
    assert sent == [True, False, False, False, True, False]
    letter = email.message_from_bytes(mailbox.letters[0].content, policy=email.policy.default)
    assert (letter["To"], letter["Subject"]) == ("ops@city.example", "Smallville: what needs a hand")
    assert letter.get_body(("html",)) is not None


def test_when_all_is_well_nothing_is_sent(intake: Intake) -> None:
    assert not digest(intake, free_port()).send_due()


def test_one_that_could_not_be_sent_is_sent_later(intake: Intake) -> None:
    intake.submit("lamp", ANSWERS)
    intake.store.outbox.settle(intake.store.outbox.claim("holder"), Dead("gone"))
    assert not digest(intake, free_port()).send_due()
    with mail_server(Mailbox()) as port:
        assert digest(intake, port).send_due()


def test_without_an_address_there_is_none(intake: Intake) -> None:
    assert Digest.from_environment(intake.catalog, intake.store, {}) is None


def test_a_log_for_programs_is_one_object_a_line() -> None:
    record = logging.LogRecord(
        "formroute.delivery", logging.WARNING, "", 0, "email of %s: %s", ("A-1", "no\nline"), None
    )
    line = JsonFormatter().format(record)
    assert "\n" not in line
    found = json.loads(line)
    assert found.pop("at").endswith("+00:00")
    assert found == {"level": "warning", "logger": "formroute.delivery", "message": "email of A-1: no\nline"}
