"""The names of each sort that files give and use, each in its room: what nothing gives or uses is misspelt there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from formroute.catalog.sources import Sources
from formroute.catalog.written import each, mappings_in, tested_in
from formroute.definitions import Place
from formroute.definitions.mended import Edit, MendedItems, Path, at
from formroute.definitions.types import named

_NEAR = 0.75
_FEWEST = 2
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?", re.ASCII)
_WORD = re.compile(r"\b[a-z][a-z0-9_]*\b(?!\s*\()", re.ASCII)
_LITERAL = re.compile(r'"[^"]*"')


class Given(NamedTuple):
    """Where a name is given: as the key or the value at the end of `path` below `place`."""

    place: Place
    path: Path
    is_key: bool = False

    @property
    def at(self) -> Place:
        """The name itself."""
        *above, last = self.path
        return self.place.at(*above).key(str(last)) if self.is_key else self.place.at(*self.path)

    def meaning(self, name: str) -> Edit:
        """What gives another name."""
        return Edit(self.path, name=name) if self.is_key else Edit(self.path, value=name)

    def parted(self, parts: list[str]) -> Edit:
        """What gives several names in the place of this one of a list."""
        *above, number = self.path
        names = at(self.place.plain(), tuple(above))
        made = MendedItems()
        for place, name in enumerate(names):
            made += parts if place == number else [name]
            made.written += [place] * (len(parts) if place == number else 1)
        return Edit(tuple(above), value=made)


class Use(NamedTuple):
    """One use of a name, told from others by the mapping or list in which it stands."""

    within: int
    step: str | int


@dataclass(slots=True)
class Names:
    """The names of one sort in one room: where each is given, and its uses.

    Where they are `distinct`, each unlike the others, the only one that nothing uses needs not be near what is meant.
    Those that are `free` may have any signs. `listed` are the items of lists that use them.
    """

    distinct: bool = False
    free: bool = False
    given: dict[str, Given] = field(default_factory=dict)
    listed: list[Given] = field(default_factory=list)
    used: dict[str, set[Use]] = field(default_factory=lambda: defaultdict(set))

    def give(self, name: Any, place: Place, *path: str | int, is_key: bool = False) -> None:
        """Note that a name is given there."""
        if isinstance(name, str):
            self.given.setdefault(name, Given(place, path, is_key))

    def use(self, within: Any, step: str | int) -> None:
        """Note what is written there, alone or in a list or in what is asked of it."""
        written = at(within, (step,))
        if isinstance(written, str):
            self.used[written].add(Use(id(within), step))
        for inner in written if isinstance(written, dict) else range(len(written)) if isinstance(written, list) else ():
            self.use(written, inner)

    def misspelt(self, fewest: int = _FEWEST) -> Iterator[tuple[Given, str]]:
        """Where each name is given that nothing uses, with the one that is meant: used as often, and given nowhere."""
        unused = [name for name in self.given if not any(one in self.used for one in _written(name, self.free))]
        missing = [name for name, uses in self.used.items() if name not in self.given and len(uses) >= fewest]
        for name in unused:
            near = [one for one in missing if _is_near(name, one)]
            if self.distinct and len(unused) == len(missing) == 1:
                near = missing
            if len(near) == 1:
                yield self.given[name], near[0]

    def unparted(self) -> Iterator[tuple[Given, list[str]]]:
        """Where names of a list stand with no comma between them, each of which is used, or given."""
        for name, given in self.given.items():
            parts = name.split()
            if not given.is_key and len(parts) > 1 and all(one in self.used and one not in self.given for one in parts):
                yield given, parts
        for listed in self.listed:
            parts = str(listed.at.plain()).split()
            if len(parts) > 1 and all(one in self.given for one in parts):
                yield listed, parts


def rooms(sources: Sources) -> Iterator[Names]:
    """The names of each sort, with all that uses them."""
    catalog = [sources.catalog] if sources.catalog else []
    everything = [*catalog, *sources.forms, *sources.blocks, *sources.tables, *sources.departments]
    yield _languages(catalog, everything)
    yield _priorities(catalog, sources.tables)
    yield _departments(catalog, sources)
    yield _calendars(catalog, everything)
    yield _documents("form", sources.forms, [*catalog, *sources.tables])
    yield _documents("block", sources.blocks, sources.forms)
    yield from map(_routes, sources.tables)
    asked = [_Asked.of(form, sources) for form in sources.forms]
    for form in asked:
        yield from form.rooms()
    for block in sources.blocks:
        yield _shared(block, [form for form in asked if form.has(block)], catalog)


def _languages(catalog: Iterable[Place], everything: Iterable[Place]) -> Names:
    names = Names(distinct=True)
    for place in catalog:
        for number, language in each(at(place.plain(), ("languages",))):
            if _LANGUAGE.fullmatch(str(language)):
                names.give(language, place, "languages", number)
    mappings = [mapping for place in everything for mapping in mappings_in(place.plain())]
    choices = {id(mapping.get("choices")) for mapping in mappings}
    for mapping in (mapping for mapping in mappings if id(mapping) not in choices):
        if all(_LANGUAGE.fullmatch(key) for key in mapping) and not names.given.keys().isdisjoint(mapping):
            for key in mapping:
                names.used[key].add(Use(id(mapping), key))
    return names


def _priorities(catalog: Iterable[Place], tables: Iterable[Place]) -> Names:
    names = Names()
    for place in catalog:
        for number, priority in each(at(place.plain(), ("priorities",))):
            names.give(priority, place, "priorities", number)
        names.use(at(place.plain(), ("defaults",)), "priority")
    for mapping in (mapping for place in tables for mapping in mappings_in(place.plain())):
        names.use(mapping, "priority")
    return names


def _departments(catalog: Iterable[Place], sources: Sources) -> Names:
    names = Names()
    for place in sources.departments:
        for name, department in each(at(place.plain(), ("departments",))):
            names.give(name, place, "departments", name, is_key=True)
            names.use(department, "fallback")
    for place in catalog:
        names.use(place.plain(), "fallback")
    for mapping in (mapping for place in sources.tables for mapping in mappings_in(place.plain())):
        names.use(mapping, "send_to")
        names.use(mapping, "copy_to")
    return names


def _calendars(catalog: Iterable[Place], everything: Iterable[Place]) -> Names:
    names = Names()
    for place in catalog:
        for name, _ in each(at(place.plain(), ("calendars",))):
            names.give(name, place, "calendars", name, is_key=True)
    for mapping in (mapping for place in everything for mapping in mappings_in(place.plain())):
        for key in ("calendar", "holiday", "after_hours"):
            if isinstance(mapping.get(key), str):
                names.use(mapping, key)
    return names


def _documents(sort: str, given: Iterable[Place], users: Iterable[Place]) -> Names:
    """Forms or blocks, which the files of the `users` name."""
    names = Names()
    for place in given:
        names.give(at(place.plain(), (sort,)), place, sort)
    for place in users:
        names.listed += [Given(place, ("forms", number)) for number, _ in each(at(place.plain(), ("forms",)))]
    for mapping in (mapping for place in users for mapping in mappings_in(place.plain())):
        for key in ("form", "forms") if sort == "form" else ("use",):
            if mapping.get(key) != "all":
                names.use(mapping, key)
    return names


def _routes(table: Place) -> Names:
    """The routes of one table, which its tests name."""
    names = Names()
    for number, route in each(at(table.plain(), ("routes",))):
        names.give(at(route, ("route",)), table, "routes", number, "route")
    for _, test in each(at(table.plain(), ("tests",))):
        names.use(at(test, ("expect",)), "route")
    return names


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions of one form, each with its file and the way to it there, and what is said of them."""

    fields: dict[str, tuple[Place, Path]]
    tested: list[tuple[Any, str]]
    read: list[tuple[Any, Any]]

    @classmethod
    def of(cls, form: Place, sources: Sources) -> _Asked:
        """Those of `form`, with all that conditions, tests and tables say of it."""
        blocks = [place.plain() for place in _blocks(form, sources).values()]
        users = [form.plain(), *blocks, *_of_form(form, sources.tables)]
        tested = [entry for user in users for entry in tested_in(user)]
        read = [
            (mapping, expression)
            for user in users
            for mapping in mappings_in(user)
            for expression in (mapping.get("if"), mapping.get("value"), mapping.get("match"))
        ]
        return cls(dict(_fields(form, sources)), tested, read)

    def has(self, block: Place) -> bool:
        """Whether questions of the block are among them."""
        return any(place is block for place, _ in self.fields.values())

    def rooms(self) -> Iterator[Names]:
        """The questions, and the choices of each."""
        names = Names()
        self.into(names, self.fields)
        yield names
        for name, (place, path) in self.fields.items():
            yield _choices(place, (*path, "choices"), [entry for entry in self.tested if entry[1] == name])

    def into(self, names: Names, fields: Mapping[str, tuple[Place, Path]]) -> None:
        """Note these questions and all uses."""
        for name, (place, path) in fields.items():
            names.give(name, place, *path, is_key=True)
        for mapping, key in self.tested:
            names.used[key].add(Use(id(mapping), key))
        for mapping, expression in self.read:
            if isinstance(expression, dict):
                names.use(mapping, "match")
            for word in _WORD.findall(_LITERAL.sub("", expression)) if isinstance(expression, str) else ():
                names.used[word].add(Use(id(mapping), expression))


