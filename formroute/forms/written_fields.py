"""The fields of a form as their author wrote them, before their conditions are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from formroute.definitions import Document, Place, hint, read_known, suggest
from formroute.definitions.types import named
from formroute.forms.blocks import Blocks
from formroute.forms.definition import FormDefinition, PageDefinition
from formroute.forms.kinds import UNCLEAR, FieldDefinition, Kind, UnclearDefinition
from formroute.forms.setting import Setting
from formroute.problems import Problem

RESERVED = frozenset(
    {"form", "channel", "language", "received", "now", "today", "any", "any_text", "all", "none", "answered", "blank"}
)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII)


class WrittenField(NamedTuple):
    """One field as its author wrote it; `group` is the one that it is a part of, `row` the questions of its rows."""

    name: str
    kind: Kind
    definition: Any
    place: Place
    group: WrittenField | None = None
    row: tuple[WrittenField, ...] = ()

    @property
    def stands_alone(self) -> bool:
        """Whether it stands in the file by itself; the rows of a matrix do not."""
        return self.group is None or "fields" in type(self.group.definition).model_fields

    @property
    def is_first_row(self) -> bool:
        """Whether it is the first row of a matrix, with which what all rows share is told once."""
        return self.group is not None and self.name == f"{self.group.name}.{next(iter(self.group.definition.rows))}"

    @property
    def offers(self) -> Mapping[str, Any]:
        """The choices of a kind that has some."""
        return vars(self.definition).get("choices") or {}


class WrittenPage(NamedTuple):
    """A page with its fields, and those of its groups after them."""

    definition: PageDefinition
    place: Place
    fields: list[WrittenField]


class FormReader:
    """Reads the fields of one form, on its own pages and on those of the blocks that it uses.

    `names` are those of all fields with their places, also of the ones that `failed`: that could not be read. With
    `lacks_pages` there may be more, on a page or in a block that is not there.
    """

    def __init__(
        self,
        document: Document[FormDefinition],
        blocks: Blocks,
        setting: Setting,
        problems: list[Problem],
    ) -> None:
        self.definition, self.place = document.model, document.place
        self.blocks, self.setting, self.problems = blocks, setting, problems
        self.names: dict[str, Place] = {}
        self.failed: set[str] = set()
        used = [self.blocks.meant(page.use) for page in self.definition.pages if page.use]
        self.lacks_pages = any(
            one is None or one.lacks("pages") or one.place.source.is_doubtful for one in (document, *used)
        )

    def read(self) -> list[WrittenPage]:
        """The pages with their fields, as far as they can be read."""
        self.refuse_missing_blocks()
        pages = [WrittenPage(page, place, self.fields(page, place)) for page, place in self.pages()]
        self.refuse_twice(pages)
        return pages

    def refuse_twice(self, pages: Iterable[WrittenPage]) -> None:
        """A page's name is part of its address, so no two have the same one."""
        first: dict[str, Place] = {}
        for page in pages:
            name = page.definition.page
            if name in first:
                self.problems.append(page.place["page"].problem("F239", name=name, first=first[name].mark))
            elif name:
                first[name] = page.place["page"]

    def pages(self) -> Iterator[tuple[PageDefinition, Place]]:
        """The form's own pages, with those of its blocks in their places."""
        used: dict[str, Place] = {}
        for number, page in enumerate(self.definition.pages):
            place = self.place.at("pages", number)
            if page.use is None:
                yield page, place
            elif page.use in used:
                first = used[page.use].mark.line
                self.problems.append(place.superfluous("use", "F240", block=page.use, first=first))
            elif (block := self.blocks.meant(page.use)) is not None:
                used[page.use] = place
                for inner, shared in enumerate(block.model.pages):
                    yield shared, block.place.at("pages", inner)

    def refuse_missing_blocks(self) -> None:
        """Pages of blocks that there are not."""
        for number, page in enumerate(self.definition.pages):
            if page.use is not None and self.blocks.lacks(page.use):
                place, hint = self.place.at("pages", number, "use"), self.blocks.hint(page.use)
                self._report(place, "F215", instead=self.blocks.near(page.use), block=page.use, hint=hint)

    def fields(self, page: PageDefinition, place: Place) -> list[WrittenField]:
        """Those of one page."""
        fields = place["fields"]
        named = [(name, self.named(name, fields)) for name in page.fields]
        read_fields = [self.field(name, fields, whole) for name, whole in named if whole]
        return [one for asked in read_fields for one in (asked, *self.parts(asked))]

    def parts(self, group: WrittenField, within: str = "") -> Iterator[WrittenField]:
        """The questions of a group, each named after the group and itself; `within` names the rows it stands in."""
        fields = group.place["fields"]
        for own, part in (group.kind.parts(group.definition) if group.kind.parts else {}).items():
            name = f"{group.name}.{own}"
            if part is not None:
                self.names[within + name] = group.place["rows"].key(own)
                yield WrittenField(name, self.setting.kinds[part.kind], part.definition, group.place, group)
            elif whole := self.named(own, fields, group.name, within):
                asked = self.field(own, fields, whole)
                if asked.kind.repeats:
                    asked = self.misplaced(asked, "type", "F238")
                elif asked.kind.reader is None and asked.kind is not UNCLEAR:
                    asked = self.misplaced(asked, "type", "F222")
                yield asked._replace(group=group)

    def named(self, name: str, fields: Place, group: str = "", within: str = "") -> str | None:
        """The whole name of a field, as it should be where it cannot be so; None when it is another one's."""
        place, meant = fields.key(name), name
        if name in RESERVED:
            meant = f"{name}_answer"
            self._report(place, "F212", name=name, instead=meant)
        elif not _NAME.fullmatch(name):
            meant = named(name, "_") or name
            self._report(place, "D118", name=name, signs="`_`", instead=meant)
        whole = f"{group}.{meant}" if group else meant
        if within + whole in self.names:
            self._report(place, "F211", name=name, first=self.names[within + whole].mark)
            return None
        self.names[within + whole] = place
        return whole

    def field(self, name: str, fields: Place, whole: str) -> WrittenField:
        """The field at `name`, as far as it can be read; `whole` is its name in the form."""
        place = fields[name]
        kind = self.kind(place)
        if kind is None:
            return self.unclear(whole, place)
        document = read_known(kind.definition, place, self.problems, self.setting.languages)
        if document is None or document.lacks(*_own_keys(kind)):
            return self.unclear(whole, place)
        definition = kind.resolve(document.model, document.place, self.setting.library, self.problems)
        if definition is None:
            return self.unclear(whole, place)
        asked = WrittenField(whole, kind, definition, document.place)
        return asked._replace(row=tuple(self.row(asked))) if kind.repeats else asked

    def unclear(self, name: str, place: Place) -> WrittenField:
        """The field at `place`, of which no more is known."""
        self.failed.add(name)
        return WrittenField(name, UNCLEAR, UnclearDefinition.of(place.plain()), place)

    def misplaced(self, asked: WrittenField, key: str, code: str) -> WrittenField:
        """A field that cannot stand where it stands."""
        self._report(asked.place[key], code, kind=asked.kind.name)
        return self.unclear(asked.name, asked.place)

    def kind(self, place: Place) -> Kind | None:
        """The kind of a field as far as it says one; the nearest to a word that is none."""
        raw, kinds = place.plain(), self.setting.kinds
        if not isinstance(raw, dict):
            self._report(place, "D113", hint="Write each key on a line of its own: `type`, `label` and the others.")
            return None
        key = "type" if "type" in raw else suggest("type", raw)
        written = raw.get(key) if key else None
        if key is None:
            self._report(place, "D102", key="type")
        elif not isinstance(written, str) or written not in kinds:
            near = suggest(str(written), kinds)
            self._report(place[key], "F213", instead=near, kind=written, hint=hint(str(written), kinds))
            written = near
        return kinds.get(written) if isinstance(written, str) else None

    def row(self, repeat: WrittenField) -> Iterator[WrittenField]:
        """The questions of one row."""
        fields, within = repeat.place["fields"], f"{repeat.name}[]."
        for own in repeat.definition.fields:
            if whole := self.named(own, fields, within=within):
                asked = self.field(own, fields, whole)
                if asked.kind.repeats:
                    asked = self.misplaced(asked, "type", "F238")
                elif getattr(asked.definition, "stops", False):
                    asked = self.misplaced(asked, "stops", "F235")
                yield from (asked, *self.parts(asked, within))

    def _report(self, place: Place, code: str, *, instead: str | None = None, **values: object) -> None:
        self.problems.append(place.problem(code, instead=instead, **values))


def _own_keys(kind: Kind) -> frozenset[str]:
    """The keys that say what the answers are: those that not every field has."""
    return frozenset(kind.definition.model_fields) - FieldDefinition.model_fields.keys()
