"""The one judge: what shows, what is missing, what stops, and in which order it is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from formroute.forms import Checked, Form
from formroute.records import Location
from tests.forms.made import NOW, field, form_of, page


def notice(name: str, keys: str) -> str:
    text = "text:\n  en: Stop.\n  fr: Halte."
    return f"{name}:\n" + "".join(f"  {line}\n" for line in f"type: notice\n{keys}\n{text}".splitlines())


POTHOLE = form_of(
    page(field("danger", "type: yes_no") + notice("call_911", "show_when: {danger: yes}\nstops: yes"), "safety"),
    page(
        field("surface", "type: choice\nchoices: [road, lane, sidewalk]")
        + field("depth", "type: integer\nmin: 1\nmax: 200\nshow_when: {surface: [road, lane]}")
        + notice("careful", "show_when: {depth: {at_least: 50}}"),
        "hole",
    ),
    page(
        field("email", "type: email\nrequired: no") + field("phone", "type: phone\nrequired: no"),
        "contact",
    ),
    page(field("lights", "type: yes_no"), "night").replace(
        "    title:", "    show_when: {depth: {at_least: 100}}\n    title:", 1
    ),
    rest="""\
checks:
  - require:
      any:
        - email: answered
        - phone: answered
    message:
      en: Give an e-mail address or a phone number.
      fr: Donnez une adresse courriel ou un numéro de téléphone.
    at: email
""",
)
ALL = {"danger": "no", "surface": "road", "depth": "12", "phone": "204-555-0123"}


def judged(raw: dict[str, Any], form: Form = POTHOLE, **options: Any) -> Checked:
    return form.check(raw, now=NOW, **options)


def errors(checked: Checked) -> dict[str, str]:
    return {error.field: error.code for error in checked.errors}


# What was posted | the answers that count | the errors | what stopped it
JUDGED = [
    (ALL, {"danger": False, "surface": "road", "depth": 12, "phone": "+12045550123"}, {}, None),
    ({}, {}, {"danger": "missing", "surface": "missing", "email": "check"}, None),
    ({**ALL, "danger": "yes"}, {"danger": True}, {}, "call_911"),
    ({"danger": "yes", "surface": "raod"}, {"danger": True}, {}, "call_911"),
    (
        {**ALL, "surface": "sidewalk"},
        {"danger": False, "surface": "sidewalk", "phone": "+12045550123"},
        {},
        None,
    ),
    (
        {**ALL, "surface": "sidewalk", "depth": "junk"},
        {"danger": False, "surface": "sidewalk", "phone": "+12045550123"},
        {},
        None,
    ),
    ({**ALL, "surface": "raod"}, {"danger": False, "phone": "+12045550123"}, {"surface": "choice"}, None),
    ({**ALL, "depth": "0"}, {"danger": False, "surface": "road", "phone": "+12045550123"}, {"depth": "range"}, None),
    (
        {**ALL, "depth": "150"},
        {"danger": False, "surface": "road", "depth": 150, "phone": "+12045550123"},
        {"lights": "missing"},
        None,
    ),
    (
        {"danger": "no", "surface": "sidewalk", "phone": "311"},
        {"danger": False, "surface": "sidewalk"},
        {"phone": "phone"},
        None,
    ),
    (
        {**ALL, "unknown": "x", "call_911": "x", "hole": "x"},
        {"danger": False, "surface": "road", "depth": 12, "phone": "+12045550123"},
        {},
        None,
    ),
]


@pytest.mark.parametrize(("raw", "answers", "codes", "stopped"), JUDGED)
def test_answers_are_judged_in_the_order_asked(
    raw: dict[str, Any], answers: dict[str, Any], codes: dict[str, str], stopped: str | None
) -> None:
    checked = judged(raw)
    assert checked.answers == answers
    assert errors(checked) == codes
    assert checked.stopped == stopped
    assert checked.ok is (not codes and stopped is None)


def test_what_shows_is_told_by_field_and_by_page() -> None:
    checked = judged({**ALL, "depth": "60"})
    assert checked.showing == {"danger", "surface", "depth", "careful", "email", "phone"}
    assert checked.pages == ("safety", "hole", "contact")
    assert judged({**ALL, "depth": "100"}).pages == ("safety", "hole", "contact", "night")


def test_nothing_shows_after_a_notice_that_stops() -> None:
    checked = judged({**ALL, "danger": "yes"})
    assert checked.showing == {"danger", "call_911"}
    assert checked.pages == ("safety",)


def test_judging_a_page_tells_only_its_errors() -> None:
    assert errors(judged({}, page="safety")) == {"danger": "missing"}
    assert errors(judged({"danger": "no"}, page="hole")) == {"surface": "missing"}
    assert errors(judged({}, page="contact")) == {"email": "check"}


def test_a_check_waits_until_its_fields_are_right_by_themselves() -> None:
    checked = judged({**ALL, "phone": "311"})
    assert errors(checked) == {"phone": "phone"}


def test_a_message_of_an_author_is_told_in_the_readers_language() -> None:
    (error,) = judged({**ALL, "phone": ""}).errors
    assert error.say("en") == "Give an e-mail address or a phone number."
    assert error.say("fr") == "Donnez une adresse courriel ou un numéro de téléphone."


def test_a_value_is_looked_up_and_never_taken_from_the_browser() -> None:
    form = form_of(
        page(
            field("neighbourhood", "type: choice\nchoices_from: lookups/neighbourhoods.csv\nrequired: no")
            + field(
                "ward",
                "type: calculated\n"
                "lookup: {from: lookups/neighbourhoods.csv, match: {value: neighbourhood}, take: ward}",
            )
        )
    )
    assert judged({"neighbourhood": "agassiz", "ward": "junk"}, form).answers["ward"] == "Waverley West"
    assert judged({"ward": "junk"}, form).answers == {}


def test_a_day_is_today_in_the_city_and_not_in_greenwich() -> None:
    form = form_of(page(field("day", "type: date\nmax: today")))
    late = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)  # 22:00 on the 9th in Winnipeg
    assert not form.check({"day": "2026-03-10"}, now=late).ok
    assert form.check({"day": "2026-03-09"}, now=late).ok


def test_a_version_changes_exactly_when_what_is_asked_changes() -> None:
    keys = "type: integer\nmin: 1\nmax: {most}"
    one, same, other = (form_of(page(field("depth", keys.format(most=most)))) for most in (20, 20, 21))
    assert one.version == same.version != other.version


def test_the_schema_describes_the_questions_in_the_readers_language() -> None:
    schema = POTHOLE.json_schema("fr")
    assert schema["title"] == "Exemple"
    assert schema["required"] == ["danger", "surface"]
    assert schema["properties"]["depth"] == {"title": "depth", "type": "integer", "minimum": 1, "maximum": 200}


def test_canonical_answers_become_json() -> None:
    place = Location("Main St", Decimal("49.9"), Decimal("-97.1"))
    assert POTHOLE.to_json({"where": place, "day": NOW.date(), "n": Decimal("2.50"), "many": ("a",)}) == {
        "where": {"address": "Main St", "latitude": "49.9", "longitude": "-97.1"},
        "day": "2026-03-09",
        "n": "2.50",
        "many": ["a"],
    }
