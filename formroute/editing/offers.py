"""The names that a catalogue knows, which an editor can offer; none of them is demanded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formroute.catalog import Catalog
from formroute.catalog.sources import read_sources
from formroute.conditions import Question, facts
from formroute.definitions import Folder
from formroute.forms import CHANNELS

Told = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Offers:
    """Names with what an editor tells of each, by the sort of thing that they name.

    `questions` are what conditions may look at: all questions of one name, each with the form that asks it, or
    "" for a fact.
    """

    names: Mapping[str, Told] = field(default_factory=dict)
    questions: Mapping[str, tuple[tuple[str, Question], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, catalog: Catalog, folder: Path) -> Offers:
        """All names in `catalog`, which was loaded from `folder`."""
        first = catalog.languages[0]
        titles = {name: form.title for name, form in catalog.forms.items()}
        questions: dict[str, tuple[tuple[str, Question], ...]] = {
            name: (("", fact),) for name, fact in facts(titles, CHANNELS, catalog.languages).items()
        }
        for form, name, question in _asked(catalog):
            questions[name] = (*questions.get(name, ()), (form, question))
        names = {
            "forms": {name: title.inside(first) for name, title in titles.items()},
            "fields": {
                name: ", ".join(field.label.inside(first) for field in [form.fields[name]] if field.label)
                for form in catalog.forms.values()
                for name in form.fields
            },
            "departments": {name: one.name.inside(first) for name, one in catalog.departments.items()},
            "priorities": dict.fromkeys(catalog.priorities, ""),
            "languages": dict.fromkeys(catalog.languages, ""),
            "channels": dict.fromkeys(CHANNELS, ""),
            "calendars": dict.fromkeys(catalog.calendars, ""),
            "blocks": dict.fromkeys(_blocks(folder), ""),
            "tables": dict.fromkeys(_tables(folder), ""),
        }
        return cls(names, questions)

    @property
    def languages(self) -> tuple[str, ...]:
        """The catalogue's languages; none where no catalogue is known."""
        return tuple(self.names.get("languages", ()))


def _asked(catalog: Catalog) -> Iterator[tuple[str, str, Question]]:
    for form in catalog.forms.values():
        for name, question in form.scope.items():
            yield form.id, name, question


def _blocks(folder: Path) -> Iterable[str]:
    return sorted(str(place["block"].plain()) for place in read_sources(Folder(folder), []).blocks)


def _tables(folder: Path) -> Iterable[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.csv"))
