"""10.3.4.9: contexts."""

from formroute.feel.builtins.tables import Table
from formroute.feel.errors import NoValue
from formroute.feel.values import Value

Context = dict[str, Value]


def from_entries(entries: list[Value]) -> Context:
    """Make a context of `{key, value}` contexts; a key given twice makes none."""
    made: Context = {}
    for entry in entries:
        key = entry.get("key") if isinstance(entry, dict) else None
        if not isinstance(key, str) or "value" not in entry:
            raise NoValue("an entry is a context with a key, a text, and a value")
        if key in made:
            raise NoValue(f"the key {key!r} is given twice")
        made[key] = entry["value"]
    return made


def get_value(context: Context, key: str) -> Value:
    """Give the value of a key."""
    if key not in context:
        raise NoValue(f"there is no entry {key!r}")
    return context[key]


def get_entries(context: Context) -> list[Value]:
    """Give a `{key, value}` context for each entry."""
    return [{"key": key, "value": value} for key, value in context.items()]


def put(context: Context, key: str, value: Value) -> Context:
    """Give the context with one entry added or replaced."""
    return {**context, key: value}


def put_at(context: Context, keys: list[Value], value: Value) -> Context:
    """Give the context with the entry at the end of a path added or replaced."""
    if not keys or not all(isinstance(key, str) for key in keys):
        raise NoValue("the keys of a context are texts, at least one")
    first, *rest = keys
    if not rest:
        return put(context, first, value)
    inner = context.get(first)
    if not isinstance(inner, dict):
        raise NoValue(f"there is no context under {first!r}")
    return put(context, first, put_at(inner, rest, value))


def merge(contexts: list[Value]) -> Context:
    """Give one context of all; a later entry replaces an earlier one."""
    merged: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise NoValue("only contexts are merged", "type")
        merged.update(context)
    return merged


FUNCTIONS: Table = {
    "get value": get_value,
    "get entries": get_entries,
    "context put": (put, put_at),
    "context merge": merge,
}
RUN_FUNCTIONS: Table = {}
