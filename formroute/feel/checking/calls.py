"""Types of calls and function definitions."""

from formroute.feel.checking.binding import Bound, bind, bind_all, substituted
from formroute.feel.checking.environment import Environment, Infer, described, written
from formroute.feel.checking.operators import ORDERED
from formroute.feel.evaluation.tree import build
from formroute.feel.limits import LIMITS
from formroute.feel.run import Run
from formroute.feel.signatures import VARIABLE, Parameter, Signature, signatures
from formroute.feel.syntax import At, Call, Definition, Name, Node, String
from formroute.feel.types import ANY, MISTAKEN, NULL, Type, is_part_of, unknown_name
from formroute.feel.values import kind_of

Way = tuple[Signature, tuple[Parameter, ...]]
_READERS = frozenset({"date", "time", "date and time", "duration"})
_ORDERING = frozenset({"min", "max", "sort"})


def call(node: Call, environment: Environment, infer: Infer) -> Type:
    """Infer a call: of a built-in function by its signatures, of another by its own type."""
    if isinstance(node.function, Name) and node.function.name in signatures():
        name = node.function.name
        if environment.names.get(name, NULL).name != "function":
            return _written_out(node, environment) or _built_in(name, node, environment, infer)
    function = infer(node.function, environment)
    found = [infer(argument.value, environment) for argument in node.arguments]
    if function == MISTAKEN:
        return MISTAKEN
    if function.name != "function" or function.result is None:
        return environment.wrong(node.function, f"only a function is called, {described(function)}")
    return _own(node, function, found, environment)


def definition(node: Definition, environment: Environment, infer: Infer, expected: tuple[Type, ...] = ()) -> Type:
    """Infer `function(parameters) body`; parameters without a type have those that are expected, or any."""
    given = dict(enumerate(expected))
    types = tuple(parameter.type or given.get(index, ANY) for index, parameter in enumerate(node.parameters))
    for parameter in node.parameters:
        if parameter.type and (unknown := unknown_name(parameter.type)):
            environment.report(parameter.span, "name", f"there is no type {unknown!r}")
    names = {parameter.name: type_ for parameter, type_ in zip(node.parameters, types, strict=True)}
    return Type("function", types, result=infer(node.body, environment.within(names)))


def literal(node: At | Call, environment: Environment) -> Type:
    """Infer a date, time or duration that is written out, by reading it."""
    run = Run(None, LIMITS)
    value = build(node)({}, run)
    for span, reason in run.warned or ():
        environment.report(span, reason.kind, reason.message)
    return MISTAKEN if value is None else Type(kind_of(value))


def _written_out(node: Call, environment: Environment) -> Type | None:
    name = node.function.name if isinstance(node.function, Name) else ""
    texts = [argument for argument in node.arguments if isinstance(argument.value, String)]
    if name in _READERS and len(texts) == len(node.arguments) == 1:
        return literal(node, environment)
    return None


def _own(node: Call, function: Type, found: list[Type], environment: Environment) -> Type:
    if any(argument.name is not None for argument in node.arguments):
        return environment.wrong(node, "give the arguments of this function by position")
    if len(found) != len(function.arguments):
        return environment.wrong(node, f"this function takes {len(function.arguments)} arguments, not {len(found)}")
    for argument, type_, wanted in zip(node.arguments, found, function.arguments, strict=True):
        if not is_part_of(type_, wanted):
            environment.wrong(argument, f"this function wants a {written(wanted)} here, {described(type_)}")
    return function.result or ANY


def _built_in(name: str, node: Call, environment: Environment, infer: Infer) -> Type:
    names = tuple(argument.name for argument in node.arguments if argument.name is not None)
    ways = [(way, slots) for way in signatures()[name] if (slots := way.slots(len(node.arguments), names)) is not None]
    if not ways:
        return environment.wrong(node, f"{name} is called {_calls(name)}")
    values = [argument.value for argument in node.arguments]
    found = [ANY if isinstance(value, Definition) else infer(value, environment) for value in values]
    for way in ways:
        bound = bind_all(way[1], found, values)
        if bound is not None and _in_order(way, bound):
            return _result(way, values, bound, environment, infer)
    return _misfit(ways[0][1], values, found, environment)


def _in_order(way: Way, bound: Bound) -> bool:
    """Tell whether what a function puts in order has an order."""
    orders = way[0].compares or (way[0].name in _ORDERING and all(slot.name != "precedes" for slot in way[1]))
    return not orders or bound.get(VARIABLE) in (*ORDERED, MISTAKEN)


def _result(way: Way, values: list[Node], bound: Bound, environment: Environment, infer: Infer) -> Type:
    item = bound.get(VARIABLE, ANY)
    for slot, value in zip(way[1], values, strict=True):
        if slot.type.name == "function" and isinstance(value, Definition):
            result = definition(value, environment, infer, (item, item)).result or ANY
            environment.wants(value.body, result, slot.type.result or ANY, "what this function gives")
    return substituted(way[0].result, bound)


def _misfit(slots: tuple[Parameter, ...], values: list[Node], found: list[Type], environment: Environment) -> Type:
    for slot, value, type_ in zip(slots, values, found, strict=True):
        if not bind(slot, type_, value, {}):
            wanted = f"{slot.name!r} is a {written(slot.type)}".replace("<T>", "")
            if type_ == NULL:
                environment.report(value.span, "null", f"{wanted}, and null gives null")
                return MISTAKEN
            return environment.wrong(value, f"{wanted}, {described(type_)}")
    return environment.wrong(values[0], "these arguments are not of one type that has an order")


def _calls(name: str) -> str:
    calls = [f"{name}({', '.join(parameter.name for parameter in way.parameters)})" for way in signatures()[name]]
    return " or ".join(dict.fromkeys(calls))
