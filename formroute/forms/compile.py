"""From what an author wrote to a form that can judge, or to every problem in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from formroute.conditions import (
    ALWAYS,
    All,
    Calculation,
    Condition,
    Found,
    Lookup,
    Moment,
    Not,
    Question,
    Rows,
    Score,
    Unclear,
    chooses,
    compile_condition,
    facts,
    find,
    named_in,
    names_in,
    rows_of,
    supposing,
)
from formroute.conditions import Any as AnyOf
from formroute.definitions import Document, Place, hint, suggest
from formroute.forms.asked import Asked, AskedPage, AskedReader
from formroute.forms.circles import circles
from formroute.forms.definition import WITHIN, BlockDefinition, FormDefinition, PageDefinition
from formroute.forms.field import Check, Field, Page
from formroute.forms.form import Form
from formroute.forms.form_test import FormTest
from formroute.forms.judge import refusal_of
from formroute.forms.kinds import (
    CalculatedDefinition,
    calculated_domain,
    read_calculation,
    read_lookup,
    read_points,
)
from formroute.forms.renames import Renames
from formroute.forms.setting import Setting
from formroute.forms.sketch import Sketch
from formroute.forms.verify import verify
from formroute.forms.was import renames_of
from formroute.forms.wording import wording
from formroute.forms.written_out import written_out
from formroute.problems import Problem, Severity


def compile_form(
    document: Document[FormDefinition],
    blocks: Mapping[str, Document[BlockDefinition]],
    setting: Setting,
    problems: list[Problem],
    *,
    proved: bool = False,
) -> Form | None:
    """The form that `document` defines; None when `problems` were found in it.

    A form that is `proved` was compiled from the same text before: what was shown then is not shown again.
    """
    sketch = sketch_form(document, blocks, setting, problems, proved=proved)
    return sketch.form if sketch.whole else None


def sketch_form(
    document: Document[FormDefinition],
    blocks: Mapping[str, Document[BlockDefinition]],
    setting: Setting,
    problems: list[Problem],
    *,
    blocks_unread: bool = False,
    proved: bool = False,
) -> Sketch:
    """The form as far as it can be known, whole when no `problems` were found in it.

    With `blocks_unread` a block that is missing may stand in a file that could not be read, so that nothing is said
    about it.
    """
    before = _errors(problems)
    compiler = _Compiler(AskedReader(document, blocks, setting, problems))
    if not blocks_unread:
        compiler.questions.missing_blocks()
    pages = compiler.questions.read()
    form = compiler.form(pages)
    used = (blocks.get(page.use or "") for page in document.model.pages)
    broken = not document.whole or any(block is not None and not block.whole for block in used)
    whole = not broken and not compiler.lacks_pages and _errors(problems) == before
    if whole and not proved:
        problems += verify(form.pages, form.checks, compiler.scope)
        problems += wording(form.pages)
    return Sketch(document.place, form, whole=whole, closed=not compiler.lacks_pages)


def _errors(problems: Iterable[Problem]) -> int:
    return sum(found.severity is Severity.ERROR for found in problems)


class _Compiler:
    """One form on its way: fields first, then conditions in the order of asking."""

    def __init__(self, questions: AskedReader) -> None:
        self.questions = questions
        self.definition, self.place = questions.definition, questions.place
        self.setting, self.problems = questions.setting, questions.problems
        self.names, self.failed, self.lacks_pages = questions.names, questions.failed, questions.lacks_pages
        self.circular: set[str] = set()
        titles = {self.definition.form: self.definition.title}
        self.conditions: dict[tuple[str, bool, Condition], Condition] = {}
        self.scope: dict[str, Question] = facts(titles, self.setting.channels, self.setting.languages, received=False)
        self.facts = frozenset(self.scope)
        self.stops: list[Condition] = []
        self.groups: dict[str, Condition] = {}

    def form(self, read_pages: list[AskedPage]) -> Form:
        """The form of these pages; fit for use when no problem was found."""
        self.refuse_circles(read_pages)
        pages = tuple(self.page(*page) for page in read_pages)
        checks = tuple(self.checks())
        published = dict(self.published())
        self.keywords()
        renames = renames_of((item for page in read_pages for item in page.asked), self.names, self.problems)
        acknowledge = self.acknowledged(pages)
        source = partial(written_out, self.definition, read_pages, self.setting.languages)
        return self.assembled(pages, checks, published, acknowledge, source, renames)

    def compiled_row(self, repeat: Asked) -> tuple[tuple[Field, ...], Rows]:
        """The fields of a row, compiled in a scope of its own before those around it, and the rows' answers."""
        around, own = self.scope, [asked.name for asked in repeat.row]
        known, self.conditions = self.conditions, {}
        groups, self.groups = self.groups, {}
        self.scope = {name: question for name, question in around.items() if name not in own}
        fields = tuple(self.compiled(asked, ALWAYS) for asked in repeat.row)
        scope = {name: self.scope[name] for name in own if name in self.scope}
        self.scope, self.conditions, self.groups = around, known, groups
        return fields, rows_of(scope, repeat.definition.min_items, repeat.definition.max_items)

    def refuse_circles(self, pages: Iterable[AskedPage]) -> None:
        """Report fields that depend on each other; nothing more is said of what they look at."""
        asked_on = {item.name: (item, page.definition, page.place) for page in pages for item in page.asked}
        needs = {
            name: [needed for raw, _ in self.looked_at(*asked) for needed in named_in(raw, self.names)]
            for name, asked in asked_on.items()
        }
        for first, *others in circles(needs):
            path = ", which depends on ".join(f"`{name}`" for name in (*others, first)) if others else "itself"
            nearest = (*others, first)[0]
            says = [place for raw, place in self.looked_at(*asked_on[first]) if nearest in named_in(raw, self.names)]
            self.report(says[-1](), "F226", field=first, path=path)
            self.failed.update((first, *others))
            self.circular.update((first, *others))

    def looked_at(self, asked: Asked, page: PageDefinition, place: Place) -> Iterator[tuple[Any, Callable[[], Place]]]:
        """What may name the fields that a field, or the page it stands on, looks at, each with its place."""
        definition = asked.definition
        if page.show_when is not None:
            yield page.show_when, lambda: place["show_when"]
        if definition.show_when is not None:
            yield definition.show_when, lambda: asked.place["show_when"]
        if isinstance(definition, CalculatedDefinition):
            yield from ((written, partial(asked.place.at, key)) for key, written in definition.looked_at())
        for value, one in asked.offers.items():
            if one.show_when is not None:
                yield one.show_when, partial(asked.place.at, "choices", value, "show_when")

    def page(self, page: PageDefinition, place: Place, asked: list[Asked]) -> Page:
        visible = self.condition(page.show_when, place, "show_when")
        fields = tuple(self.compiled(item, visible) for item in asked)
        title = page.title or self.definition.title
        return Page(page.page or "", title, fields, visible, place=place)

    def compiled(self, asked: Asked, page_visible: Condition) -> Field:
        """The field with its condition, added to the scope of those after it."""
        visible = self.shown(asked, page_visible)
        follows = self.followed(asked) if isinstance(asked.definition, CalculatedDefinition) else None
        offered = dict(self.offered(asked, _both(page_visible, visible)))
        field = Field.of(asked.name, asked.kind, asked.definition, visible, follows, offered, asked.place)
        if asked.group is not None:
            field = field.inside(asked.group.definition.label)
        self.first_answer(asked)
        both = _both(page_visible, visible)
        if field.stops:
            self.stops.append(both)
        domain = calculated_domain(asked.definition, follows) if follows else asked.kind.domain(asked.definition)
        if domain is None and isinstance(asked.definition, CalculatedDefinition):
            self.failed.add(asked.name)
            domain = Unclear()
        if asked.kind.repeats:
            row, domain = self.compiled_row(asked)
            field = replace(field, row=row, private=field.private or any(part.private for part in row))
        if domain is not None:
            shows = None if both == ALWAYS else both
            self.scope[asked.name] = Question(
                asked.name,
                domain,
                field.label,
                field.required,
                shows,
                lookup=follows if isinstance(follows, Lookup) else None,
                calculation=follows if isinstance(follows, Calculation) else None,
                score=follows if isinstance(follows, Score) else None,
            )
        return field

    def shown(self, asked: Asked, page_visible: Condition) -> Condition:
        """When a field shows on its page; one in a group only when the group does."""
        group = ALWAYS if asked.group is None else self.groups[asked.group.name]
        raw, given = asked.definition.show_when, _both(page_visible, group)
        own = self.condition(raw, asked.place, "show_when", given=given) if asked.is_written else ALWAYS
        if asked.kind.parts:
            self.groups[asked.name] = own
        return _both(group, own)

    def offered(self, asked: Asked, shown: Condition) -> Iterator[tuple[str, Condition]]:
        """The choices that are offered only sometimes, with their conditions."""
        for value, offer in asked.offers.items():
            if offer.show_when is not None:
                steps = "choices", value, "show_when"
                yield value, self.condition(offer.show_when, asked.place, *steps, given=shown)

    def first_answer(self, asked: Asked) -> None:
        """Whether the kind takes a first answer, and takes this one."""
        keys = vars(asked.definition)
        default = keys.get("default")
        if not asked.kind.begins:
            for key in ("default", "prefill"):
                if keys.get(key) is not None:
                    self.report(asked.place.key(key), "F220", key=key, kind=asked.kind.name)
                    return
        refusal = None if default is None else refusal_of(asked.name, asked.kind, asked.definition, default, self.now())
        if refusal is not None:
            self.report(asked.place["default"], "F221", reason=refusal.say(self.setting.languages[0]))

    def now(self) -> Moment:
        """The present moment in the city."""
        return Moment(datetime.now(self.setting.zone))

    def followed(self, asked: Asked) -> Lookup | Calculation | Score | None:
        """What a calculated field comes from; None when that cannot be read."""
        definition, library = asked.definition, self.setting.library
        if definition.lookup is not None:
            if self.failed & set(definition.lookup.match.values()):
                return None
            return read_lookup(definition.lookup, asked.place, self.scope, library, self.problems)
        if definition.points is not None:
            return read_points(definition.points, asked.place, self.condition, self.problems)
        if names_in(definition.value, self.failed) or self.lacks_pages:
            return None
        later = self.names.keys() - self.scope.keys()
        return read_calculation(definition, asked.place, self.scope, later, self.problems)

    def condition(
        self, raw: Any, place: Place, *steps: str | int, blank: bool = False, given: Condition = ALWAYS
    ) -> Condition:
        """The condition that stands `steps` below `place`, on the questions so far; each text is compiled once.

        It is looked at only where what is `given` holds. One that cannot be compiled has added its problems.
        """
        if raw is None or (self.circular and named_in(raw, self.circular)):
            return ALWAYS
        text = repr(raw), blank, given
        if text in self.conditions:
            return self.conditions[text]
        before = len(self.problems)
        later, around = self.names.keys() - self.scope.keys(), self.setting.around
        at = place.at(*steps)
        found = compile_condition(
            raw,
            at,
            supposing(raw, self.scope) if self.lacks_pages else self.scope,
            self.problems,
            later=later,
            around=around,
            blank=blank,
            sought=partial(self.sought, given),
        )
        if found is not None and len(self.problems) == before:
            self.conditions[text] = found
        return ALWAYS if found is None else found

    def sought(self, given: Condition, condition: Condition) -> Found:
        """A submission that no notice has stopped so far, and that comes to both."""
        return find(All((given, condition, *map(Not, self.stops))), self.scope)

    def checks(self) -> Iterator[Check]:
        for number, check in enumerate(self.definition.checks):
            place = self.place.at("checks", number)
            if check.at not in self.names and not self.lacks_pages:
                near = suggest(check.at, self.names)
                self.report(place["at"], "F207", instead=near, field=check.at, hint=hint(check.at, self.names))
            if check.warn is None:
                held = self.condition(check.require, place["require"], blank=True)
                yield Check(held, check.message, check.at, place=place)
            else:
                held = self.condition(check.warn, place["warn"])
                yield Check(Not(held), check.message, check.at, f"warning_{number + 1}", place=place)

    def published(self) -> Iterator[tuple[str, int]]:
        """Places that public output may show, with the metres within which it may."""
        for name, how in self.definition.publish.items():
            place = self.place["publish"]
            found = WITHIN.fullmatch(how)
            if name not in self.names and not self.lacks_pages:
                near = suggest(name, self.names)
                self.report(place.key(name), "F207", instead=near, field=name, hint=hint(name, self.names))
            elif found is None:
                self.report(place[name], "F214")
            else:
                yield name, int(found[1]) * (1000 if found[2] == "km" else 1)

    def keywords(self) -> None:
        languages = self.setting.languages
        for language in self.definition.keywords:
            if language not in languages:
                place = self.place["keywords"].key(language)
                near = suggest(language, languages)
                self.report(place, "D105", instead=near, language=language, hint=hint(language, languages))

    def acknowledged(self, pages: tuple[Page, ...]) -> str | None:
        """The e-mail question whose answer gets the letters: the form's own, else the catalogue's where it is asked."""
        addresses = [asked.name for page in pages for asked in page.fields if asked.kind.widget == "email"]
        name = self.definition.acknowledge
        if name is None:
            return self.setting.acknowledge if self.setting.acknowledge in addresses else None
        if name not in addresses and name not in self.failed and not self.lacks_pages:
            near = suggest(name, addresses)
            self.report(self.place["acknowledge"], "F230", instead=near, name=name, hint=hint(name, addresses))
        return name

    def assembled(
        self,
        pages: tuple[Page, ...],
        checks: tuple[Check, ...],
        published: Mapping[str, int],
        acknowledge: str | None,
        source: Callable[[], str],
        renames: Renames,
    ) -> Form:
        definition = self.definition
        return Form(
            id=definition.form,
            title=definition.title,
            summary=definition.summary,
            keywords={language: tuple(words) for language, words in definition.keywords.items()},
            pages=pages,
            checks=checks,
            scope={name: question for name, question in self.scope.items() if name not in self.facts},
            always=tuple(self.always(pages, checks)),
            zone=self.setting.zone,
            languages=self.setting.languages,
            written_out=source,
            ask=definition.ask or self.setting.ask,
            after_sending=definition.after_sending,
            keep_for=definition.keep_for,
            acknowledge=acknowledge,
            come_back=self.definition.come_back,
            published=published,
            tests=tuple(self.tests()),
            was=definition.was,
            renames=renames,
            place=self.place,
        )

    def tests(self) -> Iterator[FormTest]:
        for number, test in enumerate(self.definition.tests):
            yield FormTest(test.test, test.answers, test.now, test.expect, self.place.at("tests", number))

    def always(self, pages: tuple[Page, ...], checks: tuple[Check, ...]) -> Iterator[Condition]:
        """What every submission meets: no notice stopped it, and each check held where its field shows."""
        shows = {item.name: _both(page.visible, item.visible) for page in pages for item in page.fields}
        for stop in self.stops:
            yield Not(stop)
        for item in (item for page in pages for item in page.fields):
            for value, offered in item.offered.items():
                yield AnyOf((Not(chooses(self.scope[item.name], value)), offered))
        for check in (check for check in checks if not check.warning):
            visible = shows.get(check.at, ALWAYS)
            yield check.require if visible == ALWAYS else AnyOf((Not(visible), check.require))

    def report(self, place: Place, code: str, *, instead: str | None = None, **values: object) -> None:
        self.problems.append(place.problem(code, instead=instead, **values))


def _both(first: Condition, second: Condition) -> Condition:
    if first == ALWAYS:
        return second
    return first if second == ALWAYS else All((first, second))
