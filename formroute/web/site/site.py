"""What every view of one mounted site shares, and how it turns into a page."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from flask import abort, g, render_template, request, url_for
from werkzeug.routing import BuildError
from werkzeug.wrappers import Response

from formroute.catalog import Catalog
from formroute.forms import Form
from formroute.intake import Intake
from formroute.messages import join, lang_of, plain, plural, say
from formroute.store import Store
from formroute.web.site.language import direction, own_name
from formroute.web.site.words import date_time, day, file_size

Answer = Response | tuple[str, int]
"""What a view gives back."""

BASE = "formroute/base.html"
"""Our own page around everything."""

STATIC = Path(__file__).parent.parent / "static"

REFUSALS: Mapping[int, tuple[str, str]] = {
    400: ("This did not work", "Go back in your browser and try again. What you sent before is kept."),
    404: ("This page is not here", "The address may have a typing mistake, or the page is gone."),
    413: (
        "That was too much at once",
        "This page was not kept; the pages before it are. Go back in your browser, choose smaller or fewer files or "
        "shorten what you wrote, and send again.",
    ),
    429: (
        "Please wait a little",
        "A great deal came from your connection in a short time. What you sent before is kept. Wait a few minutes, "
        "then go back in your browser: what you typed is still there.",
    ),
    500: ("Something went wrong on our side", "Please try again in a few minutes. What you sent before is kept."),
}
"""What a resident is told for an HTTP status, a heading and a sentence; for any other the same as for 400."""


class Other(NamedTuple):
    """A language that a page can be switched to, and where."""

    code: str
    name: str
    url: str


@dataclass(frozen=True)
class Site:
    """One catalogue served under one address; `desk` tells whether it has a desk.

    `mails` tells whether letters to residents reach them, `mails_links` whether they can have a link to an unfinished
    form sent to them. `least_seconds` must lie between showing the last page and sending it.
    """

    intake: Intake
    base_template: str
    desk: bool = True
    least_seconds: int = 0
    mails: bool = False
    mails_links: bool = False

    @property
    def catalog(self) -> Catalog:
        """The forms, routes and departments that are served."""
        return self.intake.catalog

    @property
    def store(self) -> Store:
        """Where drafts, uploads and submissions are."""
        return self.intake.store

    @cached_property
    def version(self) -> str:
        """A digest of the static files, so that a browser fetches them anew when they change."""
        digest = hashlib.sha256()
        for path in sorted(STATIC.iterdir()):
            digest.update(path.read_bytes())
        return digest.hexdigest()[:12]

    @cached_property
    def catalog_version(self) -> str:
        """A digest that changes when any form does."""
        versions = sorted((form.id, form.version) for form in self.catalog.forms.values())
        return hashlib.sha256(repr(versions).encode()).hexdigest()[:12]

    def form(self, form_id: str) -> Form:
        """The form of that name; 404 when there is none."""
        form = self.catalog.forms.get(form_id)
        if form is None:
            abort(404)
        return form

    def comes_back(self, form: Form) -> bool:
        """Whether a resident can leave this form and come back by a link."""
        return self.mails_links and form.come_back

    def department_name(self, department: str) -> str:
        """A department in the language of the request."""
        known = self.catalog.departments.get(department)
        return known.name.inside(speaking(self.catalog)) if known else department

    def page(self, template: str, status: int = 200, **context: object) -> tuple[str, int]:
        """A template of ours as the answer, in the language of the request."""
        return render_template(f"formroute/{template}", **{**self._frame(), **context}), status

    def refusal(self, status: int) -> Answer:
        """A page that says in plain words why there is no other."""
        heading, advice = REFUSALS.get(status, REFUSALS[400])
        language = speaking(self.catalog)
        return self.page("refused.html", status, heading=say(language, heading), advice=say(language, advice))

    def _frame(self) -> Mapping[str, Any]:
        """What every template can use, a city's own base page included."""
        language = speaking(self.catalog)
        return {
            "base_template": self.base_template,
            "city": self.catalog.city.inside(language),
            "language": language,
            "direction": direction(language),
            "languages": tuple(Other(code, own_name(code), _elsewhere(code)) for code in self.catalog.languages),
            "version": self.version,
            "comes_back": self.comes_back,
            "mails": self.mails,
            "join": join,
            "plain": plain,
            "lang_of": lang_of,
            "say": functools.partial(say, language),
            "plural": functools.partial(plural, language),
            "file_size": functools.partial(file_size, language),
            "day": functools.partial(day, language, self.catalog.zone),
            "date_time": functools.partial(date_time, language, self.catalog.zone),
        }


def speaking(catalog: Catalog) -> str:
    """The language of the request."""
    return str(g.get("formroute_language", catalog.languages[0]))


def queried(*names: str) -> Mapping[str, Any]:
    """Those of `names` that are in the query of the request; what else a query holds goes into no address of ours."""
    return {name: request.args[name] for name in names if name in request.args}


def _elsewhere(language: str) -> str:
    """The address of the requested page in another language."""
    known = {**queried("q", "change", "more", "errors", "before"), **(request.view_args or {}), "lang": language}
    try:
        return url_for(request.endpoint or ".catalogue", **known)
    except BuildError:
        return url_for(".catalogue", lang=language)
