"""The table of inference: one function for each sort of node."""

from collections.abc import Callable
from typing import Any

from formroute.feel.checking import calls, operators, structure
from formroute.feel.checking.environment import Environment, Infer
from formroute.feel.syntax import (
    At,
    Between,
    Binary,
    Boolean,
    Call,
    Context,
    Definition,
    Filter,
    For,
    If,
    In,
    Input,
    InstanceOf,
    Interval,
    Listing,
    Name,
    Negate,
    Node,
    Null,
    Number,
    Path,
    Quantified,
    String,
    UnaryTest,
    UnaryTests,
)
from formroute.feel.types import BOOLEAN, NULL, NUMBER, STRING, Type

Rule = Callable[[Any, Environment, Infer], Type]


def infer(node: Node, environment: Environment) -> Type:
    """Give the type of a tree, noting what is wrong with it."""
    return _RULES[type(node)](node, environment, infer)


def _always(type_: Type) -> Rule:
    return lambda node, environment, infer: type_  # noqa: ARG005


_RULES: dict[type[Node], Rule] = {
    At: lambda node, environment, infer: calls.literal(node, environment),  # noqa: ARG005
    Between: operators.between,
    Binary: operators.binary,
    Boolean: _always(BOOLEAN),
    Call: calls.call,
    Context: structure.context,
    Definition: calls.definition,
    Filter: structure.selection,
    For: structure.loop,
    If: structure.condition,
    In: operators.membership,
    Input: structure.input_value,
    InstanceOf: operators.instance_of,
    Interval: operators.interval,
    Listing: structure.listing,
    Name: structure.name,
    Negate: operators.negate,
    Null: _always(NULL),
    Number: _always(NUMBER),
    Path: structure.path,
    Quantified: structure.quantified,
    String: _always(STRING),
    UnaryTest: operators.one_sided,
    UnaryTests: operators.unary_tests,
}
