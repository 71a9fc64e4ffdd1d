"""The table of inference: one function for each sort of node."""

from collections.abc import Callable
from typing import Any

from formroute.feel import syntax
from formroute.feel.checking import calls, operators, structure
from formroute.feel.checking.environment import Environment, Infer
from formroute.feel.syntax import Node
from formroute.feel.types import BOOLEAN, NULL, NUMBER, STRING, Type

Rule = Callable[[Any, Environment, Infer], Type]


def infer(node: Node, environment: Environment) -> Type:
    """Give the type of a tree, noting what is wrong with it."""
    return _RULES[type(node)](node, environment, infer)


def _always(type_: Type) -> Rule:
    return lambda node, environment, infer: type_  # noqa: ARG005


_RULES: dict[type[Node], Rule] = {
    syntax.At: lambda node, environment, infer: calls.literal(node, environment),  # noqa: ARG005
    syntax.Between: operators.between,
    syntax.Binary: operators.binary,
    syntax.Boolean: _always(BOOLEAN),
    syntax.Call: calls.call,
    syntax.Context: structure.context,
    syntax.Definition: calls.definition,
    syntax.Filter: structure.selection,
    syntax.For: structure.loop,
    syntax.If: structure.condition,
    syntax.In: operators.membership,
    syntax.Input: structure.input_value,
    syntax.InstanceOf: operators.instance_of,
    syntax.Interval: operators.interval,
    syntax.Listing: structure.listing,
    syntax.Name: structure.name,
    syntax.Negate: operators.negate,
    syntax.Null: _always(NULL),
    syntax.Number: _always(NUMBER),
    syntax.Path: structure.path,
    syntax.Quantified: structure.quantified,
    syntax.String: _always(STRING),
    syntax.UnaryTest: operators.one_sided,
    syntax.UnaryTests: operators.unary_tests,
}
