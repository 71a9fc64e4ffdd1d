"""What the template of a form's page is given: the page's questions with answers, errors and the ways on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from formroute.forms import Checked, FieldError, Form
from formroute.records import Receipt
from formroute.web.drafts import Draft
from formroute.web.plan import Question, filled, questions
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
        lines = (Wrong(error.field, error.say(self.language)) for error in errors)
        return tuple(sorted(lines, key=lambda line: order.index(line.field)))

    @property
    def questions(self) -> Sequence[Question]:
        """Every question of the page, those that do not show included."""
        shown = worked_out(self.form, self.checked, self.language)
        wrong, cautions = _beside(self.wrong), _beside(self.cautions)
        filled_in = [
            filled(
                question,
                shown.get(question.name) or self.draft.raw.get(question.name),
                error=wrong.get(question.name, ""),
                caution=cautions.get(question.name, ""),
                withheld=self.checked.withheld.get(question.name, ()),
                shows=is_shown(question, self.checked),
            )
            for question in questions(self.page, self.language)
        ]
        return list(_nested(filled_in))

    @property
    def _pages(self) -> Sequence[str]:
        pages = shown(self.form, self.checked)
        return pages if self.page.id in pages else (*pages, self.page.id)


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
