"""What is remembered of one catalogue that was proved, as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from formroute.catalog.catalog import Catalog
from formroute.conditions import Dates, Instants
from formroute.definitions import Folder, Place, Text
from formroute.forms import Form, Outline
from formroute.problems import Mark, Problem, Severity


@dataclass(frozen=True, slots=True)
class Entry:
    """`forms` are the outlines of its forms, each with the file it stands in; `blocks` and `departments` are files.

    Files are named from the schemas folder. `day` is the only day (ISO 8601, in `zone`) on which it holds; None where
    what day it is makes no difference.
    """

    zone: str
    day: str | None
    warnings: tuple[Problem, ...]
    forms: tuple[tuple[str, Outline], ...]
    blocks: tuple[str, ...]
    departments: tuple[str, ...]

    @classmethod
    def of(cls, catalog: Catalog, folder: Folder) -> Self:
        """What is to be remembered of a catalogue that was loaded from `folder`."""
        forms = catalog.forms.values()
        places = [department.place for department in catalog.departments.values()]
        now = datetime.now(catalog.zone)
        depends = any(_depends_on_today(form) for form in forms)
        return cls(
            zone=catalog.zone.key,
            day=now.date().isoformat() if depends else None,
            warnings=catalog.warnings,
            forms=tuple((_file(form.place, folder), form.outline) for form in forms),
            blocks=tuple(_blocks(forms, folder)),
            departments=tuple(dict.fromkeys(_file(place, folder) for place in places if place is not None)),
        )

    def holds(self, now: datetime) -> bool:
        """Whether it still holds at `now`, in `zone`."""
        return self.day in (None, now.date().isoformat())

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON values."""
        return {
            "zone": self.zone,
            "day": self.day,
            "warnings": [dataclasses.asdict(warning) for warning in self.warnings],
            "forms": [[file, _outline_to_json(outline)] for file, outline in self.forms],
            "blocks": list(self.blocks),
            "departments": list(self.departments),
        }

    @classmethod
    def from_json(cls, said: Any) -> Self:
        """The entry that `to_json` made; raises LookupError, TypeError or ValueError where it did not."""
        return cls(
            zone=str(said["zone"]),
            day=said["day"],
            warnings=tuple(map(_warning, said["warnings"])),
            forms=tuple((file, _outline(outline)) for file, outline in said["forms"]),
            blocks=tuple(said["blocks"]),
            departments=tuple(said["departments"]),
        )


def _blocks(forms: Iterable[Form], folder: Folder) -> dict[str, None]:
    """The files in which pages stand that forms share."""
    files = {form.id: _file(form.place, folder) for form in forms}
    pages = ((form, _file(page.place, folder)) for form in forms for page in form.pages)
    return dict.fromkeys(file for form, file in pages if file != files[form.id])


def _file(place: Place, folder: Folder) -> str:
    return Path(place.source.file).relative_to(folder.path).as_posix()


def _depends_on_today(form: Form) -> bool:
    """Whether a first answer is a day, which may be out of bounds tomorrow."""
    fields = [inner for field in form.fields.values() for inner in (field, *field.row)]
    dated = [field for field in fields if isinstance(field.kind.domain(field.definition), Dates | Instants)]
    return any(getattr(field.definition, "default", None) is not None for field in dated)


def _warning(said: Mapping[str, Any]) -> Problem:
    return Problem(**{**said, "mark": Mark(**said["mark"]), "severity": Severity(said["severity"])})


def _outline_to_json(outline: Outline) -> dict[str, Any]:
    texts = {"title": dict(outline.title.translations), "summary": dict(outline.summary.translations)}
    return {
        "id": outline.id,
        "version": outline.version,
        **texts,
        "keywords": dict(outline.keywords),
        "was": list(outline.was),
    }


def _outline(said: Mapping[str, Any]) -> Outline:
    return Outline(
        id=said["id"],
        version=said["version"],
        title=Text(said["title"]),
        summary=Text(said["summary"]),
        keywords={language: tuple(words) for language, words in said["keywords"].items()},
        was=tuple(said["was"]),
    )