def _shared(block: Place, forms: Iterable[_Asked], catalog: Iterable[Place]) -> Names:
    """The questions of one block, with the uses in all forms that have them."""
    names = Names()
    for form in forms:
        form.into(names, {name: (place, path) for name, (place, path) in form.fields.items() if place is block})
        for name in (name for name, (place, _) in form.fields.items() if place is not block):
            names.used.pop(name, None)
    for place in catalog:
        names.use(at(place.plain(), ("defaults",)), "acknowledge")
    return names


def _choices(place: Place, path: Path, tested: Iterable[tuple[Any, str]]) -> Names:
    """The choices of one question, by what is asked of it."""
    names = Names(free=True)
    written = at(place.plain(), path)
    for step, choice in each(written):
        names.give(step if isinstance(written, dict) else choice, place, *path, step, is_key=isinstance(written, dict))
    for mapping, key in tested:
        names.use(mapping, key)
    return names


def _fields(form: Place, sources: Sources) -> Iterator[tuple[str, tuple[Place, Path]]]:
    """The questions of a form, each with the file that has it and the way to it there."""
    blocks = _blocks(form, sources)
    for number, page in each(at(form.plain(), ("pages",))):
        used = blocks.get(str(at(page, ("use",))))
        inside = [] if used is None else [(used, inner, one) for inner, one in each(at(used.plain(), ("pages",)))]
        for place, where, one in inside or [(form, number, page)]:
            for name, _ in each(at(one, ("fields",))):
                yield str(name), (place, ("pages", where, "fields", str(name)))


