"""The small city as gunicorn serves it under load: `gunicorn tests.benchmarks.city_site:app`."""

from __future__ import annotations

import os

from flask import Flask

from formroute import Intake, Store, load_catalog
from formroute.web import NO_LIMITS, create_blueprint


def made(intake: Intake) -> Flask:
    """The site of an intake."""
    app = Flask("city")
    app.config.update(SECRET_KEY=intake.store.key)
    app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS))
    return app


if "FORMROUTE_SCHEMAS" in os.environ:
    app = made(
        Intake(
            load_catalog(os.environ["FORMROUTE_SCHEMAS"]),
            Store(os.environ["FORMROUTE_STORE"], os.environ["FORMROUTE_FILES"]),
        )
    )
