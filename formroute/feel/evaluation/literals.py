"""What stands for itself: numbers, texts, dates, lists, contexts, ranges; and names."""

from formroute.feel.errors import NoValue
from formroute.feel.evaluation.closures import Build, Closure, Scope, constant, nothing
from formroute.feel.iso import read_temporal
from formroute.feel.run import Run
from formroute.feel.syntax import (
    At,
    Boolean,
    Context,
    If,
    Input,
    Interval,
    Listing,
    Null,
    Number,
    Span,
    String,
    UnaryTest,
)
from formroute.feel.values import Range, Value


def literal(node: Number | String | Boolean, build: Build) -> Closure:  # noqa: ARG001
    """Build a number, text or boolean."""
    return constant(node.value)


def null(node: Null, build: Build) -> Closure:  # noqa: ARG001
    """Build `null`."""
    return constant(None)


def at(node: At, build: Build) -> Closure:  # noqa: ARG001
    """Build `@"…"`."""
    try:
        return constant(read_temporal(node.text))
    except ValueError:
        return nothing(node.span, f"{node.text!r} is no date, time or duration")


def variable(key: str, span: Span) -> Closure:
    """Build a variable."""
    reason = NoValue(f"nothing is called {key!r}", "name")

    def evaluate(scope: Scope, run: Run) -> Value:
        try:
            return scope[key]
        except KeyError:
            return run.null(span, reason)

    return evaluate


def input_value(node: Input, build: Build) -> Closure:  # noqa: ARG001
    """Build `?`."""
    return variable("?", node.span)


def listing(node: Listing, build: Build) -> Closure:
    """Build `[a, b]`."""
    items = tuple(build(item) for item in node.items)
    return lambda scope, run: [item(scope, run) for item in items]


def context(node: Context, build: Build) -> Closure:
    """Build `{key: value}`; two entries with one key make no context."""
    keys = [entry.key for entry in node.entries]
    if len(set(keys)) < len(keys):
        return nothing(node.span, "two entries of this context have the same key")
    entries = tuple((entry.key, build(entry.value)) for entry in node.entries)

    def evaluate(scope: Scope, run: Run) -> Value:
        inner, made = dict(scope), {}
        for key, value in entries:
            inner[key] = made[key] = value(inner, run)
        return made

    return evaluate


def interval(node: Interval, build: Build) -> Closure:
    """Build `[low..high]`."""
    low, high = build(node.low), build(node.high)

    def evaluate(scope: Scope, run: Run) -> Value:
        return Range(low(scope, run), high(scope, run), node.low_included, node.high_included)

    return evaluate


def one_sided(node: UnaryTest, build: Build) -> Closure:
    """Build `(< 10)`: a range with one end, or with all but one value."""
    operand, operator = build(node.operand), node.operator
    included = operator in ("<=", ">=", "=")

    def evaluate(scope: Scope, run: Run) -> Value:
        end = operand(scope, run)
        if operator in ("<", "<="):
            return Range(None, end, False, included, operator)
        return Range(end, end if operator == "=" else None, included, operator == "=", operator)

    return evaluate


def condition(node: If, build: Build) -> Closure:
    """Build `if … then … else …`; only true leads to `then`."""
    test, yes, no, span = build(node.condition), build(node.yes), build(node.no), node.condition.span

    def evaluate(scope: Scope, run: Run) -> Value:
        found = test(scope, run)
        if found is True:
            return yes(scope, run)
        if found is not False and found is not None:
            run.null(span, NoValue("the condition of an if is no boolean", "type"))
        return no(scope, run)

    return evaluate