def _blocks(form: Place, sources: Sources) -> dict[str, Place]:
    """The blocks that a form uses."""
    blocks = {str(at(place.plain(), ("block",))): place for place in sources.blocks}
    used = {str(at(page, ("use",))) for _, page in each(at(form.plain(), ("pages",)))}
    return {name: place for name, place in blocks.items() if name in used}


def _of_form(form: Place, tables: Iterable[Place]) -> Iterator[Any]:
    """The routes and tests that are about one form, as far as they or their table say so."""
    name = at(form.plain(), ("form",))
    for table in tables:
        served = at(table.plain(), ("forms",))
        alone = served in (name, [name])
        for _, route in each(at(table.plain(), ("routes",))):
            named = at(route, ("when", "form"))
            every = alone or served == "all" or (isinstance(served, list) and name in served)
            if named in (name, [name]) or (every and named is None):
                yield route
        for _, test in each(at(table.plain(), ("tests",))):
            if at(test, ("form",)) == name or alone:
                yield test


def _written(name: str, free: bool) -> tuple[str | None, ...]:
    """A name, and what it is taken for where it cannot be one: that is told already."""
    return (name,) if free else (name, named(name, "_"), named(name, "-"))


def _is_near(name: str, other: str) -> bool:
    return (
        sorted(name) == sorted(other)
        or other in name.lower().split()
        or SequenceMatcher(None, name, other).ratio() >= _NEAR
    )
