"""One schemas folder on its way to a catalogue."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from formroute.catalog.catalog import Catalog
from formroute.catalog.definition import CatalogDefinition, written_languages
from formroute.catalog.everywhere import told_once
from formroute.catalog.ground import Ground
from formroute.catalog.group import misplaced
from formroute.catalog.misnamed import Misnamed, either, misnamed
from formroute.catalog.sentences import read_sentences, unsaid
from formroute.catalog.sources import CATALOG, SORTS, Sources, read_sources
from formroute.catalog.straight import straightened
from formroute.catalog.translations import stale
from formroute.catalog.trial import read_tests, run_tests
from formroute.catalog.unknown import Unknown
from formroute.catalog.written import each
from formroute.conditions import ORDINARY, Bounds, Calendar, Hours, Surroundings
from formroute.definitions import Definition, Document, Folder, Place, Text, read_known, suggest, unknown
from formroute.definitions.mended import Path as Way
from formroute.definitions.mended import at
from formroute.forms import BlockDefinition, Blocks, FormDefinition, Kind, Library, Setting, Sketch, compile_form
from formroute.forms.renames import Renamed, old_names
from formroute.messages import Sentences, adopt
from formroute.problems import Problem, Severity, has_errors, in_order
from formroute.routing import (
    Department,
    DepartmentsDefinition,
    FormScope,
    Router,
    TableDefinition,
    Workbench,
    compile_departments,
    compile_router,
)

D = TypeVar("D", bound=Definition)
_SORTS: dict[type[Definition], str] = {
    FormDefinition: "form",
    BlockDefinition: "block",
    TableDefinition: "table",
    DepartmentsDefinition: "departments",
}


class Loader:
    """One folder on its way to a catalogue; every step goes on as far as it can.

    `unread` are the sorts of documents of which some could not be read at all, `unknown` is what cannot be told
    because of mistakes. It is all `settled` as long as nothing is wrong with what tests rest on besides forms and
    tables: the catalogue's own file and the departments.
    """

    def __init__(
        self,
        folder: Folder,
        kinds: Mapping[str, Kind],
        problems: list[Problem],
        *,
        proved: bool = False,
        bounds: Bounds = ORDINARY,
    ) -> None:
        self.folder, self.kinds, self.problems, self.proved, self.bounds = folder, kinds, problems, proved, bounds
        self.begin()

    def begin(self) -> None:
        """Nothing is known yet that is wrong."""
        self.unread: set[str] = set()
        self.unknown = Unknown()
        self.settled = True

    def catalog(self) -> Catalog | None:
        """The catalogue; None when there is an error in it."""
        catalog = self.sound()
        return None if has_errors(self.problems) else catalog

    def sound(self, *, tried: bool = False) -> Catalog | None:
        """The catalogue as far as it is sound, its tests `tried` or still to be run; None where nothing is."""
        with _nothing_to_collect():
            sources, catalog, found = self.first(self.folder, tried=tried)
            meant = found.sources if found else sources
            if (straight := straightened(self.folder, meant, self.kinds, self.problems)) is not None:
                self.again([])
                sources, catalog, found = self.first(straight.folder, tried=tried, doubted=straight.doubtful)
            if found is not None:
                self.again(found.problems)
                catalog = self.judged(found.sources, tried=tried)
            if has_errors(self.problems):
                self.problems[:] = either(found.sources if found else sources, self.problems)
            if straight is not None:
                self.problems[:] = [*straight.problems, *map(straight.as_written, self.problems)]
        first = next((one for one in in_order(self.problems) if one.severity is Severity.ERROR), None)
        self.problems += () if first is None else self.unknown.told(first.mark)
        self.problems[:] = told_once(self.problems, self.folder.path)
        return catalog

    def first(
        self, folder: Folder, *, tried: bool, doubted: Collection[str] = ()
    ) -> tuple[Sources, Catalog | None, Misnamed | None]:
        """The files as they are, what they come to, and the names that are misspelt where that is wrong."""
        sources = read_sources(folder, self.problems)
        for place in (*sources.forms, *sources.blocks, *sources.tables, *sources.departments):
            place.source.is_doubtful |= place.source.file in doubted
        before = len(self.problems)
        catalog = self.judged(sources, tried=tried)
        found = misnamed(sources) if has_errors(self.problems[before:]) else None
        if found is not None:
            found.problems[:0] = self.problems[:before]
        return sources, catalog, found

    def again(self, problems: Iterable[Problem]) -> None:
        """Begin anew with no more than these problems."""
        self.problems[:] = problems
        self.begin()

    def judged(self, sources: Sources, *, tried: bool) -> Catalog | None:
        """The catalogue that these files come to, with what its tests tell where they are `tried`."""
        catalog = self.of(sources)
        if catalog is not None and tried:
            self.problems += [problem for trial in run_tests(catalog) for problem in trial.problems]
        return catalog

    def of(self, sources: Sources) -> Catalog | None:
        """The catalogue that these files come to, as far as it is sound."""
        self.unread |= {each for sort in sources.unread.values() for each in ((sort,) if sort else SORTS)}
        self.unknown.files += (file.relative_to(self.folder.path).as_posix() for file in sources.unread)
        ground = self.ground(sources.catalog)
        if ground is None:
            self.unknown.files.append(CATALOG)
            self.unknown.everything = True
            return None
        self.problems += stale(sources, self.folder, ground.setting.languages)
        ground = self.with_sentences(ground)
        sketches = self.sketches(sources, ground.setting)
        self.acknowledged(ground, sketches.values())
        if "form" not in self.unread:
            self.problems += misplaced(ground.definition.groups, sketches, ground.place["groups"])
        self.missing_departments(sources)
        departments = self.departments(sources.departments, ground)
        router = self.router(sources.tables, ground, departments, sketches)
        tried = {name for name, one in sketches.items() if one.whole and ground.firm}
        doubtful = {name: one for name, one in sketches.items() if name not in tried}
        self.unknown.untried += (name for name, one in doubtful.items() if one.form is not None and one.form.tests)
        self.problems += read_tests(sketches, doubtful, router.untried, ground.definition.time_zone)
        whole = {name: one.form for name, one in sketches.items() if one.form is not None and one.whole}
        whole = {name: form if name in tried else replace(form, tests=()) for name, form in whole.items()}
        return ground.catalog(whole, router, departments, in_order(self.problems))

    def ground(self, place: Place | None) -> Ground | None:
        """What the catalogue's own file at `place` says, its texts checked against the languages that it names."""
        known = () if place is None else written_languages(place.plain())
        document = None if place is None else read_known(CatalogDefinition, place, self.problems, known)
        if document is None or document.lacks("languages") or document.place.source.is_doubtful:
            return None
        definition = document.model
        calendars = dict(_calendars(document))
        self.settled = not any(map(_decides, document.lost))
        definition = self.as_meant(definition, calendars, document.place)
        working = self.working(definition, calendars)
        setting = Setting(
            languages=definition.languages,
            zone=definition.time_zone,
            library=Library(self.folder, definition.languages, definition.currency, definition.home),
            around=Surroundings(calendars, working, self.folder),
            kinds=self.kinds,
            acknowledge=definition.defaults.acknowledge,
            ask=definition.defaults.ask,
        )
        return Ground(definition, document.place, setting, calendars, working, firm=self.settled)

    def with_sentences(self, ground: Ground) -> Ground:
        """The ground with what the product says itself in the folder's own words, which are said from now on."""
        languages = ground.setting.languages
        found = read_sentences(self.folder, languages, self.problems)
        self.problems += unsaid(found, languages, ground.place["languages"])
        sentences = Sentences({language: one for language, one in found.items() if one is not None})
        adopt(self.folder.path.resolve(), sentences)
        return replace(ground, sentences=sentences)

    def as_meant(self, definition: CatalogDefinition, calendars: Collection[str], place: Place) -> CatalogDefinition:
        """The catalogue's file with the names that are meant in it, where it names what is not there."""
        calendar = self.meant(place["calendar"], "G503", definition.calendar, calendars)
        priority = self.meant(
            place.at("defaults", "priority"), "G504", definition.defaults.priority, definition.priorities
        )
        defaults = definition.defaults.model_copy(update={"priority": priority})
        return definition.model_copy(update={"calendar": calendar, "defaults": defaults})

    def departments(self, places: Iterable[Place], ground: Ground) -> dict[str, Department]:
        """Every department by its name; of one with mistakes it may be no more."""
        before = len(self.problems)
        documents = self.read_all(DepartmentsDefinition, places, ground.setting.languages)
        departments = compile_departments(documents, self.problems, ground.calendars)
        for document in documents:
            for name in {str(path[1]) for path in document.lost if len(path) > 1}:
                departments.setdefault(name, Department(name, Text({}), private_answers=False, deliver=()))
        self.settled = self.settled and not has_errors(self.problems[before:])
        return departments

    def missing_departments(self, sources: Sources) -> None:
        """That no file names departments, once and not at each use of one."""
        if sources.catalog is not None and sources.tables and not sources.departments and not sources.unread:
            self.problems.append(sources.catalog.problem("G521"))
            self.unread.add("departments")

    def read_all(self, model: type[D], places: Iterable[Place], languages: tuple[str, ...]) -> list[Document[D]]:
        """Every document of one sort, as far as it can be read."""
        found = [(read_known(model, place, self.problems, languages), place) for place in places]
        for document, place in found:
            if document is None or place.source.is_doubtful:
                self.unread.add(_SORTS[model])
            if document is None:
                self.unknown.files.append(Path(place.source.file).relative_to(self.folder.path).as_posix())
        return [document for document, _ in found if document is not None]

    def sketches(self, sources: Sources, setting: Setting) -> dict[str, Sketch]:
        """Every form by its name, as far as it can be read."""
        pages = (page for form in sources.forms for _, page in each(at(form.plain(), ("pages",))))
        used = [name for page in pages if isinstance(name := at(page, ("use",)), str)]
        blocks = self.blocks(sources.blocks, setting, used)
        served = {str(form) for table in sources.tables for _, form in each(at(table.plain(), ("forms",)))}
        documents = self.once("form", self.read_all(FormDefinition, sources.forms, setting.languages), served)
        sketches = {
            name: compile_form(document, blocks, setting, self.problems, proved=self.proved)
            for name, document in documents.items()
        }
        doubtful = [name for name, one in sketches.items() if not one.whole]
        self.unknown.open += (name for name in doubtful if not sketches[name].closed)
        self.unknown.unshown += doubtful
        written = (Renamed(name, one.model.was, one.place, one.place["form"]) for name, one in documents.items())
        old_names(written, self.problems)
        return sketches

    def blocks(self, places: Iterable[Place], setting: Setting, used: Iterable[str] = ()) -> Blocks:
        """Every block by its name; the names that forms have `used` tell what a second one of a name is."""
        documents = self.once("block", self.read_all(BlockDefinition, places, setting.languages), used)
        return Blocks(documents, complete="block" not in self.unread)

    def once(self, key: str, documents: Iterable[Document[D]], used: Iterable[str] = ()) -> dict[str, Document[D]]:
        """Documents by the name under `key`; nothing is known of a name that two have.

        Where a single name is `used` that nothing has, it is that of the second, or of the one whose file is called so.
        """
        named: dict[str, list[Document[D]]] = defaultdict(list)
        for document in documents:
            named[str(getattr(document.model, key))].append(document)
        lacking = set(used) - named.keys()
        for name, (first, *others) in named.items():
            for other in others:
                near = next(iter(lacking)) if len(lacking) == 1 else None
                ours, wrong = (other, first) if Path(first.place.source.file).stem == near else (first, other)
                said = {"sort": key, "name": name, "first": ours.place[key].mark}
                self.problems.append(wrong.place[key].problem("G502", instead=near, **said))
                self.unread.add(key)
        return {name: first for name, (first, *others) in named.items() if not others}

    def working(self, definition: CatalogDefinition, calendars: Mapping[str, Calendar]) -> Calendar:
        """The calendar that business days are counted by."""
        name = definition.calendar
        if name is None:
            return calendars.get("city") or Calendar("always", definition.time_zone)
        return calendars.get(name) or _always(name, definition.time_zone)

    def router(
        self,
        places: Iterable[Place],
        ground: Ground,
        departments: Mapping[str, Department],
        sketches: Mapping[str, Sketch],
    ) -> Router:
        """The tables as a router, of use as far as they and their forms are sound."""
        definition = ground.definition
        settings = ground.routing
        if "departments" not in self.unread:
            fallback = self.meant(ground.place["fallback"], "G505", definition.fallback, departments)
            settings = replace(settings, fallback=fallback or definition.fallback)
        tables = self.read_all(TableDefinition, places, definition.languages)
        scopes = {name: _scope(one) for name, one in sketches.items()}
        bench = Workbench(departments, scopes, settings, self.problems, self.unread, self.bounds)
        router = compile_router(tables, bench, proved=self.proved or not ground.firm)
        router = router if self.settled else router.untested()
        untried = {test.table for test in router.untried}
        for table in (document.model for document in tables):
            if table.table not in router.tables or not ground.firm:
                self.unknown.deciding += [table.table] if table.policy != "collect" else []
                self.unknown.unproved.append(table.table)
            self.unknown.untried += [table.table] if table.table in untried else []
        return router

    def acknowledged(self, ground: Ground, sketches: Collection[Sketch]) -> None:
        """Whether the question that gets letters is there: at least one form has to have it."""
        name = ground.setting.acknowledge
        fields = [field for one in sketches for field in one.fields.values()]
        addresses = sorted({field.name for field in fields if field.kind.widget == "email"})
        if name is None or name in addresses or "form" in self.unread or any(one.supposes(name) for one in sketches):
            return
        place = ground.place.at("defaults", "acknowledge")
        self.problems.append(unknown(place, "G520", name, addresses, name=name))

    def meant(self, place: Place, code: str, word: str | None, names: Collection[str]) -> str | None:
        """What a word of `catalog.yaml` names; where that is not there what is meant, None where that is unclear."""
        if word is None or word in names:
            return word
        near = suggest(word, names)
        self.problems.append(unknown(place, code, word, names, name=word))
        self.settled = self.settled and near is not None
        return near


