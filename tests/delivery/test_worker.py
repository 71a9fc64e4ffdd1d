"""The worker: every delivery for itself, the same bytes on every try, and nothing that stops it but being told to."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from formroute.delivery import PLAN, Failed, NotConfiguredError, Plan, Result, Sent, Webhook, Worker, standard_handlers
from formroute.intake import Intake
from formroute.store import Seal, State, Store
from formroute.store.tables import drafts
from tests.delivery.servers import Mailbox, free_port, mail_server, web_server
from tests.small_city.samples import ANSWERS, small_city
from tests.store.samples import Clock

HOUR = timedelta(hours=1)


@dataclass
class Recorder:
    """A handler that notes what it sends, by department, and does as it is told."""

    results: dict[str, Result | Exception] = field(default_factory=dict)
    sent: list[tuple[str, str, bytes]] = field(default_factory=list)
    rendered: Counter = field(default_factory=Counter)

    def render(self, message, delivery) -> bytes:
        self.rendered[delivery.key] += 1
        return f"{message.reference} to {message.department}, rendering {self.rendered[delivery.key]}".encode()

    def send(self, payload: bytes, delivery) -> Result:
        self.sent.append((delivery.destination.department, delivery.key, payload))
        result = self.results.get(delivery.destination.department, Sent())
        if isinstance(result, Exception):
            raise result
        return result


def by_every_way(handler: Recorder) -> dict[str, Recorder]:
    return dict.fromkeys(("email", "webhook", "desk"), handler)


@dataclass
class City:
    """The small city with a clock of its own; `recorder` stands for every way of delivering."""

    store: Store
    clock: Clock
    recorder: Recorder = field(default_factory=Recorder)
    seconds: float = 0.0

    def worker(self, handlers: Mapping[str, object] | None = None, plan: Plan = PLAN) -> Worker:
        handlers = handlers or by_every_way(self.recorder)
        return Worker(small_city(), self.store, handlers, plan=plan, jitter=lambda: 0.0, seconds=lambda: self.seconds)

    def submit(self, colour: str = "yellow") -> str:
        intake = Intake(small_city(), self.store, clock=self.clock)
        return intake.submit("lamp", {**ANSWERS, "colour": colour}).reference

    def states(self, reference: str) -> list[str]:
        return [delivery.state for delivery in self.store.find(reference).deliveries]

    def later(self, span: timedelta) -> None:
        self.clock.forward(span)
        self.seconds += span.total_seconds()


@pytest.fixture
def city(url: str, files: Path) -> Iterator[City]:
    clock = Clock()
    store = Store(url, files, now=clock.now)
    yield City(store, clock)
    store.close()


class TestDelivering:
    def test_everything_due_is_delivered_once(self, city: City) -> None:
        reference = city.submit()
        assert city.worker().deliver_due() == 4
        assert city.worker().deliver_due() == 0
        assert city.states(reference) == [State.DELIVERED] * 4
        assert [department for department, *_ in city.recorder.sent] == ["lights", "lights", "lights", "ward"]
        assert len({key for _, key, _ in city.recorder.sent}) == 4

    def test_a_failing_department_does_not_hold_up_another(self, city: City) -> None:
        city.recorder.results["lights"] = Failed("busy", "wait")
        reference = city.submit()
        city.worker().deliver_due()
        assert city.states(reference) == [State.PENDING] * 3 + [State.DELIVERED]
        assert [delivery.cause for delivery in city.store.outbox.failing()] == ["busy"] * 3

    def test_a_success_is_never_sent_again_because_a_neighbour_failed(self, city: City) -> None:
        city.recorder.results["lights"] = Failed("busy", "wait")
        city.submit()
        worker = city.worker()
        for _ in range(20):
            worker.deliver_due()
            city.later(12 * HOUR)
        tries = Counter(department for department, *_ in city.recorder.sent)
        assert tries == {"lights": 3 * 13, "ward": 1}
        assert len(city.store.outbox.dead()) == 3

    def test_every_try_sends_the_bytes_of_the_first(self, city: City) -> None:
        city.recorder.results["ward"] = Failed("busy")
        city.submit()
        worker = city.worker()
        for _ in range(4):
            worker.deliver_due()
            city.later(12 * HOUR)
        tries = [(key, payload) for department, key, payload in city.recorder.sent if department == "ward"]
        assert len(tries) == 4
        assert len(set(tries)) == 1
        assert set(city.recorder.rendered.values()) == {1}

    def test_a_final_refusal_is_the_end(self, city: City) -> None:
        city.recorder.results["ward"] = Failed("410", "ask", final=True)
        reference = city.submit()
        city.worker().deliver_due()
        assert city.states(reference) == [State.DELIVERED] * 3 + [State.DEAD]
        (dead,) = city.store.outbox.dead()
        assert (dead.cause, dead.fix) == ("410", "ask")

    @settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=2))
    def test_any_fan_out_ends_with_each_delivery_where_it_belongs(self, city: City, fates: list[list[bool]]) -> None:
        """Whatever succeeds was sent once, whatever fails three times, and nothing else happens."""
        fate: dict[str, bool] = {}
        for good in fates:
            stored = city.store.find(city.submit())
            fate |= {delivery.key: works for delivery, works in zip(stored.deliveries, good, strict=True)}

        class Fate(Recorder):
            def send(self, payload, delivery) -> Result:
                super().send(payload, delivery)
                return Sent() if fate[delivery.key] else Failed("never")

        recorder = Fate()
        worker = city.worker(by_every_way(recorder), Plan(attempts=3))
        for _ in range(8):
            city.later(13 * HOUR)
            worker.deliver_due()
        tries = Counter(key for _, key, _ in recorder.sent)
        assert tries == {key: 1 if works else 3 for key, works in fate.items()}


class TestPauses:
    def test_an_address_that_failed_is_left_alone_for_a_while(self, city: City) -> None:
        """Five submissions wait for a department that is down: it is tried once, and others are served at once."""
        city.recorder.results["ward"] = Failed("down")
        references = [city.submit() for _ in range(5)]
        worker = city.worker()
        worker.deliver_due()
        tries = Counter(department for department, *_ in city.recorder.sent)
        assert tries == {"lights": 15, "ward": 1}
        city.recorder.results.clear()
        city.later(timedelta(seconds=61))
        worker.deliver_due()
        assert all(city.states(reference) == [State.DELIVERED] * 4 for reference in references)

    def test_pauses_grow_while_it_keeps_failing_and_end_with_a_success(self, city: City) -> None:
        city.recorder.results["ward"] = Failed("down")
        for _ in range(4):
            city.submit()
        worker = city.worker()
        tried = []
        for second in range(100):
            before = len(city.recorder.sent)
            worker.deliver_due()
            if any(department == "ward" for department, *_ in city.recorder.sent[before:]):
                tried.append(second)
            city.later(timedelta(seconds=1))
        assert tried == [0, 30, 90]

    def test_a_department_can_say_how_many_a_minute_it_takes(self, city: City, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(small_city().departments["ward"].deliver[0].settings, "per_minute", 2)
        for _ in range(5):
            city.submit()
        worker, tried = city.worker(), []
        for second in range(91):
            before = len(city.recorder.sent)
            worker.deliver_due()
            tried += [second for department, *_ in city.recorder.sent[before:] if department == "ward"]
            city.later(timedelta(seconds=1))
        assert tried == [0, 0, 30, 60, 90]


class TestMishaps:
    def test_a_setting_that_is_missing_waits_for_the_operator(self, city: City) -> None:
        reference = city.submit()
        environment: dict[str, str] = {}
        worker = city.worker({"email": city.recorder, "desk": city.recorder, "webhook": Webhook(environment)})
        worker.deliver_due()
        (failing,) = city.store.outbox.failing()
        assert failing.cause == "LIGHTS_SECRET is not set."
        assert failing.fix == "Set LIGHTS_SECRET to the secret of this webhook."
        assert city.states(reference).count(State.DELIVERED) == 3

    def test_a_handler_that_nobody_installed_is_told(self, city: City) -> None:
        city.submit("white")
        city.worker({"email": city.recorder, "desk": city.recorder}).deliver_due()
        (failing,) = city.store.outbox.failing()
        assert failing.cause == "There is no handler webhook."

    @pytest.mark.parametrize(
        ("error", "cause"),
        [
            (NotConfiguredError("No key.", "Set it."), "No key."),
            (OSError(28, "No space left on device"), "OSError: No space left on device."),
            (KeyError("Zoë Tremblay"), "A defect in email: KeyError in test_worker.py, line "),
            (RecursionError(), "A defect in email: RecursionError in test_worker.py, line "),
        ],
    )
    def test_whatever_a_handler_does_is_one_failure(
        self, city: City, caplog: pytest.LogCaptureFixture, error: Exception, cause: str
    ) -> None:
        city.recorder.results["ward"] = error
        reference = city.submit()
        with caplog.at_level(logging.DEBUG):
            city.worker().deliver_due()
        (failing,) = city.store.outbox.failing()
        assert failing.cause.startswith(cause)
        assert failing.fix
        assert city.states(reference).count(State.DELIVERED) == 3
        assert "Zoë" not in caplog.text

    def test_a_worker_that_dies_in_every_try_does_not_go_on_for_ever(self, city: City) -> None:
        city.submit("white")
        for number in range(13 * 3):
            assert city.store.outbox.claim(f"killed {number}", lease=timedelta(minutes=1))
            city.later(timedelta(seconds=20))
        city.later(timedelta(minutes=1))
        city.worker().deliver_due()
        assert city.recorder.sent == []
        assert {delivery.cause for delivery in city.store.outbox.dead()} == {
            "The worker stopped in the middle of every try. (given up after 14 attempts)"
        }

    def test_who_lost_the_lease_before_sending_sends_nothing(self, city: City) -> None:
        city.submit("white")

        class Slow(Recorder):
            def render(self, message, delivery) -> bytes:
                city.later(HOUR)
                assert all(city.store.outbox.claim(f"another {number}") for number in range(3))
                return b"too late"

        slow = Slow()
        assert city.worker(by_every_way(slow)).deliver_one()
        assert slow.sent == []

    def test_a_store_that_cannot_be_reached_is_asked_again(
        self, city: City, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        reference = city.submit("white")
        monkeypatch.setattr("formroute.delivery.worker.IDLE_SECONDS", 0.01)
        claim, failures = city.store.outbox.claim, iter([True, True])

        def flaky(*given: object, **options: object) -> object:
            if next(failures, False):
                raise OperationalError("UPDATE outbox", {}, Exception("the disk is full"))
            return claim(*given, **options)

        monkeypatch.setattr(city.store.outbox, "claim", flaky)
        worker = city.worker()
        worker.start()
        wait_for(lambda: city.states(reference) == [State.DELIVERED] * 3)
        worker.stop()
        assert caplog.text.count("the disk is full") == 2


class TestStopping:
    def test_the_delivery_at_hand_is_finished_and_no_other_begun(self, city: City) -> None:
        city.submit("white")
        begun, go_on = threading.Event(), threading.Event()

        class Slow(Recorder):
            def send(self, payload, delivery) -> Result:
                begun.set()
                go_on.wait(10)
                return super().send(payload, delivery)

        slow = Slow()
        worker = city.worker(by_every_way(slow))
        worker.start()
        begun.wait(10)
        stopping = threading.Thread(target=worker.stop)
        stopping.start()
        time.sleep(0.05)
        assert stopping.is_alive()
        go_on.set()
        stopping.join(10)
        assert len(slow.sent) == 1
        assert city.store.outbox.standing().deliveries.delivered == 1

    def test_what_was_begun_and_never_sent_is_swept(self, city: City, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("formroute.delivery.worker.IDLE_SECONDS", 0.01)
        city.store.drafts.save("draft", "lamp", "session", {}, keep=HOUR)
        city.later(2 * HOUR)
        worker = city.worker()
        worker.start()
        wait_for(lambda: not drafts_in(city.store))
        worker.stop()


def test_the_seal_is_logged_once_a_minute_when_there_is_a_new_one(city: City, caplog: pytest.LogCaptureFixture) -> None:
    worker, seals = city.worker(), []
    with caplog.at_level(logging.INFO):
        for submitted in (True, False, True):
            if submitted:
                city.submit()
            for _ in range(2):
                worker.tend()
            seals.append(city.store.chain.last())
            city.later(timedelta(minutes=1))
    noted = [Seal.read(line.rpartition(" ")[2]) for line in caplog.messages if line.startswith("Sealed up to ")]
    assert noted == [seals[0], seals[2]]
    city.submit()
    assert city.store.chain.audit(noted[-1]).broken is None


def drafts_in(store: Store) -> int:
    with store.database.reading() as connection:
        return connection.scalars(select(func.count()).select_from(drafts)).one()


def wait_for(condition) -> None:
    """Look again and again, for at most ten seconds."""
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_from_the_door_to_three_departments_by_three_ways(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real mail server and a real web server; the signature is checked in test_webhook."""
    monkeypatch.setattr("formroute.delivery.email.ATTACH_AT_MOST", 1)
    mailbox = Mailbox()
    with mail_server(mailbox) as mail_port, web_server() as (url, posted):
        environment = {
            "FORMROUTE_SMTP_URL": f"smtp://127.0.0.1:{mail_port}",
            "FORMROUTE_MAIL_FROM": "forms@smallville.example",
            "FORMROUTE_ALLOW_NETWORKS": "127.0.0.0/8",
            "LIGHTS_SECRET": "whsec_" + "c2VjcmV0" * 6,
        }
        webhook = intake.catalog.departments["lights"].deliver[1]
        monkeypatch.setitem(webhook.settings, "url", url)
        receipt = intake.submit("lamp", ANSWERS)
        worker = Worker(intake.catalog, intake.store, standard_handlers(intake.store, environment))
        assert worker.deliver_due() == 4
    assert [letter.recipients for letter in mailbox.letters] == [["lights@example.org"], ["ward@example.org"]]
    assert [receipt.reference.encode() in request.body for request in posted] == [True]
    standing = intake.store.outbox.standing()
    assert (standing.submissions.delivered, standing.deliveries.delivered) == (1, 4)
    assert [event.kind for event in intake.store.find(receipt.reference).events] == [
        "received",
        "routed",
        *["delivered"] * 4,
    ]


def test_nothing_listens_and_nothing_is_lost(intake: Intake) -> None:
    environment = {
        "FORMROUTE_SMTP_URL": f"smtp://127.0.0.1:{free_port()}",
        "FORMROUTE_MAIL_FROM": "forms@smallville.example",
    }
    intake.submit("lamp", ANSWERS)
    Worker(intake.catalog, intake.store, standard_handlers(intake.store, environment)).deliver_due()
    standing = intake.store.outbox.standing()
    assert standing.deliveries.add_up
    assert (standing.deliveries.pending, standing.deliveries.delivered) == (3, 1)
