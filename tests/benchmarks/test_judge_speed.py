"""How fast answers are judged, as ratios to peers that judge the same answers in one run; `./dev bench` prints them.

The peers must agree on which fields are wrong. Nothing is asserted of the time: a machine may be busy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from werkzeug.datastructures import MultiDict

from formroute.forms import FieldError
from tests.benchmarks.beside import best, tell
from tests.benchmarks.street_form import CLEAN, GOOD, JUNK, WRONG, Bare, ByHand, answers, street_form

NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)
FORM = street_form()
# What is judged | the answers | what the bare model is given | at most so many times its time
CASES = [
    ("good answers", GOOD, GOOD, 3),
    ("four errors", WRONG, WRONG, 4),
    ("junk in hidden fields, none for pydantic", JUNK, CLEAN, 5),
    ("junk in hidden fields", JUNK, JUNK, 5),
]


def ours(raw: Mapping[str, str]) -> Sequence[FieldError]:
    """What the judge refuses."""
    return FORM.check(raw, now=NOW).errors


def bare(raw: Mapping[str, str]) -> Sequence[ErrorDetails]:
    """What the bare model refuses."""
    try:
        Bare.model_validate(raw)
    except ValidationError as error:
        return error.errors()
    return ()


def by_hand(posted: MultiDict[str, str]) -> Mapping[str, Sequence[str]]:
    """What the form in WTForms refuses, by field."""
    form = ByHand(posted)
    return {} if form.validate() else form.errors


@pytest.mark.parametrize(("what", "raw", "models", "most"), CASES)
def test_judging(what: str, raw: dict[str, str], models: dict[str, str], most: float) -> None:
    posted = MultiDict(raw)
    wrong = {error.field for error in ours(raw)}
    assert wrong == set(by_hand(posted))
    assert {error["loc"][0] for error in bare(models)} == ({"depth", "width"} if models is JUNK else wrong)
    mine, model, hand = best(lambda: ours(raw), lambda: bare(models), lambda: by_hand(posted))
    print()
    tell(f"judge {what}, beside a bare pydantic model", mine, model, times_faster=False, target=most)
    tell(f"judge {what}, beside WTForms by hand", mine, hand, times_faster=True, target=20)


@pytest.mark.parametrize("fields", [60, 200])
def test_what_a_field_costs_does_not_grow_with_the_form(fields: int) -> None:
    long, raw = street_form(fields), answers(fields)
    assert long.check(raw, now=NOW).ok
    many, few = best(lambda: long.check(raw, now=NOW), lambda: FORM.check(GOOD, now=NOW))
    print()
    tell(f"judge a field of {fields}, beside one of 12", many / fields, few / 12, times_faster=False, target=1.2)
