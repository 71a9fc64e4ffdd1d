"""The questions of a form as they are read, before their conditions are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from formroute.definitions import Document, Place, hint, read, suggest
from formroute.forms.definition import BlockDefinition, FormDefinition, PageDefinition
from formroute.forms.kinds import Kind
from formroute.forms.setting import Setting
from formroute.problems import Problem

RESERVED = frozenset(
    {"form", "channel", "language", "received", "now", "today", "any", "any_text", "all", "none", "answered", "blank"}
)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII)


class Asked(NamedTuple):
    """One field as read."""

    name: str
    kind: Kind
    definition: Any
    place: Place
    group: Asked | None = None
    row: tuple[Asked, ...] = ()

    @property
    def is_written(self) -> bool:
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


class AskedPage(NamedTuple):
    """A page with its fields, and those of its groups after them."""

    definition: PageDefinition
    place: Place
    asked: list[Asked]


class AskedReader:
    """Reads the fields of one form, on its own pages and on those of the blocks that it uses.

    `names` are those of all fields with their places, also of the ones that `failed`: that could not be read.
    """

    def __init__(
        self,
        document: Document[FormDefinition],
        blocks: Mapping[str, Document[BlockDefinition]],
        setting: Setting,
        problems: list[Problem],
    ) -> None:
        self.definition, self.place = document.model, document.place
        self.blocks, self.setting, self.problems = blocks, setting, problems
        self.names: dict[str, Place] = {}
        self.failed: set[str] = set()
        self.lacks_block = any(page.use and page.use not in blocks for page in self.definition.pages)

    def read(self) -> list[AskedPage]:
        """The pages with their fields, as far as they can be read."""
        return [AskedPage(page, place, self.fields(page, place)) for page, place in self.pages()]

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
        """Report the blocks that there are not."""
        for number, page in enumerate(self.definition.pages):
            if page.use is not None and page.use not in self.blocks:
                place = self.place.at("pages", number, "use")
                near = suggest(page.use, self.blocks)
                self._report(place, "F215", instead=near, block=page.use, hint=hint(page.use, self.blocks))

    def fields(self, page: PageDefinition, place: Place) -> list[Asked]:
        """Those of one page."""
        fields = place["fields"]
        read_fields = [self.field(name, fields) for name in page.fields if self.named(name, fields)]
        return [one for asked in read_fields if asked is not None for one in (asked, *self.parts(asked))]

    def parts(self, group: Asked, within: str = "") -> Iterator[Asked]:
        """The questions of a group, each named after the group and itself; `within` names the rows it stands in."""
        fields = group.place["fields"]
        for own, part in (group.kind.parts(group.definition) if group.kind.parts else {}).items():
            name = f"{group.name}.{own}"
            if part is not None:
                self.names[within + name] = group.place["rows"].key(own)
                yield Asked(name, self.setting.kinds[part.kind], part.definition, group.place, group)
            elif self.named(own, fields, within + name):
                asked = self.field(own, fields, name)
                if asked is not None and asked.kind.repeats:
                    self._report(fields.at(own, "type"), "F238")
                elif asked is not None and asked.kind.reader is None:
                    self._report(fields.at(own, "type"), "F222", kind=asked.kind.name)
                elif asked is not None:
                    yield asked._replace(group=group)

    def named(self, name: str, fields: Place, whole: str | None = None) -> bool:
        """Whether `name` can be a field's, and, as the `whole` name in a group, is no other one's."""
        whole = whole or name
        place = fields.key(name)
        is_name = _NAME.fullmatch(name) and name not in RESERVED
        if not is_name and name not in RESERVED:
            self._report(place, "D118", name=name, signs="`_`", instead=re.sub(r"[^a-z0-9_]+", "_", name.lower()))
        elif not is_name:
            self._report(place, "F212", name=name, instead=f"{name}_answer")
        elif whole in self.names:
            self._report(place, "F211", name=name, first=self.names[whole].mark)
            return False
        self.names[whole] = place
        if not is_name:
            self.failed.add(whole)
        return bool(is_name)

    def field(self, name: str, fields: Place, whole: str | None = None) -> Asked | None:
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
            self._report(place, "D102", key="type")
        else:
            near = suggest(str(kind_name), self.setting.kinds)
            self._report(
                place["type"], "F213", instead=near, kind=kind_name, hint=hint(str(kind_name), self.setting.kinds)
            )
        if kind is None or definition is None:
            self.failed.add(whole or name)
            return None
        asked = Asked(whole or name, kind, definition, place)
        return asked._replace(row=tuple(self.row(asked))) if kind.repeats else asked

    def row(self, repeat: Asked) -> Iterator[Asked]:
        """The questions of one row."""
        fields, within = repeat.place["fields"], f"{repeat.name}[]."
        for own in repeat.definition.fields:
            if self.named(own, fields, within + own):
                asked = self.field(own, fields)
                if asked is not None and asked.kind.repeats:
                    self._report(fields.at(own, "type"), "F238")
                elif asked is not None and getattr(asked.definition, "stops", False):
                    self._report(fields.at(own, "stops"), "F235")
                elif asked is not None:
                    yield from (asked, *self.parts(asked, within))

    def _report(self, place: Place, code: str, *, instead: str | None = None, **values: object) -> None:
        self.problems.append(place.problem(code, instead=instead, **values))
