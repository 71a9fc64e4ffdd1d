"""Types of values: reading them, which is part of which, and whether a value is of one."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from formroute.feel.cursor import Cursor
from formroute.feel.errors import FeelError, NoValue, find
from formroute.feel.limits import LIMITS
from formroute.feel.moments import midnight
from formroute.feel.names import Names
from formroute.feel.syntax import Null, TypeName
from formroute.feel.typenames import type_name
from formroute.feel.values import Function, Range, Value, kind_of

Type = TypeName
ANY, NULL = Type("Any"), Type("Null")
MISTAKEN = Type("mistaken")
"""What a checker gives for a part that it has already complained about."""
NUMBER, STRING, BOOLEAN = Type("number"), Type("string"), Type("boolean")
DATE, TIME, DATE_AND_TIME = Type("date"), Type("time"), Type("date and time")
DAYS, MONTHS = Type("days and time duration"), Type("years and months duration")
SIMPLE = frozenset({NUMBER, STRING, BOOLEAN, DATE, TIME, DATE_AND_TIME, DAYS, MONTHS})
_NAMED = frozenset({*(simple.name for simple in SIMPLE), "Any", "Null", "list", "context", "range", "function"})


@lru_cache(maxsize=2000)
def read_type(text: str) -> Type:
    """Read a type as FEEL writes it: `number`, `list<string>`, `context<a: number>`; a FeelError otherwise."""
    found = read_shape(text)
    if unknown := unknown_name(found):
        raise FeelError(find("name", f"there is no type {unknown!r}", text, 0, len(text)))
    return found


def read_shape(text: str) -> Type:
    """Read a type whose names may be of no type that is known here; a FeelError when it is none in form."""
    cursor = Cursor(text, Names(), Names(), LIMITS, lambda cursor, power: Null())  # noqa: ARG005
    found = type_name(cursor)
    if cursor.token.kind != "end":
        raise cursor.unexpected()
    return found


def list_of(item: Type) -> Type:
    """Give the type of lists of items of a type."""
    return Type("list", (item,))


def range_of(end: Type) -> Type:
    """Give the type of ranges between values of a type."""
    return Type("range", (end,))


def context_of(entries: Mapping[str, Type]) -> Type:
    """Give the type of contexts with these entries, perhaps among others."""
    return Type("context", tuple(entries.values()), tuple(entries))


def item_of(type_: Type) -> Type:
    """Give the type of the items of a list; of anything else, itself."""
    if type_.name != "list":
        return type_
    return type_.arguments[0] if type_.arguments else ANY


def unknown_name(type_: Type) -> str | None:
    """Find a name in a type that no type of the standard has."""
    if type_.name not in _NAMED:
        return type_.name
    parts = (*type_.arguments, *((type_.result,) if type_.result else ()))
    return next((found for part in parts if (found := unknown_name(part))), None)


def is_part_of(narrow: Type, wide: Type) -> bool:
    """Tell whether every value of one type is a value of another; null belongs to all of them."""
    if wide == ANY or narrow in (wide, NULL, MISTAKEN):
        return True
    if narrow.name != wide.name:
        return False
    check = _PARTS.get(wide.name)
    return check is not None and check(narrow, wide)


def common(types: list[Type]) -> Type:
    """Give the narrowest type that all of these are part of."""
    known = [type_ for type_ in types if type_ != NULL]
    if MISTAKEN in known or not known:
        return MISTAKEN if known else NULL
    first = next((wide for wide in known if all(is_part_of(type_, wide) for type_ in known)), None)
    return first or ANY


def is_of(value: Value, type_: Type) -> bool:
    """Tell whether a value, not null, is of a type."""
    if value is None:
        return type_ == NULL
    if type_ == ANY:
        return True
    return kind_of(value) == type_.name and _HOLDS.get(type_.name, _always)(value, type_)


def convert(value: Value, type_: Type) -> Value:
    """Give a value as an argument of a type: a list of one as its item, an item as a list, a date as its midnight.

    Raises NoValue when the standard knows no conversion.
    """
    if value is not None and is_of(value, type_):
        return value
    if value is None:
        raise NoValue(f"null where a {type_.name} belongs", "null")
    converted: Value = None
    if type_.name == "list":
        converted = [value]
    elif isinstance(value, list) and len(value) == 1:
        converted = value[0]
    elif type_ == DATE_AND_TIME and kind_of(value) == "date":
        converted = midnight(value)
    if converted is None or not is_of(converted, type_):
        raise NoValue(f"a {kind_of(value)} where a {type_.name} belongs", "type")
    return converted


def _always(value: Value, type_: Type) -> bool:  # noqa: ARG001
    return True


def _all_parts(narrow: Type, wide: Type) -> bool:
    if not wide.arguments:
        return True
    return bool(narrow.arguments) and is_part_of(narrow.arguments[0], wide.arguments[0])


def _context_parts(narrow: Type, wide: Type) -> bool:
    has = dict(zip(narrow.keys, narrow.arguments, strict=True))
    wants = zip(wide.keys, wide.arguments, strict=True)
    return all(key in has and is_part_of(has[key], type_) for key, type_ in wants)


def _function_parts(narrow: Type, wide: Type) -> bool:
    if wide.result is None or narrow.result is None:
        return wide.result is None
    given = zip(wide.arguments, narrow.arguments, strict=False)
    return (
        len(narrow.arguments) == len(wide.arguments)
        and all(is_part_of(argument, parameter) for argument, parameter in given)
        and is_part_of(narrow.result, wide.result)
    )


def _holds_items(value: list[Value], type_: Type) -> bool:
    return not type_.arguments or all(item is None or is_of(item, type_.arguments[0]) for item in value)


def _holds_ends(value: Range, type_: Type) -> bool:
    ends = [end for end in (value.start, value.end) if end is not None]
    return not type_.arguments or all(is_of(end, type_.arguments[0]) for end in ends)


def _holds_entries(value: dict[str, Value], type_: Type) -> bool:
    wanted = zip(type_.keys, type_.arguments, strict=True)
    return all(key in value and (value[key] is None or is_of(value[key], part)) for key, part in wanted)


def _is_function(value: Function, type_: Type) -> bool:
    return _function_parts(Type("function", value.types, result=value.result), type_)


_PARTS: dict[str, Callable[[Type, Type], bool]] = {
    "list": _all_parts,
    "range": _all_parts,
    "context": _context_parts,
    "function": _function_parts,
}
_HOLDS: dict[str, Callable[..., bool]] = {
    "list": _holds_items,
    "range": _holds_ends,
    "context": _holds_entries,
    "function": _is_function,
}
