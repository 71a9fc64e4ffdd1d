"""What a text may cost, and what it can reach."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

import pytest

from formroute import feel

SLOWEST = 1.0
HALF_PAST_ONE = 'date and time("2026-11-01T01:30:00@America/Winnipeg")'

ENDLESS = [
    "{l: for i in 1..20000 return i, r: for j in 1..10000 return l[j] + l[1] + l[-1] + count(l[item > j])}",
    "for i in 1..100000000 return i",
    "some i in 1..100000, j in 1..100000 satisfies i = -j",
    "for i in 1..10000 return exp(14000.5)",
    'for i in 1..100000 return if i = 1 then "ab" else partial[-1] + partial[-1]',
    "for i in 1..100 return if i = 1 then [1, 1] else [partial[-1], partial[-1]]",
    "{f: function(g, n) g(g, n), r: f(f, 1)}.r",
    "{f: function(g, n) if n = 0 then 1 else g(g, n - 1) + g(g, n - 1), r: f(f, 30)}.r",
    "distinct values(for i in 1..40000 return i)",
    'for i in 1..5000 return matches("aaaaaaaaaaaaaaaaaaaa", "\\\\w{" + string(modulo(i, 900)) + "}")',
    'for i in 1..1000 return replace("' + "a" * 5000 + '", "a", "bb")',
    "for i in 1..10000 return string(10 ** 6144)",
    'for d in @"0001-01-01"..@"9999-01-01" return d',
]
TOO_DEEP = [
    "(" * 5000,
    "[" * 5000,
    "-" * 9000 + "x",
    "1" + "+1" * 4000,
    "x" + ".a" * 4000,
    "if true then " * 700,
    "f" + "()" * 4000,
]
BEYOND = [
    "2 ** (10 ** 30)",
    "10 ** 6144 * 10",
    "(1 / 3) ** (1e15 / 7) / 0",
    'duration("P999999999D") + duration("P999999999D")',
    'date("999999999-12-31") + duration("P1D")',
    "date(10 ** 6000, 1, 1)",
    "[1][10 ** 6000]",
    'matches("a", "(a{1000}){1000}")',
    'time("10:00:00@../../etc/passwd")',
]


@pytest.mark.parametrize("source", ENDLESS)
def test_work_ends_at_the_limits(source: str) -> None:
    """What would take long or grow large ends with an error of kind limit, soon."""
    start = process_time()
    with pytest.raises(feel.FeelError) as caught:
        feel.evaluate(source)
    assert caught.value.finding.kind == "limit"
    assert process_time() - start < SLOWEST


@pytest.mark.parametrize("source", ["l[1]", "l[-1]", "l[place]", "(if true then l else l)[place]"])
@pytest.mark.parametrize("item", [1, {"a": 1}], ids=["numbers", "contexts"])
def test_an_item_of_a_long_list_is_found_without_walking_it(source: str, item: object) -> None:
    """A position costs the same in a list of any length, or the list is walked once."""
    scope = {"l": [item] * 100_000, "place": 2}
    program = feel.compile(f"count(for i in 1..8000 return {source})", scope)
    start = process_time()
    assert program(scope) == 8000
    assert process_time() - start < SLOWEST


@pytest.mark.parametrize(
    ("source", "column"),
    [
        ("1 + count(for i in 1..1000000 return i)", 11),
        ("[1, some i in 1..1000000 satisfies i < 0]", 5),
        ("{f: function(g) g(g), r: 1 + f(f)}.r", 17),
    ],
)
def test_an_end_at_the_limits_has_a_place(source: str, column: int) -> None:
    """The innermost loop or call that was at work is pointed at."""
    with pytest.raises(feel.FeelError) as caught:
        feel.evaluate(source)
    assert (caught.value.line, caught.value.column) == (1, column)


def _in_itself(kind: type) -> object:
    made = kind()
    made.append(made) if kind is list else made.update(a=made)
    return made


def _nested(depth: int, width: int = 1) -> object:
    made: object = 1
    for _ in range(depth):
        made = [made] * width
    return made


@pytest.mark.parametrize("given", [_in_itself(list), _in_itself(dict), _nested(5000)], ids=["list", "dict", "deep"])
def test_values_without_a_bottom_are_refused_when_they_are_used(given: object) -> None:
    """A value of the caller that is nested too deep, or holds itself, harms only the expression that names it."""
    assert feel.evaluate("1", {"x": given}).value == 1
    with pytest.raises(feel.FeelError, match="nested too deep, or holds itself"):
        feel.evaluate("x", {"x": given})


def test_a_list_in_many_places_is_converted_once() -> None:
    """Lists that share their items cost what they hold, not what they would print."""
    assert feel.evaluate("count(x)", {"x": _nested(60, width=2)}).value == 2


@pytest.mark.parametrize("source", TOO_DEEP)
def test_nesting_ends_at_the_limits(source: str) -> None:
    """A text that is nested too deep, or not finished, is refused and not followed."""
    with pytest.raises(feel.FeelError):
        feel.parse(source)


@pytest.mark.parametrize("source", BEYOND)
def test_what_no_value_can_hold_is_null(source: str) -> None:
    """Numbers, dates and patterns beyond all bounds are null with a warning."""
    result = feel.evaluate(source)
    assert result.value is None
    assert result.warnings


def test_limits_can_be_narrowed() -> None:
    """The caller may allow less."""
    with pytest.raises(feel.FeelError, match="longer than 3 characters"):
        feel.evaluate("1 + 1", limits=feel.Limits(text=3))
    with pytest.raises(feel.FeelError, match="more than 5 steps"):
        feel.evaluate("for i in 1..9 return i", limits=feel.Limits(steps=5))


@pytest.mark.parametrize(
    "name", ["__class__", "__dict__", "real", "upper", "__globals__", "call", "total", "microsecond"]
)
@pytest.mark.parametrize(
    "value", ['"a"', "1", "[1]", "{a: 1}", "(function() 1)", '@"P1Y"', '@"10:00:00"', "(< 1)", "abs"]
)
def test_nothing_of_python_is_reached(name: str, value: str) -> None:
    """A dot finds entries and the properties of the standard, nothing of the objects behind the values."""
    found = feel.evaluate(f"{value}.{name}").value
    assert found in (None, [None])


@pytest.mark.parametrize("name", ["print", "len", "__import__", "eval", "open"])
def test_no_builtin_of_python_is_a_name(name: str) -> None:
    """Only the standard's functions and the given values have names."""
    assert feel.evaluate(f'{name}("os")').value is None


