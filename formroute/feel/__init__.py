"""FEEL, the expression language of DMN 1.5 (chapter 10), usable without the rest of formroute.

    >>> from formroute import feel
    >>> feel.evaluate('if depth > 10 then "deep" else "shallow"', {"depth": 12}).value
    'deep'

`parse` reads an expression, `check` tells before any data exists what is wrong with its types, `compile` makes it
ready for many evaluations and `evaluate` does one. Only `FeelError` leaves this package because of a text.
"""

from formroute.feel.checking import Checked, check, check_tests
from formroute.feel.durations import YearsMonths
from formroute.feel.errors import FeelError, Finding
from formroute.feel.limits import LIMITS, Limits
from formroute.feel.moments import WideDate, WideDateTime, WideTime
from formroute.feel.parser import parse, parse_tests
from formroute.feel.program import Program, Result, compile_tests, evaluate, evaluate_tests
from formroute.feel.program import compile_expression as compile  # noqa: A004 - the word of the trade
from formroute.feel.types import Type, read_type
from formroute.feel.unparse import unparse
from formroute.feel.values import Function, Range

__all__ = [
    "LIMITS",
    "Checked",
    "FeelError",
    "Finding",
    "Function",
    "Limits",
    "Program",
    "Range",
    "Result",
    "Type",
    "WideDate",
    "WideDateTime",
    "WideTime",
    "YearsMonths",
    "check",
    "check_tests",
    "compile",
    "compile_tests",
    "evaluate",
    "evaluate_tests",
    "parse",
    "parse_tests",
    "read_type",
    "unparse",
]
