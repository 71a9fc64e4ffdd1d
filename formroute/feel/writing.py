"""Values as text, as the function `string` gives them."""

from collections.abc import Callable
from decimal import Decimal

from formroute.feel.iso import write_temporal
from formroute.feel.numbers import write_number
from formroute.feel.run import Run
from formroute.feel.values import Function, Range, Value, kind_of

_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def to_string(value: Value, run: Run) -> str:
    """Write a value; a text is itself."""
    return value if isinstance(value, str) else _inside(value, run)


def quote(text: str) -> str:
    """Write a text as a literal."""
    return f'"{text.translate(_ESCAPES)}"'


def write_key(key: str) -> str:
    """Write the key of a context: bare when it is a plain name."""
    return key if key.isidentifier() and key.isascii() else quote(key)


def _inside(value: Value, run: Run) -> str:
    run.charge(1)
    kind = kind_of(value)
    return _WRITERS[kind](value, run) if kind in _WRITERS else write_temporal(value)


def _list(value: list[Value], run: Run) -> str:
    return f"[{', '.join(_item(item, run) for item in value)}]"


def _context(value: dict[str, Value], run: Run) -> str:
    return f"{{{', '.join(f'{write_key(key)}: {_item(item, run)}' for key, item in value.items())}}}"


def _item(value: Value, run: Run) -> str:
    written = run.hold(_inside(value, run))
    return f'@"{written}"' if value is not None and kind_of(value) not in _WRITERS else str(written)


def _range(value: Range, run: Run) -> str:
    if value.operator != "..":
        end = value.start if value.end is None else value.end
        return f"({value.operator} {_item(end, run)})"
    low, high = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{low}{_item(value.start, run)}..{_item(value.end, run)}{high}"


def _function(value: Function, _: Run) -> str:
    return f"function({', '.join(value.parameters)})"


def _boolean(value: bool, _: Run) -> str:
    return "true" if value else "false"


def _number(value: Decimal, _: Run) -> str:
    return write_number(value)


_WRITERS: dict[str, Callable[..., str]] = {
    "Null": lambda value, run: "null",  # noqa: ARG005
    "boolean": _boolean,
    "number": _number,
    "string": lambda value, run: quote(value),  # noqa: ARG005
    "list": _list,
    "context": _context,
    "range": _range,
    "function": _function,
}
