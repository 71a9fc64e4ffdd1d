"""A page of a form as HTML, quickly: its frame and its questions are pressed, and filled with what is the resident's.

The frame is all that stands around the questions. It is pressed only where every template of it is ours, since a city's
own may greet whoever is signed in; then the questions alone are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import Flask, current_app, request
from markupsafe import Markup, escape

from formroute.web.draft.drafts import Draft
from formroute.web.page.pressing import Press, Pressed, mark, press
from formroute.web.page.view import PageView
from formroute.web.site.site import BASE, Site, speaking

_FRAME = ("page", "layout", "base", "languages", "messages", "told")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def draw(site: Site, view: PageView, status: int = 200) -> tuple[str, int]:
    """The page; the same bytes as its templates draw."""
    found = press()
    pressed = found.questions(view.page, view.language) if found else None
    if found is None or pressed is None:
        return drawn_by_templates(site, view, status)
    asked = _asked(view, pressed)
    if _is_pressed(site, found, view):
        return _framed(site, found, view, asked), status
    return drawn_by_templates(site, view, status, asked=asked)


def drawn_by_templates(site: Site, view: PageView, status: int = 200, **pressed: object) -> tuple[str, int]:
    """The page by its templates; `asked`, `messages` and `shown` are taken as they are where they are given."""
    return site.page("page.html", status, view=view, keeps_typing=True, **pressed)


def _asked(view: PageView, pressed: Iterable[Pressed]) -> Markup:
    """The questions, each filled, or drawn where it cannot be pressed."""
    filling = view.filling
    texts = (
        text
        if (text := one.filled(filling.state(one.question))) is not None
        else one.draw(filling.question(one.question))
        for one in pressed
    )
    return Markup("".join(texts))  # noqa: S704  # from templates, with values escaped


def _is_pressed(site: Site, found: Press, view: PageView) -> bool:
    """Whether nothing but ours has a say in the frame, the addresses included."""
    defaults, blueprints = current_app.url_default_functions, request.blueprints
    return (
        site.base_template == BASE
        and not view.carried
        and _TOKEN.fullmatch(view.draft.token) is not None
        and not any(defaults.get(scope) for scope in (None, *blueprints[1:]))
        and len(defaults.get(blueprints[0], ()) if blueprints else ()) == 1
        and current_app.jinja_env.globals["url_for"] == current_app.url_for
        and _makes_addresses_as_flask_does()
        and found.are_ours(_FRAME)
    )


def _makes_addresses_as_flask_does() -> bool:
    """Whether the app leaves as they are what a class of the city's own may make otherwise for each request."""
    methods = current_app.url_for, current_app.inject_url_defaults
    return [getattr(method, "__func__", None) for method in methods] == [Flask.url_for, Flask.inject_url_defaults]


def _framed(site: Site, found: Press, view: PageView, asked: Markup) -> str:
    step, steps = view.progress
    where = request.blueprint, request.script_root, request.host, speaking(site.catalog)
    about = view.form, view.page, view.language, step, steps, view.change, view.stopped, view.resumed
    key = (where, about, view.errors != (), tuple(warning.code for warning in view.warnings))
    frame = found.frame(key, lambda: _frame(site, view))
    messages = Markup(found.draw("messages", view.language, view=view)) if view.tells else ""  # noqa: S704
    own = {"token": view.draft.token, "seal": view.seal, "shown": escape(view.shown)}
    return frame.filled({**own, "messages": messages, "asked": asked})


def _frame(site: Site, view: PageView) -> str:
    """The page with marks in the place of all that belongs to one resident."""
    anyone = replace(view, draft=Draft(mark("token")), seal=mark("seal"), news=(), sent=None, notices=())
    marks: dict[str, Any] = {name: Markup(mark(name)) for name in ("asked", "messages", "shown")}  # noqa: S704
    drawn, _ = drawn_by_templates(site, anyone, **marks)
    return drawn
