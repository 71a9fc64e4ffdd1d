"""What the catalogue lays down for all tables."""

from __future__ import annotations

from dataclasses import dataclass

from formroute.conditions import Calendar, Surroundings


@dataclass(frozen=True, slots=True)
class RoutingSettings:
    """The languages (the first is the default) and channels that submissions come in, and what holds by default.

    `around` names the calendars, its `working` one counts business days; `priorities` begins with the most
    pressing; `priority` is what a route has that names none, `fallback` the department for what no route takes.
    """

    languages: tuple[str, ...]
    channels: tuple[str, ...]
    around: Surroundings
    priorities: tuple[str, ...] = ()
    priority: str | None = None
    fallback: str | None = None

    @property
    def calendar(self) -> Calendar:
        """The calendar that due dates are reckoned by."""
        if self.around.working is None:
            raise ValueError("due dates need a calendar")
        return self.around.working
