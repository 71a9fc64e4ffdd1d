"""The table of builders: one for each sort of node."""

from formroute.feel import syntax
from formroute.feel.evaluation import calls, literals, loops, membership, operators, selection
from formroute.feel.evaluation.closures import Builder, Closure
from formroute.feel.syntax import Node

_BUILDERS: dict[type[Node], Builder] = {
    syntax.At: literals.at,
    syntax.Between: operators.between,
    syntax.Binary: operators.binary,
    syntax.Boolean: literals.literal,
    syntax.Call: calls.call,
    syntax.Context: literals.context,
    syntax.Definition: calls.definition,
    syntax.Filter: selection.selection,
    syntax.For: loops.loop,
    syntax.If: literals.condition,
    syntax.In: membership.membership,
    syntax.Input: literals.input_value,
    syntax.InstanceOf: calls.instance_of,
    syntax.Interval: literals.interval,
    syntax.Listing: literals.listing,
    syntax.Name: calls.name,
    syntax.Negate: operators.negation,
    syntax.Null: literals.null,
    syntax.Number: literals.literal,
    syntax.Path: selection.path,
    syntax.Quantified: loops.quantified,
    syntax.String: literals.literal,
    syntax.UnaryTest: literals.one_sided,
    syntax.UnaryTests: membership.unary_tests,
}


def build(node: Node) -> Closure:
    """Turn a tree into a closure."""
    return _BUILDERS[type(node)](node, build)