@pytest.mark.parametrize(
    ("given", "adopted"), [(3, Decimal(3)), (0.1, Decimal("0.1")), ((1,), [Decimal(1)]), ({"a": 1}, {"a": Decimal(1)})]
)
def test_values_of_the_caller_become_values_of_feel(given: object, adopted: object) -> None:
    """Numbers become decimals, tuples lists, however deep."""
    assert feel.evaluate("x", {"x": given}).value == adopted


@pytest.mark.parametrize("given", [object(), Decimal("NaN"), float("inf"), b"x"])
def test_what_feel_has_no_value_for_is_the_callers_mistake(given: object) -> None:
    """Not the text but the caller is wrong, and is told as any function tells it."""
    with pytest.raises((TypeError, ValueError)):
        feel.evaluate("x", {"x": given})


def test_an_index_into_a_long_list_costs_one_step() -> None:
    """However often the same list is asked."""
    started = process_time()
    found = feel.evaluate("sum(for i in 1..5000 return l[i] + l[-1])", {"l": [Decimal(1)] * 50_000}).value
    assert found == 10_000
    assert process_time() - started < SLOWEST


def test_a_value_that_holds_itself_or_is_nested_too_deep_is_refused_where_it_is_asked_for() -> None:
    """Elsewhere it does no harm."""
    ring: list[object] = []
    ring.append(ring)
    deep: list[object] = []
    for _ in range(5_000):
        deep = [deep]
    assert feel.evaluate("1", {"ring": ring, "deep": deep}).value == 1
    for name, value in (("ring", ring), ("deep", deep)):
        with pytest.raises(feel.FeelError, match="nested too deep, or holds itself"):
            feel.evaluate(name, {name: value})


@pytest.mark.parametrize(
    "text",
    [
        f'{HALF_PAST_ONE} + duration("PT1H") > {HALF_PAST_ONE}',
        f'({HALF_PAST_ONE} + duration("PT1H")) - {HALF_PAST_ONE} = duration("PT1H")',
        f'({HALF_PAST_ONE} + duration("PT2H")) - {HALF_PAST_ONE} = duration("PT2H")',
    ],
)
def test_an_hour_that_clocks_show_twice_is_two_hours(text: str) -> None:
    """Moments are compared and subtracted as instants."""
    assert feel.evaluate(text).value is True
