"""A catalogue that was proved before, opened without being proved again: each part when somebody asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path

from formroute.catalog.catalog import Catalog
from formroute.catalog.entry import Entry
from formroute.catalog.ground import Ground
from formroute.catalog.late import Late
from formroute.catalog.loader import Loader
from formroute.catalog.sources import read_catalog_file, read_place
from formroute.definitions import Document, Folder, Place, read
from formroute.forms import Blocks, Form, FormDefinition, Kind, compile_form
from formroute.problems import DefinitionError, Problem, has_errors, in_order
from formroute.routing import Router


class Opening:
    """The files as they were when the catalogue was opened, and what was made of them so far.

    Nothing is proved, but everything is compiled as ever: a form that does not compile raises DefinitionError.
    """

    def __init__(self, folder: Folder, entry: Entry, kinds: Mapping[str, Kind]) -> None:
        self._folder, self._entry, self._kinds = folder, entry, kinds

    def catalog(self) -> Catalog | None:
        """The catalogue; None where the entry does not fit the files."""
        problems: list[Problem] = []
        loader = self._loader(problems)
        ground = loader.ground(read_catalog_file(self._folder, problems))
        if ground is None:
            return None
        ground = loader.with_sentences(ground)
        setting = ground.setting
        departments = loader.departments(self._places(self._entry.departments, problems), ground)
        forms = {
            outline.id: Form.unopened(outline, setting.zone, setting.languages, partial(self._form, file, ground))
            for file, outline in self._entry.forms
        }
        router = Router(
            Late(lambda: self._router.tables), Late(lambda: self._router.plans), ground.routing, departments
        )
        return None if has_errors(problems) else ground.catalog(forms, router, departments, self._entry.warnings)

    def _form(self, file: str, ground: Ground) -> Form:
        problems: list[Problem] = []
        for place in self._places([file], problems):
            definition = read(FormDefinition, place, problems, ground.setting.languages)
            if definition is not None:
                document = Document(definition, place)
                form = compile_form(document, self._blocks(ground), ground.setting, problems, proved=True).finished
                if form is not None:
                    return form
        raise DefinitionError(problems)

    def _blocks(self, ground: Ground) -> Blocks:
        problems: list[Problem] = []
        return self._loader(problems).blocks(self._places(self._entry.blocks, problems), ground.setting)

    @cached_property
    def _router(self) -> Router:
        """The routes; each looks at all forms of its table, so these are compiled for it."""
        problems: list[Problem] = []
        catalog = self._loader(problems).catalog()
        if catalog is None:
            raise DefinitionError(in_order(problems))
        return catalog.router

    def _loader(self, problems: list[Problem]) -> Loader:
        return Loader(self._folder, self._kinds, problems, proved=True)

    def _places(self, files: tuple[str, ...] | list[str], problems: list[Problem]) -> list[Place]:
        places = (read_place(self._folder.path / Path(file), self._folder, problems) for file in files)
        return [place for place in places if place is not None]
