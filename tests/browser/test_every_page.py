"""Every page of the site in both languages, with its script and without: axe, a checker of HTML, narrow, mirrored.

Which pages there are is asked of the site, so that none can be forgotten. Each is drawn once by the server and then
looked at in one browser. Letters in HTML are looked at with them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

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


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, list[Sight]]]]:
    """Where the site answers, and its pages by language."""
    folder = tmp_path_factory.mktemp("every_page")
    with closing(Store(f"sqlite:///{folder / 'formroute.db'}", folder)) as store:
        app = site(store)
        found = {language: list(Walk(app, store, language).sights()) for language in LANGUAGES}
        with serving(app) as address:
            yield address, found


@pytest.fixture(scope="module")
def tabs(browser: Browser, seen: tuple[str, object]) -> Iterator[dict[bool, Tab]]:
    """A narrow tab with our script, and one without."""
    contexts = {scripts: browser.new_context(base_url=seen[0], viewport=NARROW) for scripts in (True, False)}
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


def test_no_view_of_the_site_is_forgotten(seen: tuple[str, dict[str, list[Sight]]], tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'formroute.db'}")) as store:
        expected = views(site(store))
    for language in LANGUAGES:
        assert {sight.view for sight in seen[1][language]} - {"refused", "letter"} == expected


@pytest.mark.parametrize("scripts", [True, False], ids=["with our script", "without"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(
    seen: tuple[str, dict[str, list[Sight]]], tabs: dict[bool, Tab], language: str, scripts: bool
) -> None:
    found: list[str] = []
    for sight in seen[1][language]:
        if not scripts and "data-form" not in sight.html:
            continue  # the script changes nothing of it
        tab = tabs[scripts]
        open_in(tab, sight)
        if scripts:
            tab.evaluate(SHOW_ALL)
        found += [f"{sight.name}: {line}" for line in violations(tab)]
        found += [f"{sight.name}: {line} is too wide" for line in tab.evaluate(WIDE)]
        tab.evaluate(MIRROR)
        found += [f"{sight.name}: {line} is too wide when mirrored" for line in tab.evaluate(WIDE)]
    assert found == []


def test_every_page_is_valid_html(seen: tuple[str, dict[str, list[Sight]]], tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("there is no Java on this machine for the checker of HTML")
    assert mistakes(tmp_path, [sight.html for sights in seen[1].values() for sight in sights]) == []
