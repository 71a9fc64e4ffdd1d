"""What the template of a form's page is given: the page's questions with answers, errors and the ways on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from formroute.forms import Checked, FieldError, Form
from formroute.messages import say
from formroute.records import Receipt
from formroute.web.drafts import Draft
from formroute.web.plan import Question, Row, filled, questions, row_questions
from formroute.web.rows import rows_of
from formroute.web.screens import Screen, seen, shown


class Wrong(NamedTuple):
    """One line of the error summary: the question it leads to, and the sentence."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of a form, ready to draw; `step` counts from 1 among the pages that show.

    `carried` are the first answers that came with the link.
    """

    form: Form
    page: Screen
    draft: Draft
    checked: Checked
    language: str
    errors: tuple[FieldError, ...] = ()
    warnings: tuple[FieldError, ...] = ()
    news: tuple[str, ...] = ()
    change: bool = False
    resumed: bool = False
    seal: str = field(default="", repr=False)
    sent: Receipt | None = None
    carried: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The page's heading."""
        return self.page.title.inside(self.language)

    @property
    def name(self) -> str:
        """What tells the page from the others of the form."""
        return self.page.name.inside(self.language)

    @property
    def step(self) -> int:
        """Which of the pages that show this is."""
        return self._pages.index(self.page.id) + 1

    @property
    def steps(self) -> int:
        """How many pages show, with the last look at the answers."""
        return len(self._pages) + 1

    @property
    def stopped(self) -> bool:
        """Whether a notice on this page ends the form."""
        return self.checked.stopped in {item.name for item in self.page.fields}

    @property
    def wrong(self) -> tuple[Wrong, ...]:
        """The lines of the error summary, in the order of the questions."""
        return self._lines(self.errors)

    @property
    def cautions(self) -> tuple[Wrong, ...]:
        """What the resident is asked to look at again, in the order of the questions."""
        return self._lines(self.warnings)

    def _lines(self, errors: Iterable[FieldError]) -> tuple[Wrong, ...]:
        order = [item.name for item in self.page.fields]
        ordered = sorted(errors, key=lambda error: order.index(error.field))
        return tuple(Wrong(error.at, error.say(self.language)) for error in ordered)

    @property
    def questions(self) -> Sequence[Question]:
        """Every question of the page, those that do not show included."""
        raw = {**self.draft.raw, **worked_out(self.form, self.checked, self.language)}
        filling = _Filling(self.checked, self.language, _beside(self.wrong), _beside(self.cautions))
        drawn = (filling.question(asked, raw.get(asked.name)) for asked in questions(self.page, self.language))
        return list(_nested(list(drawn)))

    @property
    def _pages(self) -> Sequence[str]:
        pages = shown(self.form, self.checked)
        return pages if self.page.id in pages else (*pages, self.page.id)


@dataclass(frozen=True, slots=True)
class _Filling:
    """What questions are filled with, besides raw answers."""

    checked: Checked
    language: str
    wrong: Mapping[str, str]
    cautions: Mapping[str, str]

    def question(self, asked: Question, raw: object) -> Question:
        """A question of the page, with its rows if it is a repeat."""
        drawn = self.box(asked, raw, shows=is_shown(asked, self.checked))
        return replace(drawn, rows=tuple(self.rows(asked, raw))) if asked.inner else drawn

    def rows(self, repeat: Question, raw: object) -> Iterator[Row]:
        called = repeat.said("each") or repeat.label
        for number, row in enumerate(rows_of(raw)):
            boxes = zip(repeat.inner, row_questions(repeat, number), strict=True)
            drawn = (self.box(box, row.get(inner.name), shows=box.name in self.checked.showing) for inner, box in boxes)
            title = say(self.language, "{label} {number}", label=called, number=number + 1)
            yield Row(f"{repeat.name}-{number}", title, tuple(drawn))

    def box(self, asked: Question, raw: object, *, shows: bool) -> Question:
        error, caution = self.wrong.get(asked.name, ""), self.cautions.get(asked.name, "")
        withheld = self.checked.withheld.get(asked.name, ())
        return filled(asked, raw, error=error, caution=caution, withheld=withheld, shows=shows)


def _nested(flat: Sequence[Question]) -> Iterator[Question]:
    """The questions with those of a group inside it."""
    groups = {question.name for question in flat if question.widget == "group"}
    for question in flat:
        if question.name in groups:
            inside = tuple(part for part in flat if part.name.startswith(f"{question.name}."))
            yield replace(question, parts=inside)
        elif question.name.partition(".")[0] not in groups:
            yield question


def is_shown(question: Question, checked: Checked) -> bool:
    """Whether a resident sees it with these answers; a heading with any of what stands under it."""
    return any(seen(field, checked) for field in question.covers)


def worked_out(form: Form, checked: Checked, language: str) -> Mapping[str, Any]:
    """The values that follow from the answers, in words."""
    found = (field for field in form.fields.values() if field.follows is not None and field.name in checked.answers)
    return {field.name: field.show(checked.answers[field.name], language) for field in found}


def _beside(wrong: Iterable[Wrong]) -> Mapping[str, str]:
    """One text per question, where several files are wrong too."""
    texts: dict[str, str] = {}
    for line in wrong:
        texts[line.field] = f"{texts[line.field]} {line.text}" if line.field in texts else line.text
    return texts
