"""One schemas folder on its way to a catalogue."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from formroute.catalog.catalog import Catalog
from formroute.catalog.definition import CatalogDefinition
from formroute.catalog.ground import Ground
from formroute.catalog.group import misplaced
from formroute.catalog.sources import SORTS, Sources, read_sources
from formroute.catalog.translations import stale
from formroute.conditions import Calendar, Surroundings
from formroute.definitions import Definition, Document, Folder, Place, hint, read, suggest
from formroute.forms import BlockDefinition, Form, FormDefinition, Kind, Library, Setting, compile_form
from formroute.forms.renames import Renamed, old_names
from formroute.problems import Problem, Severity
from formroute.routing import (
    Department,
    DepartmentsDefinition,
    FormScope,
    Router,
    TableDefinition,
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
    """One folder on its way to a catalogue; every step goes on as far as it can."""

    def __init__(
        self, folder: Folder, kinds: Mapping[str, Kind], problems: list[Problem], *, proved: bool = False
    ) -> None:
        self.folder, self.kinds, self.problems, self.proved = folder, kinds, problems, proved
        self.unread: set[str] = set()

    def catalog(self) -> Catalog | None:
        """The catalogue; None when there is an error in it."""
        with _nothing_to_collect():
            return self._catalog()

    def _catalog(self) -> Catalog | None:
        sources = read_sources(self.folder, self.problems)
        if sources.unread:
            self.unread.update(SORTS)
        ground = self.ground(sources.catalog)
        if sources.catalog is None or ground is None:
            return None
        self.problems += stale(sources, self.folder, ground.setting.languages)
        forms = self.forms(sources, ground.setting)
        self.acknowledged(sources.catalog, ground.setting.acknowledge, forms)
        if not {"form", "block"} & self.unread:
            self.problems += misplaced(ground.definition.groups, forms, sources.catalog["groups"])
        self.missing_departments(sources)
        departments = self.departments(sources.departments, ground)
        router = self.router(sources, ground, departments, forms)
        if router is None or has_errors(self.problems):
            return None
        whole = {name: form for name, (form, _) in forms.items()}
        return ground.catalog(whole, router, departments, in_order(self.problems))

    def ground(self, place: Place | None) -> Ground | None:
        """What the catalogue's own file at `place` says, its texts checked against the languages that it names."""
        plain = place.plain() if place is not None else None
        languages = plain.get("languages") if isinstance(plain, dict) else None
        known = tuple(filter(None, map(str, languages))) if isinstance(languages, list) else ()
        definition = None if place is None else read(CatalogDefinition, place, self.problems, known)
        if place is None or definition is None:
            return None
        calendars = {name: one.calendar(name, definition.time_zone) for name, one in definition.calendars.items()}
        working = self.working(definition, calendars, place)
        setting = Setting(
            languages=definition.languages,
            zone=definition.time_zone,
            library=Library(self.folder, definition.languages, definition.currency),
            around=Surroundings(calendars, working, self.folder),
            kinds=self.kinds,
            acknowledge=definition.defaults.acknowledge,
            ask=definition.defaults.ask,
        )
        return Ground(definition, setting, calendars, working)

    def departments(self, places: Iterable[Place], ground: Ground) -> dict[str, Department]:
        """Every department by its name."""
        documents = self.read_all(DepartmentsDefinition, places, ground.setting.languages)
        return compile_departments(documents, self.problems, ground.calendars)

    def missing_departments(self, sources: Sources) -> None:
        """That no file names departments, once and not at each use of one."""
        if sources.catalog is not None and sources.tables and not sources.departments and not sources.unread:
            self.problems.append(sources.catalog.problem("G521"))
            self.unread.add("departments")

    def read_all(self, model: type[D], places: Iterable[Place], languages: tuple[str, ...]) -> list[Document[D]]:
        """Every document of one sort that can be read."""
        found = [(read(model, place, self.problems, languages), place) for place in places]
        documents = [Document(definition, place) for definition, place in found if definition is not None]
        if len(documents) < len(found):
            self.unread.add(_SORTS[model])
        return documents

    def forms(self, sources: Sources, setting: Setting) -> dict[str, tuple[Form, Place]]:
        """Every form that compiles, with its place."""
        blocks = self.blocks(sources.blocks, setting)
        documents = self.once("form", self.read_all(FormDefinition, sources.forms, setting.languages))
        forms: dict[str, tuple[Form, Place]] = {}
        for name, document in documents.items():
            form = self.form(document, blocks, setting)
            if form is None:
                self.unread.add("form")
            else:
                forms[name] = form, document.place
        written = (Renamed(name, one.model.was, one.place, one.place["form"]) for name, one in documents.items())
        old_names(written, self.problems)
        return forms

    def blocks(self, places: Iterable[Place], setting: Setting) -> dict[str, Document[BlockDefinition]]:
        """Every block by its name."""
        return self.once("block", self.read_all(BlockDefinition, places, setting.languages))

    def form(
        self, document: Document[FormDefinition], blocks: Mapping[str, Document[BlockDefinition]], setting: Setting
    ) -> Form | None:
        """One form; None when it does not compile."""
        unread = "block" in self.unread
        return compile_form(document, blocks, setting, self.problems, blocks_unread=unread, proved=self.proved)

    def once(self, key: str, documents: Iterable[Document[D]]) -> dict[str, Document[D]]:
        """Documents by the name under `key`; a name that two have is a problem of the second."""
        named: dict[str, Document[D]] = {}
        for document in documents:
            name = str(getattr(document.model, key))
            if name in named:
                first = named[name].place.mark
                self.problems.append(document.place[key].problem("G502", sort=key, name=name, first=first))
            else:
                named[name] = document
        return named

    def working(self, definition: CatalogDefinition, calendars: Mapping[str, Calendar], place: Place) -> Calendar:
        """The calendar that business days are counted by."""
        name = definition.calendar
        if name is None:
            return calendars.get("city") or Calendar("always", definition.time_zone)
        if name not in calendars:
            near = suggest(name, calendars)
            self.problems.append(
                place["calendar"].problem("G503", instead=near, calendar=name, hint=hint(name, calendars))
            )
        return calendars.get(name) or Calendar(name, definition.time_zone)

    def router(
        self,
        sources: Sources,
        ground: Ground,
        departments: Mapping[str, Department],
        forms: Mapping[str, tuple[Form, Place]],
    ) -> Router | None:
        """The tables as a router; None when a form does not compile, since nothing can be proved without it."""
        definition = ground.definition
        self.known(sources.catalog, ("defaults", "priority"), definition.defaults.priority, definition.priorities)
        self.known(sources.catalog, ("fallback",), definition.fallback, departments)
        tables = self.read_all(TableDefinition, sources.tables, definition.languages)
        scopes = {
            name: FormScope(form.scope, form.always, form.title, place["form"]) for name, (form, place) in forms.items()
        }
        return compile_router(
            tables, departments, scopes, ground.routing, self.problems, unread=self.unread, proved=self.proved
        )

    def acknowledged(self, catalog: Place, name: str | None, forms: Mapping[str, tuple[Form, Place]]) -> None:
        """Whether the question that gets letters is there: at least one form has to have it."""
        fields = [field for form, _ in forms.values() for field in form.fields.values()]
        addresses = sorted({field.name for field in fields if field.kind.widget == "email"})
        if name is None or name in addresses or {"form", "block"} & self.unread:
            return
        near = suggest(name, addresses)
        place = catalog.at("defaults", "acknowledge")
        self.problems.append(place.problem("G520", instead=near, name=name, hint=hint(name, addresses)))

    def known(self, catalog: Place | None, path: tuple[str, ...], word: str | None, words: Iterable[str]) -> None:
        """Whether a word of `catalog.yaml` names something that exists."""
        names = list(words)
        absent = "departments" in self.unread and path == ("fallback",)
        if catalog is not None and word is not None and word not in names and not absent:
            code = "G505" if path == ("fallback",) else "G504"
            found = catalog.at(*path).problem(code, instead=suggest(word, names), name=word, hint=hint(word, names))
            self.problems.append(found)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each finding once, in the order of files and lines."""
    return sorted(set(problems), key=lambda problem: (problem.mark, problem.code))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether one of them keeps a catalogue from loading."""
    return any(problem.severity is Severity.ERROR for problem in problems)


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
