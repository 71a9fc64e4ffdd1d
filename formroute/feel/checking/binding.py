"""Whether arguments fit the parameters of a built-in function, and what its type variable stands for."""

from formroute.feel.signatures import VARIABLE, Parameter
from formroute.feel.syntax import Definition, Node
from formroute.feel.types import ANY, DATE, DATE_AND_TIME, MISTAKEN, NULL, Type, common, is_part_of, item_of, list_of

Bound = dict[Type, Type]
"""What the type variable stands for, once an argument has told."""


def bind_all(slots: tuple[Parameter, ...], found: list[Type], values: list[Node]) -> Bound | None:
    """Find what T stands for in a call; None when an argument does not fit."""
    bound: Bound = {}
    fits = all(bind(slot, type_, value, bound) for slot, type_, value in zip(slots, found, values, strict=True))
    return bound if fits else None


def bind(slot: Parameter, found: Type, value: Node, bound: Bound) -> bool:
    """Tell whether an argument fits a parameter, and note what it tells about T."""
    wanted = slot.type
    if found in (NULL, MISTAKEN):
        return slot.nullable or found == MISTAKEN
    if wanted == VARIABLE:
        return _widen(bound, found)
    if wanted.name == "function":
        return _is_callback(wanted, found, value, bound)
    if wanted.name == "list":
        return _bind_list(wanted, found, bound)
    if wanted.arguments == (VARIABLE,):
        return found.name == wanted.name and _widen(bound, found.arguments[0] if found.arguments else ANY)
    if wanted == DATE_AND_TIME and found == DATE:
        return True
    return wanted == ANY or (found != ANY and is_part_of(found, wanted))


def substituted(type_: Type, bound: Bound) -> Type:
    """Put what T stands for in its place."""
    if type_ == VARIABLE:
        return bound.get(VARIABLE, ANY)
    return Type(type_.name, tuple(substituted(part, bound) for part in type_.arguments), type_.keys, type_.result)


def _widen(bound: Bound, found: Type) -> bool:
    bound[VARIABLE] = common([*bound.values(), found])
    return True


def _is_callback(wanted: Type, found: Type, value: Node, bound: Bound) -> bool:
    if isinstance(value, Definition):
        return len(value.parameters) == len(wanted.arguments)
    item = bound.get(VARIABLE, ANY)
    takes = len(found.arguments) == len(wanted.arguments) and all(is_part_of(item, part) for part in found.arguments)
    return found.name == "function" and takes and found.result == wanted.result


def _bind_list(wanted: Type, found: Type, bound: Bound) -> bool:
    if found == ANY:
        return False
    if wanted.arguments == (VARIABLE,):
        return _widen(bound, item_of(found))
    return is_part_of(found if found.name == "list" else list_of(found), wanted)
