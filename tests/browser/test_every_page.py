"""Every page of the site in both languages, with its script and without: axe, a checker of HTML, narrow, mirrored.

Which pages there are is asked of the site, so that none can be forgotten. Each is drawn once by the server and then
looked at in one browser. Letters in HTML are looked at with them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Route
from playwright.sync_api import Page as Tab

from formroute.store import Store
from tests.browser.axe import SHOW_ALL, violations
from tests.browser.conftest import serving
from tests.browser.every_page import Sight, Walk, site, views
from tests.browser.test_look import NARROW, WIDE, mistakes

LANGUAGES = ["en", "fr"]
MIRROR = "document.querySelectorAll('[dir]').forEach(e => e.dir = e.dir === 'rtl' ? 'ltr' : 'rtl')"


class Seen(NamedTuple):
    """Where the site answers, its pages by language, and the pages of the city's own forms."""

    address: str
    every: dict[str, list[Sight]]
    city: dict[str, list[Sight]]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    folder = tmp_path_factory.mktemp("every_page")
    with closing(Store(f"sqlite:///{folder / 'formroute.db'}", folder)) as store:
        app = site(store)
        walks = {language: Walk(app, store, language) for language in LANGUAGES}
        every = {language: list(walk.sights()) for language, walk in walks.items()}
        city = {language: list(walk.city()) for language, walk in walks.items()}
        with serving(app) as address:
            yield Seen(address, every, city)


@pytest.fixture(scope="module")
def tabs(browser: Browser, seen: Seen) -> Iterator[dict[bool, Tab]]:
    """A narrow tab with our script, and one without."""
    contexts = {scripts: browser.new_context(base_url=seen.address, viewport=NARROW) for scripts in (True, False)}
    contexts[False].route("**/formroute.js*", lambda route: route.abort())
    yield {scripts: context.new_page() for scripts, context in contexts.items()}
    for context in contexts.values():
        context.close()


def open_in(tab: Tab, sight: Sight) -> None:
    """The page as the server gave it, with its styles and scripts from the server."""

    def answer(route: Route) -> None:
        if route.request.resource_type == "document":
            route.fulfill(body=sight.html, content_type="text/html; charset=utf-8")
        else:
            route.continue_()

    tab.unroute_all()
    if not sight.path:
        tab.set_content(sight.html)
        return
    tab.route(f"**{sight.path}", answer)
    tab.goto(sight.path)


def faults_of(tab: Tab, sight: Sight, *, scripts: bool) -> list[str]:
    """What axe finds in a page with all its questions, and what is wider than a narrow screen, mirrored too."""
    open_in(tab, sight)
    if scripts:
        tab.evaluate(SHOW_ALL)
    found = violations(tab)
    found += [f"{line} is too wide" for line in tab.evaluate(WIDE)]
    tab.evaluate(MIRROR)
    found += [f"{line} is too wide when mirrored" for line in tab.evaluate(WIDE)]
    return [f"{sight.name}: {line}" for line in found]


def test_no_view_of_the_site_is_forgotten(seen: Seen, tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'formroute.db'}")) as store:
        expected = views(site(store))
    for sights in seen.every.values():
        assert {sight.view for sight in sights} - {"refused", "letter"} == expected


@pytest.mark.parametrize("scripts", [True, False], ids=["with our script", "without"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(seen: Seen, tabs: dict[bool, Tab], language: str, scripts: bool) -> None:
    """The script changes nothing of a page without a form."""
    sights = [sight for sight in seen.every[language] if scripts or "data-form" in sight.html]
    assert [line for sight in sights for line in faults_of(tabs[scripts], sight, scripts=scripts)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nor_does_it_in_any_form_of_the_city(seen: Seen, tabs: dict[bool, Tab], language: str) -> None:
    """Without our script nothing is asked there that the forms of every kind do not ask."""
    assert [line for sight in seen.city[language] for line in faults_of(tabs[True], sight, scripts=True)] == []


def test_every_page_is_valid_html(seen: Seen, tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("there is no Java on this machine for the checker of HTML")
    pages = [sight.html for sights in (*seen.every.values(), *seen.city.values()) for sight in sights]
    assert mistakes(tmp_path, pages) == []
