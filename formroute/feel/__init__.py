"""FEEL, the expression language of DMN 1.5 (chapter 10).

    >>> from decimal import Decimal
    >>> from formroute import feel
    >>> feel.evaluate('if depth > 10 then "deep" else "shallow"', {"depth": 12}).value
    'deep'
"""

from formroute.feel.program import Program, Result, compile_expression as compile, compile_tests, evaluate
from formroute.feel.parser import parse, parse_tests
from formroute.feel.errors import FeelError, Finding
