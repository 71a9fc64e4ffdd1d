"""Handlers that a city brings itself: installed packages name them as entry points of the group `formroute.handlers`.

An entry point leads to a callable that takes the environment and returns a Handler.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Never

from formroute.delivery.handler import Handler
from formroute.delivery.result import NotConfiguredError

GROUP = "formroute.handlers"


def installed_handlers(environment: Mapping[str, str]) -> dict[str, Handler]:
    """Every installed handler by its name. One that cannot be made fails each of its deliveries, and no other."""
    return {point.name: _made(point, environment) for point in entry_points(group=GROUP)}


@dataclass(frozen=True, slots=True)
class _Broken:
    """Stands for a handler that cannot be made: its deliveries wait until it can."""

    name: str
    reason: str

    def render(self, *_: object, **__: object) -> Never:
        """Say why it cannot."""
        cause = f"The installed handler {self.name} cannot be made: {self.reason}."
        raise NotConfiguredError(cause, "Mend its package or its settings, and start the worker again.")

    send = render


def _made(point: EntryPoint, environment: Mapping[str, str]) -> Handler:
    try:
        return point.load()(environment)  # type: ignore[no-any-return]
    except (Exception, SystemExit) as error:  # noqa: BLE001  a city's own code may fail in any way, or end the process
        return _Broken(point.name, type(error).__name__)
