"""Conditions that are written as sentences: what they mean here, where that is certain."""

from __future__ import annotations

import pytest

from formroute.conditions.reading.sentences import example_test, meant_tests, takes_everything
from tests.conditions.in_a_city import SCOPE

MEANT = [
    ("surface is road", "surface: road"),
    ("the surface is Back lane", "surface: lane"),
    ("if surface is road or lane", "surface: [road, lane]"),
    ('surface == "road"', "surface: road"),
    ("surface is not road", "surface: {not: road}"),
    ("danger is true", "danger: yes"),
    ("depth_cm is at least 10", "depth_cm: {at_least: 10}"),
    ("depth_cm is more than 10 cm", "depth_cm: {more_than: 10}"),
    ("depth_cm est au plus 10", "depth_cm: {at_most: 10}"),
    ("depth_cm under 10", "depth_cm: {less_than: 10}"),
    ("depth_cm is answered", "depth_cm: answered"),
    ("depth_cm is not answered", "depth_cm: blank"),
    ("surface is road and depth_cm >= 10", "surface: road, depth_cm: {at_least: 10}"),
    ("surface: road, danger: yes", "surface: road, danger: yes"),
    ("built is before 14 days ago", "built: {before: 14 days ago}"),
    ("built more than 14 days ago", "built: {before: 14 days ago}"),
    ("built is less than 3 days ago", "built: {after: 3 days ago}"),
    ("surface is raod", None),
    ("surface is road or depth_cm > 10", None),
    ("depth_cm is over 10 or under 5", None),
    ("depth_cm is over 5 and depth_cm is under 10", None),
    ("depth_cm is 5000", None),
    ("the hole is deep", None),
]


@pytest.mark.parametrize(("written", "meant"), MEANT, ids=[row[0] for row in MEANT])
def test_what_a_sentence_means(written: str, meant: str | None) -> None:
    assert meant_tests(written, SCOPE) == meant


@pytest.mark.parametrize("written", ["always", "otherwise", "Everything else", "the rest", "sinon", "*"])
def test_words_for_all_that_is_left(written: str) -> None:
    assert takes_everything(written)
    assert not takes_everything(f"{written} but roads")


@pytest.mark.parametrize(
    ("written", "example"),
    [
        ("it is deep when depth_cm says so", "depth_cm: {at_least: 10}"),
        ("built long ago", "built: {after: 10 days ago}"),
        ("the hole is deep", "surface: road"),
    ],
)
def test_an_example_is_about_what_is_named(written: str, example: str) -> None:
    assert example_test(written, SCOPE) == example
