"""Every answer and decision comes back from JSON as it was."""

import json
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.messages import in_language, lang_of
from formroute.records import Location, Upload, to_json
from formroute.store.answers import decision_from_json, decision_to_json, restore, types_of
from tests.store.samples import DECISION

finite = st.decimals(allow_nan=False, allow_infinity=False)
leaves = st.one_of(
    st.booleans(),
    st.integers(),
    st.text(),
    finite,
    st.dates(),
    st.times(),
    st.datetimes(),
    st.builds(Location, st.text(), st.none() | finite, st.none() | finite),
    st.builds(Upload, st.text(), st.text(), st.text(), st.integers(0)),
)
answers = st.recursive(
    leaves, lambda parts: st.lists(parts).map(tuple) | st.dictionaries(st.text(), parts), max_leaves=6
)


@pytest.mark.parametrize(
    ("answer", "types"),
    [
        (True, None),
        ("road", None),
        (("ramp", "lift"), None),
        (12, None),
        (Decimal("1.50"), "decimal"),
        (date(2026, 3, 1), "date"),
        (time(23, 15), "time"),
        (datetime(2026, 3, 1, 23, 15), "date_time"),
        (Location("510 Main St"), "location"),
        ((Upload("t", "a.png", "image/png", 3),), ["upload"]),
        ({"name": "Zoë", "born": date(1990, 1, 2)}, {"born": "date"}),
        (({"kind": "noise"}, {"on": date(2026, 2, 3)}), [None, {"on": "date"}]),
    ],
)
def test_types_tell_only_what_json_does_not(answer: object, types: object) -> None:
    assert types_of(answer) == types


@given(st.dictionaries(st.text(), answers))
def test_answers_come_back_through_json_text(given: dict[str, object]) -> None:
    text = json.dumps({"answers": to_json(given), "types": types_of(given)})
    read = json.loads(text)
    assert restore(read["answers"], read["types"]) == given


def test_a_decision_comes_back_with_its_trace() -> None:
    assert decision_from_json(json.loads(json.dumps(decision_to_json(DECISION)))) == DECISION


def test_a_notice_in_another_language_than_was_asked_for_comes_back_so() -> None:
    decision = replace(DECISION, notices=("Rue barrée.", in_language("Road closed.", "en")))
    stored = json.loads(json.dumps(decision_to_json(decision)))
    assert stored["notices"] == ["Rue barrée.", {"text": "Road closed.", "language": "en"}]
    assert [lang_of(notice) != "" for notice in decision_from_json(stored).notices] == [False, True]


def test_a_decision_of_an_older_release_gets_defaults() -> None:
    """A key that this release does not know is left out, one that the older did not know has its default."""
    parts = decision_to_json(DECISION)
    del parts["tags"]
    assert decision_from_json({**parts, "from_the_future": 1}).tags == ()
