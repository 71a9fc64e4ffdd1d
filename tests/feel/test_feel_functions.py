"""10.3.4: the built-in functions, one table for each section."""

from __future__ import annotations

from formroute.feel.builtins import implementations
from formroute.feel.signatures import signatures
from tests.feel.tables import agree, table


def test_every_function_of_the_catalogue_is_implemented() -> None:
    """Each way to call a function has something behind it."""
    for name, ways in signatures().items():
        assert len(implementations(name, len(ways))) == len(ways)


@table(
    """
    date("2026-03-01") | @"2026-03-01"
    date(2026, 3, 1) | @"2026-03-01"
    date(date and time("2026-03-01T10:00:00")) | @"2026-03-01"
    date("2026-02-29") | null
    date("-0044-03-15").year | -44
    string(date("12026-03-01")) | "12026-03-01"
    date and time(@"2026-03-01", @"10:30:00Z") | @"2026-03-01T10:30:00Z"
    date and time("2026-03-01T24:00:00") | @"2026-03-02T00:00:00"
    string(date and time("2026-03-01T10:30:00@America/Winnipeg")) | "2026-03-01T10:30:00@America/Winnipeg"
    time(10, 30, 0.5) | @"10:30:00.5"
    time(10, 30, 0, duration("-PT6H")) | @"10:30:00-06:00"
    string(time("10:30:00.123456789")) | "10:30:00.123456789"
    time("25:00:00") | null
    number("1 000,5", " ", ",") | 1000.5
    number("1.5") | 1.5
    number("x") | null
    string(1.50) | "1.50"
    string([1, "a", {b: null}]) | "[1, \\"a\\", {b: null}]"
    string(null) | null
    duration("P1Y14M") | @"P2Y2M"
    duration("PT36H") | @"P1DT12H"
    duration("P1M1D") | null
    years and months duration(@"2025-01-31", @"2026-03-01") | @"P1Y1M"
    context([{key: "a", value: 1}]) | {a: 1}
    range("[1..3)") | [1..3)
    range("[3..1]") | null
    """
)
def test_conversion(source: str, value: str) -> None:
    """10.3.4.1"""
    assert agree(source, value)


@table(
    """
    substring("Winnipeg", 4) | "nipeg"
    substring("Winnipeg", -3, 2) | "pe"
    substring("😀é", 2) | "é"
    substring("abc", 0) | null
    string length("😀é") | 2
    upper case("é") | "É"
    substring before("a=b", "=") | "a"
    substring after("a=b=c", "=") | "b=c"
    replace("R3C 1A5", "([A-Z]\\\\d[A-Z]) ?", "$1-") | "R3C-1A5"
    replace("aaa", "a*", "b") | null
    contains("pothole", "hole") | true
    starts with("pothole", "po") | true
    ends with("pothole", "x") | false
    matches("R3C 1A5", "^[A-Z-[DFIOQU]]\\\\d") | true
    matches("straße", "^\\\\p{Ll}+$") | true
    matches("A B", "a\\\\sb", "i") | true
    matches("ab", "a b", "x") | true
    matches("a+b", "a+b", "q") | true
    matches("a", "(a") | null
    matches("aa", "(a)\\\\1") | null
    split("a; b;c", ";\\\\s*") | ["a", "b", "c"]
    string join(["a", null, "c"], "-") | "a-c"
    """
)
def test_strings(source: str, value: str) -> None:
    """10.3.4.3"""
    assert agree(source, value)


@table(
    """
    list contains([1, null], null) | true
    count([]) | 0
    min(3, 1, 2) | 1
    max(["a", "c", "b"]) | "c"
    min([]) | null
    max(1, "a") | null
    sum([1.5, 2.5]) | 4.0
    sum(["1"]) | null
    mean(1, 2, 6) | 3
    all([true, null]) | null
    all([false, null]) | false
    any([true, null]) | true
    sublist([1, 2, 3], -2) | [2, 3]
    sublist([1, 2, 3], 2, 1) | [2]
    append([1], 2, [3]) | [1, 2, [3]]
    concatenate([1], [2], [3]) | [1, 2, 3]
    insert before([1, 3], 2, 2) | [1, 2, 3]
    remove([1, 2, 3], -1) | [1, 2]
    list replace([1, 2, 3], 2, 9) | [1, 9, 3]
    list replace([1, 2, 3], function(old, new) old > 1, 0) | [1, 0, 0]
    reverse([1, 2]) | [2, 1]
    index of([1, 2, 1], 1) | [1, 3]
    union([1, 2], [2, 3]) | [1, 2, 3]
    distinct values([1, 2, 1]) | [1, 2]
    flatten([1, [2, [3]]]) | [1, 2, 3]
    product(2, 3, 4) | 24
    median([4, 1, 3, 2]) | 2.5
    stddev([1, 3]) | 1.414213562373095048801688724209698
    mode([2, 1, 2, 1, 3]) | [1, 2]
    sort([3, 1, 2]) | [1, 2, 3]
    """
)
def test_lists(source: str, value: str) -> None:
    """10.3.4.4 and 10.3.4.8"""
    assert agree(source, value)


