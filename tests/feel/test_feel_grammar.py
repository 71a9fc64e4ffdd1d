"""10.3.1 and 10.3.2: the grammar, and what each construct means."""

from __future__ import annotations

from decimal import Decimal

import pytest

from formroute import feel
from tests.feel.tables import agree, table, value_of

SCOPE = {
    "depth": 12,
    "price": Decimal("10.50"),
    "surface": "lane",
    "answer": None,
    "Full Name": "Ada",
    "a-b": 5,
    "a": 9,
    "b": 2,
    "rows": [{"kind": "road", "size": 1, "unit cost": 4}, {"kind": "lane", "size": 3, "unit cost": 6}],
}


@table(
    r"""
    1 + 2 * 3 ** 2 | 19
    2 ** 3 ** 2 | 64
    -2 ** 2 | 4
    10 - 4 - 3 | 3
    1 / 3 | 0.3333333333333333333333333333333333
    .5 + 1.5e2 | 150.5
    0.1 + 0.2 | 0.3
    "a\tb\"\u00e9\U01F600" | "a	b\"é😀"
    1 /* one */ + 1 // two | 2
    -depth | -12
    1 / 0 | null
    1 + "1" | null
    "1" + "1" | "11"
    10 ** 7000 | null
    """
)
def test_arithmetic(source: str, value: str) -> None:
    """Numbers are decimals of 34 digits; what has no meaning is null."""
    assert agree(source, value, SCOPE)


@table(
    """
    depth >= 10 and surface in ("road", "lane") | true
    true and null | null
    false and null | false
    true or null | true
    false or "x" | null
    not(null) | null
    null = null | true
    null = 1 | false
    1 = "1" | null
    1 < "1" | null
    [1, [2]] = [1, [2]] | true
    {a: 1} = {a: 1, b: 2} | false
    depth between 10 and 12 | true
    5 between null and 6 | null
    depth in [10..12) | false
    depth in ]10..12] | true
    depth in (< 5, > 11) | true
    depth in [1, [10..20]] | true
    surface in !="lane" | false
    (< 10) = (< 10) | true
    [1..2].end | 2
    """
)
def test_comparison_and_logic(source: str, value: str) -> None:
    """Logic has three values, and types are never mixed."""
    assert agree(source, value, SCOPE)


@table(
    """
    if depth > 10 then "deep" else "shallow" | "deep"
    if null then 1 else 2 | 2
    for x in [1, 2], y in [10, 20] return x * y | [10, 20, 20, 40]
    for i in 3..1 return i | [3, 2, 1]
    for i in [1..4) return i | [1, 2, 3]
    for i in 1..4 return if i = 1 then 1 else i * partial[-1] | [1, 2, 6, 24]
    for d in @"2026-02-27"..@"2026-03-01" return d.day | [27, 28, 1]
    some r in rows satisfies r.size > 2 | true
    every r in rows satisfies r.size > 2 | false
    some x in [] satisfies x | false
    every x in [true, null] satisfies x | null
    {a: 2, b: a * 3}.b | 6
    {a: 1, a: 2} | null
    rows.kind | ["road", "lane"]
    rows[size > 1].kind | ["lane"]
    rows[-1].unit cost | 6
    rows[unit cost = 4].size | [1]
    rows[item.kind = "road"].size | [1]
    [5, 6][3] | null
    [5, 6][item > 5] | [6]
    5[1] | 5
    answer.anything | null
    (function(x: number) x + 1)(2) | 3
    {twice: function(x) 2 * x, r: twice(x: 4)}.r | 8
    sort(["bb", "a"], function(x, y) string length(x) < string length(y)) | ["a", "bb"]
    """
)
def test_constructs(source: str, value: str) -> None:
    """`if`, loops, quantifiers, contexts, paths, filters and functions."""
    assert agree(source, value, SCOPE)


