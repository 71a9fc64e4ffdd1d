"""The shape of a compiled node, and what the builders of all nodes share."""

from collections.abc import Callable
from typing import Any

from formroute.feel.errors import NoValue
from formroute.feel.run import Run
from formroute.feel.syntax import Input, Name, Node, Span, walk
from formroute.feel.values import Value

Scope = dict[str, Value]
Closure = Callable[[Scope, Run], Value]
Build = Callable[[Node], Closure]
Builder = Callable[[Any, Build], Closure]


def constant(value: Value) -> Closure:
    """Give the closure of something that is always the same."""
    return lambda scope, run: value  # noqa: ARG005


def nothing(span: Span, message: str, kind: Any = "value") -> Closure:
    """Give the closure of something that is always null, for a reason."""
    reason = NoValue(message, kind)

    def evaluate(scope: Scope, run: Run) -> Value:  # noqa: ARG001
        run.null(span, reason)

    return evaluate


def names_in(node: Node) -> frozenset[str]:
    """Give every name that is used under a node; `?` for the input of a unary test."""
    found = (part for part, _ in walk(node))
    return frozenset("?" if isinstance(part, Input) else part.name for part in found if isinstance(part, Name | Input))


def weight(node: Node) -> int:
    """Count the nodes under a node: about what evaluating it once costs."""
    return sum(1 for _ in walk(node))