@table(
    """
    decimal(2.665, 2) | 2.66
    decimal(-2.5, 0) | -2
    floor(-1.5) | -2
    ceiling(1.234, 2) | 1.24
    round up(-1.1, 0) | -2
    round down(1.19, 1) | 1.1
    round half up(2.5) | 3
    round half down(2.5) | 2
    abs(-3) | 3
    abs(@"-P1D") | @"P1D"
    modulo(-7, 3) | 2
    modulo(7, -3) | -2
    sqrt(16) | 4
    sqrt(-1) | null
    log(1) | 0
    exp(0) | 1
    odd(3) | true
    even(2.5) | false
    abs(n: -3) | 3
    abs(number: -3) | null
    """
)
def test_numbers(source: str, value: str) -> None:
    """10.3.4.5"""
    assert agree(source, value)


@table(
    """
    today() | @"2026-03-07"
    now() | @"2026-03-07T23:15:00Z"
    is(@"10:00:00Z", @"10:00:00+00:00") | true
    is(1, "1") | false
    day of year(@"2026-03-01") | 60
    day of week(@"2026-03-07") | "Saturday"
    month of year(@"2026-03-07") | "March"
    week of year(@"2026-01-01") | 1
    @"2026-01-31" + @"P1M" | @"2026-02-28"
    @"2026-03-08T01:30:00@America/Winnipeg" + @"PT1H" | @"2026-03-08T03:30:00@America/Winnipeg"
    @"2026-03-07" - @"2026-03-01" | @"P6D"
    @"10:00:00" - @"PT11H" | @"23:00:00"
    @"2026-03-01T10:00:00Z" - @"2026-03-01T10:00:00+01:00" | @"PT1H"
    @"2026-03-01T10:00:00" < @"2026-03-01T10:00:00Z" | null
    @"P1Y" * 1.5 | @"P1Y6M"
    @"P1D" / @"PT6H" | 4
    @"P1Y" + @"P1D" | null
    @"2026-03-07".weekday | 6
    @"-PT90M".minutes | -30
    @"2026-07-01T10:00:00@America/Winnipeg".time offset | @"-PT5H"
    """
)
def test_dates_and_times(source: str, value: str) -> None:
    """10.3.4.6, and the arithmetic of 10.3.2.3"""
    assert agree(source, value)


@table(
    """
    before(1, [2..3]) | true
    before([1..2), [2..3]) | true
    before([1..2], [2..3]) | false
    after(3, (1..3)) | true
    meets([1..2], [2..3]) | true
    met by([2..3], [1..2)) | false
    overlaps([1..3], [3..5]) | true
    overlaps([1..3), [3..5]) | false
    overlaps before([1..3], [2..5]) | true
    overlaps after([2..5], [1..3]) | true
    finishes(5, [1..5]) | true
    finished by([1..5], [3..5]) | true
    includes([1..5], 3) | true
    during([2..3], (1..5)) | true
    starts(1, (1..5]) | false
    started by([1..5], [1..3]) | true
    coincides(@"2026-03-01", @"2026-03-01") | true
    before(1, "a") | null
    during(3, (< 5)) | true
    """
)
def test_ranges(source: str, value: str) -> None:
    """10.3.4.7"""
    assert agree(source, value)


@table(
    """
    get value({a: 1}, "a") | 1
    get value({a: 1}, "b") | null
    get entries({a: 1}) | [{key: "a", value: 1}]
    context put({a: 1}, "b", null) | {a: 1, b: null}
    context put({a: {b: 1}}, ["a", "b"], 2) | {a: {b: 2}}
    context merge([{a: 1}, {a: 2, b: 3}]) | {a: 2, b: 3}
    """
)
def test_contexts(source: str, value: str) -> None:
    """10.3.4.9"""
    assert agree(source, value)
