"""The pages and the JSON API as a Flask blueprint that a city mounts in its own app."""

from formroute.web.blueprint import create_blueprint

__all__ = ["create_blueprint"]
