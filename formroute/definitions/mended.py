"""What can be read of a value with mistakes in it: as it should stand, where that is known, and else without them.

What else is in the files is checked against this, so that one mistake does not hide another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import ErrorDetails

if TYPE_CHECKING:
    from formroute.definitions.source import Source

Path = tuple[str | int, ...]


class MendedEntries(dict[str, Any]):
    """A mapping with mended keys; `written` tells how each is written in the file, None where it is not there."""

    __slots__ = ("written",)

    def __init__(self) -> None:
        super().__init__()
        self.written: dict[str, str | None] = {}


class MendedItems(list[Any]):
    """A list of which items were left out; `written` are the numbers of the others in the file."""

    __slots__ = ("written",)

    def __init__(self) -> None:
        super().__init__()
        self.written: list[int] = []


class Graft(list[Any]):
    """A list that stands in another file, under the key `under`, and is read as if it stood here."""

    __slots__ = ("items", "source", "under")

    def __init__(self, source: Source, under: str, items: list[Any]) -> None:
        super().__init__(items)
        self.source, self.under, self.items = source, under, items


class Edit(NamedTuple):
    """What becomes of the entry or item at the end of `path`: another name or value, or nothing where `drops`."""

    path: Path
    name: str | None = None
    value: Any = None
    drops: bool = False

    @property
    def inside(self) -> Edit:
        """The same, seen from one step further in."""
        return self._replace(path=self.path[1:])


def edited(value: Any, edits: Iterable[Edit]) -> Any:
    """`value` with these edits; what they do not touch is the same object."""
    by_step: dict[str | int, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_step[edit.path[0]].append(edit)
    if isinstance(value, dict):
        return _edited_entries(value, by_step)
    if isinstance(value, Graft):
        return Graft(value.source, value.under, _edited_items(value.items, by_step))
    return _edited_items(value, by_step)


def _edited_entries(value: Mapping[str, Any], by_step: Mapping[str | int, list[Edit]]) -> MendedEntries:
    made = MendedEntries()
    before = value.written if isinstance(value, MendedEntries) else {}
    for key, inner in value.items():
        for name, entry in _edited(key, inner, by_step.get(key, [])):
            made[str(name)], made.written[str(name)] = entry, before.get(key, key)
    for step, edits in by_step.items():
        if step not in value and not edits[0].drops and len(edits[0].path) == 1:
            made[str(step)], made.written[str(step)] = edits[0].value, None
    return made


def _edited_items(value: list[Any], by_step: Mapping[str | int, list[Edit]]) -> MendedItems:
    made = MendedItems()
    before = value.written if isinstance(value, MendedItems) else range(len(value))
    for number, inner in enumerate(value):
        for _, item in _edited(number, inner, by_step.get(number, [])):
            made.append(item)
            made.written.append(before[number])
    return made


def _edited(step: str | int, inner: Any, edits: list[Edit]) -> Iterator[tuple[str | int, Any]]:
    """The entry or item under the name that it has then; nothing where it is left out."""
    own = [edit for edit in edits if len(edit.path) == 1]
    deeper = [edit.inside for edit in edits if len(edit.path) > 1]
    if any(edit.drops for edit in own) or (deeper and not isinstance(inner, dict | list)):
        return
    if deeper:
        inner = edited(inner, deeper)
    name = next((edit.name for edit in own if edit.name is not None), step)
    yield name, next((edit.value for edit in own if edit.value is not None), inner)


def at(value: Any, path: Path) -> Any:
    """What stands at the end of `path`; None where nothing does."""
    for step in path:
        try:
            value = value[step]
        except (LookupError, TypeError):
            return None
    return value


def _as_written(data: Any, path: Path) -> Path:
    """The path without the names that lie between in the long form alone, such as `label` of a choice."""
    written: Path = ()
    for number, step in enumerate(path):
        inner = at(data, written)
        here = step in inner if isinstance(inner, dict) else isinstance(inner, list) and isinstance(step, int)
        further = path[number + 1 :]
        if here or not isinstance(inner, dict) or not further or further[0] not in inner:
            written = (*written, step)
    return written


def edit_of(error: ErrorDetails, data: Any) -> Edit | None:
    """What mends a mistake that a reader of one value told; None where nothing of the whole is left."""
    path, context = error["loc"], error.get("ctx", {})
    is_key = path[-1:] == ("[key]",)
    path = _as_written(data, path[:-1] if is_key else path)
    if context.get("at"):
        return Edit((*path, context["at"]), drops=True)
    if not path:
        return None
    instead = context.get("instead") if error["type"] == "wrong" else None
    if is_key:
        taken = instead is None or instead in (at(data, path[:-1]) or ())
        return Edit(path, drops=True) if taken else Edit(path, name=instead)
    value = at(data, path)
    if context.get("quote"):
        return Edit(path, value=str(value))
    if isinstance(instead, str) and instead[:1] == "[":
        return Edit(path, value=[word.strip() for word in instead.strip("[]").split(",")])
    if context.get("code") == "D110" and isinstance(value, dict):
        return Edit(path, value=dict(value))
    if isinstance(instead, str) and isinstance(value, str | dict | list) and instead[:1] != "{":
        return Edit(path, value=instead)
    return Edit(path, drops=True)
