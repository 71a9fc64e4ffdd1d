"""The table of builders: one for each sort of node."""

from formroute.feel.evaluation import calls, literals, loops, membership, operators, selection
from formroute.feel.evaluation.closures import Builder, Closure
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

_BUILDERS: dict[type[Node], Builder] = {
    At: literals.at,
    Between: operators.between,
    Binary: operators.binary,
    Boolean: literals.literal,
    Call: calls.call,
    Context: literals.context,
    Definition: calls.definition,
    Filter: selection.selection,
    For: loops.loop,
    If: literals.condition,
    In: membership.membership,
    Input: literals.input_value,
    InstanceOf: calls.instance_of,
    Interval: literals.interval,
    Listing: literals.listing,
    Name: calls.name,
    Negate: operators.negation,
    Null: literals.null,
    Number: literals.literal,
    Path: selection.path,
    Quantified: loops.quantified,
    String: literals.literal,
    UnaryTest: literals.one_sided,
    UnaryTests: membership.unary_tests,
}


def build(node: Node) -> Closure:
    """Turn a tree into a closure."""
    return _BUILDERS[type(node)](node, build)
