"""From what an author wrote to a form that can judge, or to every problem in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic_core import to_json

from formroute.conditions import (
    ALWAYS,
    All,
    Calculation,
    Condition,
    Lookup,
    Moment,
    Not,
    Question,
    Rows,
    Score,
    Surroundings,
    chooses,
    compile_condition,
    facts,
    named_in,
    names_in,
    rows_of,
)
from formroute.conditions import Any as AnyOf
from formroute.definitions import Definition, Document, Place, hint, read, suggest
from formroute.forms.circles import circles
from formroute.forms.definition import WITHIN, BlockDefinition, FormDefinition, PageDefinition
from formroute.forms.field import Check, Field, Page
from formroute.forms.form import Form
from formroute.forms.form_test import FormTest
from formroute.forms.judge import refusal_of
from formroute.forms.kinds import (
    KINDS,
    CalculatedDefinition,
    Kind,
    calculated_domain,
    read_calculation,
    read_lookup,
    read_points,
)
from formroute.forms.lookup import Library
from formroute.forms.renames import Renamed, Renames, inside, old_names
from formroute.forms.verify import verify
from formroute.forms.wording import wording
from formroute.problems import Problem

CHANNELS = ("web", "api", "phone", "counter", "chat")
RESERVED = frozenset(
    {"form", "channel", "language", "received", "now", "today", "any", "any_text", "all", "none", "answered", "blank"}
)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a form is compiled in: the catalogue's languages and time zone, its files, calendars and kinds.

    `acknowledge` is the e-mail question whose answer gets letters where a form names no other.
    """

    languages: tuple[str, ...]
    zone: ZoneInfo
    library: Library
    around: Surroundings
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)
    channels: tuple[str, ...] = CHANNELS
    acknowledge: str | None = None
    ask: str = "page_by_page"


