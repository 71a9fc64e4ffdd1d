"""How long a department has, as authors write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.routing.written.duration import Duration, Unit

WRITTEN = [
    ("4 hours", Duration(4, Unit.HOUR), "4 hours", "4 heures"),
    ("1 hour", Duration(1, Unit.HOUR), "1 hour", "1 heure"),
    ("2 days", Duration(2, Unit.DAY), "2 days", "2 jours"),
    ("1 days", Duration(1, Unit.DAY), "1 day", "1 jour"),
    ("5 business days", Duration(5, Unit.BUSINESS_DAY), "5 business days", "5 jours ouvrables"),
    ("2 weeks", Duration(2, Unit.WEEK), "2 weeks", "2 semaines"),
    ("999 days", Duration(999, Unit.DAY), "999 days", "999 jours"),
]


def test_weeks_are_days_but_hours_are_not() -> None:
    """When the clocks change, a day on the wall calendar has 23 or 25 hours."""
    assert Duration(2, Unit.WEEK) == Duration(14, Unit.DAY)
    assert hash(Duration(2, Unit.WEEK)) == hash(Duration(14, Unit.DAY))
    assert Duration(2, Unit.DAY) != Duration(48, Unit.HOUR)


REFUSED = [
    "",
    "days",
    "0 days",
    "-1 days",
    "1000 days",
    "2  days",
    "two days",
    "2 months",
    "2 Days",
    "٢ days",
    "2 days\n",
]


@pytest.mark.parametrize(("text", "duration", "english", "french"), WRITTEN)
def test_a_duration_is_read_and_said(text: str, duration: Duration, english: str, french: str) -> None:
    assert Duration.parse(text) == duration
    assert (duration.in_words("en"), duration.in_words("fr")) == (english, french)


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_no_duration(text: str) -> None:
    assert Duration.parse(text) is None


@given(st.builds(Duration, st.integers(1, 999), st.sampled_from(Unit)))
def test_what_is_said_in_english_is_read_again(duration: Duration) -> None:
    assert Duration.parse(duration.in_words("en")) == duration
