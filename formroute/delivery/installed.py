"""Handlers that a city brings itself: installed packages name them as entry points of the group `formroute.handlers`.

An entry point leads to a callable that takes the environment and returns a Handler.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points

from formroute.delivery.handler import Handler

GROUP = "formroute.handlers"


def installed_handlers(environment: Mapping[str, str]) -> dict[str, Handler]:
    """Every installed handler by its name. Raises what a handler raises that cannot be made."""
    return {point.name: point.load()(environment) for point in entry_points(group=GROUP)}
