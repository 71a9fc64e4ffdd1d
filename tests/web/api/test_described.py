"""The API asked by schemathesis, a peer that knows nothing but its description.

It sends what the description allows and what it forbids, and holds every answer against it. `./dev fuzz` lets it go
on for longer.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask import Flask
from schemathesis import Config, openapi
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from schemathesis.engine.recorder import ScenarioRecorder

from formroute.catalog import Catalog, load_catalog
from formroute.forms import Form
from formroute.intake import Intake
from formroute.store import Store
from formroute.web import NO_LIMITS, create_blueprint
from tests.every_kind.samples import every_kind
from tests.web.conftest import NOW

LONG = "FORMROUTE_FUZZ" in os.environ
EXAMPLES = 200 if LONG else 3
"""Requests of each sort for each operation, beside those that cover every keyword of its schema."""
CITIES = ["exact", "every_kind", *(["catalog"] if LONG else [])]

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
)
EXACT = """
form: exact
title: What JSON Schema can say
summary: A form whose schema takes just what the judge takes.
pages:
  - page: only
    title: All of it
    fields:
      lights: {type: yes_no, label: "Is it a lamp?"}
      lamps: {type: integer, label: "How many?", min: 1, max: 20, show_when: {lights: yes}}
      colour: {type: choice, label: "Which colour?", choices: [red, green]}
      times: {type: choices, label: "When?", choices: [morning, evening], required: no}
      clean: {type: rating, lowest: Bad, highest: Good, label: "How clean is it?", required: no}
"""
ROUTES = """
table: all
forms: [exact]
routes:
  - {route: all, send_to: works}
"""
CITY = """
city: Testville
languages: [en]
time_zone: America/Winnipeg
"""
DEPARTMENTS = """
departments:
  works:
    name: Works
    deliver:
      - desk: {}
"""


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    folder = tmp_path_factory.mktemp("exact")
    for name, text in {"catalog": CITY, "forms/exact": EXACT, "routes/all": ROUTES, "departments": DEPARTMENTS}.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return load_catalog(folder)


def said_exactly(form: Form) -> bool:
    """Whether the schema of a form takes no answers that the judge refuses."""
    asked = [part for field in form.fields.values() for part in (field, *field.row)]
    return "$comment" not in repr(form.json_schema("en")) and not any(field.kind.wider for field in asked)


def comes_from(sent: Any, read: Any) -> bool:
    """Whether an answer was read from what was sent, with nothing left out but blanks; people type texts."""
    if isinstance(sent, str):
        return True
    if isinstance(read, dict) and isinstance(sent, dict):
        return all(comes_from(value, read[name]) if name in read else is_nothing(value) for name, value in sent.items())
    if isinstance(read, list) and isinstance(sent, list):
        filled = [each for each in sent if not is_nothing(each)]
        return len(filled) == len(read) and all(map(comes_from, filled, read))
    if isinstance(sent, (int, float)) and not isinstance(sent, bool) and isinstance(read, str):
        return abs(Decimal(str(sent)) - Decimal(read)) < Decimal("0.0001")
    return sent == read or (is_nothing(sent) and is_nothing(read))


def is_nothing(sent: Any) -> bool:
    """Whether it says nothing: no value, a blank text, or a list or mapping of nothing else."""
    if isinstance(sent, (list, dict)):
        return all(map(is_nothing, sent.values() if isinstance(sent, dict) else sent))
    return sent is None or (isinstance(sent, str) and not sent.strip())


def asked_in(name: str, sent: Any, showing: Collection[str]) -> Any:
    """What was sent, in rows without the questions that do not show there."""
    if not isinstance(sent, list):
        return sent
    return [
        {part: value for part, value in row.items() if f"{name}-{number}.{part}" in showing}
        if isinstance(row, dict)
        else row
        for number, row in enumerate(sent)
    ]


def is_lenience(form: Form, sent: Any) -> bool:
    """Whether the schema forbids answers only because they are not canonical, which the description tells of."""
    checked = form.check(sent, now=NOW)
    read = form.to_json(checked.answers)
    known = {name: asked_in(name, value, checked.showing) for name, value in sent.items() if name in checked.showing}
    return jsonschema.Draft202012Validator(form.json_schema("en")).is_valid(read) and comes_from(known, read)


def served(catalog: Catalog, folder: Path) -> Flask:
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests", TESTING=True)
    store = Store(f"sqlite:///{folder / 'formroute.db'}")
    app.register_blueprint(create_blueprint(Intake(catalog, store, clock=lambda: NOW), limits=NO_LIMITS))
    return app


def plan(catalog: Catalog) -> Mapping[str, Any]:
    """What schemathesis looks for: good data is taken with 2xx, save where JSON Schema cannot tell what is good."""
    wide = [name for name, form in catalog.forms.items() if not said_exactly(form)]
    judged = [f"POST /api/forms/{name}/submissions" for name in wide]
    judged += [f"POST /api/forms/{name}/uploads" for name in catalog.forms]
    taken = {"positive_data_acceptance": {"expected-statuses": ["2xx", "422"]}}
    return {
        "seed": 1,
        "checks": {
            "enabled": False,
            **{name: {"enabled": True} for name in CHECKS},
            "positive_data_acceptance": {"enabled": True, "expected-statuses": ["2xx"]},
        },
        "operations": [{"include-name": judged, "checks": taken}] if judged else [],
        "continue-on-failure": True,
        "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"},
    }


def asked(catalog: Catalog, folder: Path) -> tuple[Counter[int], list[str]]:
    """How often each status was answered, and every way in which an answer was not as described."""
    config = Config.from_dict(dict(plan(catalog)))
    schema = openapi.from_wsgi("/api/openapi.json", served(catalog, folder), config=config)
    seen: Counter[int] = Counter()
    found = list[str]()
    for event in from_schema(schema).execute():
        if isinstance(event, (NonFatalError, FatalError)):
            found.append(str(event))
        if isinstance(event, ScenarioFinished):
            seen.update(each.response.status_code for each in event.recorder.interactions.values() if each.response)
            found += [
                f"{each.name}: {each.failure_info.failure.message}\n"
                + event.recorder.cases[case].value.as_curl_command()
                for case, checks in event.recorder.checks.items()
                for each in checks
                if each.failure_info and not is_forgiven(catalog, each.name, event.recorder, case)
            ]
    return seen, found


def is_forgiven(catalog: Catalog, check: str, recorder: ScenarioRecorder, case_id: str) -> bool:
    """Whether data that the schema forbids was taken, or good data with a key used before refused, as described."""
    case, response = recorder.cases[case_id].value, recorder.interactions[case_id].response
    if check == "positive_data_acceptance" and response is not None and response.status_code == 422:
        return bool(response.json()["type"] == "urn:formroute:key-reused")
    if check != "negative_data_rejection" or not case.path.endswith("/submissions"):
        return False
    return is_lenience(catalog.forms[case.path.split("/")[-2]], case.body["answers"])


@pytest.mark.parametrize("name", CITIES)
def test_every_answer_is_as_described(
    name: str, catalog: Catalog, exact: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen, found = asked({"catalog": catalog, "every_kind": every_kind(), "exact": exact}[name], tmp_path)
    with capsys.disabled():
        print(f"\nschemathesis: {dict(sorted(seen.items()))}")
    assert found == [], "\n\n".join(found)
    assert {200, 201, 422, 405} <= set(seen), seen
