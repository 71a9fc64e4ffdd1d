"""What a page asks, in one language: compiled once from a form, then filled with answers and errors."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from formroute.conditions import ALWAYS
from formroute.forms import Field, Form
from formroute.forms.widgets import PERSONAL, Option, options_of, widget_of


@dataclass(frozen=True, slots=True)
class Question:
    """One field as a template draws it.

    `depends` says that other answers decide whether it shows, `offers` that they decide which choices are offered,
    `shows` what they decided. `value` is the
    raw answer as it was typed, `error` the sentence that stands beside it, `caution` one that asks to look again.
    """

    name: str
    widget: str
    grouped: bool
    many: bool
    input_type: str
    input_mode: str
    autocomplete: str
    size: str
    label: str
    hint: str
    optional: bool
    depends: bool
    options: tuple[Option, ...]
    offers: bool
    settings: Any
    language: str
    typed: Callable[[Any], Any]
    value: Any = ""
    error: str = ""
    caution: str = ""
    shows: bool = True

    @property
    def id(self) -> str:
        """The id of its first box, which the error summary leads to."""
        return f"q-{self.name}"

    @property
    def described(self) -> str:
        """The ids of what explains it: the error, then the hint."""
        parts = ("error", self.error), ("caution", self.caution), ("hint", self.hint)
        return " ".join(f"{self.id}-{part}" for part, text in parts if text)

    @property
    def first(self) -> str:
        """The first choice that is offered."""
        return next((option.value for option in self.options if not option.withheld), "")

    @property
    def brief(self) -> bool:
        """Whether its answers are short enough to stand side by side."""
        return all(len(option.label) <= 12 for option in self.options)

    @property
    def searched(self) -> bool:
        """Whether its list is long enough to be searched by typing."""
        return bool(self.settings.shown_as != "select")

    @property
    def accept(self) -> str:
        """The media types a file dialogue offers."""
        return ",".join(self.settings.media_types)

    def said(self, part: str) -> str:
        """A further text of its author, such as a notice's `text`."""
        text = getattr(self.settings, part, None)
        return text.inside(self.language) if text is not None else ""


@functools.lru_cache(maxsize=2048)
def questions(form: Form, page: str, language: str) -> tuple[Question, ...]:
    """The questions of a page without answers, in the order asked; values that nobody is shown are left out."""
    fields = next(found.fields for found in form.pages if found.id == page)
    return tuple(_question(field, language) for field in fields if field.label or field.follows is None)


def filled(
    question: Question, raw: Any, *, error: str, caution: str, withheld: Collection[str], shows: bool
) -> Question:
    """The question with what was answered; a raw answer of the wrong shape shows as none."""
    options = tuple(Option(*option[:2], option.value in withheld) for option in question.options)
    return replace(question, value=question.typed(raw), error=error, caution=caution, options=options, shows=shows)


def _question(field: Field, language: str) -> Question:
    widget = widget_of(field)
    return Question(
        name=field.name,
        widget=widget.template,
        grouped=widget.grouped,
        many=widget.many,
        input_type=widget.input_type,
        input_mode="numeric" if field.kind.name == "integer" else widget.input_mode,
        autocomplete=widget.autocomplete or PERSONAL.get(field.name, ""),
        size=widget.size,
        label=field.label.inside(language) if field.label else "",
        hint=field.hint.inside(language) if field.hint else "",
        optional=not field.required,
        depends=field.visible != ALWAYS or field.follows is not None,
        options=options_of(field, language),
        offers=bool(field.offered),
        settings=field.definition,
        language=language,
        typed=widget.typed,
    )
