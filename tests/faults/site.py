"""A city's site as gunicorn serves it: `gunicorn tests.faults.site:app`, with the settings of the environment."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, request

from formroute import Intake, Store, load_catalog
from formroute.delivery import Worker, standard_handlers
from formroute.web import NO_LIMITS, create_blueprint
from tests.faults.actors import Lines

catalog = load_catalog(os.environ["FORMROUTE_SCHEMAS"])
store = Store(os.environ["FORMROUTE_STORE"])
begun = Lines(Path(os.environ["BEGUN"]))

app = Flask(__name__)
app.config.update(SECRET_KEY=store.key)
app.before_request(lambda: begun.add(request.headers.get("Idempotency-Key", "-")))
app.register_blueprint(create_blueprint(Intake(catalog, store), limits=NO_LIMITS))
Worker(catalog, store, standard_handlers(store, os.environ)).start()
