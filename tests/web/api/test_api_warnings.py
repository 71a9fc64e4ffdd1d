"""Where the JSON API says that mistakes are, and its soft warnings: beside errors and receipt, forbidding nothing."""

from __future__ import annotations

import pytest
from werkzeug.test import Client

from formroute.catalog import Catalog
from tests.every_kind.samples import every_kind
from tests.web.api.test_openapi import conforms
from tests.web.resident import Resident

SUBMISSIONS = "/api/forms/offers/submissions"
ANSWERS = {"surface": "lane", "wanted": "plough", "depth": 120}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_kind()


@pytest.fixture
def client(resident: Resident) -> Client:
    return resident.client


def warning(message: str) -> dict[str, str]:
    return {"field": "depth", "pointer": "#/answers/depth", "code": "warning_1", "message": message}


def test_a_warning_stands_beside_the_reference_in_the_readers_language(client: Client) -> None:
    answer = client.post(SUBMISSIONS, json={"answers": ANSWERS}, headers={"Accept-Language": "fr"})
    assert (answer.status_code, answer.json["warnings"]) == (201, [warning("Est-ce vraiment si profond?")])


def test_the_same_answers_again_have_the_same_warnings(client: Client) -> None:
    first, again = (
        client.post(SUBMISSIONS, json={"answers": ANSWERS}, headers={"Idempotency-Key": "one"}) for _ in range(2)
    )
    assert first.json == again.json
    assert first.json["warnings"] == [warning("Is it really that deep?")]


def test_a_refusal_tells_warnings_beside_its_errors(client: Client) -> None:
    answer = client.post(SUBMISSIONS, json={"answers": {**ANSWERS, "wanted": ""}})
    assert (answer.status_code, [error["field"] for error in answer.json["errors"]]) == (422, ["wanted"])
    assert answer.json["warnings"] == [warning("Is it really that deep?")]


def test_a_mistake_in_a_row_is_pointed_at_where_it_stands(client: Client) -> None:
    rows = [{"kind": "dog"}, {"kind": "other", "which": "A goat"}, {"kind": "other"}]
    answer = client.post("/api/forms/kennel/submissions", json={"answers": {"licensed": True, "animals": rows}})
    assert "#/answers/animals/2/which" in [error["pointer"] for error in answer.json["errors"]]
    assert {error["field"] for error in answer.json["errors"] if "animals" in error["pointer"]} == {"animals"}


def test_without_anything_to_look_at_again_there_are_none(client: Client) -> None:
    answers = [{**ANSWERS, "depth": 5}, {"surface": "lane"}]
    assert [client.post(SUBMISSIONS, json={"answers": one}).json["warnings"] for one in answers] == [[], []]


def test_the_description_knows_them(client: Client) -> None:
    description = client.get("/api/openapi.json").json
    taken, refused = (client.post(SUBMISSIONS, json={"answers": one}) for one in (ANSWERS, {**ANSWERS, "wanted": ""}))
    assert conforms(description, SUBMISSIONS, "post", taken)
    assert conforms(description, SUBMISSIONS, "post", refused)
    receipt = description["components"]["schemas"]["Receipt"]
    assert "warnings" in receipt["required"]
