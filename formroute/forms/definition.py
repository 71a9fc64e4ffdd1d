"""What a form file and a block file say."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from formroute.conditions import WrittenCondition
from formroute.definitions import Definition, Prose, Text, wrong
from formroute.definitions.shape import Named, Shaped, any_number, exactly, one_or_more, shared
from formroute.definitions.types import (
    FieldName,
    Id,
    Ids,
    LocalMoment,
    Period,
    Sentence,
    Word,
    YesNo,
    listed,
    one_of,
    some_or_none,
    typed,
)

WITHIN = re.compile(r"within ([0-9]{1,5}) (m|km)", re.ASCII)
DISTANCE = exactly(WITHIN, "within 500 m", "within 2 km")


def _keywords(value: Any) -> Any:
    if not isinstance(value, dict):
        raise wrong("F209")
    return value


def _in_one_language(value: Any, info: ValidationInfo) -> Any:
    """A list alone is in the catalogue's first language, as a text alone is."""
    languages: tuple[str, ...] = (info.context or {}).get("languages") or ()
    return {languages[0]: value} if isinstance(value, list) and languages else value


Keywords = Annotated[
    dict[Word, list[Sentence]], typed(_keywords, shared("keywords")), BeforeValidator(_in_one_language)
]
Names = Annotated[tuple[FieldName, ...], typed(listed, one_or_more)]
SomeNames = Annotated[tuple[FieldName, ...], typed(some_or_none, any_number)]
Answers = Annotated[dict[Word, Any], Shaped(shared("answers"))]


class PageDefinition(Definition):
    """Questions that are asked together; or, with `use`, the pages of a block."""

    page: Id | None = None
    """Its name, different from every other page of the form."""

    use: Annotated[Id, Named("blocks")] | None = None
    """Instead of all other keys: the pages of this block stand here."""

    title: Text | None = None
    """Its heading."""

    show_when: WrittenCondition = None
    """When the page is asked; without it always."""

    fields: Annotated[dict[Word, Any], Shaped(shared("fields"))] = Field(default_factory=dict)
    """The questions, by name and in order."""

    @model_validator(mode="after")
    def _page_or_block(self) -> PageDefinition:
        alone = self.model_fields_set <= {"use"} if self.use else self.page and self.title and self.fields
        if not alone:
            raise wrong("F210")
        return self


class CheckDefinition(Definition):
    """What must hold across answers, or, with `warn`, what a resident is asked to look at again.

    The message stands beside the field `at`.
    """

    require: WrittenCondition = None
    """The condition that must hold."""

    warn: WrittenCondition = None
    """The condition under which the message is shown, and the resident may go on."""

    message: Text
    """What a resident reads."""

    at: FieldName
    """The question beside which the message stands."""

    @model_validator(mode="after")
    def _either(self) -> CheckDefinition:
        if (self.require is None) == (self.warn is None):
            raise wrong("F219")
        return self


class ExpectDefinition(Definition):
    """What a form's test expects: the notice that stops it, questions that show an error, those that show or hide."""

    USUAL = "stops"

    stops: FieldName | None = None
    """The notice that stops the form."""

    errors: SomeNames | None = None
    """The questions that show an error."""

    warns: SomeNames | None = None
    """The questions beside which a warning stands."""

    shows: Names = ()
    """Questions and notices that show."""

    hides: Names = ()
    """Questions and notices that do not show."""


class FormTestDefinition(Definition):
    """An author's test of a form: answers in, what must come of them."""

    test: Sentence
    """What it shows, in a sentence."""

    answers: Answers = Field(default_factory=dict)
    """Answers as a resident would post them, by the names of the questions."""

    now: LocalMoment | None = None
    """The moment of answering, by the city's clocks."""

    expect: ExpectDefinition
    """What must come of it."""


class BlockDefinition(Definition):
    """Pages that several forms share."""

    block: Id
    """Its name, by which a form says `use: name`."""

    pages: Annotated[list[PageDefinition], Field(min_length=1)]
    """Pages with questions, as in a form."""


Ask = Annotated[str, one_of("one_at_a_time", "page_by_page", "all_at_once")]
"""How much of a form a resident is asked at once."""


class FormDefinition(Definition):
    """One request type as a resident meets it."""

    form: Id
    """Its name in routes, addresses and stored submissions: a letter, then letters, digits, `_` and `-`."""

    was: Ids = Field(default=(), exclude=True)
    """Its name before, or several: links, drafts and submissions under it are those of this form."""

    title: Text
    """What a resident reads in the list of forms, and above each page."""

    summary: Text
    """One sentence below the title."""

    keywords: Keywords = Field(default_factory=dict)
    """Words by which the search finds it: a list for each language."""

    pages: Annotated[list[PageDefinition], Field(min_length=1)]
    """What is asked, page by page."""

    ask: Ask | None = None
    """How much is asked at once: `one_at_a_time`, `page_by_page` or `all_at_once`; the catalogue has a default."""

    checks: list[CheckDefinition] = Field(default_factory=list)
    """What must hold across answers."""

    publish: dict[FieldName, Annotated[Word, Shaped(DISTANCE)]] = Field(default_factory=dict)
    """Questions whose answers public output may show, and how exactly: `where: within 500 m`."""

    keep_for: Period | None = None
    """How long a submission is kept; the catalogue has a default."""

    after_sending: Prose | None = None
    """What happens next, in Markdown; stands on the receipt and in the letter to the resident."""

    acknowledge: FieldName | None = None
    """The question whose address is told that the submission was received."""

    come_back: YesNo = True
    """`no` where nobody may have a link to the unfinished form sent to them."""

    tests: list[FormTestDefinition] = Field(default_factory=list)
    """Examples that must come out as written, or the catalogue does not load."""
