"""From a schemas folder to a catalogue, or to every problem in it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from formroute.catalog.archive import Archive
from formroute.catalog.catalog import Catalog
from formroute.catalog.definition import CatalogDefinition
from formroute.catalog.notes import notes as found_notes
from formroute.catalog.sources import SORTS, Sources, read_sources
from formroute.catalog.translations import stale
from formroute.catalog.trial import run_tests
from formroute.conditions import Calendar, Surroundings
from formroute.definitions import Definition, Document, Place, hint, read, suggest
from formroute.forms import KINDS, BlockDefinition, Form, FormDefinition, Kind, Library, Setting, compile_form
from formroute.problems import DefinitionError, Problem, Severity
from formroute.routing import (
    Department,
    DepartmentsDefinition,
    FormScope,
    Router,
    RoutingSettings,
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


def load_catalog(folder: str | Path, *, kinds: Mapping[str, Kind] = KINDS) -> Catalog:
    """The catalogue in `folder`, proved to leave no submission without a route.

    A city's own field types are given as `kinds={**KINDS, "licence": LICENCE}`. Raises DefinitionError
    with every problem when there is an error; warnings stay on the catalogue.
    """
    catalog, problems = check_catalog(folder, kinds=kinds)
    if catalog is None:
        raise DefinitionError(problems)
    return catalog


def check_catalog(
    folder: str | Path, *, kinds: Mapping[str, Kind] = KINDS, notes: bool = False
) -> tuple[Catalog | None, list[Problem]]:
    """The catalogue in `folder`, None when there is an error, and every finding in it.

    With `notes` also what is no mistake but may surprise: a department without submissions, a question that only
    people look at.
    """
    catalog, problems = read_catalog(folder, kinds=kinds)
    if catalog is not None:
        problems += [problem for trial in run_tests(catalog) for problem in trial.problems]
        problems += found_notes(catalog) if notes else ()
    return (None if _errors(problems) else catalog), in_order(problems)


def read_catalog(folder: str | Path, *, kinds: Mapping[str, Kind] = KINDS) -> tuple[Catalog | None, list[Problem]]:
    """The same without running the tests that authors wrote, so that a catalogue is there to run them on."""
    problems: list[Problem] = []
    with _nothing_to_collect():
        catalog = _Loader(Path(folder), kinds, problems).catalog()
    return catalog, in_order(problems)


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


class _Loader:
    """One folder on its way to a catalogue; every step goes on as far as it can."""

    def __init__(self, folder: Path, kinds: Mapping[str, Kind], problems: list[Problem]) -> None:
        self.folder, self.kinds, self.problems = folder, kinds, problems
        self.unread: set[str] = set()

    def catalog(self) -> Catalog | None:
        sources = read_sources(self.folder, self.problems)
        if sources.unread:
            self.unread.update(SORTS)
        definition = self.definition(sources)
        if sources.catalog is None or definition is None:
            return None
        self.problems += stale(sources, self.folder, definition.languages)
        calendars = {name: one.calendar(name, definition.time_zone) for name, one in definition.calendars.items()}
        working = self.working(definition, calendars, sources.catalog)
        setting = Setting(
            languages=definition.languages,
            zone=definition.time_zone,
            library=Library(self.folder, definition.languages, definition.currency),
            around=Surroundings(calendars, working, self.folder),
            kinds=self.kinds,
            acknowledge=definition.defaults.acknowledge,
            ask=definition.defaults.ask,
        )
        forms = self.forms(sources, setting)
        self.acknowledged(sources.catalog, setting.acknowledge, forms)
        self.missing_departments(sources)
        departments = compile_departments(
            self.read_all(DepartmentsDefinition, sources.departments, definition.languages), self.problems, calendars
        )
        router = self.router(sources, definition, departments, forms, setting)
        if router is None or _errors(self.problems):
            return None
        return Catalog(
            city=definition.city,
            languages=definition.languages,
            zone=definition.time_zone,
            reference=definition.reference,
            forms={name: form for name, (form, _) in forms.items()},
            router=router,
            departments=departments,
            calendars=calendars,
            calendar=working,
            priorities=definition.priorities,
            keep_for=definition.defaults.keep_for,
            warnings=tuple(in_order(self.problems)),
            archive=Archive(setting),
        )

    def definition(self, sources: Sources) -> CatalogDefinition | None:
        """The catalogue's own file; its texts are checked against the languages that it names itself."""
        if sources.catalog is None:
            return None
        plain = sources.catalog.plain()
        languages = plain.get("languages") if isinstance(plain, dict) else None
        known = tuple(filter(None, map(str, languages))) if isinstance(languages, list) else ()
        return read(CatalogDefinition, sources.catalog, self.problems, known)

    def missing_departments(self, sources: Sources) -> None:
        """That no file names departments, once and not at each use of one."""
        if sources.catalog is not None and sources.tables and not sources.departments and not sources.unread:
            self.problems.append(sources.catalog.problem("G521"))
            self.unread.add("departments")

    def read_all(self, model: type[D], places: Iterable[Place], languages: tuple[str, ...]) -> list[Document[D]]:
        found = [(read(model, place, self.problems, languages), place) for place in places]
        documents = [Document(definition, place) for definition, place in found if definition is not None]
        if len(documents) < len(found):
            self.unread.add(_SORTS[model])
        return documents

    def forms(self, sources: Sources, setting: Setting) -> dict[str, tuple[Form, Place]]:
        """Every form that compiles, with its place."""
        blocks = self.once("block", self.read_all(BlockDefinition, sources.blocks, setting.languages))
        documents = self.once("form", self.read_all(FormDefinition, sources.forms, setting.languages))
        forms: dict[str, tuple[Form, Place]] = {}
        for name, document in documents.items():
            form = compile_form(document, blocks, setting, self.problems, blocks_unread="block" in self.unread)
            if form is None:
                self.unread.add("form")
            else:
                forms[name] = form, document.place
        return forms

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
        definition: CatalogDefinition,
        departments: Mapping[str, Department],
        forms: Mapping[str, tuple[Form, Place]],
        setting: Setting,
    ) -> Router | None:
        """The tables as a router; None when a form does not compile, since nothing can be proved without it."""
        self.known(sources.catalog, ("defaults", "priority"), definition.defaults.priority, definition.priorities)
        self.known(sources.catalog, ("fallback",), definition.fallback, departments)
        tables = self.read_all(TableDefinition, sources.tables, definition.languages)
        settings = RoutingSettings(
            languages=definition.languages,
            channels=setting.channels,
            around=setting.around,
            priorities=definition.priorities,
            priority=definition.defaults.priority,
            fallback=definition.fallback,
        )
        scopes = {
            name: FormScope(form.scope, form.always, form.title, place["form"]) for name, (form, place) in forms.items()
        }
        return compile_router(tables, departments, scopes, settings, self.problems, unread=self.unread)

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


def _errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
