"""The pages and the JSON API as a Flask blueprint that a city mounts in its own app."""

from formroute.web.blueprint import create_blueprint
from formroute.web.limits import NO_LIMITS, Limits

__all__ = ["NO_LIMITS", "Limits", "create_blueprint"]
