"""The description of the API: valid OpenAPI 3.1, and true of what the API does."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from formroute.catalog import Catalog
from tests.web.api.test_api import ANSWERS


@pytest.fixture
def client(app: Any) -> FlaskClient:
    return app.test_client()  # type: ignore[no-any-return]


def described(client: FlaskClient, language: str = "en") -> dict[str, Any]:
    return client.get("/api/openapi.json", headers={"Accept-Language": language}).json  # type: ignore[no-any-return]


def test_it_is_valid_openapi(client: FlaskClient) -> None:
    assert list(OpenAPIV31SpecValidator(described(client, "fr")).iter_errors()) == []


def test_every_address_of_every_form_is_in_it_and_answers(client: FlaskClient, catalog: Catalog) -> None:
    paths = described(client)["paths"]
    assert {f"/api/forms/{form}/submissions" for form in catalog.forms} < paths.keys()
    assert {client.get(path).status_code for path, item in paths.items() if "get" in item} == {200}
    asking = {form.id for form in catalog.forms.values() if any(f.kind.name == "file" for f in form.fields.values())}
    assert {path.split("/")[3] for path in paths if path.endswith("/uploads")} == asking


def conforms(description: dict[str, Any], path: str, method: str, answer: Any) -> bool:
    """Whether an answer of the API is as the description says of its status."""
    told = description["paths"][path][method]["responses"][str(answer.status_code)]
    told = description["components"]["responses"][told["$ref"].rpartition("/")[2]] if "$ref" in told else told
    schema = {**told["content"][answer.mimetype]["schema"], "components": description["components"]}
    return jsonschema.Draft202012Validator(schema).is_valid(answer.json)


def test_what_the_api_answers_is_as_described(client: FlaskClient) -> None:
    description = described(client)
    path = "/api/forms/pothole/submissions"
    assert conforms(description, path, "post", client.post(path, json={"answers": ANSWERS}))
    assert conforms(description, path, "post", client.post(path, json={"answers": {"danger": True}}))
    assert conforms(description, path, "post", client.post(path, json={"answers": {}}))
    assert conforms(description, path, "post", client.post(path, json=[]))
    assert conforms(description, path, "post", client.post(path, data="x"))
    assert conforms(description, "/api/forms", "get", client.get("/api/forms"))
    assert conforms(description, "/api/forms/pothole", "get", client.get("/api/forms/pothole"))


def test_good_answers_fit_the_schema_in_it(client: FlaskClient) -> None:
    schema = described(client)["components"]["schemas"]["pothole.answers"]
    jsonschema.Draft202012Validator(schema).validate(ANSWERS)
    assert schema["title"] == "Report a pothole"
    assert described(client, "fr")["components"]["schemas"]["pothole.answers"]["title"] == "Signaler un nid-de-poule"


def test_a_client_that_has_it_is_told_that_nothing_changed(client: FlaskClient) -> None:
    first = client.get("/api/openapi.json")
    assert client.get("/api/openapi.json", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    french = client.get("/api/openapi.json", headers={"Accept-Language": "fr"})
    assert french.headers["ETag"] != first.headers["ETag"]