@table(
    """
    depth instance of number | true
    "x" instance of number | false
    null instance of string | false
    [1, 2] instance of list<number> | true
    [1, "2"] instance of list<number> | false
    {a: 1} instance of context<a: number> | true
    {a: 1} instance of context<b: number> | false
    @"P1D" instance of days and time duration | true
    @"P1Y" instance of years and months duration | true
    [1..3] instance of range<number> | true
    (function(x) x) instance of function<Any>->Any | true
    """
)
def test_instance_of(source: str, value: str) -> None:
    """A value knows its type, and the types of what it holds."""
    assert agree(source, value, SCOPE)


@table(
    """
    Full Name + "!" | "Ada!"
    a-b | 5
    a - b | 7
    {x y: 1, z: x y + 1}.z | 2
    {"x + y": 1, z: 3}.z | 3
    """
)
def test_names_with_spaces_and_signs(source: str, value: str) -> None:
    """A name that is declared is read before the operators in it."""
    assert agree(source, value, SCOPE)


@pytest.mark.parametrize(
    "name", ["date", "for", "if", "in", "and", "string length", "date and time", "function", "not", "item"]
)
@pytest.mark.parametrize(
    "form", ["{} > 3", "3 < {}", "({}) = 5", "{} + 1 = 6", "[{}] = [5]", "{} in [1..9]", "not({} = 4)"]
)
def test_a_field_may_be_called_like_a_word_of_feel(name: str, form: str) -> None:
    """Words of the language are variables where no construct starts."""
    assert value_of(form.format(name), {name: 5}) is True


def test_a_field_that_hides_a_function_leaves_it_callable() -> None:
    """`date(…)` is the function even where `date` is an answer."""
    assert value_of('date > date("2026-01-01")', {"date": value_of('date("2026-05-05")')}) is True
    assert value_of("date and time", {"date": True, "time": False}) is False


@pytest.mark.parametrize(
    ("source", "line", "column", "message"),
    [
        ("1 +", 1, 4, "did not expect the end here"),
        ("depth >> 3", 1, 8, "did not expect '>' here"),
        ("a\n  b", 2, 3, "did not expect 'b' here"),
        ("[1, 2", 1, 6, "expected ']' here, found the end"),
        ('"open', 1, 1, 'this text has no closing "'),
        ("a # b", 1, 3, "'#' has no meaning in FEEL"),
        ("if a then b", 1, 12, "expected 'else' here, found the end"),
        ('"\\ud83d"', 1, 1, "half of a surrogate pair is not a character"),
        ("f(1, b: 2)", 1, 11, "name all arguments of this call, or none of them"),
        ("function(x) external {}", 1, 13, "external functions are not supported"),
    ],
)
def test_mistakes_have_a_place(source: str, line: int, column: int, message: str) -> None:
    """A text that cannot be read says where, and what was found."""
    with pytest.raises(feel.FeelError) as caught:
        feel.parse(source)
    error = caught.value
    assert (error.line, error.column, error.message) == (line, column, message)


@pytest.mark.parametrize(
    ("source", "warnings"),
    [
        ("depht + 1", ["1:1 name", "1:1 null"]),
        ("1 +\n  (2 < true)", ["2:4 type", "1:1 null"]),
        ('date("2026-02-30")', ["1:1 value"]),
        ("[1][2]", ["1:1 value"]),
        ("1 + 1", []),
    ],
)
def test_null_has_a_reason_and_a_place(source: str, warnings: list[str]) -> None:
    """Wherever the standard says null, a warning says why."""
    found = feel.evaluate(source, SCOPE).warnings
    assert [f"{warning.line}:{warning.column} {warning.kind}" for warning in found] == warnings


@pytest.mark.parametrize(
    ("tests", "value", "met"),
    [
        ("-", None, True),
        ("< 10", 5, True),
        ("< 10, 20", 20, True),
        ("[1..3], > 8", 5, False),
        ('not("a", "b")', "c", True),
        ("not(< 10)", 5, False),
        ("? * 2 > 9", 5, True),
        ("> depth", 13, True),
        ("null", None, True),
        ("< 10", None, None),
        ("< 10", "x", None),
    ],
)
def test_unary_tests(tests: str, value: object, met: bool | None) -> None:
    """A cell of a decision table is met, not met, or cannot be told."""
    assert feel.evaluate_tests(tests, value, SCOPE).value is met
