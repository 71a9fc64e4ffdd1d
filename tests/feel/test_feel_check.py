"""`check`: types before any data exists."""

from __future__ import annotations

import pytest

from formroute import feel
from formroute.feel import arithmetic
from formroute.feel.checking.operators import RESULTS

TYPES = {
    "depth_cm": "number",
    "surface": "string",
    "seen_on": "date",
    "danger": "boolean",
    "rows": "list<context<kind: string, size: number>>",
    "anything": "Any",
}


@pytest.mark.parametrize(
    ("source", "type_"),
    [
        ('depth_cm >= 10 and surface in ("road", "lane")', "boolean"),
        ('today() - seen_on > duration("P30D")', "boolean"),
        ("sum(rows.size) * 2", "number"),
        ("rows[size > 2].kind", "list<string>"),
        ("rows[1].kind", "string"),
        ("for row in rows return row.size", "list<number>"),
        ("sort(rows, function(a, b) a.size < b.size)[1].kind", "string"),
        ("if danger then 1 else depth_cm", "number"),
        ('if danger then 1 else "a"', "Any"),
        ("min(rows.size)", "number"),
        ("{a: depth_cm, b: a * 2}.b", "number"),
        ("surface = null", "boolean"),
        ("(function(x: number) x + 1)(depth_cm)", "number"),
        ('before(seen_on, [@"2026-01-01"..@"2026-02-01"])', "boolean"),
        ('seen_on + duration("P1D")', "date"),
        ("depth_cm in (< 5, [10..20], 30)", "boolean"),
    ],
)
def test_what_an_expression_gives(source: str, type_: str) -> None:
    """Types follow from those of the variables."""
    found = feel.check(source, TYPES)
    assert found.findings == ()
    assert found.type == feel.read_type(type_)


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("deph_cm > 3", "1:1: nothing is called 'deph_cm'; did you mean 'depth_cm'?"),
        ("surface > 3", "1:1: a string cannot be compared with a number: this is always null"),
        ("danger and depth_cm", "1:12: what stands beside and must be a boolean, not a number"),
        ("depth_cm + surface", "1:1: + has no meaning between a number and a string"),
        ("rows[sise > 1]", "1:6: nothing is called 'sise'; did you mean 'size'?"),
        ("rows.knd", "1:1: a context has no 'knd'; did you mean 'kind'?"),
        ("seen_on.yaer", "1:1: a date has no 'yaer'; did you mean 'year'?"),
        ("substring(depth_cm, 1)", "1:11: 'string' is a string, not a number"),
        ("substring()", "1:1: substring is called substring(string, start position, length)"),
        ("if depth_cm then 1 else 2", "1:4: the condition of an if must be a boolean, not a number"),
        ('date("2026-02-30")', "1:1: '2026-02-30' is no date"),
        ("anything + 1", "1:1: an operand of + may be anything"),
        ("null + 1", "1:1: + with null is always null"),
        ('depth_cm in (1, "a")', "1:17: a number cannot be compared with a string: this is always null"),
        ("max(rows)", "1:5: these arguments are not of one type that has an order"),
        ("surface instance of nubmer", "1:21: there is no type 'nubmer'"),
    ],
)
def test_what_is_wrong(source: str, finding: str) -> None:
    """One mistake is told once, where it is."""
    assert [str(found) for found in feel.check(source, TYPES).findings] == [finding]


def test_unary_tests_are_checked_against_the_value() -> None:
    """A cell is checked as the test of a value of a type."""
    assert feel.check_tests("< 10, [20..30]", "number").ok
    assert [str(finding) for finding in feel.check_tests('"deep"', "number").findings] == [
        "1:1: a number cannot be compared with a string: this is always null"
    ]


def test_an_unknown_type_is_refused() -> None:
    """The types of the variables are read as strictly as anything else."""
    with pytest.raises(feel.FeelError, match="there is no type 'nmber'"):
        feel.check("a", {"a": "nmber"})


def test_the_checker_knows_the_operators_that_evaluation_has() -> None:
    """The two tables of operand types are the same."""
    inferred = {operator: {(a.name, b.name) for a, b in pairs} for operator, pairs in RESULTS.items()}
    assert inferred == {operator: set(pairs) for operator, pairs in arithmetic.TABLES.items()}
