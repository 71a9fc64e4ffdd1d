"""Questions and pages pressed beforehand: what a template makes is kept in pieces, and filled with what was typed.

The templates are drawn by Jinja2 with marks where typed words, errors and cautions stand, and what comes out is cut at
the marks. Only then does anything that a resident typed come near, escaped, so no word of theirs can pass for a mark;
the marks are random, so no word of an author can either. A template that a city put in the place of ours is never
pressed: it may look at anything, and is drawn every time.
"""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary, proxy

from flask.globals import current_app
from jinja2 import Environment, Template
from markupsafe import escape

from formroute.messages import lang_of, plain, say
from formroute.web.draft.screens import Screen
from formroute.web.page.plan import Question, State, filled, nested, questions
from formroute.web.site.words import file_size

TEMPLATES = Path(__file__).parent.parent / "templates"

_MARK = f"m{secrets.token_hex(8)}"
_MARKS = re.compile(rf"{_MARK}([a-z]+)x")
_SHARED = ("questions", "question", "tone", "way_on", "fields/attributes", "fields/text")
"""The templates that questions of several kinds are drawn with."""

_MOST_OPTIONS = 2_000
"""So many options, counted over all the fragments of one question, are kept."""

_MOST_FRAMES = 512
"""So many pages without their questions are kept."""


def mark(name: str) -> str:
    """What stands in a template's output where `name` belongs; letters and digits alone, so that nothing escapes it."""
    return f"{_MARK}{name}x"


class Fragment(NamedTuple):
    """What a template gave, cut at its marks: `pieces[0]`, the first of `names`, `pieces[1]`, and so on."""

    pieces: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, drawn: str) -> Fragment:
        """The fragment of a text with marks."""
        parts = _MARKS.split(drawn)
        return cls(tuple(parts[::2]), tuple(parts[1::2]))

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with `values` at their marks; what is not Markup is escaped."""
        parts = [self.pieces[0]]
        for name, piece in zip(self.names, self.pieces[1:], strict=True):
            parts += (escape(values[name]), piece)
        return "".join(parts)


class Shape(NamedTuple):
    """What of a raw answer decides how a question is drawn, a value to press it with, and what is filled in."""

    key: Hashable
    pressed: Any
    filled: Mapping[str, str]


def _text(_question: Question, typed: Any) -> Shape:
    return Shape(None, mark("value"), {"value": typed})


def _one(question: Question, typed: Any) -> Shape:
    """One of the options is drawn as it is; what is none of them may stand there as text."""
    if any(typed == option.value for option in question.options):
        return Shape(typed, typed, {})
    return _text(question, typed)


def _several(question: Question, typed: Any) -> Shape:
    chosen = tuple(option.value for option in question.options if option.value in typed)
    return Shape(chosen, chosen, {})


def _boxes(_question: Question, typed: Any) -> Shape:
    return Shape(None, {part: mark(part) for part in typed}, typed)


def _place(question: Question, typed: Any) -> Shape:
    """A place is drawn otherwise where there is a point."""
    if typed["latitude"]:
        return _boxes(question, typed)._replace(key="point")
    return Shape(None, {part: "" if part == "latitude" else mark(part) for part in typed}, typed)


def _still(_question: Question, _typed: Any) -> Shape:
    return Shape(None, "", {})


def _files(_question: Question, typed: Any) -> Shape | None:
    return None if typed else Shape(None, typed, {})


def _afresh(_question: Question, _typed: Any) -> None:
    """Drawn every time."""


_SHAPES: Mapping[str, Callable[[Question, Any], Shape | None]] = {
    **dict.fromkeys(("text", "long_text", "money", "calculated"), _text),
    **dict.fromkeys(("radios", "list", "rating", "tick"), _one),
    **dict.fromkeys(("notice", "heading"), _still),
    "checkboxes": _several,
    "date_boxes": _boxes,
    "location": _place,
    "file": _files,
}
"""How a raw answer enters each template of ours; what is not here, a group or rows, is drawn every time."""


@dataclass(slots=True)
class Pressed:
    """One question with the fragments that were needed so far."""

    question: Question
    draw: Callable[[Question], str]
    shape: Callable[[Question, Any], Shape | None]
    fragments: dict[Hashable, Fragment] = field(default_factory=dict)

    def filled(self, state: State) -> str | None:
        """The question as its template draws it; None where it has to be drawn."""
        shape = self.shape(self.question, self.question.typed(state.raw))
        if shape is None:
            return None
        key = (shape.key, state.error != "", state.caution != "", state.shows, state.withheld)
        fragment = self.fragments.get(key) or self._press(key, shape.pressed, state)
        if not fragment.names:
            return fragment.pieces[0]
        return fragment.filled({"error": state.error, "caution": state.caution, **shape.filled})

    def _press(self, key: Hashable, value: Any, state: State) -> Fragment:
        marked = state._replace(
            error=mark("error") if state.error else "", caution=mark("caution") if state.caution else ""
        )
        if len(self.fragments) * (len(self.question.options) + 1) > _MOST_OPTIONS:
            self.fragments.clear()
        fragment = self.fragments[key] = Fragment.of(self.draw(replace(filled(self.question, marked), value=value)))
        return fragment


class Press:
    """What is pressed with the templates of one app."""

    def __init__(self, environment: Environment) -> None:
        self._environment = proxy(environment)
        self.is_ours = functools.cache(self._is_ours)
        self.questions = functools.lru_cache(maxsize=1024)(self._questions)
        self.frames: dict[Hashable, Fragment] = {}

    def frame(self, key: Hashable, drawn: Callable[[], str]) -> Fragment:
        """A page without what belongs to one resident, pressed when it is asked for first."""
        found = self.frames.get(key)
        if found is None:
            if len(self.frames) >= _MOST_FRAMES:
                self.frames.clear()
            found = self.frames[key] = Fragment.of(drawn())
        return found

    def draw(self, template: str, language: str, **context: Any) -> str:
        """A template of ours, which needs nothing else."""
        words = {"say": functools.partial(say, language), "file_size": functools.partial(file_size, language)}
        marks = {"plain": plain, "lang_of": lang_of}
        return self._template(template).render({"language": language, **words, **marks, **context})

    def are_ours(self, templates: Iterable[str]) -> bool:
        """Whether the city has none of its own in the place of these."""
        return all(map(self.is_ours, templates))

    def _template(self, template: str) -> Template:
        return self._environment.get_template(f"formroute/{template}.html")  # type: ignore[no-any-return]

    def _is_ours(self, template: str) -> bool:
        found = self._template(template).filename
        return found is not None and Path(found).is_relative_to(TEMPLATES)

    def _questions(self, screen: Screen, language: str) -> tuple[Pressed, ...] | None:
        """The questions of a page, those of a group inside it; None where a city draws one of them otherwise."""
        asked = tuple(nested(questions(screen, language)))
        widgets = {f"fields/{one.widget}" for each in asked for one in (each, *each.parts, *each.inner)}
        if not self.are_ours((*_SHARED, *sorted(widgets))):
            return None

        def draw(question: Question) -> str:
            return self.draw("questions", language, questions=[question])

        return tuple(Pressed(question, draw, _SHAPES.get(question.widget, _afresh)) for question in asked)


_presses: WeakKeyDictionary[Environment, Press] = WeakKeyDictionary()


def press() -> Press | None:
    """The press of the current app; None where its templates may change while it runs, or are drawn in other ways."""
    environment = current_app.jinja_env
    if environment.auto_reload or environment.finalize is not None:
        return None
    found = _presses.get(environment)
    if found is None:
        found = _presses[environment] = Press(environment)
    return found