class _Asked(NamedTuple):
    """A field as read, before its conditions are known."""

    name: str
    kind: Kind
    definition: Any
    place: Place
    group: _Asked | None = None
    row: tuple[_Asked, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether it stands in the file by itself; the rows of a matrix do not."""
        return self.group is None or "fields" in type(self.group.definition).model_fields

    @property
    def is_first_row(self) -> bool:
        """Whether it is the first row of a matrix, with which what all rows share is told once."""
        return self.group is not None and self.name == f"{self.group.name}.{next(iter(self.group.definition.rows))}"


def compile_form(
    document: Document[FormDefinition],
    blocks: Mapping[str, Document[BlockDefinition]],
    setting: Setting,
    problems: list[Problem],
    *,
    blocks_unread: bool = False,
    proved: bool = False,
) -> Form | None:
    """The form that `document` defines; None when `problems` were found in it.

    With `blocks_unread` a block that is missing may stand in a file that could not be read, so nothing is
    said about it, nor about conditions that may look at its questions. A form that is `proved` was compiled from the
    same text before: what was shown then is not shown again.
    """
    compiler = _Compiler(document, blocks, setting, problems)
    if blocks_unread and compiler.lacks_block:
        compiler.read_alone()
        return None
    return compiler.form(proved=proved)


class _Compiler:
    """One form on its way: fields first, then conditions in the order of asking."""

    def __init__(
        self,
        document: Document[FormDefinition],
        blocks: Mapping[str, Document[BlockDefinition]],
        setting: Setting,
        problems: list[Problem],
    ) -> None:
        self.definition, self.place = document.model, document.place
        self.blocks, self.setting, self.problems = blocks, setting, problems
        self.titles = {self.definition.form: self.definition.title}
        self.conditions: dict[tuple[str, bool], Condition] = {}
        self.scope: dict[str, Question] = facts(self.titles, setting.channels, setting.languages, received=False)
        self.facts = frozenset(self.scope)
        self.names: dict[str, Place] = {}
        self.failed: set[str] = set()
        self.stops: list[Condition] = []
        self.groups: dict[str, Condition] = {}
        self.lacks_block = any(page.use and page.use not in blocks for page in self.definition.pages)

    def read_alone(self) -> None:
        """Find what is wrong with the form's own fields, without the blocks that it uses."""
        for page, place in self.pages():
            self.fields(page, place)

    def form(self, *, proved: bool) -> Form | None:
        before = len([found for found in self.problems if found.severity == "error"])
        self.missing_blocks()
        read_pages = [(page, place, self.fields(page, place)) for page, place in self.pages()]
        self.refuse_circles(read_pages)
        pages = tuple(self.page(page, place, asked) for page, place, asked in read_pages)
        checks = tuple(self.checks())
        published = dict(self.published())
        self.keywords()
        renames = self.renames([item for _, _, asked in read_pages for item in asked])
        acknowledge = self.acknowledged(pages)
        if len([found for found in self.problems if found.severity == "error"]) > before:
            return None
        if not proved:
            self.problems += verify(pages, self.scope)
            self.problems += wording(pages)
        written_out = partial(_source, self.definition, read_pages, self.setting.languages)
        return self.assembled(pages, checks, published, acknowledge, written_out, renames)

    def pages(self) -> Iterator[tuple[PageDefinition, Place]]:
        """The form's own pages, with those of its blocks in their places."""
        for number, page in enumerate(self.definition.pages):
            place = self.place.at("pages", number)
            if page.use is None:
                yield page, place
            elif page.use in self.blocks:
                block = self.blocks[page.use]
                for inner, shared in enumerate(block.model.pages):
                    yield shared, block.place.at("pages", inner)

    def missing_blocks(self) -> None:
        for number, page in enumerate(self.definition.pages):
            if page.use is not None and page.use not in self.blocks:
                place = self.place.at("pages", number, "use")
                near = suggest(page.use, self.blocks)
                self.report(place, "F215", instead=near, block=page.use, hint=hint(page.use, self.blocks))

    def fields(self, page: PageDefinition, place: Place) -> list[_Asked]:
        """The fields of a page as far as they can be read; the names of the others are remembered."""
        fields = place["fields"]
        read_fields = [self.field(name, fields) for name in page.fields if self.named(name, fields)]
        return [one for asked in read_fields if asked is not None for one in (asked, *self.parts(asked))]

    def parts(self, group: _Asked, within: str = "") -> Iterator[_Asked]:
        """The questions of a group, each named after the group and itself; `within` names the rows it stands in."""
        fields = group.place["fields"]
        for own, part in (group.kind.parts(group.definition) if group.kind.parts else {}).items():
            name = f"{group.name}.{own}"
            if part is not None:
                self.names[within + name] = group.place["rows"].key(own)
                yield _Asked(name, self.setting.kinds[part.kind], part.definition, group.place, group)
            elif self.named(own, fields, within + name):
                asked = self.field(own, fields, name)
                if asked is not None and asked.kind.repeats:
                    self.report(fields.at(own, "type"), "F238")
                elif asked is not None and asked.kind.reader is None:
                    self.report(fields.at(own, "type"), "F222", kind=asked.kind.name)
                elif asked is not None:
                    yield asked._replace(group=group)

    def named(self, name: str, fields: Place, whole: str | None = None) -> bool:
        """Whether `name` can be a field's, and, as the `whole` name in a group, is no other one's."""
        whole = whole or name
        place = fields.key(name)
        is_name = _NAME.fullmatch(name) and name not in RESERVED
        if not is_name and name not in RESERVED:
            self.report(place, "D118", name=name, signs="`_`", instead=re.sub(r"[^a-z0-9_]+", "_", name.lower()))
        elif not is_name:
            self.report(place, "F212", name=name, instead=f"{name}_answer")
        elif whole in self.names:
            self.report(place, "F211", name=name, first=self.names[whole].mark)
            return False
        self.names[whole] = place
        if not is_name:
            self.failed.add(whole)
        return bool(is_name)

    def field(self, name: str, fields: Place, whole: str | None = None) -> _Asked | None:
        """The field at `name`, as far as it can be read; in a group `whole` is its name."""
        place = fields[name]
        raw = place.plain()
        kind_name = raw.get("type") if isinstance(raw, dict) else None
        kind = self.setting.kinds.get(kind_name) if isinstance(kind_name, str) else None
        definition = None
        if kind is not None:
            definition = read(kind.definition, place, self.problems, self.setting.languages)
            definition = definition and kind.resolve(definition, place, self.setting.library, self.problems)
        elif kind_name is None:
            self.report(place, "D102", key="type")
        else:
            near = suggest(str(kind_name), self.setting.kinds)
            self.report(
                place["type"], "F213", instead=near, kind=kind_name, hint=hint(str(kind_name), self.setting.kinds)
            )
        if kind is None or definition is None:
            self.failed.add(whole or name)
            return None
        asked = _Asked(whole or name, kind, definition, place)
        return asked._replace(row=tuple(self.row(asked))) if kind.repeats else asked

    def row(self, repeat: _Asked) -> Iterator[_Asked]:
        """The questions of one row."""
        fields, within = repeat.place["fields"], f"{repeat.name}[]."
        for own in repeat.definition.fields:
            if self.named(own, fields, within + own):
                asked = self.field(own, fields)
                if asked is not None and asked.kind.repeats:
                    self.report(fields.at(own, "type"), "F238")
                elif asked is not None and getattr(asked.definition, "stops", False):
                    self.report(fields.at(own, "stops"), "F235")
                elif asked is not None:
                    yield from (asked, *self.parts(asked, within))

    def compiled_row(self, repeat: _Asked) -> tuple[tuple[Field, ...], Rows]:
        """The fields of a row, compiled in a scope of its own before those around it, and the rows' answers."""
        around, own = self.scope, [asked.name for asked in repeat.row]
        known, self.conditions = self.conditions, {}
        groups, self.groups = self.groups, {}
        self.scope = {name: question for name, question in around.items() if name not in own}
        fields = tuple(self.compiled(asked, ALWAYS) for asked in repeat.row)
        scope = {name: self.scope[name] for name in own if name in self.scope}
        self.scope, self.conditions, self.groups = around, known, groups
        return fields, rows_of(scope, repeat.definition.min_items, repeat.definition.max_items)

    def refuse_circles(self, pages: list[tuple[PageDefinition, Place, list[_Asked]]]) -> None:
        """Report fields that depend on each other; nothing more is said of what they look at."""
        asked_on = {item.name: (item, page, place) for page, place, asked in pages for item in asked}
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

    def looked_at(self, asked: _Asked, page: PageDefinition, place: Place) -> Iterator[tuple[Any, Callable[[], Place]]]:
        """What may name the fields that a field, or the page it stands on, looks at, each with its place."""
        definition = asked.definition
        if page.show_when is not None:
            yield page.show_when, lambda: place["show_when"]
        if definition.show_when is not None:
            yield definition.show_when, lambda: asked.place["show_when"]
        if isinstance(definition, CalculatedDefinition):
            yield from ((written, partial(asked.place.at, key)) for key, written in definition.looked_at())
        for value, one in _offers(definition).items():
            if one.show_when is not None:
                yield one.show_when, partial(asked.place.at, "choices", value, "show_when")

    def page(self, page: PageDefinition, place: Place, asked: list[_Asked]) -> Page:
        visible = self.condition(page.show_when, place, "show_when")
        fields = tuple(self.compiled(item, visible) for item in asked)
        title = page.title or self.definition.title
        return Page(page.page or "", title, fields, visible, place)

    def compiled(self, asked: _Asked, page_visible: Condition) -> Field:
        """The field with its condition, added to the scope of those after it."""
        visible = self.shown(asked)
        follows = self.followed(asked) if isinstance(asked.definition, CalculatedDefinition) else None
        offered = dict(self.offered(asked))
        field = Field.of(asked.name, asked.kind, asked.definition, visible, follows, offered, asked.place)
        if asked.group is not None:
            field = field.inside(asked.group.definition.label)
        self.first_answer(asked)
        both = _both(page_visible, visible)
        if field.stops:
            self.stops.append(both)
        domain = calculated_domain(asked.definition, follows) if follows else asked.kind.domain(asked.definition)
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
        elif isinstance(asked.definition, CalculatedDefinition):
            self.failed.add(asked.name)
        return field

    def shown(self, asked: _Asked) -> Condition:
        """When a field shows on its page; one in a group only when the group does."""
        own = self.condition(asked.definition.show_when, asked.place, "show_when") if asked.is_written else ALWAYS
        if asked.kind.parts:
            self.groups[asked.name] = own
        return own if asked.group is None else _both(self.groups[asked.group.name], own)

    def offered(self, asked: _Asked) -> Iterator[tuple[str, Condition]]:
        """The choices that are offered only sometimes, with their conditions."""
        for value, offer in _offers(asked.definition).items():
            if offer.show_when is not None:
                yield value, self.condition(offer.show_when, asked.place, "choices", value, "show_when")

    def first_answer(self, asked: _Asked) -> None:
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

    def followed(self, asked: _Asked) -> Lookup | Calculation | Score | None:
        """What a calculated field comes from; None when that cannot be read."""
        definition, library = asked.definition, self.setting.library
        if definition.lookup is not None:
            if self.failed & set(definition.lookup.match.values()):
                return None
            return read_lookup(definition.lookup, asked.place, self.scope, library, self.problems)
        if definition.points is not None:
            return read_points(definition.points, asked.place, self.condition, self.problems)
        if names_in(definition.value, self.failed) or self.lacks_block:
            return None
        later = self.names.keys() - self.scope.keys()
        return read_calculation(definition, asked.place, self.scope, later, self.problems)

    def condition(self, raw: Any, place: Place, *steps: str | int, blank: bool = False) -> Condition:
        """The condition that stands `steps` below `place`, on the questions so far; each text is compiled once.

        One that cannot be compiled has added its problems.
        """
        if raw is None or self.lacks_block or (self.failed and named_in(raw, self.failed)):
            return ALWAYS
        text = repr(raw), blank
        if text in self.conditions:
            return self.conditions[text]
        before = len(self.problems)
        later, around = self.names.keys() - self.scope.keys(), self.setting.around
        at = place.at(*steps)
        found = compile_condition(raw, at, self.scope, self.problems, later=later, around=around, blank=blank)
        if found is not None and len(self.problems) == before:
            self.conditions[text] = found
        return ALWAYS if found is None else found

    def checks(self) -> Iterator[Check]:
        for number, check in enumerate(self.definition.checks):
            place = self.place.at("checks", number)
            if check.at not in self.names and not self.lacks_block:
                near = suggest(check.at, self.names)
                self.report(place["at"], "F207", instead=near, field=check.at, hint=hint(check.at, self.names))
            if check.warn is None:
                held = self.condition(check.require, place["require"], blank=True)
                yield Check(held, check.message, check.at, place)
            else:
                held = self.condition(check.warn, place["warn"])
                yield Check(Not(held), check.message, check.at, place, f"warning_{number + 1}")

    def published(self) -> Iterator[tuple[str, int]]:
        """Places that public output may show, with the metres within which it may."""
        for name, how in self.definition.publish.items():
            place = self.place["publish"]
            found = WITHIN.fullmatch(how)
            if name not in self.names and not self.lacks_block:
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

    def renames(self, asked: Iterable[_Asked], within: str = "") -> Renames:
        """What its questions, their choices and those in rows were called before; `within` names the rows."""
        asked = list(asked)
        some = any(vars(item.definition).get("was") for item in asked)  # most forms have none, and there are many
        fields = old_names(self.renamed(asked, within), self.problems) if some else {}
        fields |= {old: new for old, new in inside(fields, [item.name for item in asked]) if old not in fields}
        choices = {item.name: self.old_choices(item) for item in asked if _has_renamed_choices(item)}
        rows = {item.name: self.renames(item.row, f"{item.name}[].") for item in asked if item.row}
        return Renames(
            fields,
            {name: found for name, found in choices.items() if found},
            {name: found for name, found in rows.items() if found},
        )

    def old_choices(self, asked: _Asked) -> Mapping[str, str]:
        """The old values of a question's choices, each with that of today."""
        offers = _offers(asked.definition)
        if asked.is_written and isinstance(asked.place["choices_from"].plain(), str):  # found right when it was read
            return {old: value for value, offer in offers.items() for old in offer.was}
        place = asked.place["choices" if asked.is_written else "scale"]
        named = (Renamed(value, one.was, place[value], place.key(value)) for value, one in offers.items())
        return old_names(named, self.problems if asked.is_written or asked.is_first_row else [])

    def renamed(self, asked: Iterable[_Asked], within: str) -> Iterator[Renamed]:
        """The questions with their old names; those that nobody answers only hold theirs."""
        read_names = {item.name: item for item in asked}
        for whole, at in self.names.items():
            name = whole.removeprefix(within)
            item = read_names.get(name) if whole.startswith(within) else None
            if item is not None:
                place = item.place if item.is_written else item.place["rows"][name.rpartition(".")[2]]
                yield Renamed(name, getattr(item.definition, "was", ()), place, at)
            elif not within and "[]" not in whole:
                yield Renamed(name, (), at, at)

    def acknowledged(self, pages: tuple[Page, ...]) -> str | None:
        """The e-mail question whose answer gets the letters: the form's own, else the catalogue's where it is asked."""
        addresses = [asked.name for page in pages for asked in page.fields if asked.kind.widget == "email"]
        name = self.definition.acknowledge
        if name is None:
            return self.setting.acknowledge if self.setting.acknowledge in addresses else None
        if name not in addresses and name not in self.failed and not self.lacks_block:
            near = suggest(name, addresses)
            self.report(self.place["acknowledge"], "F230", instead=near, name=name, hint=hint(name, addresses))
        return name

    def assembled(
        self,
        pages: tuple[Page, ...],
        checks: tuple[Check, ...],
        published: Mapping[str, int],
        acknowledge: str | None,
        written_out: Callable[[], str],
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
            written_out=written_out,
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


def _offers(definition: Definition) -> Mapping[str, Any]:
    """The choices of a kind that has some."""
    return vars(definition).get("choices") or {}


def _both(first: Condition, second: Condition) -> Condition:
    if first == ALWAYS:
        return second
    return first if second == ALWAYS else All((first, second))


def _has_renamed_choices(asked: _Asked) -> bool:
    return any(offer.was for offer in _offers(asked.definition).values())


def _source(
    definition: FormDefinition, pages: list[tuple[PageDefinition, Place, list[_Asked]]], languages: tuple[str, ...]
) -> str:
    """The definition as canonical JSON, with blocks and lists of choices written out."""
    plain = definition.model_dump(mode="json", exclude={"pages", "tests"}, exclude_defaults=True)
    plain["languages"] = list(languages)
    plain["pages"] = [
        {
            **page.model_dump(mode="json", exclude={"fields"}, exclude_defaults=True),
            "fields": {item.name: _dumped(item, asked) for item in asked if item.group is None},
        }
        for page, _, asked in pages
    ]
    return to_json(plain).decode()


def _dumped(item: _Asked, asked: Iterable[_Asked]) -> dict[str, Any]:
    """A field; one with fields of its own has those as they were read."""
    dumped: dict[str, Any] = item.definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if item.row:
        dumped["fields"] = {part.name: _dumped(part, item.row) for part in item.row if part.group is None}
    elif "fields" in dumped:
        parts = [part for part in asked if part.group is not None and part.group.name == item.name]
        dumped["fields"] = {part.name.partition(".")[2]: _dumped(part, ()) for part in parts}
    return {"type": item.kind.name, **dumped}
