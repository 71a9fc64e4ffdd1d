"""The site in a real Chromium: a server of its own, and a browser with scripts or without."""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from formroute.catalog import Catalog, load_catalog
from formroute.store import Store
from formroute.web import NO_LIMITS

ROOT = Path(__file__).parent.parent.parent
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PHONE = {"width": 390, "height": 800}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: runs in a real Chromium; skipped where there is none")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"))


@pytest.fixture(scope="session")
def example() -> ModuleType:
    """`examples/flask_site/app.py`, which is what runs."""
    spec = importlib.util.spec_from_file_location("flask_site", ROOT / "examples" / "flask_site" / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["flask_site"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@contextlib.contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Where the app answers meanwhile."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def address(example: ModuleType, data: Path) -> Iterator[str]:
    """Where the site answers."""
    app, _worker = example.create_app(data, "a long password", NO_LIMITS)
    with serving(app) as address:
        yield address


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog(ROOT / "schemas")


@pytest.fixture
def store(data: Path, address: str) -> Iterator[Store]:
    """The store that the site writes to."""
    store = Store(f"sqlite:///{data / 'formroute.db'}", data)
    yield store
    store.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS.split())
        yield browser
        browser.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """`open_page(path, **options)` opens a page in a browser with its own cookies, on a phone unless told otherwise.

    A script that fails fails the test.
    """
    contexts: list[BrowserContext] = []
    failures: list[str] = []

    def open_page(path: str, **options: Any) -> Page:
        context = browser.new_context(base_url=address, **{"viewport": PHONE, "locale": "en-CA", **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("console", lambda said: failures.append(said.text) if "Content Security" in said.text else None)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert failures == []
