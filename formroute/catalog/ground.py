"""What all forms and routes of a catalogue stand on: what its own file says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from formroute.catalog.archive import Archive
from formroute.catalog.catalog import Catalog
from formroute.catalog.definition import CatalogDefinition
from formroute.catalog.group import Group
from formroute.conditions import Calendar
from formroute.definitions import Place
from formroute.forms import Form, Setting
from formroute.messages import NO_SENTENCES, Sentences
from formroute.problems import Problem
from formroute.routing import Department, Router, RoutingSettings


@dataclass(frozen=True, slots=True)
class Ground:
    """The catalogue's file as read, at `place`; `working` is the calendar that business days are counted by.

    It is `firm` unless something in it could not be read on which decisions rest. `sentences` are what the product says
    in the city's own words.
    """

    definition: CatalogDefinition
    place: Place
    setting: Setting
    calendars: Mapping[str, Calendar]
    working: Calendar
    firm: bool = True
    sentences: Sentences = NO_SENTENCES

    @property
    def routing(self) -> RoutingSettings:
        """What holds for every table."""
        definition = self.definition
        return RoutingSettings(
            languages=definition.languages,
            channels=self.setting.channels,
            around=self.setting.around,
            priorities=definition.priorities,
            priority=definition.defaults.priority,
            fallback=definition.fallback,
        )

    def catalog(
        self,
        forms: Mapping[str, Form],
        router: Router,
        departments: Mapping[str, Department],
        warnings: Iterable[Problem],
    ) -> Catalog:
        """The catalogue of these forms and routes."""
        definition = self.definition
        return Catalog(
            city=definition.city,
            languages=definition.languages,
            zone=definition.time_zone,
            reference=definition.reference,
            forms=forms,
            router=router,
            departments=departments,
            calendars=self.calendars,
            calendar=self.working,
            priorities=definition.priorities,
            keep_for=definition.defaults.keep_for,
            come_back=definition.defaults.come_back,
            warnings=tuple(warnings),
            archive=Archive(self.setting),
            place=self.place,
            sentences=self.sentences,
            groups=tuple(Group(name, one.title, one.forms) for name, one in definition.groups.items()),
        )
