"""What monitors ask: cheap, without a language, and without anything about people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import OperationalError
from werkzeug.test import Client

from formroute.intake import Intake
from formroute.store import Dead, Delivered
from formroute.web import NO_LIMITS, create_blueprint
from tests.web.api.test_api import ANSWERS

TOKEN = "a token for the monitor"


@pytest.fixture
def client(intake: Intake) -> Client:
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests")
    app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS, metrics_token=TOKEN), url_prefix="/services")
    return app.test_client()


def broken(*_given: object) -> None:
    raise OperationalError("SELECT secret", {}, Exception("password of the database"))


def test_it_lives_and_is_ready(client: Client) -> None:
    assert [client.get(f"/services/{name}").json for name in ("healthz", "readyz")] == [
        {"status": "ok"},
        {"status": "ready"},
    ]


def test_without_its_store_it_lives_but_is_not_ready(
    client: Client, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake.store, "now", broken)
    assert client.get("/services/healthz").status_code == 200
    answer = client.get("/services/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "the store cannot be read"})


def metrics(client: Client, token: str = TOKEN) -> dict[str, float]:
    answer = client.get("/services/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {
        " ".join((sample.name, *sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_the_figures_add_up(client: Client, intake: Intake) -> None:
    for _ in range(2):
        intake.submit("pothole", {**ANSWERS, "email": "alex@example.com"})
    for outcome in (Delivered(), Dead("gone"), Delivered()):
        intake.store.outbox.settle(intake.store.outbox.claim("holder"), outcome)
    told = metrics(client)
    for name in ("formroute_submissions", "formroute_deliveries"):
        assert told[f"{name}_accepted"] == sum(told[f"{name} {state}"] for state in ("delivered", "pending", "dead"))
    assert (told["formroute_deliveries delivered"], told["formroute_deliveries dead"]) == (2, 1)
    assert told["formroute_waiting residents pending"] >= 1
    assert told["formroute_oldest_pending_seconds"] > 0


def test_the_figures_need_the_token(client: Client, intake: Intake, visitor: Callable[[], object]) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Bearer é".encode().decode("latin-1")}):
        answer = client.get("/services/metrics", headers=headers)
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests")
    app.register_blueprint(create_blueprint(intake))
    assert app.test_client().get("/metrics").status_code == 404


def test_no_answer_is_in_them(client: Client, intake: Intake) -> None:
    intake.submit("pothole", {**ANSWERS, "name": "Zoë Tremblay", "email": "zoe@example.com"})
    told = str(metrics(client))
    assert not [answer for answer in ("Zo", "Tremblay", "zoe@", "Main") if answer in told]
