"""Types of operators and comparisons."""

from formroute.feel.checking.environment import Environment, Infer, described, written
from formroute.feel.syntax import (
    Between,
    Binary,
    In,
    Input,
    InstanceOf,
    Interval,
    Negate,
    Node,
    UnaryTest,
    UnaryTests,
    walk,
)
from formroute.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_AND_TIME,
    DAYS,
    MISTAKEN,
    MONTHS,
    NULL,
    NUMBER,
    STRING,
    TIME,
    Type,
    range_of,
    unknown_name,
)

ORDERED = frozenset({NUMBER, STRING, DATE, TIME, DATE_AND_TIME, DAYS, MONTHS})
_MOMENTS_AND_DURATIONS = [(DATE, DAYS), (DATE_AND_TIME, DAYS), (TIME, DAYS), (DATE, MONTHS), (DATE_AND_TIME, MONTHS)]
_SUMS = {(type_, type_): type_ for type_ in (NUMBER, DAYS, MONTHS)}
RESULTS: dict[str, dict[tuple[Type, Type], Type]] = {
    "+": {
        **_SUMS,
        (STRING, STRING): STRING,
        **{pair: pair[0] for pair in _MOMENTS_AND_DURATIONS},
        **{(pair[1], pair[0]): pair[0] for pair in _MOMENTS_AND_DURATIONS},
    },
    "-": {
        **_SUMS,
        **{pair: pair[0] for pair in _MOMENTS_AND_DURATIONS},
        **dict.fromkeys([(DATE, DATE), (DATE_AND_TIME, DATE_AND_TIME), (TIME, TIME)], DAYS),
        **dict.fromkeys([(DATE, DATE_AND_TIME), (DATE_AND_TIME, DATE)], DAYS),
    },
    "*": {
        (NUMBER, NUMBER): NUMBER,
        **{pair: duration for duration in (DAYS, MONTHS) for pair in ((duration, NUMBER), (NUMBER, duration))},
    },
    "/": {
        (NUMBER, NUMBER): NUMBER,
        **{(duration, NUMBER): duration for duration in (DAYS, MONTHS)},
        **{(duration, duration): NUMBER for duration in (DAYS, MONTHS)},
    },
    "**": {(NUMBER, NUMBER): NUMBER},
}
"""What each arithmetic operator gives, by the types of its operands."""


def binary(node: Binary, environment: Environment, infer: Infer) -> Type:
    """Infer two operands and what their operator gives."""
    left, right = infer(node.left, environment), infer(node.right, environment)
    if node.operator in ("and", "or"):
        environment.wants(node.left, left, BOOLEAN, f"what stands beside {node.operator}")
        environment.wants(node.right, right, BOOLEAN, f"what stands beside {node.operator}")
        return BOOLEAN
    if node.operator in RESULTS:
        return _arithmetic(node, left, right, environment)
    compare(node, node.operator, left, right, environment)
    return BOOLEAN


def negate(node: Negate, environment: Environment, infer: Infer) -> Type:
    """Infer `-operand`."""
    operand = infer(node.operand, environment)
    if operand not in (NUMBER, DAYS, MONTHS, NULL, MISTAKEN):
        return environment.wrong(node.operand, f"only a number or duration has a negative, {described(operand)}")
    return operand


def between(node: Between, environment: Environment, infer: Infer) -> Type:
    """Infer `value between low and high`."""
    value = infer(node.value, environment)
    for end in (node.low, node.high):
        compare(end, "<", value, infer(end, environment), environment)
    return BOOLEAN


def interval(node: Interval, environment: Environment, infer: Infer) -> Type:
    """Infer `[low..high]`."""
    low, high = infer(node.low, environment), infer(node.high, environment)
    compare(node, "<", low, high, environment)
    return range_of(high if low == NULL else low)


def one_sided(node: UnaryTest, environment: Environment, infer: Infer) -> Type:
    """Infer `(< 10)`."""
    return range_of(infer(node.operand, environment))


def membership(node: In, environment: Environment, infer: Infer) -> Type:
    """Infer `value in tests`."""
    inner = environment.within({"?": infer(node.value, environment)})
    for test in node.tests:
        _test(test, inner, infer)
    return BOOLEAN


def unary_tests(node: UnaryTests, environment: Environment, infer: Infer) -> Type:
    """Infer a cell of a decision table."""
    for test in node.tests:
        _test(test, environment, infer)
    return BOOLEAN


def instance_of(node: InstanceOf, environment: Environment, infer: Infer) -> Type:
    """Infer `value instance of type`."""
    infer(node.value, environment)
    if unknown := unknown_name(node.type):
        environment.report(node.type.span, "name", f"there is no type {unknown!r}")
    return BOOLEAN


def compare(node: Node, operator: str, left: Type, right: Type, environment: Environment) -> None:
    """Note a comparison that can only be null, or that may be."""
    if MISTAKEN in (left, right):
        return
    if operator in ("=", "!="):
        if (left.name != right.name and NULL not in (left, right)) or (ANY in (left, right) and left == right):
            environment.wrong(node, _mismatch(left, right))
        return
    if NULL in (left, right):
        environment.report(node.span, "null", "a comparison with null is always null")
    elif left != right or left not in ORDERED:
        environment.wrong(node, _mismatch(left, right))


def _arithmetic(node: Binary, left: Type, right: Type, environment: Environment) -> Type:
    if MISTAKEN in (left, right):
        return MISTAKEN
    if NULL in (left, right):
        environment.report(node.span, "null", f"{node.operator} with null is always null")
        return MISTAKEN
    result = RESULTS[node.operator].get((left, right))
    if result:
        return result
    if ANY in (left, right):
        return environment.wrong(node, f"an operand of {node.operator} may be anything")
    return environment.wrong(node, f"{node.operator} has no meaning between a {written(left)} and a {written(right)}")


def _test(node: Node, environment: Environment, infer: Infer) -> None:
    value = environment.names.get("?", ANY)
    if isinstance(node, UnaryTest):
        compare(node, node.operator, value, infer(node.operand, environment), environment)
        return
    test = infer(node, environment)
    if any(isinstance(part, Input) for part, _ in walk(node)):
        environment.wants(node, test, BOOLEAN, "a test that speaks of ?")
    elif MISTAKEN not in (value, test) and not _can_meet(value, test):
        environment.wrong(node, _mismatch(value, test))


def _can_meet(value: Type, test: Type) -> bool:
    if ANY in (value, test) or (test.name == "range" and value not in ORDERED):
        return False
    return value.name in {type_.name for type_ in _meant(test)}


def _meant(test: Type) -> set[Type]:
    """Give the types of the values that can meet a test: itself, its ends, its items, the ends of those."""
    found = {test}
    for type_ in (test, *test.arguments) if test.name in ("list", "range") else ():
        found.update(type_.arguments if type_.name in ("list", "range") else {type_})
    return found


def _mismatch(left: Type, right: Type) -> str:
    if ANY in (left, right):
        return "this compares something that may be anything"
    if left == right:
        return f"a {written(left)} has no order"
    return f"a {written(left)} cannot be compared with a {written(right)}: this is always null"
