"""Patterns: what is read, what it becomes for other engines, and what is refused."""

import re
import time

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions import Pattern, PatternError

READ = [
    # source                portable                          matches                 does not
    ("abc", "abc", ["abc"], ["abcd", "ab", "ABC", "abc\n"]),
    (r"\d{3}-\d{4}", "[0-9]{3}-[0-9]{4}", ["555-1234"], ["٥٥٥-1234", "5551234"]),
    (r"\w+", "[A-Za-z0-9_]+", ["a_1"], ["é", ""]),
    (r"a\sb", r"a[ \x09-\x0d]b", ["a b", "a\tb"], ["ab", "a\u00a0b"]),
    ("a.c", "a[^\\x0a\\x0d\u2028-\u2029]c", ["abc", "aéc"], ["a\nc"]),
    ("a|bc", "a|bc", ["a", "bc"], ["ac", "abc"]),
    ("(a|b)c", "(?:a|b)c", ["ac", "bc"], ["c"]),
    ("(?:ab)+", "(?:ab)+", ["ab", "abab"], ["aba"]),
    ("a?b*c+", "a?b*c+", ["c", "abbcc"], ["ab"]),
    ("a{2,}", "a{2,}", ["aa", "aaaa"], ["a"]),
    ("a{1,2}", "a{1,2}", ["a", "aa"], ["aaa"]),
    ("[a-z-]", r"[a-z\x2d]", ["-", "m"], ["A"]),
    ("[^a-z]", "[^a-z]", ["A", "é"], ["m"]),
    (r"[\d.,]+", r"[0-9.\x2c]+", ["1,000.5"], ["a"]),
    (r"\.\*\$", r"\.\*\$", [".*$"], ["a"]),
    ("x|", "x|", ["x", ""], ["y"]),
    ("é+", "é+", ["éé"], ["e"]),
]


@pytest.mark.parametrize(("source", "portable", "matches", "does_not"), READ, ids=[row[0] for row in READ])
def test_a_pattern_matches_whole_texts(source: str, portable: str, matches: list[str], does_not: list[str]) -> None:
    pattern = Pattern.parse(source)
    assert pattern.portable == portable
    assert [text for text in matches if not pattern.matches(text)] == []
    assert [text for text in does_not if pattern.matches(text)] == []


REFUSED = [
    ("", 0),
    ("^a", 0),
    ("a$", 1),
    ("a(?=b)", 1),
    ("(?P<n>a)", 0),
    ("(?i)a", 0),
    (r"(a)\1", 3),
    (r"\bword", 0),
    (r"\p{L}", 0),
    ("a\\", 1),
    ("*a", 0),
    ("a**", 2),
    ("a+?", 2),
    ("a{2", 1),
    ("a{5,2}", 1),
    ("a{1001}", 1),
    ("a{,3}", 1),
    ("(a", 0),
    ("a)", 1),
    ("[a", 0),
    ("[]", 0),
    ("[z-a]", 1),
    ("[[:alpha:]]", 0),
    ("a]", 1),
    ("a}", 1),
    ("(" * 25 + "a" + ")" * 25, 20),
    ("a" * 501, 0),
    ("(((a{1000}){1000}){1000})", 0),
]


@pytest.mark.parametrize(("source", "column"), REFUSED, ids=[row[0][:20] for row in REFUSED])
def test_anything_else_is_refused_with_its_column(source: str, column: int) -> None:
    with pytest.raises(PatternError) as refusal:
        Pattern.parse(source)
    assert refusal.value.column == column
    assert refusal.value.reason


PIECES = st.sampled_from(
    ["a", "b", "1", "-", " ", "é", ".", r"\d", r"\w", r"\s", r"\.", "[ab]", "[^a-]", r"[\d-]", "(a|b)", "(b1?)"]
)
REPEATS = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{1,3}"])
PATTERNS = st.lists(st.builds(str.__add__, PIECES, REPEATS), min_size=1, max_size=5).map("".join)
PATTERNS = PATTERNS | st.builds("{}|{}".format, PATTERNS, PATTERNS)
TEXTS = st.text("ab1- é._\n\u2028", max_size=6)


@given(PATTERNS, TEXTS)
def test_every_engine_agrees(source: str, text: str) -> None:
    pattern = Pattern.parse(source)
    expected = pattern.matches(text)
    assert bool(re.fullmatch(pattern.portable, text)) == expected
    if not text.endswith("\n"):  # Python's `$` looks before a last line end, which ECMA's does not
        assert jsonschema.Draft202012Validator({"pattern": pattern.json_schema}).is_valid(text) == expected


@given(PATTERNS)
def test_every_example_is_matched(source: str) -> None:
    pattern = Pattern.parse(source)
    examples = list(pattern.examples())
    assert examples
    assert [text for text in examples if not pattern.matches(text)] == []


@given(st.text(r"ab()[]{}|?*+.\^$-,:1dws", max_size=12) | st.text(max_size=12))
def test_any_text_is_read_or_refused(source: str) -> None:
    column = 0
    try:
        Pattern.parse(source).matches(source)
    except PatternError as refusal:
        column = refusal.column
    assert 0 <= column <= len(source)


INNER = ["a+", "a*", "a|a", "a|aa", "a|ab|b", "(a+)+", ".*", "[a-z]+", r"\w+\s?", "a?a?a?"]
OUTER = ["*", "+", "{2,9}", "*a*a*", "+(a|aa)+"]
EVIL = [f"({inner}){outer}{end}" for inner in INNER for outer in OUTER for end in ("!", "(!|0)")]


@pytest.mark.parametrize("source", EVIL)
def test_no_pattern_is_slow(source: str) -> None:
    """A hundred patterns on which an engine that tries again would take for ever: none over 50 ms for 100 kB."""
    pattern = Pattern.parse(source)
    start = time.process_time()
    assert not pattern.matches("a" * 100_000)
    assert time.process_time() - start < 0.05
    assert len(set(EVIL)) == 100


def test_half_a_surrogate_pair_matches_nothing() -> None:
    assert not Pattern.parse(".*").matches("\ud800")


def test_a_browser_matches_whole_texts_by_itself() -> None:
    pattern = Pattern.parse("a|b")
    assert pattern.html == "a|b"
    assert pattern.json_schema == "^(?:a|b)$"
