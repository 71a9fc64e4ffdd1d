"""A city's own site with formroute in it: `python examples/flask_site/app.py`, then http://127.0.0.1:8311."""

import os
import secrets
import signal
import sys
import threading
from pathlib import Path

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from formroute import Intake, Store, load_catalog
from formroute.delivery import Worker, standard_handlers
from formroute.store.accounts import EVERY, Role, WeakPasswordError
from formroute.web import Limits, create_blueprint

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def create_app(data: Path, desk_password: str, limits: Limits | None = None) -> tuple[Flask, Worker]:
    """The site and the worker that delivers what it takes in; both keep their data in the folder `data`."""
    data.mkdir(parents=True, exist_ok=True)
    catalog = load_catalog(ROOT / "schemas", cache=data / "cache")
    store = Store(f"sqlite:///{data / 'formroute.db'}")
    let_in(store, "demo", desk_password)
    app = Flask(__name__)
    app.config.update(SECRET_KEY=store.key, SESSION_COOKIE_SAMESITE="Lax")
    app.register_blueprint(
        create_blueprint(
            Intake(catalog, store),
            base_template="city.html",
            limits=limits,
        )
    )
    return app, Worker(catalog, store, standard_handlers(store, os.environ))


def serve_until_told(server: BaseWSGIServer) -> None:
    """Serve until Ctrl-C or SIGTERM; what was taken by then is answered."""
    server.daemon_threads = False  # closing waits for those
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever()


def read_port(written: str) -> int:
    """The number of a port, or the end of the program with what to write."""
    if not (written.isdecimal() and int(written) < 65536):
        sys.exit(f"FORMROUTE_PORT is '{written}': write a number from 0 to 65535, such as 8311.")
    return int(written)


def let_in(store: Store, name: str, password: str) -> None:
    """An account that may see every desk; in a city, `formroute desk add` makes them."""
    if not store.accounts.add(name, password, {EVERY: Role.HANDLER}):
        store.accounts.set_password(name, password)


if __name__ == "__main__":
    data = Path(os.environ.get("FORMROUTE_DATA", ROOT / "var"))
    password = os.environ.get("FORMROUTE_DESK_PASSWORD") or secrets.token_urlsafe(12)
    port = read_port(os.environ.get("FORMROUTE_PORT", "8311"))
    try:
        app, worker = create_app(data, password)
    except WeakPasswordError as wrong:
        sys.exit(f"FORMROUTE_DESK_PASSWORD: {wrong}")
    server = make_server("127.0.0.1", port, app, threaded=True)
    worker.start()
    print(f"Site  http://127.0.0.1:{server.port}/")
    print(f"Desk  http://127.0.0.1:{server.port}/en/desk/ with the name demo and the password {password}")
    mail = data / "formroute.db.files" / "mail"
    print(f"Mail  {mail} (a Maildir, unless FORMROUTE_SMTP_URL names a server)", flush=True)
    serve_until_told(server)
    worker.stop()
