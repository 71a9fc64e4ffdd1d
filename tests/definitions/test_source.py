"""YAML is read strictly: every mistake has a place, a code and often the corrected line."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.definitions import Place, Source, parse_source, read_source
from formroute.definitions.source import MOST_BYTES
from formroute.problems import Problem

# What the author wrote | what is found, as (line, column, code), ... | the first corrected line
MISTAKES = [
    ("a: 1\na: 2", [(2, 1, "Y107")], None),
    ("a:\n  b: 1\n  b: 2\nc: 1\nc: 2", [(3, 3, "Y107"), (5, 1, "Y107")], None),
    ("text: ! Danger", [(1, 7, "Y108")], 'text: "! Danger"'),
    ("text: !!str x", [(1, 7, "Y108")], 'text: "!!str x"'),
    ("a: &x 1\nb: *x", [(1, 4, "Y109"), (2, 4, "Y109")], 'a: "&x 1"'),
    ("a:\n\tb: 1", [(2, 1, "Y105")], "  b: 1"),
    ("a: x\ty\nb: \t1", [(1, 5, "Y105"), (2, 4, "Y105")], "a: x y"),
    ("a: x\x00y", [(1, 5, "Y104")], None),
    ("a: x\x85y", [(1, 5, "Y104")], None),
    ("a: x\u2028y", [(1, 5, "Y104")], None),
    ("a: x\ry: 1", [(1, 5, "Y104")], None),
    ("label: Where: exactly?", [(1, 13, "Y106")], 'label: "Where: exactly?"'),
    ("a: @home", [(1, 4, "Y106")], 'a: "@home"'),
    ("a: `x`", [(1, 4, "Y106")], 'a: "`x`"'),
    ("a: 'x\nb: 1\nc: 2", [(1, 4, "Y106")], 'a: "x"'),
    ("a: 1\n  b: 2", [(2, 3, "Y106")], "b: 2"),
    ("a: x\ntype integer\ntype: b", [(2, 5, "Y106"), (3, 1, "Y107")], "type: integer"),
    ("a:\n  type:integer\n  label: b", [(2, 7, "Y106")], "  type: integer"),
    ("fields:\n  surface\n    type: choice", [(2, 10, "Y106")], "  surface:"),
    ("title Report noise\nform: noise\ntitle: x", [(1, 6, "Y106"), (3, 1, "Y107")], "title: Report noise"),
    ("a:\n  type:\u00a0integer\n  label: b", [(2, 8, "Y106")], "  type: integer"),
    ("a: [x, y\nb: 1", [(1, 4, "Y106")], "a: [x, y]"),
    ("a: {b: 1", [(1, 4, "Y106")], "a: {b: 1}"),
    ("a: {b: [1, 2}", [(1, 8, "Y106")], "a: {b: [1, 2]}"),
    ("? [a]\n: b", [(1, 3, "Y112")], None),
    ("a: 1\n---\nb: 1", [(2, 1, "Y114")], ""),
    ("", [(1, 1, "Y113")], None),
    ("# only a comment\n", [(1, 1, "Y113")], None),
    ("- " * 60 + "a", [(1, 83, "Y110")], None),
]


def found(problems: list[Problem]) -> list[tuple[int, int, str]]:
    return [(problem.mark.line, problem.mark.column, problem.code) for problem in problems]


@pytest.mark.parametrize(("text", "expected", "corrected"), MISTAKES)
def test_a_mistake_is_found_where_it_stands(
    text: str, expected: list[tuple[int, int, str]], corrected: str | None
) -> None:
    problems: list[Problem] = []
    parse_source(text, "form.yaml", problems)
    assert found(problems) == expected
    assert problems[0].corrected == corrected


# What the author wrote | what is read: texts, exactly as typed
SCALARS = [
    ("yes", "yes"),
    ("NO", "NO"),
    ("12:30", "12:30"),
    ("010", "010"),
    ("3.10", "3.10"),
    ("null", "null"),
    ("~", "~"),
    ("2026-03-01", "2026-03-01"),
    ("0x1F", "0x1F"),
    ("'it''s'", "it's"),
    (">-\n  one\n  two", "one two"),
    ('"a: b # c"', "a: b # c"),
]


@pytest.mark.parametrize(("written", "read"), SCALARS)
def test_a_scalar_is_the_text_that_was_typed(written: str, read: str) -> None:
    problems: list[Problem] = []
    source = parse_source(f"key: {written}", "form.yaml", problems)
    assert source is not None
    assert Place.of(source).plain() == {"key": read}
    assert problems == []


def test_windows_line_ends_and_a_byte_order_mark_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_bytes(b"\xef\xbb\xbfform: a\r\ntitle: b\r\n")
    problems: list[Problem] = []
    source = read_source(path, problems)
    assert source is not None
    assert Place.of(source).plain() == {"form": "a", "title": "b"}
    assert [(problem.code, problem.severity) for problem in problems] == [("Y116", "warning"), ("Y115", "warning")]
    assert Place.of(source)["title"].mark.line == 2


@pytest.mark.parametrize(
    ("data", "code", "reason"),
    [
        ("a: 1".encode("utf-16"), "Y103", "UTF-16"),
        (b"a: caf\xe9", "Y103", "older encoding"),
        (b"a: 1\n" * (MOST_BYTES // 4), "Y102", "bytes"),
    ],
)
def test_a_file_that_is_not_text_of_ours_is_told(tmp_path: Path, data: bytes, code: str, reason: str) -> None:
    path = tmp_path / "form.yaml"
    path.write_bytes(data)
    problems: list[Problem] = []
    assert read_source(path, problems) is None
    assert [problem.code for problem in problems] == [code]
    assert reason in problems[0].what


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_source(tmp_path / "absent.yaml", problems) is None
    assert [problem.code for problem in problems] == ["Y101"]


HOSTILE = {
    "flow lists 100,000 deep": "[" * 100_000,
    "flow mappings 100,000 deep": "{a: " * 100_000,
    "block lists 100,000 deep": "- " * 100_000,
    "keys 2,000 deep": "\n".join(" " * depth + "a:" for depth in range(1_400)),
    "an alias bomb": "a: &a [x]\n" + "".join(f"{c}: &{c} [*a, *a, *a, *a, *a]\n" for c in "bcdefgh"),
    "100,000 duplicate keys": "a: 1\n" * 100_000,
    "a line of 900,000 letters": "a: " + "x" * 900_000,
    "900,000 quotes": '"' * 900_000,
    "100,000 question marks": "? " * 100_000,
    "100,000 colons": ": " * 100_000,
    "100,000 anchors": "&" * 100_000,
    "10 MB": "a: 1\n" * 2_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gives_a_located_problem_within_a_second_and_100_mb(tmp_path: Path, name: str) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(HOSTILE[name], encoding="utf-8")
    problems: list[Problem] = []
    tracemalloc.start()
    started = time.perf_counter()
    source = read_source(path, problems)
    elapsed = time.perf_counter() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert problems or source is not None
    assert problems or name == "a line of 900,000 letters"
    assert len(problems) <= 60
    assert elapsed < 5  # a second on its own; tracing memory and a busy machine cost the rest
    assert peak < 100_000_000


@given(st.text())
def test_any_text_is_read_or_explained_and_never_raises(text: str) -> None:
    problems: list[Problem] = []
    source = parse_source(text, "form.yaml", problems)
    assert isinstance(source, Source) or problems
    for problem in problems:
        assert problem.mark.line >= 1
        assert problem.mark.column >= 1


@given(
    st.lists(
        st.sampled_from(["a:", " ", "\n", "- ", "{", "}", "[", "]", "'", '"', "#", "b", ",", "|", ">", "&x", "*x"])
    )
)
def test_any_heap_of_yaml_signs_is_read_or_explained(parts: list[str]) -> None:
    problems: list[Problem] = []
    source = parse_source("".join(parts), "form.yaml", problems)
    assert isinstance(source, Source) or problems
