"""What visitors send is not kept in memory: whatever remembers it forgets it again."""

from __future__ import annotations

import functools
import gc
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

import formroute
from formroute.intake import Intake
from formroute.web import Limits, create_blueprint
from formroute.web.counts import Counts

AUTHORS = {
    "formroute.catalog.cache._code": "no arguments",
    "formroute.catalog.cache._packages": "no arguments",
    "formroute.conditions.axes.formerly.apart": "the days in two zones of catalogues that are compared",
    "formroute.feel.charclasses._by_category": "no arguments",
    "formroute.feel.charclasses._category": "the categories of Unicode",
    "formroute.feel.signatures.signatures": "no arguments",
    "formroute.forms.amount.at_home": "the languages and the currency of a catalogue",
    "formroute.forms.installed._files": "the packages with a city's own kinds",
    "formroute.messages.sentences.locale": "the languages of a catalogue",
    "formroute.messages.sentences.ours": "no arguments",
    "formroute.messages.sentences._translations": "the languages of a catalogue",
    "formroute.routing.compiling.route_scope.RouteScopes._of": "the forms of a table",
    "formroute.routing.changes.redated._go_alike": "the times to answer in two zones of catalogues that are compared",
    "formroute.routing.changes.redated.redated": "the times to answer in two tables that are compared",
    "formroute.routing.changes.regions._Comparison._takes_of": "the routes of two tables that are compared",
    "formroute.web.page.pressing.Press._is_ours": "our own templates",
}
"""Caches without a bound, and what they are asked for."""

REQUESTS = 40
"""In a round, each unlike all others in every part that a visitor chooses."""


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(formroute.__path__, "formroute."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def unbounded() -> set[str]:
    """Every cache of ours in this process that has no bound; those of an object too."""
    caches = [each for each in gc.get_objects() if type(each) is functools._lru_cache_wrapper]
    return {
        f"{cache.__module__}.{cache.__qualname__}"
        for cache in caches
        if cache.__module__.startswith("formroute.") and cache.cache_parameters()["maxsize"] is None
    }


def test_a_cache_without_a_bound_is_asked_for_what_authors_write_only(app: Flask) -> None:
    list(modules())
    app.test_client().get("/en/forms/pothole", follow_redirects=True)
    assert unbounded() - AUTHORS.keys() == set()


@pytest.fixture
def app(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr("formroute.web.limits.Counts", functools.partial(Counts, most=50))
    monkeypatch.setattr("formroute.web.page.pressing._MOST_FRAMES", 1)
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests")
    app.register_blueprint(create_blueprint(intake, limits=Limits({"send": "60 per hour", "desk": "20 per hour"})))
    return app


def visit(app: Flask, number: int) -> None:
    client, own = app.test_client(), f"visitor{number}"
    headers = {
        "Host": f"{own}.example",
        "Accept-Language": f"en;q=0.5, x-{own}",
        "Cookie": f"formroute_language={own}; session={own}",
        "User-Agent": own,
        "Idempotency-Key": own,
    }
    asked: dict[str, Any] = {"headers": headers, "environ_base": {"REMOTE_ADDR": f"2001:db8:{number:x}::1"}}
    client.get(f"/en/?q={own}&{own}=1", **asked)
    client.get(f"/en/forms/pothole/{number:022}/place?{own}", **asked)
    client.get("/en/forms/pothole", follow_redirects=True, **asked)
    client.get(f"/{own}/forms/{own}", **asked)
    client.get("/api/openapi.json", **{**asked, "headers": {**headers, "If-None-Match": own}})
    client.post(f"/api/forms/{own}/submissions", json={"answers": {}}, **asked)
    client.post("/api/forms/pothole/submissions", json={"answers": {"details": own, own: own}}, **asked)
    client.post("/en/desk/", data={"name": own, "password": own}, **asked)
    client.get(f"/en/status/{own}/{number:022}", **asked)


def grown(app: Flask, first: int) -> int:
    """Blocks of memory that are held after a round and were not before it."""
    gc.collect()
    before = sys.getallocatedblocks()
    for number in range(first, first + REQUESTS):
        visit(app, number)
    gc.collect()
    return sys.getallocatedblocks() - before


def test_visitors_who_are_all_unlike_leave_nothing_in_memory(app: Flask) -> None:
    grown(app, 0)
    held = [grown(app, start) for start in range(REQUESTS, 4 * REQUESTS, REQUESTS)]
    assert min(held) < REQUESTS, held  # less than one block for a visitor, who brings a dozen new texts