def _scope(sketch: Sketch) -> FormScope:
    """What routes may ask of a form."""
    form, place = sketch.form, sketch.place["form"]
    if form is None:
        return FormScope({}, (), None, place, whole=False, closed=False)
    return FormScope(form.scope, form.always, form.title, place, sketch.whole, sketch.closed)


_TELLING = ("city", "reference", "groups", "defaults")


def _decides(lost: Way) -> bool:
    """Whether decisions or answers rest on what could not be read of the catalogue's file."""
    return lost[0] not in _TELLING or lost[:2] == ("defaults", "priority")


def _calendars(document: Document[CatalogDefinition]) -> Iterator[tuple[str, Calendar]]:
    """Each calendar by its name; of one with mistakes another stands in."""
    zone = document.model.time_zone
    lost = {str(path[1]) for path in document.lost if path[0] == "calendars" and len(path) > 1}
    for name in dict.fromkeys((*document.model.calendars, *lost)):
        if name in lost:
            yield name, _always(name, zone)
        else:
            place = document.place["calendars"].key(name)
            yield name, document.model.calendars[name].calendar(name, zone, place)


def _always(name: str, zone: ZoneInfo) -> Calendar:
    """A calendar that stands in for one with mistakes: on all days there are hours."""
    return Calendar(name, zone, hours=(Hours(time.min, time.max),) * 7)


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Without the search for circles of garbage: what a load makes stays, and each search goes through all of it.

    With it a large catalogue takes half as long again, and each form longer the more there are. What was made
    joins what is old, unless somebody keeps objects from being searched for good, which would end that.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching and not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
        if searching:
            gc.enable()
