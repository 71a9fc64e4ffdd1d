"""Addresses below ours that lead nowhere: refused as the rest of the site refuses, not as the app around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import quote

from flask import Blueprint, current_app, redirect, request
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import MapAdapter, RequestRedirect
from werkzeug.wrappers import Response

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NAMES = ("elsewhere", "api_elsewhere")


def add_elsewhere(blueprint: Blueprint, lang: str) -> None:
    """Take what no other rule takes below the languages and the API, and below the prefix where there is one."""
    add = partial(blueprint.add_url_rule, view_func=nowhere, provide_automatic_options=False)
    add(f"/{lang}/", "elsewhere")
    add(f"/{lang}/<path:rest>", "elsewhere")
    add("/api/", "api_elsewhere", strict_slashes=False)
    add("/api/<path:rest>", "api_elsewhere")

    @blueprint.before_request
    def tell_methods() -> Response | None:
        return _methods() if request.method == "OPTIONS" else None

    @blueprint.record
    def below_prefix(state: BlueprintSetupState) -> None:
        if state.url_prefix:
            rule = "/<path:rest>"
            state.add_url_rule(rule, "elsewhere", nowhere, provide_automatic_options=False)

    @blueprint.record
    def take_every_method(state: BlueprintSetupState) -> None:
        """TRACE too, and what nobody has heard of: Flask wants a list of methods, Werkzeug's None is all of them."""
        for name in NAMES:
            for rule in state.app.url_map.iter_rules(".".join(filter(None, (state.name_prefix, state.name, name)))):
                rule.methods = None


def nowhere(rest: str = "") -> Response:  # noqa: ARG001 - the path is asked of the request
    """To the same address with a slash where that leads somewhere; else 405 or 404."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        raise NotFound
    allowed = _allowed(adapter)
    if allowed:
        raise MethodNotAllowed(valid_methods=allowed)
    if not request.path.endswith("/") and _leads(adapter, f"{request.path}/", request.method):
        query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
        return redirect(f"{request.root_path}{quote(request.path)}/{query}", 308)
    raise NotFound


def _methods() -> Response | None:
    """What can be asked of an address of ours. Flask would count in the rules above, which take everything."""
    adapter = current_app.create_url_adapter(request)
    allowed = _allowed(adapter) if adapter else ()
    if not allowed:
        return None
    answer = current_app.response_class()
    answer.allow.update([*allowed, *(["HEAD"] if "GET" in allowed else []), "OPTIONS"])
    return answer


def _allowed(adapter: MapAdapter) -> Sequence[str]:
    return [method for method in METHODS if _leads(adapter, request.path, method)]


def _leads(adapter: MapAdapter, path: str, method: str) -> bool:
    try:
        endpoint, _ = adapter.match(path, method)
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return endpoint.rpartition(".")[2] not in NAMES
