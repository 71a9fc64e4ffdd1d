"""A form of formroute in a city's own template, with Flask-WTF: `python examples/own_template/app.py`."""

import secrets
from pathlib import Path

from flask import Flask, render_template
from flask_wtf import FlaskForm
from wtforms import HiddenField, SubmitField

from formroute import Intake, Receipt, Store, load_catalog

ROOT = Path(__file__).parent.parent.parent


def create_app(intake: Intake) -> Flask:
    """One page of the city's own that takes pothole reports."""
    app = Flask(__name__)
    app.secret_key = intake.store.key
    pothole = intake.catalog.forms["pothole"]
    questions = pothole.wtforms_class("en", base=FlaskForm, uploads=intake.store.uploads, clock=intake.now)

    class Report(questions):
        """The questions, a token by which a page that is sent twice counts once, and a button."""

        token = HiddenField(default=secrets.token_urlsafe)
        send = SubmitField("Send")

    @app.route("/", methods=["GET", "POST"])
    def report() -> str:
        form = Report()
        if form.validate_on_submit():
            receipt = intake.submit("pothole", form.data, language="en", token=form.token.data)
            if isinstance(receipt, Receipt):
                return render_template("sent.html", receipt=receipt)
        return render_template("report.html", form=form)

    return app


if __name__ == "__main__":
    store = Store(f"sqlite:///{ROOT / 'var' / 'formroute.db'}")
    create_app(Intake(load_catalog(ROOT / "schemas"), store)).run(port=8312)
