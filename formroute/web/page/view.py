"""What the template of a form's page is given: the page's questions with answers, errors and the ways on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from formroute.forms import Checked, FieldError, Form
from formroute.messages import join
from formroute.records import Receipt
from formroute.web.draft.drafts import Draft
from formroute.web.draft.marks import marks_of, rows_of
from formroute.web.draft.rows import followed_in
from formroute.web.draft.screens import Screen, seen, shown
from formroute.web.page.notices import Notice
from formroute.web.page.plan import Question, Row, State, filled, nested, questions, row_questions
from formroute.web.page.wrong import Wrong


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of a form, ready to draw; `step` counts from 1 among the pages that show.

    `carried` are the first answers that came with the link. `notices` are what routes tell by now, and `listens`
    says that they may tell something of this form.
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
    notices: tuple[Notice, ...] = ()
    listens: bool = False

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
        return self.progress[0]

    @property
    def steps(self) -> int:
        """How many pages show, with the last look at the answers."""
        return self.progress[1]

    @property
    def progress(self) -> tuple[int, int]:
        """The step and how many there are."""
        pages = shown(self.form, self.checked)
        pages = pages if self.page.id in pages else (*pages, self.page.id)
        return pages.index(self.page.id) + 1, len(pages) + 1

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
        return tuple(Wrong.of(self.form, error, self.language) for error in ordered)

    @property
    def tells(self) -> bool:
        """Whether anything stands above the page."""
        return bool(self.errors or self.warnings or self.news or self.sent or self.notices)

    @property
    def questions(self) -> Sequence[Question]:
        """Every question of the page, those that do not show included."""
        return [self.filling.question(asked) for asked in nested(questions(self.page, self.language))]

    @property
    def filling(self) -> Filling:
        """What the questions are filled with."""
        raw = {**self.draft.raw, **worked_out(self.form, self.checked, self.language)}
        return Filling(raw, self.checked, self.language, _beside(self.wrong), _beside(self.cautions))

    @property
    def shown(self) -> str:
        """What the page shows, in short, to tell on its return what was typed on it."""
        return json.dumps(marks_of(self.page.fields, self.draft.raw), separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Filling:
    """What the questions of a page are filled with: `raw` answers with what follows from them, and sentences."""

    raw: Mapping[str, Any]
    checked: Checked
    language: str
    wrong: Mapping[str, str]
    cautions: Mapping[str, str]

    def question(self, asked: Question) -> Question:
        """A question of the page, with its rows if it is a repeat, with its parts if it is a group."""
        drawn = filled(asked, self.state(asked))
        parts = tuple(map(self.question, asked.parts))
        rows = tuple(self._rows(asked)) if asked.inner else ()
        return replace(drawn, rows=rows, parts=parts) if rows or parts else drawn

    def state(self, asked: Question) -> State:
        """How a question of the page stands."""
        return self._state(asked.name, self.raw.get(asked.name), is_shown(asked, self.checked))

    def _rows(self, repeat: Question) -> Iterator[Row]:
        for number, row in enumerate(rows_of(self.raw.get(repeat.name))):
            boxes = list(zip(repeat.inner, row_questions(repeat, number), strict=True))
            drawn = [filled(box, self._box(box, row.get(inner.name))) for inner, box in boxes]
            title = repeat.covers[0].title(number + 1, self.language)
            yield Row(f"{repeat.name}-{number}", title, tuple(nested(drawn)))

    def _box(self, box: Question, raw: object) -> State:
        """How a question of a row stands; a value that follows from others is told in words."""
        if box.covers[0].follows is None:
            return self._state(box.name, raw, box.name in self.checked.showing)
        return self._state(box.name, self.raw.get(box.name, ""), box.name in self.checked.followed)

    def _state(self, name: str, raw: object, shows: bool) -> State:
        withheld = self.checked.withheld.get(name, frozenset())
        return State(raw, self.wrong.get(name, ""), self.cautions.get(name, ""), withheld, shows)


def is_shown(question: Question, checked: Checked) -> bool:
    """Whether a resident sees it with these answers; a heading with any of what stands under it."""
    return any(seen(field, checked) for field in question.covers)


def worked_out(form: Form, checked: Checked, language: str) -> Mapping[str, Any]:
    """The values that follow from the answers, in words."""
    found = (field for field in form.fields.values() if field.follows is not None and field.name in checked.answers)
    values = {field.name: field.show(checked.answers[field.name], language) for field in found}
    return {**values, **followed_in(form.fields.values(), checked, language)}


def _beside(wrong: Iterable[Wrong]) -> Mapping[str, str]:
    """One text per question, where several files are wrong too."""
    texts: dict[str, str] = {}
    for line in wrong:
        texts[line.field] = join(" ", (texts[line.field], line.text)) if line.field in texts else line.text
    return texts
