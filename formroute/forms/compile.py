"""From what an author wrote to a form that can judge, or to every problem in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from formroute.conditions import ALWAYS, Condition, Not, chooses
from formroute.conditions import Any as AnyOf
from formroute.definitions import Document, unknown
from formroute.forms.blocks import Blocks
from formroute.forms.circles import circular
from formroute.forms.compile_fields import FieldCompiler, together
from formroute.forms.definition import WITHIN, FormDefinition
from formroute.forms.field import Check, Page
from formroute.forms.form import Form
from formroute.forms.form_test import FormTest
from formroute.forms.setting import Setting
from formroute.forms.sketch import Sketch
from formroute.forms.verify import verify
from formroute.forms.was import renames_of
from formroute.forms.wording import wording
from formroute.forms.written_fields import FormReader
from formroute.forms.written_out import written_out
from formroute.problems import Problem, Severity


def compile_form(
    document: Document[FormDefinition],
    blocks: Blocks,
    setting: Setting,
    problems: list[Problem],
    *,
    proved: bool = False,
) -> Sketch:
    """The form that `document` defines, as far as it can be known; `finished` when no `problems` were found in it.

    A form that is `proved` was compiled from the same text before: what was shown then is not shown again.
    """
    before = _errors(problems)
    compiler = _FormCompiler(FormReader(document, blocks, setting, problems))
    form = compiler.form()
    used = (blocks.documents.get(page.use or "") for page in document.model.pages)
    broken = not document.whole or any(block is not None and not block.whole for block in used)
    whole = not broken and not compiler.lacks_pages and _errors(problems) == before
    if whole and not proved:
        problems += verify(form.pages, form.checks, compiler.fields.scope)
        problems += wording(form.pages)
    return Sketch(document.place, form, whole=whole, closed=not compiler.lacks_pages)


def _errors(problems: Iterable[Problem]) -> int:
    return sum(found.severity is Severity.ERROR for found in problems)


class _FormCompiler:
    """One form on its way: its questions are read, then compiled with their conditions, then what speaks of them."""

    def __init__(self, questions: FormReader) -> None:
        self.definition, self.place = questions.definition, questions.place
        self.setting, self.problems = questions.setting, questions.problems
        self.names, self.failed, self.lacks_pages = questions.names, questions.failed, questions.lacks_pages
        self.written = questions.read()
        in_circles = circular(self.written, self.names, self.problems)
        self.failed |= in_circles
        self.fields = FieldCompiler(questions, in_circles)

    def form(self) -> Form:
        """The form; fit for use when no problem was found."""
        definition, languages = self.definition, self.setting.languages
        pages = tuple(map(self.fields.page, self.written))
        checks = tuple(self.checks())
        published = dict(self.published())
        self.refuse_unknown_languages()
        return Form(
            id=definition.form,
            title=definition.title,
            summary=definition.summary,
            keywords={language: tuple(words) for language, words in definition.keywords.items()},
            pages=pages,
            checks=checks,
            scope=self.fields.questions,
            always=tuple(self.always(pages, checks)),
            zone=self.setting.zone,
            languages=languages,
            written_out=partial(written_out, definition, self.written, languages),
            ask=definition.ask or self.setting.ask,
            after_sending=definition.after_sending,
            keep_for=definition.keep_for,
            renames=renames_of((item for page in self.written for item in page.fields), self.names, self.problems),
            acknowledge=self.acknowledged(pages),
            come_back=definition.come_back,
            published=published,
            tests=tuple(self.tests()),
            was=definition.was,
            place=self.place,
        )

    def checks(self) -> Iterator[Check]:
        for number, check in enumerate(self.definition.checks):
            place = self.place.at("checks", number)
            if check.at not in self.names and not self.lacks_pages:
                self.problems.append(unknown(place["at"], "F207", check.at, self.names, field=check.at))
            if check.warn is None:
                held = self.fields.condition(check.require, place["require"], blank=True)
                yield Check(held, check.message, check.at, place=place)
            else:
                held = self.fields.condition(check.warn, place["warn"])
                yield Check(Not(held), check.message, check.at, f"warning_{number + 1}", place=place)

    def published(self) -> Iterator[tuple[str, int]]:
        """Places that public output may show, with the metres within which it may."""
        for name, how in self.definition.publish.items():
            place = self.place["publish"]
            found = WITHIN.fullmatch(how)
            if name not in self.names and not self.lacks_pages:
                self.problems.append(unknown(place.key(name), "F207", name, self.names, field=name))
            elif found is None:
                self.problems.append(place[name].problem("F214"))
            else:
                yield name, int(found[1]) * (1000 if found[2] == "km" else 1)

    def refuse_unknown_languages(self) -> None:
        """Keywords in a language that the catalogue does not have."""
        languages = self.setting.languages
        for language in self.definition.keywords:
            if language not in languages:
                place = self.place["keywords"].key(language)
                self.problems.append(unknown(place, "D105", language, languages, language=language))

    def acknowledged(self, pages: tuple[Page, ...]) -> str | None:
        """The e-mail question whose answer gets the letters: the form's own, else the catalogue's where it is asked."""
        addresses = [field.name for page in pages for field in page.fields if field.kind.widget == "email"]
        name = self.definition.acknowledge
        if name is None:
            return self.setting.acknowledge if self.setting.acknowledge in addresses else None
        if name not in addresses and name not in self.failed and not self.lacks_pages:
            self.problems.append(unknown(self.place["acknowledge"], "F230", name, addresses, name=name))
        return name

    def tests(self) -> Iterator[FormTest]:
        for number, test in enumerate(self.definition.tests):
            yield FormTest(test.test, test.answers, test.now, test.expect, self.place.at("tests", number))

    def always(self, pages: tuple[Page, ...], checks: tuple[Check, ...]) -> Iterator[Condition]:
        """What every submission meets: no notice stopped it, and each check held where its field shows."""
        shows = {item.name: together(page.visible, item.visible) for page in pages for item in page.fields}
        for stop in self.fields.stops:
            yield Not(stop)
        for item in (item for page in pages for item in page.fields):
            for value, offered in item.offered.items():
                yield AnyOf((Not(chooses(self.fields.scope[item.name], value)), offered))
        for check in (check for check in checks if not check.warning):
            visible = shows.get(check.at, ALWAYS)
            yield check.require if visible == ALWAYS else AnyOf((Not(visible), check.require))
