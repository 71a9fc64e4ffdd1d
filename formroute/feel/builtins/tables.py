"""The shape of the tables that each module of functions exports."""

from collections.abc import Callable

from formroute.feel.values import Value

Function = Callable[..., Value]
Table = dict[str, Function | tuple[Function, ...]]
"""By name; a tuple has one function for each line of the catalogue."""
