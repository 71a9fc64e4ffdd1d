"""The JSON API: the same judge for programs; refusals are problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from werkzeug.test import Client, TestResponse

from formroute.store import Store
from tests.web.resident import Resident, a_file, multipart

SUBMISSIONS = "/api/forms/pothole/submissions"
JSON = {"content_type": "application/json"}
NO_JSON = "Le corps n’est pas du JSON."
WRONG_TYPE = "Envoyez du JSON, et dites-le dans l’en-tête Content-Type: application/json."
ANSWERS: dict[str, Any] = {
    "danger": False,
    "where": {"address": "510 Main Street", "latitude": "49.89951", "longitude": "-97.13745"},
    "surface": "road",
    "depth_cm": 12,
    "car_damage": False,
}


@pytest.fixture
def client(resident: Resident) -> Client:
    return resident.client


def send(client: Client, answers: dict[str, Any], **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(SUBMISSIONS, json={"answers": answers}, headers=named)


def test_the_forms_are_listed_in_the_language_asked_for(client: Client) -> None:
    answer = client.get("/api/forms", headers={"Accept-Language": "fr"})
    assert answer.headers["Content-Language"] == "fr"
    pothole = next(form for form in answer.json["forms"] if form["id"] == "pothole")
    assert pothole["title"] == "Signaler un nid-de-poule"
    assert pothole["submissions"] == SUBMISSIONS


def test_a_form_tells_its_schema_which_accepts_what_the_judge_accepts(client: Client) -> None:
    form = client.get("/api/forms/pothole").json
    assert form["title"] == "Report a pothole"
    Draft202012Validator.check_schema(form["schema"])
    Draft202012Validator(form["schema"]).validate(ANSWERS)


def test_answers_are_taken_with_the_address_of_the_status_page(client: Client, store: Store) -> None:
    answer = send(client, ANSWERS, Accept_Language="fr")
    assert answer.status_code == 201
    assert answer.headers["Location"] == answer.json["status"]
    assert client.get(answer.headers["Location"]).status_code == 200
    stored = store.find(answer.json["reference"])
    assert stored is not None
    assert (stored.submission.channel, stored.submission.language) == ("api", "fr")


def test_answers_to_questions_that_are_not_there_are_named(client: Client) -> None:
    assert send(client, {**ANSWERS, "deph_cm": 3, "x": None}).json["ignored"] == ["deph_cm", "x"]
    assert send(client, ANSWERS).json["ignored"] == []
    place = {"address": "510 Main Street", "lat": 49.9}
    assert send(client, {**ANSWERS, "where": place}).json["ignored"] == ["where/lat"]


def test_the_same_key_and_answers_are_one_submission(client: Client, store: Store) -> None:
    first, second = (send(client, ANSWERS, Idempotency_Key="7").json for _ in range(2))
    assert first == second
    assert store.outbox.standing().submissions.accepted == 1


def test_the_same_key_with_other_answers_is_refused_and_shows_no_receipt(client: Client, store: Store) -> None:
    first = send(client, ANSWERS, Idempotency_Key="1").json
    second = send(client, {**ANSWERS, "depth_cm": 3}, Idempotency_Key="1")
    assert (second.status_code, second.mimetype) == (422, "application/problem+json")
    assert second.json["type"] == "urn:formroute:key-reused"
    assert first["reference"] not in second.text
    assert send(client, ANSWERS, Idempotency_Key="1").json == first
    assert store.outbox.standing().submissions.accepted == 1


def test_a_key_counts_for_its_form_only(client: Client) -> None:
    send(client, ANSWERS, Idempotency_Key="1")
    other = client.post("/api/forms/graffiti/submissions", json={"answers": {}}, headers={"Idempotency-Key": "1"})
    assert other.json["type"] == "urn:formroute:invalid-answers"


def test_every_mistake_is_told_with_its_place_and_in_the_language_asked_for(client: Client) -> None:
    answer = send(client, {**ANSWERS, "depth_cm": 500, "surface": "sea"}, Accept_Language="fr")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.json["type"] == "urn:formroute:invalid-answers"
    assert answer.json["status"] == 422
    told = {error["field"]: error for error in answer.json["errors"]}
    assert told["surface"] == {
        "field": "surface",
        "pointer": "#/answers/surface",
        "code": "choice",
        "message": "Choisissez une des réponses.",
    }


def test_a_stopped_form_names_the_notice_and_says_what_it_says(client: Client) -> None:
    answer = send(client, {"danger": True})
    assert (answer.status_code, answer.json["stopped"]) == (422, "call_911")
    assert answer.json["detail"] == "Leave this page and call 911 now. Nobody reads this form in an emergency."


def test_a_file_is_sent_first_and_named_by_its_token(client: Client, store: Store) -> None:
    upload = client.post("/api/forms/pothole/uploads", **multipart({"file": a_file("hole.png")}))
    assert upload.status_code == 201
    assert (upload.json["filename"], upload.json["media_type"]) == ("hole.png", "image/png")
    for photos in ([upload.json["token"]], [upload.json]):
        answer = send(client, {**ANSWERS, "photos": photos})
        if photos == [upload.json["token"]]:
            stored = store.find(answer.json["reference"])
            assert stored is not None
            assert stored.submission.answers["photos"][0].filename == "hole.png"  # type: ignore[index]
        else:
            assert answer.json["errors"][0]["field"] == "photos", "a file belongs to one submission"


def test_a_made_up_file_is_refused(client: Client) -> None:
    made_up = {"token": "AAAAAAAAAAAAAAAAAAAAAA", "filename": "x.png", "media_type": "image/png", "size": 1}
    answer = send(client, {**ANSWERS, "photos": [made_up]})
    assert [error["field"] for error in answer.json["errors"]] == ["photos"]


@pytest.mark.parametrize("photos", [[None], [3], "a" * 41, {"name": "x.png"}, [{"token": 3}]])
def test_what_can_be_no_token_is_told_what_a_file_is_named_by(client: Client, photos: object) -> None:
    assert [error["message"] for error in send(client, {**ANSWERS, "photos": photos}).json["errors"]] == [
        "Name each file by the token that its upload was given, as a text."
    ]


@pytest.mark.parametrize("photos", [["nothing"], "nothing", [{"token": "nothing"}]])
def test_a_token_that_leads_to_no_file_is_told(client: Client, photos: object) -> None:
    (error,) = send(client, {**ANSWERS, "photos": photos}).json["errors"]
    assert (error["pointer"], error["message"]) == (
        "#/answers/photos",
        "No file waits under the token nothing. Send the file first, and once for each submission.",
    )


@pytest.mark.parametrize(
    ("form", "data", "status"),
    [
        ("pothole", {}, 422),
        ("pothole", {"other": a_file("x.png")}, 422),
        ("pothole", {"file": a_file("x.png", bytes(8_000_001))}, 413),
        ("nothing", {"file": a_file("x.png")}, 404),
    ],
)
def test_what_cannot_be_uploaded_is_refused(client: Client, form: str, data: dict[str, Any], status: int) -> None:
    answer = client.post(f"/api/forms/{form}/uploads", **multipart(data))
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"answers": []}', "application/json", 400),
        (b'{"answers": {"\\ud800": 1, "\\ud800": 2}}', "application/json", 400),
        (b'{"answers": {}, "language": "fr"}', "application/json", 400),
        (b'{"answers": {"depth_cm": NaN}}', "application/json", 400),
        (b'{"answers": {"details": "\\ud800"}}', "application/json", 400),
        (b'{"answers": {"\\ud800": 1}}', "application/json", 400),
        (b'{"answers": {"depth_cm": ' + b"9" * 5_000 + b"}}", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"answers": {"details": ' + b"[" * 900 + b"]" * 900 + b"}}", "application/json", 422),
        (b"\xff\xfe{", "application/json", 400),
        (b'{"answers": {"details": "' + b"x" * 2_100_000 + b'"}}', "application/json", 413),
        (b"answers=1", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
    ],
)
def test_a_body_that_is_no_answers_is_refused(client: Client, body: bytes, content_type: str, status: int) -> None:
    answer = client.post(SUBMISSIONS, data=body, content_type=content_type)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["status"] == status


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("get", "/api/forms/nothing", 404), ("get", SUBMISSIONS, 405), ("post", "/api/forms/nothing/submissions", 404)],
)
def test_every_refusal_is_problem_details(client: Client, method: str, address: str, status: int) -> None:
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


@pytest.mark.parametrize(
    ("method", "address", "sent", "told"),
    [
        (
            "GET",
            "/api/forms/nothing",
            {},
            ["Il n’y a rien à cette adresse.", "La liste des formulaires est à /api/forms."],
        ),
        ("GET", SUBMISSIONS, {}, ["Cette adresse n’accepte pas cette méthode.", "Elle accepte POST."]),
        ("POST", SUBMISSIONS, {"data": "{}"}, [WRONG_TYPE, "L’en-tête manque."]),
        ("POST", SUBMISSIONS, {"data": "{}", "content_type": "text/plain"}, [WRONG_TYPE, "L’en-tête est text/plain."]),
        ("POST", SUBMISSIONS, JSON | {"data": "{"}, [NO_JSON, "Ce n’est plus du JSON à la ligne 1, colonne 2."]),
        ("POST", SUBMISSIONS, JSON | {"data": '{"a": NaN}'}, [NO_JSON, "NaN n’est pas un nombre en JSON."]),
        (
            "POST",
            SUBMISSIONS,
            JSON | {"data": '{"answers": {"danger": true, "danger": false}}'},
            [NO_JSON, "Il nomme danger deux fois."],
        ),
        ("POST", SUBMISSIONS, JSON | {"data": b'"\xff"'}, [NO_JSON, "Il n’est pas en UTF-8."]),
        (
            "POST",
            SUBMISSIONS,
            JSON | {"data": '{"answers": {}, "language": "fr", "urgent": true}'},
            [
                "N’envoyez rien d’autre que les réponses.",
                "Ceci ne serait pas lu : language, urgent. L’en-tête Accept-Language choisit la langue, et "
                "Idempotency-Key fait d’un envoi répété une seule demande.",
            ],
        ),
        ("POST", SUBMISSIONS, JSON | {"data": "{}"}, ["Envoyez un objet JSON avec les réponses sous le nom answers."]),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do_in_the_language_that_was_asked_for(
    client: Client, method: str, address: str, sent: dict[str, Any], told: list[str]
) -> None:
    answer = client.open(address, method=method, headers={"Accept-Language": "fr"}, **sent)
    assert answer.headers["Content-Language"] == "fr"
    assert [answer.json[name] for name in ("title", "detail") if name in answer.json] == told
