"""What a file says is the same whether it is read straight from the parser's events or through nodes with places."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.definitions.compose import MOST_DEPTH, compose
from formroute.definitions.values import Braced, Commented, ordinary_values, values_of
from formroute.problems import Problem

# Pieces of which YAML, and what only looks like it, is made.
LINES = st.sampled_from(["a: b\n", "  b: c\n", "- a\n", "---\n", "b: {c: d}\n", "a: b # c\n", "'a': |\n  x\n", "\r\n"])
PIECES = st.one_of(
    LINES, st.sampled_from("ab:-{}[],\"'#&*!?|<>% \n"), st.sampled_from([": ", " #", "&a ", "*a ", "!t "])
)


def through_nodes(text: str) -> tuple[object, list[Problem]]:
    lines = tuple(text.replace("\r\n", "\n").split("\n"))
    problems: list[Problem] = []
    root = compose(text, "a.yaml", lines, problems)
    return None if root is None else values_of(root, lines), problems


def straight(text: str) -> object:
    return ordinary_values(text, tuple(text.replace("\r\n", "\n").split("\n")))


def sorts(value: object) -> object:
    """The same with what equality does not tell: whether it stood in braces or before a comment."""
    if isinstance(value, dict):
        return type(value), [(name, sorts(part)) for name, part in value.items()]
    return [sorts(part) for part in value] if isinstance(value, list) else (type(value), value)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_what_is_read_straight_is_what_the_nodes_say_and_faultless(text: str) -> None:
    value = straight(text)
    if value is not None:
        said, problems = through_nodes(text)
        assert (sorts(value), problems) == (sorts(said), [])


@given(st.recursive(st.text("ab: #'", max_size=4), lambda part: st.dictionaries(st.text("abc", min_size=1), part)))
def test_every_ordinary_mapping_is_read_straight(value: object) -> None:
    text = json.dumps({"a": value, "b": [value]})
    assert straight(text) == json.loads(text)


@pytest.mark.parametrize(
    "text",
    ["", "a", "- a", "a: b\na: c", "a: &x b", "a: *x", "a: !t b", "a: b\n---\nc: d", "? [a]\n: b", "a: [", "# a"],
)
def test_whatever_is_out_of_the_ordinary_is_left_to_the_composer(text: str) -> None:
    assert straight(text) is None


def test_a_mapping_deeper_than_a_definition_may_be_is_left_to_the_composer() -> None:
    assert straight(f"a: {'[' * (MOST_DEPTH - 1)}b{']' * (MOST_DEPTH - 1)}") is not None
    assert straight(f"a: {'[' * 100_000}") is None


def test_what_stood_in_braces_or_before_a_comment_is_told_apart() -> None:
    said = straight("a: {b: c}\nd: e # f\ng: 'h' # i")
    assert isinstance(said, dict)
    assert [type(value) for value in said.values()] == [Braced, Commented, str]
