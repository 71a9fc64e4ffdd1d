"""What the built-in functions do; `catalogue` says how they are called."""

from collections.abc import Callable
from dataclasses import dataclass

from formroute.feel.builtins import booleans, contexts, conversion, lists, moments, numbers, ranges, sorting, strings
from formroute.feel.values import Value


@dataclass(frozen=True, slots=True)
class Implementation:
    """The Python function behind one way to call a built-in one; `with_run` if it takes the run first.

    It gets every parameter of its signature in order, None for one left out, and raises NoValue where the result
    is null.
    """

    function: Callable[..., Value]
    with_run: bool


_MODULES = (booleans, contexts, conversion, lists, moments, numbers, ranges, sorting, strings)


def implementations(name: str, ways: int) -> tuple[Implementation, ...]:
    """Give the implementation of each of the ways to call a function."""
    for module in _MODULES:
        for table, with_run in ((module.FUNCTIONS, False), (module.RUN_FUNCTIONS, True)):
            if name in table:
                found = table[name]
                functions = found if isinstance(found, tuple) else (found,) * ways
                return tuple(Implementation(function, with_run) for function in functions)
    raise LookupError(name)
