"""What a form file and a block file say."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from formroute.definitions import Definition, Text, wrong
from formroute.definitions.types import Id, LocalMoment, Name, Period, Sentence, Word, listed, typed


def _keywords(value: Any) -> Any:
    if not isinstance(value, dict):
        raise wrong("F209")
    return value


def _some_or_none(value: Any) -> Any:
    """A list that may be empty; one value alone is a list of one."""
    return value if isinstance(value, list | tuple) else [value]


Names = Annotated[tuple[Name, ...], typed(listed)]
SomeNames = Annotated[tuple[Name, ...], typed(_some_or_none)]
Keywords = Annotated[dict[Word, list[Sentence]], BeforeValidator(_keywords)]


class PageDefinition(Definition):
    """Questions that are asked together; or, with `use`, the pages of a block."""

    page: Id | None = None
    use: Id | None = None
    title: Text | None = None
    show_when: Any = None
    fields: dict[Word, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _page_or_block(self) -> PageDefinition:
        alone = self.model_fields_set <= {"use"} if self.use else self.page and self.title and self.fields
        if not alone:
            raise wrong("F210")
        return self


class CheckDefinition(Definition):
    """What must hold across answers; the message stands beside the field `at`."""

    require: Any
    message: Text
    at: Name


class ExpectDefinition(Definition):
    """What a form's test expects: the notice that stops it, the fields that show an error, those that show or hide."""

    stops: Name | None = None
    errors: SomeNames | None = None
    shows: Names = ()
    hides: Names = ()


class FormTestDefinition(Definition):
    """An author's test of a form: answers in, what must come of them."""

    test: Sentence
    answers: dict[Word, Any] = Field(default_factory=dict)
    now: LocalMoment | None = None
    expect: ExpectDefinition


class BlockDefinition(Definition):
    """Pages that several forms share."""

    block: Id
    pages: Annotated[list[PageDefinition], Field(min_length=1)]


class FormDefinition(Definition):
    """One request type as a resident meets it."""

    form: Id
    title: Text
    summary: Text
    keywords: Keywords = Field(default_factory=dict)
    pages: Annotated[list[PageDefinition], Field(min_length=1)]
    checks: list[CheckDefinition] = Field(default_factory=list)
    publish: dict[Name, Word] = Field(default_factory=dict)
    keep_for: Period | None = None
    after_sending: Text | None = None
    acknowledge: Name | None = None
    tests: list[FormTestDefinition] = Field(default_factory=list)
