"""Calls and function definitions, and `instance of`."""

from formroute.feel.builtins import Implementation, implementations
from formroute.feel.errors import LimitReached, NoValue
from formroute.feel.evaluation.closures import Build, Closure, Scope, nothing, weight
from formroute.feel.evaluation.literals import variable
from formroute.feel.run import Run
from formroute.feel.signatures import Parameter, Signature, signatures
from formroute.feel.syntax import Call, Definition, InstanceOf, Name
from formroute.feel.types import ANY, Type, convert, is_of, unknown_name
from formroute.feel.values import Function, Value

_CALL_STEPS = 3
Plan = tuple[Signature, Implementation, tuple[Parameter, ...]]
"""One way to call a built-in function that fits a number of arguments: the parameter of each."""


def call(node: Call, build: Build) -> Closure:
    """Build `function(arguments)`; a variable that is a function goes before a built-in one."""
    arguments = tuple(build(argument.value) for argument in node.arguments)
    names = tuple(argument.name for argument in node.arguments if argument.name is not None)
    function, span = _callee(node, len(arguments), names, build), node.span

    def evaluate(scope: Scope, run: Run) -> Value:
        found = function(scope, run)
        values = [argument(scope, run) for argument in arguments]
        try:
            return invoke(found, values, names, run)
        except NoValue as reason:
            return run.null(span, reason)
        except LimitReached as reason:
            raise reason.within(span) from None

    return evaluate


def name(node: Name, build: Build) -> Closure:  # noqa: ARG001
    """Build a variable, or a built-in function that is passed on."""
    if node.name not in signatures():
        return variable(node.name, node.span)
    key = node.name

    def evaluate(scope: Scope, run: Run) -> Value:  # noqa: ARG001
        return scope[key] if key in scope else passed_on(key)

    return evaluate


def passed_on(name: str) -> Function:
    """Give a built-in function as a value, prepared when it is called."""

    def called(run: Run, values: list[Value], given: tuple[str, ...]) -> Value:
        return built_in(name, len(values), given).call(run, values, given)

    return Function(built_in(name, 0, ()).parameters, called)


def definition(node: Definition, build: Build) -> Closure:
    """Build `function(parameters) body`; the body sees the scope as it was at the definition."""
    names = tuple(parameter.name for parameter in node.parameters)
    types = tuple(parameter.type or ANY for parameter in node.parameters)
    body, cost = build(node.body), weight(node.body)

    def evaluate(scope: Scope, run: Run) -> Value:  # noqa: ARG001
        captured = dict(scope)

        def called(run: Run, values: list[Value], given: tuple[str, ...]) -> Value:
            run.charge(cost)
            arguments = map(_typed, _in_order(values, given, names), types)
            return body({**captured, **dict(zip(names, arguments, strict=True))}, run)

        return Function(names, called, types)

    return evaluate


def instance_of(node: InstanceOf, build: Build) -> Closure:
    """Build `value instance of type`."""
    if unknown := unknown_name(node.type):
        return nothing(node.type.span, f"there is no type {unknown!r}", "name")
    value, type_ = build(node.value), node.type

    def evaluate(scope: Scope, run: Run) -> Value:
        found = value(scope, run)
        run.weigh(found)
        return is_of(found, type_)

    return evaluate


def invoke(function: Value, values: list[Value], names: tuple[str, ...], run: Run) -> Value:
    """Call a function; raises NoValue when it is none, or the arguments do not fit."""
    if type(function) is not Function:
        raise NoValue("this is no function", "null" if function is None else "type")
    if run.calls >= run.limits.calls:
        raise LimitReached(f"functions call each other more than {run.limits.calls} deep")
    run.charge(_CALL_STEPS)
    run.calls += 1
    try:
        return run.hold(function.call(run, values, names))
    finally:
        run.calls -= 1


def built_in(name: str, count: int, names: tuple[str, ...]) -> Function:
    """Give a built-in function, prepared for a number of arguments, or for arguments with names."""
    ways = signatures()[name]
    fitting = zip(ways, implementations(name, len(ways)), strict=True)
    plans = [(way, behind, slots) for way, behind in fitting if (slots := way.slots(count, names)) is not None]

    def called(run: Run, values: list[Value], given: tuple[str, ...]) -> Value:  # noqa: ARG001
        reason = NoValue(f"{name} takes no such arguments", "type")
        for plan in plans:
            try:
                arguments = _arguments(plan, values)
            except NoValue as mismatch:
                reason = mismatch
                continue
            return _perform(plan[1], arguments, run)
        raise reason

    return Function(tuple(parameter.name for parameter in ways[0].parameters), called)


def _callee(node: Call, count: int, names: tuple[str, ...], build: Build) -> Closure:
    if not isinstance(node.function, Name) or node.function.name not in signatures():
        return build(node.function)
    name = node.function.name
    function = built_in(name, count, names)

    def evaluate(scope: Scope, run: Run) -> Value:  # noqa: ARG001
        own = scope.get(name)
        return own if type(own) is Function else function

    return evaluate


def _arguments(plan: Plan, values: list[Value]) -> list[Value]:
    """Convert the arguments to the types of the parameters, and put them in the order of the signature."""
    way, _, slots = plan
    converted = [_converted(value, slot) for value, slot in zip(values, slots, strict=True)]
    if slots and slots[-1].many:
        return converted
    if slots and slots[0].spread and len(slots) > 1:
        return [converted]
    given = {slot.name: value for slot, value in zip(slots, converted, strict=True)}
    return [given.get(parameter.name) for parameter in way.parameters]


def _converted(value: Value, parameter: Parameter) -> Value:
    return None if value is None and parameter.nullable else convert(value, parameter.accepts)


def _perform(behind: Implementation, arguments: list[Value], run: Run) -> Value:
    for argument in arguments:
        run.hold(argument)
    try:
        return behind.function(run, *arguments) if behind.with_run else behind.function(*arguments)
    except ArithmeticError:
        raise NoValue("the result is not a number that FEEL can hold") from None


def _in_order(values: list[Value], given: tuple[str, ...], names: tuple[str, ...]) -> list[Value]:
    if given:
        if sorted(given) != sorted(names):
            raise NoValue(f"this function has the parameters {', '.join(names)}", "type")
        return [values[given.index(name)] for name in names]
    if len(values) != len(names):
        raise NoValue(f"this function takes {len(names)} arguments, not {len(values)}", "type")
    return values


def _typed(value: Value, type_: Type) -> Value:
    return None if value is None else convert(value, type_)
