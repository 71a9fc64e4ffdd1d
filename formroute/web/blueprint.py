"""The blueprint: which view answers which address."""

from __future__ import annotations

import os
from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, request, url_for
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from werkzeug.exceptions import HTTPException

from formroute.delivery.email import leads_back, letters_leave
from formroute.intake import Intake
from formroute.messages import begin_in_words_of
from formroute.web.api.api import Api
from formroute.web.limits import Limits, limit
from formroute.web.page.pressing import TEMPLATES
from formroute.web.site.elsewhere import add_elsewhere
from formroute.web.site.language import remember
from formroute.web.site.security import protect
from formroute.web.site.site import BASE, Site, speaking
from formroute.web.views.catalogue import Catalogue
from formroute.web.views.coming_back import ComingBack
from formroute.web.views.desk import Desk
from formroute.web.views.health import Health
from formroute.web.views.pages import Pages
from formroute.web.views.photos import Photos
from formroute.web.views.sending import Sending
from formroute.web.views.status import Status

ORIGINAL = "/original/"
"""`formroute/original/page.html` is ours even where the city has a `formroute/page.html`, which can so extend it."""


def create_blueprint(
    intake: Intake,
    *,
    base_template: str = BASE,
    desk: bool = True,
    limits: Limits | None = None,
    metrics_token: str | None = None,
    letters: bool | None = None,
    come_back: bool | None = None,
    name: str = "formroute",
) -> Blueprint:
    """The forms, the status pages, the desk and the JSON API of one catalogue, to mount under any prefix.

    `base_template` is a Jinja2 template of the city's own app with the blocks `title` (text), `head` (links to
    our stylesheet and script go here) and `content`; ours fill them. A template of the city with the name of
    one of ours takes its place, and can extend ours as `formroute/original/…`. Who may see the desk says
    `formroute desk`; with `desk=False` there is none. `limits` says how often one address may do what costs
    something. `metrics_token` opens `/metrics` for Prometheus. `letters` says whether e-mail to residents leaves this
    machine; when it is left out, where FORMROUTE_SMTP_URL is set. With `come_back` residents can have a link
    to an unfinished form sent to them; when it is left out, where FORMROUTE_SMTP_URL and FORMROUTE_PUBLIC_URL are
    set. The app needs a `SECRET_KEY`, and one that stays the same when it restarts.
    """
    limits = limits or Limits()
    mails = letters_leave(os.environ) if letters is None else letters
    comes_back = leads_back(os.environ) if come_back is None else come_back
    site = Site(intake, base_template, desk, limits.least_seconds, mails, comes_back)
    blueprint = Blueprint(name, "formroute.web", static_folder="static", static_url_path="/assets")
    originals = PrefixLoader({"formroute": FileSystemLoader(TEMPLATES / "formroute")}, ORIGINAL)
    blueprint.jinja_loader = ChoiceLoader([FileSystemLoader(TEMPLATES), originals])
    _in_its_words(blueprint, site)
    _add_pages(blueprint, site)
    _add_api(blueprint, site)
    if desk:
        _add_desk(blueprint, site)
    _add_health(blueprint, Health(site, metrics_token))
    add_elsewhere(blueprint, _lang(site))
    _speak(blueprint, site)
    _call_by_new_names(blueprint, site)
    limit(blueprint, limits, intake.catalog.forms)
    _guard(blueprint, site)
    return blueprint


def _add_pages(blueprint: Blueprint, site: Site) -> None:
    catalogue, pages, sending, status = Catalogue(site), Pages(site), Sending(site), Status(site)
    coming_back, photos = ComingBack(site), Photos(site)
    lang = _lang(site)
    form = f"/{lang}/forms/<form_id>"
    draft = f"{form}/<token>"
    page = f"{draft}/<page_id>"
    add = blueprint.add_url_rule
    add("/", "front", catalogue.front)
    add(f"/{lang}/", "catalogue", catalogue.catalogue)
    add(form, "first_page", pages.first)
    add(page, "page", pages.page)
    add(page, "answer", pages.answer, methods=["POST"])
    add(f"/{lang}/photos/<form_id>/<token>/<upload>", "photo", photos.photo)
    add(f"{page}/showing", "showing", pages.showing, methods=["POST"])
    add(f"{page}/later", "later", coming_back.ask)
    add(f"{page}/later", "later_send", coming_back.send, methods=["POST"])
    add(f"/{lang}/back/<token>", "back", coming_back.back)
    add(draft, "overview", sending.overview)
    add(draft, "send", sending.send, methods=["POST"])
    add(f"/{lang}/sent/<reference>/<status_token>", "receipt", status.receipt)
    add(f"/{lang}/status/<reference>/<status_token>", "status", status.status)


