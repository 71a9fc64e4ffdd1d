"""What a page asks, in one language: compiled once from a form, then filled with answers and errors."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from babel.numbers import format_decimal

from formroute.conditions import ALWAYS
from formroute.forms import Field, Page, cell
from formroute.forms.kinds.file import FileDefinition
from formroute.forms.widgets import PERSONAL, Option, hint_of, options_of, widget_of
from formroute.messages import join, locale, say
from formroute.web.draft.screens import Screen


class Row(NamedTuple):
    """One row of a repeat, counted from 1: what it is called, and its questions; `name` is that of its boxes."""

    name: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One field as a template draws it.

    `depends` says that other answers decide whether it shows, `offers` that they decide which choices are
    offered, `shows` what they decided. `value` is the raw answer as it was typed, `error` the sentence that stands
    beside it, `caution` one that asks to look again. `parts` are the questions of a group, `rows` those of a repeat
    and `inner` the questions of any row, `covers` the fields with which it shows: its own, or those under a heading.
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
    covers: tuple[Field, ...]
    inner: tuple[Question, ...] = ()
    value: Any = ""
    error: str = ""
    caution: str = ""
    shows: bool = True
    parts: tuple[Question, ...] = ()
    rows: tuple[Row, ...] = ()

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
    def terse(self) -> bool:
        """Whether they can stand so on the narrowest screen too."""
        return all(len(option.label) <= 5 for option in self.options)

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
def questions(screen: Screen, language: str) -> tuple[Question, ...]:
    """The questions of a page without answers, in the order asked; values that nobody is shown are left out."""
    return tuple(_after_stops(_all(screen, language)))


def _all(screen: Screen, language: str) -> Iterator[Question]:
    if screen.parts:
        return (item for page in screen.parts for item in (_heading(page, language), *_of(page.fields, language)))
    return _of(screen.fields, language)


def _after_stops(asked: Iterable[Question]) -> Iterator[Question]:
    """What stands after a notice that can stop the form comes and goes with it."""
    stops = False
    for question in asked:
        yield replace(question, depends=True) if stops else question
        stops = stops or question.covers[0].stops


def _of(fields: Sequence[Field], language: str) -> Iterator[Question]:
    return (_question(field, language) for field in fields if field.label or field.follows is None)


def _heading(page: Page, language: str) -> Question:
    """The heading of a page that stands with others on one: it comes and goes with what is under it."""
    return replace(
        _question(page.fields[0], language),
        name=f"_{page.id}",
        widget="heading",
        label=page.title.inside(language),
        depends=not any(page.visible == field.visible == ALWAYS for field in page.fields),
        covers=page.fields,
    )


def nested(flat: Sequence[Question]) -> Iterator[Question]:
    """The questions with those of a group inside it."""
    groups = {question.name for question in flat if question.widget == "group"}
    for question in flat:
        if question.name in groups:
            inside = tuple(part for part in flat if part.name.startswith(f"{question.name}."))
            yield replace(question, parts=inside)
        elif question.name.rpartition(".")[0] not in groups:
            yield question


def row_questions(repeat: Question, number: int) -> Iterator[Question]:
    """The questions of a row, counted from 0, without answers."""
    return (replace(inner, name=cell(repeat.name, number, inner.name)) for inner in repeat.inner)


class State(NamedTuple):
    """How a question stands: its raw answer, sentences beside it, choices withheld, whether it shows."""

    raw: Any
    error: str
    caution: str
    withheld: frozenset[str]
    shows: bool


def filled(question: Question, state: State) -> Question:
    """The question with what was answered; a raw answer of the wrong shape shows as none."""
    raw, error, caution, withheld, shows = state
    options = tuple(Option(*option[:2], option.value in withheld) for option in question.options)
    return replace(question, value=question.typed(raw), error=error, caution=caution, options=options, shows=shows)


def _hint(field: Field, language: str) -> str:
    """The author's hint; of files also how many and how large, before anybody chooses too many."""
    hint = hint_of(field, language)
    if not isinstance(field.definition, FileDefinition):
        return hint
    count = field.definition.max_files
    most = format_decimal(field.definition.megabytes, locale=locale(language))
    one = say(language, "One file of at most {most} MB.", most=most)
    several = say(language, "Up to {max_files} files, each of at most {most} MB.", max_files=count, most=most)
    return join(" ", [part for part in (hint, one if count == 1 else several) if part])


def _question(field: Field, language: str) -> Question:
    widget, label = widget_of(field), field.short or field.label
    return Question(
        name=field.name,
        widget=widget.template,
        grouped=widget.grouped,
        many=widget.many,
        input_type=widget.input_type,
        input_mode="numeric" if field.kind.name == "integer" else widget.input_mode,
        autocomplete=widget.autocomplete or PERSONAL.get(field.name, ""),
        size=widget.size,
        label=label.inside(language) if label else "",
        hint=_hint(field, language),
        optional=not field.required,
        depends=field.visible != ALWAYS or field.follows is not None,
        options=options_of(field, language),
        offers=bool(field.offered),
        settings=field.definition,
        language=language,
        typed=widget.typed,
        covers=(field,),
        inner=tuple(_of(field.row, language)),
    )
