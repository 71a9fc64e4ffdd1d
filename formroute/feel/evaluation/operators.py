"""Operators: arithmetic, comparison, three-valued logic."""

from decimal import Decimal

from formroute.feel.arithmetic import calculate, negate
from formroute.feel.comparing import ORDERS, different_types, equal, ordered
from formroute.feel.errors import NoValue
from formroute.feel.evaluation.closures import Build, Closure, Scope
from formroute.feel.run import Run
from formroute.feel.syntax import Between, Binary, Negate, Number
from formroute.feel.values import Value, kind_of

_POWER_STEPS = 100
_MOMENT_STEPS = 8


def binary(node: Binary, build: Build) -> Closure:
    """Build `left operator right`."""
    if node.operator in ORDERS:
        return _order(node, build)
    return _BUILDERS.get(node.operator, _arithmetic)(node, build)


def negation(node: Negate, build: Build) -> Closure:
    """Build `-operand`."""
    operand, span = build(node.operand), node.span

    def evaluate(scope: Scope, run: Run) -> Value:
        try:
            return negate(operand(scope, run))
        except NoValue as reason:
            return run.null(span, reason)

    return evaluate


def between(node: Between, build: Build) -> Closure:
    """Build `value between low and high`."""
    value, low, high, span = build(node.value), build(node.low), build(node.high), node.span

    def evaluate(scope: Scope, run: Run) -> Value:
        found = value(scope, run)
        try:
            above = ordered(">=", found, low(scope, run))
            return ordered("<=", found, high(scope, run)) and above
        except NoValue as reason:
            return run.null(span, reason)

    return evaluate


def _arithmetic(node: Binary, build: Build) -> Closure:
    left, right, span, operator = build(node.left), build(node.right), node.span, node.operator
    steps = _POWER_STEPS if operator == "**" else 0

    def evaluate(scope: Scope, run: Run) -> Value:
        one, other = left(scope, run), right(scope, run)
        if type(one) is not Decimal:
            run.charge(_MOMENT_STEPS)
        elif steps:
            run.charge(steps)
        try:
            return run.hold(calculate(operator, one, other))
        except NoValue as reason:
            return run.null(span, reason)

    return evaluate


def _order_against(node: Binary, number: Decimal, build: Build) -> Closure:
    """Build a comparison with a number that is written out: the commonest condition, one call shorter."""
    left, span, operator = build(node.left), node.span, node.operator
    compare = ORDERS[operator]

    def evaluate(scope: Scope, run: Run) -> Value:
        one = left(scope, run)
        if type(one) is Decimal:
            return compare(one, number)
        return run.null(span, different_types(one, number))

    return evaluate


def _order(node: Binary, build: Build) -> Closure:
    if isinstance(node.right, Number):
        return _order_against(node, node.right.value, build)
    left, right, span, operator = build(node.left), build(node.right), node.span, node.operator
    compare = ORDERS[operator]

    def evaluate(scope: Scope, run: Run) -> Value:
        one, other = left(scope, run), right(scope, run)
        if type(one) is Decimal and type(other) is Decimal:
            return compare(one, other)
        try:
            return ordered(operator, one, other)
        except NoValue as reason:
            return run.null(span, reason)

    return evaluate


def _equality(node: Binary, build: Build) -> Closure:
    left, right, span, negated = build(node.left), build(node.right), node.span, node.operator == "!="

    def evaluate(scope: Scope, run: Run) -> Value:
        one, other = left(scope, run), right(scope, run)
        found = equal(one, other, run)
        if found is None:
            return run.null(span, different_types(one, other))
        return found is not negated

    return evaluate


def _conjunction(node: Binary, build: Build) -> Closure:
    return _logic(node, build, decisive=False)


def _disjunction(node: Binary, build: Build) -> Closure:
    return _logic(node, build, decisive=True)


def _logic(node: Binary, build: Build, *, decisive: bool) -> Closure:
    left, right, span, operator = build(node.left), build(node.right), node.span, node.operator
    other_one = not decisive

    def evaluate(scope: Scope, run: Run) -> Value:
        one = left(scope, run)
        if one is decisive:
            return decisive
        other = right(scope, run)
        if other is decisive:
            return decisive
        if one is other_one and other is other_one:
            return other_one
        return _no_truth(operator, one if one is not other_one else other, span, run)

    return evaluate


def _no_truth(operator: str, value: Value, span: tuple[int, int], run: Run) -> None:
    kind = kind_of(value)
    if kind not in ("boolean", "Null"):
        run.null(span, NoValue(f"{operator} joins booleans, not a {kind}", "type"))


_BUILDERS = {"=": _equality, "!=": _equality, "and": _conjunction, "or": _disjunction}
