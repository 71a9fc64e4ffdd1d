"""Types as they are written after `instance of` and in function definitions."""

from formroute.feel.cursor import Cursor
from formroute.feel.names import Names
from formroute.feel.syntax import TypeName

_NAMES = Names(
    (
        "Any",
        "Null",
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
        "day time duration",
        "year month duration",
        "list",
        "range",
        "context",
        "function",
    )
)
_SYNONYMS = {
    "day time duration": "days and time duration",
    "year month duration": "years and months duration",
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}


def type_name(cursor: Cursor) -> TypeName:
    """Read a type."""
    start = cursor.token.start
    with cursor.nested():
        name = _name(cursor)
        read = _GENERIC.get(name)
        if read is None or cursor.word != "<":
            return TypeName(name, span=cursor.span(start))
        cursor.advance()
        return read(cursor, name, start)


def _name(cursor: Cursor) -> str:
    if cursor.token.kind != "name":
        raise cursor.error(f"expected a type here, found {cursor.found()}")
    known = _NAMES.longest(cursor.tokens, cursor.index)
    if known is not None:
        cursor.advance(known[1])
        return _SYNONYMS.get(known[0], known[0])
    name = cursor.advance().text
    while cursor.accept("."):
        name += f".{cursor.advance().text}"
    return _SYNONYMS.get(name, name)


def _of_one(cursor: Cursor, name: str, start: int) -> TypeName:
    inner = type_name(cursor)
    cursor.expect(">")
    return TypeName(name, (inner,), span=cursor.span(start))


def _context(cursor: Cursor, name: str, start: int) -> TypeName:
    keys: list[str] = []
    types: list[TypeName] = []
    while not cursor.accept(">"):
        if keys:
            cursor.expect(",")
        keys.append(cursor.new_name(":"))
        cursor.expect(":")
        types.append(type_name(cursor))
    return TypeName(name, tuple(types), tuple(keys), span=cursor.span(start))


def _function(cursor: Cursor, name: str, start: int) -> TypeName:
    types: list[TypeName] = []
    while not cursor.accept(">"):
        if types:
            cursor.expect(",")
        types.append(type_name(cursor))
    cursor.expect("->")
    return TypeName(name, tuple(types), result=type_name(cursor), span=cursor.span(start))


_GENERIC = {"list": _of_one, "range": _of_one, "context": _context, "function": _function}
