"""What a program is told: a CloudEvent with everything the department may know."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from formroute.delivery import Webhook, compose
from formroute.delivery.event import cloud_event
from formroute.intake import Intake
from tests.small_city.samples import ANSWERS, small_city

LIGHTS, WARD = 1, 3
SCHEMA = Path(__file__).parent.parent.parent / "docs" / "reference" / "submission-event.schema.json"


def event(intake: Intake, number: int) -> dict:
    stored = intake.store.find(intake.submit("lamp", ANSWERS).reference)
    return cloud_event(compose(small_city(), stored, stored.deliveries[number]))


def test_it_tells_a_department_everything(intake: Intake) -> None:
    told = event(intake, LIGHTS)
    data = told.pop("data")
    assert told == {
        "specversion": "1.0",
        "id": intake.store.find(told["subject"]).deliveries[LIGHTS].key,
        "source": "formroute",
        "type": "formroute.submission",
        "subject": data["reference"],
        "time": "2026-03-07T18:00:00+00:00",
        "datacontenttype": "application/json",
    }
    assert data["answers"] == {
        "danger": False,
        "where": {"address": "510 Main St"},
        "colour": "yellow",
        "out_since": "2026-03-01",
        "details": "Behind the old school.\nIt blinks, très vite.",
        "name": "Zoë Tremblay",
    }
    assert data["decision"] == {
        "table": "lamps",
        "route": "dangerous-colour",
        "send_to": "lights",
        "copy_to": ["ward"],
        "priority": "urgent",
        "due": "2026-03-09T12:00:00-05:00",
        "tags": ["ward"],
        "set": {},
        "reasons": ["colour is Yellow"],
    }
    assert {"name": "colour", "label": "What colour is its light?", "text": "Yellow"} in data["lines"]
    assert (data["department"], data["copy"], data["personal_answers_left_out"]) == ("lights", False, False)


def test_personal_answers_stay_with_departments_that_may_have_them(intake: Intake) -> None:
    data = event(intake, WARD)["data"]
    assert "name" not in data["answers"]
    assert "Zoë" not in json.dumps(data, ensure_ascii=False)
    assert (data["copy"], data["personal_answers_left_out"]) == (True, True)


def test_the_same_delivery_is_the_same_bytes(intake: Intake) -> None:
    stored = intake.store.find(intake.submit("lamp", ANSWERS).reference)
    delivery = stored.deliveries[LIGHTS]
    first, second = (Webhook({}).render(compose(small_city(), stored, delivery), delivery) for _ in range(2))
    assert first == second
    assert json.loads(first)["id"] == delivery.key


class TestSchema:
    """What is published as docs/reference/submission-event.schema.json."""

    validator = jsonschema.Draft202012Validator(
        json.loads(SCHEMA.read_text("utf-8")), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )

    @pytest.mark.parametrize("number", [LIGHTS, WARD])
    def test_every_event_fits(self, intake: Intake, number: int) -> None:
        self.validator.check_schema(self.validator.schema)
        self.validator.validate(json.loads(json.dumps(event(intake, number))))

    def test_nothing_may_be_missing_and_nothing_added(self, intake: Intake) -> None:
        """Every object in it except the answers, which the form describes."""
        told = json.loads(json.dumps(event(intake, LIGHTS)))
        changed = 0
        for path in ((), ("data",), ("data", "decision"), ("data", "lines", 0)):
            for key in [*inside(told, path), "surprise"]:
                other = copy.deepcopy(told)
                found = inside(other, path)
                if found.pop(key, None) is None and key == "surprise":
                    found[key] = 1
                changed += 1
                assert not self.validator.is_valid(other), (path, key)
        assert changed == 8 + 12 + 9 + 3 + 4


def inside(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value