def _add_api(blueprint: Blueprint, site: Site) -> None:
    api = Api(site)
    add = blueprint.add_url_rule
    add("/api/openapi.json", "api_description", api.description)
    add("/api/forms", "api_forms", api.forms)
    add("/api/forms/<form_id>", "api_form", api.form)
    add("/api/forms/<form_id>/submissions", "api_submit", api.submit, methods=["POST"])
    add("/api/forms/<form_id>/uploads", "api_upload", api.upload, methods=["POST"])


def _add_desk(blueprint: Blueprint, site: Site) -> None:
    desk = Desk(site)
    door = f"/{_lang(site)}/desk/"
    department = f"{door}<department>/"
    submission = f"{department}<reference>"
    add = blueprint.add_url_rule
    add(door, "desk", desk.door)
    add(door, "desk_enter", desk.enter, methods=["POST"])
    add(department, "desk_department", desk.department)
    add(submission, "desk_submission", desk.submission)
    add(submission, "desk_status", desk.change_status, methods=["POST"])
    add(f"{submission}/<token>", "desk_file", desk.file)


def _add_health(blueprint: Blueprint, health: Health) -> None:
    blueprint.add_url_rule("/healthz", "health_lives", health.lives)
    blueprint.add_url_rule("/readyz", "health_ready", health.ready)
    blueprint.add_url_rule("/metrics", "health_metrics", health.metrics)


def _lang(site: Site) -> str:
    """The part of an address that names a language of the catalogue."""
    return f"<any({', '.join(map(repr, site.catalog.languages))}):lang>"


def _in_its_words(blueprint: Blueprint, site: Site) -> None:
    """Every page in the words of its city, whatever other catalogues the app has."""

    @blueprint.before_request
    def begin() -> None:
        g.formroute_said_before = begin_in_words_of(site.catalog.sentences)

    @blueprint.teardown_request
    def end(_error: BaseException | None) -> None:
        begin_in_words_of(g.pop("formroute_said_before", None))


def _speak(blueprint: Blueprint, site: Site) -> None:
    """The language of a request comes from its address, and goes into every address made for it."""

    @blueprint.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "lang" in values:
            g.formroute_language = values.pop("lang")

    @blueprint.url_defaults
    def add_language(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = speaking(site.catalog)


def _call_by_new_names(blueprint: Blueprint, site: Site) -> None:
    """The old name of a form is good in every address: a link leads to the new one, what is posted arrives."""

    @blueprint.url_value_preprocessor
    def rename(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        form = site.catalog.today(values["form_id"]) if values and "form_id" in values else None
        if values is not None and form is not None and form.id != values["form_id"]:
            values["form_id"] = form.id
            g.formroute_renamed = True

    @blueprint.before_request
    def redirect_links() -> Any:
        if not g.get("formroute_renamed") or request.method not in ("GET", "HEAD"):
            return None
        query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
        return redirect(url_for(str(request.endpoint), **(request.view_args or {})) + query, 308)


def _guard(blueprint: Blueprint, site: Site) -> None:
    """Headers on every answer, and a page or problem details for every refusal."""
    api = Api(site)

    @blueprint.after_request
    def finish(response: Response) -> Response:
        if language := g.get("formroute_language"):
            remember(request, response, language)
        return protect(request, response, site.version)

    @blueprint.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Any:
        if error.response is not None:
            return error
        if (request.endpoint or "").rpartition(".")[2].startswith(("api_", "health_")):
            return api.failed(error)
        answer = current_app.make_response(site.refusal(error.code or 500))
        for header, value in error.get_headers():
            if header in ("Allow", "Retry-After"):
                answer.headers[header] = value
        return answer
