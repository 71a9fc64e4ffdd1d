"""Strategies for texts, trees and typed expressions of FEEL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from hypothesis import strategies as st

from formroute.feel import YearsMonths, syntax
from formroute.feel.catalogue import LINES
from formroute.feel.syntax import Node

FUNCTIONS = sorted({line.partition("(")[0] for line in LINES})
NAMES = ("depth", "Full Name", "date", "for", "cost/benefit")
FIELDS = ("kind", "unit cost")
WORDS = [
    *FUNCTIONS,
    *NAMES,
    *FIELDS,
    "if",
    "then",
    "else",
    "some",
    "every",
    "satisfies",
    "return",
    "in",
    "between",
    "and",
    "or",
    "instance of",
    "function",
    "true",
    "false",
    "null",
    "item",
    "partial",
    "1",
    "0",
    "-1.5",
    "1e300",
    "10**6000",
    '"a"',
    '"(a*)*b"',
    '"P1D"',
    '"2026-03-01"',
    '"10:00:00@Europe/Paris"',
    "@",
    "..",
    *"+-*/=<>()[]{},:.?",
    "**",
    "!=",
    "<=",
    ">=",
    " ",
    "list<",
    "\n",
]

soup = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
texts = st.one_of(st.text(max_size=60), soup, st.tuples(soup, st.text(max_size=5), soup).map("".join))

_numbers = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9)
_types = st.recursive(
    st.sampled_from(["number", "string", "Any", "date and time", "years and months duration"]).map(syntax.TypeName),
    lambda inner: st.one_of(
        inner.map(lambda one: syntax.TypeName("list", (one,))),
        inner.map(lambda one: syntax.TypeName("range", (one,))),
        inner.map(lambda one: syntax.TypeName("context", (one,), ("kind",))),
        st.tuples(inner, inner).map(lambda two: syntax.TypeName("function", (two[0],), result=two[1])),
    ),
    max_leaves=3,
)
_leaves: st.SearchStrategy[Node] = st.one_of(
    _numbers.map(syntax.Number),
    st.text(st.characters(codec="utf-8"), max_size=5).map(syntax.String),
    st.booleans().map(syntax.Boolean),
    st.builds(syntax.Null),
    st.builds(syntax.Input),
    st.sampled_from(["2026-03-01", "P1D", "nonsense"]).map(syntax.At),
    st.sampled_from(["depth", "Full Name", "cost/benefit", "now", "string length"]).map(syntax.Name),
)
_operators = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or"])
_variables = st.sampled_from(["x", "y", "each row"])


def _pairs(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[tuple[syntax.Each, ...]]:
    each = st.builds(syntax.Each, _variables, inner, st.none() | inner)
    return st.lists(each, min_size=1, max_size=2).map(tuple)


def _branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, max_size=3).map(tuple)
    comparison = st.builds(syntax.UnaryTest, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), inner)
    entries = st.lists(st.sampled_from(["kind", "unit cost", "a+b", "if"]), unique=True, max_size=2)
    arguments = several.map(lambda values: tuple(syntax.Argument(None, value) for value in values))
    return st.one_of(
        st.builds(syntax.Binary, _operators, inner, inner),
        st.builds(syntax.Negate, inner),
        st.builds(syntax.Between, inner, inner, inner),
        st.builds(syntax.In, inner, st.lists(inner | comparison, min_size=1, max_size=2).map(tuple)),
        st.builds(syntax.InstanceOf, inner, _types),
        st.builds(syntax.Interval, inner, inner, st.booleans(), st.booleans()),
        comparison,
        several.map(syntax.Listing),
        st.builds(lambda keys, value: syntax.Context(tuple(syntax.Entry(key, value) for key in keys)), entries, inner),
        st.builds(syntax.Path, inner, st.sampled_from(["kind", "unit cost", "year", "time offset"])),
        st.builds(syntax.Filter, inner, inner),
        st.builds(syntax.Call, inner, arguments),
        inner.map(lambda value: syntax.Call(syntax.Name("abs"), (syntax.Argument("n", value),))),
        st.builds(syntax.If, inner, inner, inner),
        st.builds(syntax.For, _pairs(inner), inner),
        st.builds(syntax.Quantified, st.booleans(), _pairs(inner), inner),
        st.builds(
            syntax.Definition, st.just((syntax.Parameter("x"), syntax.Parameter("y", syntax.TypeName("number")))), inner
        ),
    )


trees = st.recursive(_leaves, _branches, max_leaves=12)

SCOPE_TYPES = {
    "n": "number",
    "s": "string",
    "b": "boolean",
    "d": "date",
    "t": "time",
    "m": "date and time",
    "days": "days and time duration",
    "months": "years and months duration",
    "ns": "list<number>",
    "rows": "list<context<size: number, kind: string>>",
    "wild": "Any",
}
_zoned = timezone(timedelta(hours=-6))
_row = st.fixed_dictionaries({"size": st.integers(-9, 9), "kind": st.text(max_size=3)})
scopes = st.fixed_dictionaries(
    {
        "n": st.none() | _numbers,
        "s": st.none() | st.text(max_size=5),
        "b": st.none() | st.booleans(),
        "d": st.none() | st.dates(),
        "t": st.none() | st.times() | st.times(timezones=st.just(_zoned)),
        "m": st.none() | st.datetimes() | st.datetimes(timezones=st.just(_zoned)),
        "days": st.none() | st.timedeltas(),
        "months": st.none() | st.integers(-50, 50).map(YearsMonths),
        "ns": st.none() | st.lists(st.none() | st.integers(-9, 9), max_size=4),
        "rows": st.none() | st.lists(_row, max_size=3),
        "wild": st.sampled_from(
            [None, 1, "x", date(2026, 3, 1), [1], {"a": time(1)}, datetime(2026, 1, 1), Decimal(2)]
        ),
    }
)

_ATOMS = {
    "number": ["n", "3", "-0.5", "count(ns)", "rows[1].size", "ns[1]", "d.year", "string length(s)", "sum(ns)"],
    "string": ["s", '"a"', "rows[-1].kind", "string(n)", "day of week(d)", "upper case(s)"],
    "boolean": ["b", "true", 'contains(s, "a")', "list contains(ns, n)", "odd(n)"],
    "date": ["d", '@"2026-03-01"', "today()", "date(m)"],
    "days": ["days", '@"PT5H"', "m - m", "d - d", "t - t", "m - d"],
    "months": ["months", '@"P1Y"', "years and months duration(d, m)"],
    "any": ["wild", "null", "rows", "ns", '[1, "a"]', 'get value(rows[1], "size")', "[]", "t", "m", "(< 5)", "[1..n]"],
}
_SHAPES = {
    "number": [
        "({number}) + ({number})",
        "({number}) / ({number})",
        "-({number})",
        "for x in ns return x",
        "({days}) / ({days})",
        "if ({boolean}) then ({number}) else ({number})",
        "max({number}, {number})",
        "({{a: {number}}}).a",
    ],
    "string": ["({string}) + ({string})", "substring({string}, {number})", "string({any})", "string join([{string}])"],
    "boolean": [
        "({number}) < ({number})",
        "({string}) = ({string})",
        "({boolean}) and ({boolean})",
        "not({boolean})",
        "({date}) >= ({date})",
        "({number}) in ([{number}..{number}], < ({number}))",
        '({string}) in ("a", {string})',
        "some x in rows satisfies x.size > ({number})",
        "rows[size = ({number})].kind = [{string}]",
        "({any}) = null",
        "({number}) between ({number}) and ({number})",
        "({any}) instance of number",
        "before({number}, {number})",
        "({any}) = ({any})",
        "({any}) < ({any})",
        "({number}) in ns",
        "({days}) < ({days})",
        "({months}) > ({months})",
        "if ({any}) then ({boolean}) else ({boolean})",
        "every x in [{number}..{number}] satisfies x > ({any})",
    ],
    "date": ["({date}) + ({days})", "({date}) - ({months})", "sort([{date}, {date}])[1]"],
    "days": ["({days}) * ({number})", "({days}) + ({days})", "({date}) - ({date})", "abs({days})"],
    "months": ["({months}) / ({number})", "-({months})"],
    "any": [
        "[{any}]",
        "{{k: {any}}}",
        "flatten([{any}])",
        "({any})[{boolean}]",
        "({any})[{number}]",
        "({number})",
        "({any}) + ({any})",
        "sort({any})",
        "min({any})",
        "function(x) ({any})",
        "(function(x: number) x)({any})",
        "substring({any}, {number})",
    ],
}


@st.composite
def _typed(draw: Callable[[st.SearchStrategy[str]], str], kind: str, depth: int) -> str:
    if depth == 0:
        return draw(st.sampled_from(_ATOMS[kind]))
    shape = draw(st.sampled_from([*_ATOMS[kind], *_SHAPES[kind], *_SHAPES[kind]]))
    parts = {other: draw(_typed(other, depth - 1)) for other in _ATOMS if f"{{{other}}}" in shape}
    return shape.format(**parts) if parts else shape.replace("{{", "{").replace("}}", "}")


conditions = _typed("boolean", 3)
