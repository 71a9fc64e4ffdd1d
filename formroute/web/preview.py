"""A schemas folder as a site while it is being written: what was saved is seen on the next page, mistakes too."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from flask import Flask, Response, render_template, request
from typing_extensions import override

from formroute.catalog import Catalog, check_catalog
from formroute.intake import Intake
from formroute.problems import Problem, Severity
from formroute.records import Receipt
from formroute.store import Store, Stored
from formroute.web.blueprint import create_blueprint
from formroute.web.limits import NO_LIMITS
from formroute.web.page.pressing import TEMPLATES
from formroute.web.site.security import POLICY, protect

Files = tuple[tuple[Path, int, int], ...]


class Watcher(Protocol):
    """Who is told what happens; from several threads, but never at once."""

    def loaded(self, catalog: Catalog | None, problems: Sequence[Problem]) -> None:
        """The folder was read; there is no catalogue where an error is among the problems."""

    def sent(self, catalog: Catalog, stored: Stored) -> None:
        """A form was filled in and sent."""


class Preview:
    """A WSGI app: the forms of `folder` as they are at each request, or every mistake that keeps them from loading.

    What is sent goes into `store` and nowhere else. What was typed stays when a file changes.
    """

    def __init__(self, folder: Path, store: Store, watcher: Watcher) -> None:
        self._folder, self._store, self._watcher = folder, store, watcher
        self._lock = threading.Lock()
        self._files: Files | None = None
        self._app = Flask("formroute_preview")

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer by the files as they are now."""
        return self.read()(environ, start_response)

    def read(self) -> Flask:
        """The site of the files as they are now."""
        with self._lock:
            files = _files(self._folder)
            if files != self._files:
                self._files = files
                catalog, problems = check_catalog(self._folder)
                self._app = self._broken(problems) if catalog is None else self._site(catalog)
                self._watcher.loaded(catalog, problems)
            return self._app

    def _site(self, catalog: Catalog) -> Flask:
        app = Flask("formroute_preview")
        app.config.update(SECRET_KEY=self._store.key, SESSION_COOKIE_SAMESITE="Lax")
        intake = _Watched(catalog, self._store, self._tell)
        base = "formroute/preview.html"
        app.register_blueprint(
            create_blueprint(intake, base_template=base, desk=False, limits=NO_LIMITS, come_back=False)
        )
        return app

    def _tell(self, catalog: Catalog, stored: Stored) -> None:
        with self._lock:
            self._watcher.sent(catalog, stored)

    def _broken(self, problems: Sequence[Problem]) -> Flask:
        app = Flask("formroute_preview", template_folder=str(TEMPLATES), static_folder=None)
        errors = [found for found in problems if found.severity is Severity.ERROR or found.is_of_the_unknown]

        @app.after_request
        def protected(response: Response) -> Response:
            return protect(request, response, "")

        @app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
        @app.route("/<path:path>", methods=["GET", "POST"])
        def told(path: str) -> Response:  # noqa: ARG001  every address shows the same
            nonce = secrets.token_urlsafe(16)
            page = render_template("formroute/problems.html", problems=errors, nonce=nonce)
            answer = Response(page.encode("utf-8", "backslashreplace"), 503)  # names of files may be no UTF-8
            answer.headers["Content-Security-Policy"] = POLICY.replace("style-src 'self'", f"style-src 'nonce-{nonce}'")
            return answer

        return app


class _Watched(Intake):
    """Tells of each submission once."""

    def __init__(self, catalog: Catalog, store: Store, tell: Callable[[Catalog, Stored], None]) -> None:
        super().__init__(catalog, store)
        self._tell = tell
        self._told: set[str] = set()

    @override
    def submit(self, form: str, raw: Any, **given: Any) -> Any:
        done = super().submit(form, raw, **given)
        stored = self.store.find(done.reference) if isinstance(done, Receipt) else None
        if stored is not None and stored.reference not in self._told:
            self._told.add(stored.reference)
            self._tell(self.catalog, stored)
        return done


def _files(folder: Path) -> Files:
    """Every file below the folder with its size and time, by which a change is seen."""
    found = []
    for path in sorted(folder.rglob("*")):
        with suppress(OSError):
            state = path.stat()
            found.append((path, state.st_size, state.st_mtime_ns))
    return tuple(found)
