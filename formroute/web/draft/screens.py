"""What a resident is asked at once: a page as its author wrote it, one question alone, or the whole form."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from formroute.definitions import Text
from formroute.forms import Checked, Field, Form, Page


@dataclass(frozen=True, slots=True, eq=False)
class Screen:
    """Fields that are asked together under the heading `title`; `name` tells it from the others in a browser's list.

    `parts` are the pages that it brings together, each with a heading of its own; none where it is a page or less.
    """

    id: str
    title: Text
    name: Text
    fields: tuple[Field, ...]
    parts: tuple[Page, ...] = field(default=(), repr=False)

    def shows(self, checked: Checked) -> bool:
        """Whether there is anything on it to see."""
        return any(seen(item, checked) for item in self.fields)


def seen(item: Field, checked: Checked) -> bool:
    """Whether a resident sees a field; a calculated value only with a label, and once there is one."""
    if item.follows is not None:
        return item.label is not None and item.name in checked.answers
    return item.name in checked.showing


@functools.lru_cache(maxsize=1024)
def screens(form: Form) -> tuple[Screen, ...]:
    """All of a form, in the order asked."""
    match form.ask:
        case "one_at_a_time":
            return tuple(screen for page in form.pages for screen in _alone(page))
        case "all_at_once":
            fields = tuple(item for page in form.pages for item in page.fields)
            return (Screen("all", form.title, form.title, fields, form.pages),)
    return tuple(Screen(page.id, page.title, page.title, page.fields) for page in form.pages)


def screen(form: Form, screen_id: str) -> Screen | None:
    """The screen of that id."""
    return next((found for found in screens(form) if found.id == screen_id), None)


def shown(form: Form, checked: Checked) -> Sequence[str]:
    """The ids of the screens that show with these answers."""
    return [found.id for found in screens(form) if found.shows(checked)]


def holding(form: Form, names: Collection[str]) -> str:
    """The id of the first screen with one of these fields."""
    return next(found.id for found in screens(form) if any(item.name in names for item in found.fields))


def _alone(page: Page) -> Iterator[Screen]:
    """One screen per question; what is told before the first stands with it, the rest with the question before it."""
    together: list[Field] = []
    for item in page.fields:
        whole = item.name.partition(".")[0] == item.name  # the parts of a group stay with it
        if whole and (item.kind.asks or item.kind.parts) and any(before.kind.asks for before in together):
            yield _one(page, together)
            together = []
        together.append(item)
    yield _one(page, together)


def _one(page: Page, together: Sequence[Field]) -> Screen:
    first = next((item for item in together if item.kind.asks or item.kind.parts), together[0])
    return Screen(first.name, page.title, first.label or page.title, tuple(together))
