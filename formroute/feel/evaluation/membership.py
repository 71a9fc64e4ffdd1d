"""`in` and unary tests."""

from formroute.feel.comparing import ORDERS, different_types, equal, inside, ordered
from formroute.feel.errors import NoValue
from formroute.feel.evaluation.closures import Build, Closure, Scope, names_in
from formroute.feel.run import Run
from formroute.feel.syntax import In, Node, String, UnaryTest, UnaryTests
from formroute.feel.values import Range, Value

Check = Closure
"""A closure that looks at the value under `?` in its scope."""


def membership(node: In, build: Build) -> Closure:
    """Build `value in tests`."""
    value = build(node.value)
    if all(isinstance(test, String) for test in node.tests):
        return _among_texts(node, value)
    held = _any_holds(node.tests, build)

    def evaluate(scope: Scope, run: Run) -> Value:
        return held({**scope, "?": value(scope, run)}, run)

    return evaluate


def unary_tests(node: UnaryTests, build: Build) -> Closure:
    """Build a cell of a decision table, whose value is under `?`."""
    if not node.tests:
        return lambda scope, run: True  # noqa: ARG005
    held = _any_holds(node.tests, build)
    if not node.negated:
        return held

    def evaluate(scope: Scope, run: Run) -> Value:
        found = held(scope, run)
        return None if found is None else not found

    return evaluate


def _among_texts(node: In, value: Closure) -> Closure:
    texts = frozenset(test.value for test in node.tests if isinstance(test, String))
    span = node.span

    def evaluate(scope: Scope, run: Run) -> Value:
        found = value(scope, run)
        if type(found) is str:
            return found in texts
        if found is None:
            return False
        return run.null(span, different_types(found, ""))

    return evaluate


def _any_holds(tests: tuple[Node, ...], build: Build) -> Closure:
    """Build an or of tests: true if one holds, null if none does and one cannot be told."""
    checks = tuple(_check(test, build) for test in tests)
    if len(checks) == 1:
        return checks[0]

    def evaluate(scope: Scope, run: Run) -> Value:
        answer: bool | None = False
        for check in checks:
            found = check(scope, run)
            if found is True:
                return True
            if found is None:
                answer = None
        return answer

    return evaluate


def _check(node: Node, build: Build) -> Check:
    if isinstance(node, UnaryTest):
        return _comparison(node, build)
    evaluate_test, span = build(node), node.span
    if "?" in names_in(node):
        return _truth(evaluate_test)

    def evaluate(scope: Scope, run: Run) -> Value:
        try:
            return belongs(scope["?"], evaluate_test(scope, run), run)
        except NoValue as reason:
            return run.null(span, reason)

    return evaluate


def _truth(test: Closure) -> Check:
    """Build a test that speaks of `?` itself: it holds when it is true."""

    def evaluate(scope: Scope, run: Run) -> Value:
        found = test(scope, run)
        return found if found is None or found is True else False

    return evaluate


def _comparison(node: UnaryTest, build: Build) -> Check:
    operand, operator, span = build(node.operand), node.operator, node.span

    def evaluate(scope: Scope, run: Run) -> Value:
        one, other = scope["?"], operand(scope, run)
        try:
            if operator in ORDERS:
                return ordered(operator, one, other)
        except NoValue as reason:
            return run.null(span, reason)
        found = equal(one, other, run)
        if found is None:
            return run.null(span, different_types(one, other))
        return found is (operator == "=")

    return evaluate


def belongs(value: Value, test: Value, run: Run) -> bool | None:
    """Tell whether a value is another, lies in it if it is a range, or belongs to one of its items if a list."""
    if isinstance(test, Range) and not isinstance(value, Range):
        return inside(value, test, run)
    if isinstance(test, list):
        return _in_list(value, test, run)
    found = equal(value, test, run)
    if found is None:
        raise different_types(value, test)
    return found


def _in_list(value: Value, items: list[Value], run: Run) -> bool:
    run.charge(len(items))
    if isinstance(value, list) and equal(value, items, run):
        return True
    return any(_is_item(value, item, run) for item in items)


def _is_item(value: Value, item: Value, run: Run) -> bool:
    if not isinstance(item, Range) or isinstance(value, Range):
        return equal(value, item, run) is True
    try:
        return inside(value, item, run) is True
    except NoValue:
        return False
