"""A form of formroute in a city's own template, with Flask-WTF: `python examples/own_template/app.py`."""

import os
import secrets
import sys
from pathlib import Path

from flask import Flask, render_template, request
from flask_wtf import FlaskForm
from wtforms import HiddenField, SubmitField

from formroute import Intake, Receipt, Store, load_catalog

ROOT = Path(__file__).parent.parent.parent


def create_app(intake: Intake, name: str = "pothole") -> Flask:
    """One page of the city's own that takes pothole reports, or what another form asks."""
    app = Flask(__name__)
    app.secret_key = intake.store.key
    asked = intake.catalog.forms[name]
    questions = asked.wtforms_class("en", base=FlaskForm, uploads=intake.store.uploads, clock=intake.now)

    class Report(questions):
        """The questions, a token by which a page that is sent twice counts once, and a button."""

        token = HiddenField(default=secrets.token_urlsafe)
        send = SubmitField("Send")

    @app.route("/", methods=["GET", "POST"])
    def report() -> str:
        form = Report()
        if not rows_changed(form) and form.validate_on_submit():
            receipt = intake.submit(name, form.data, language="en", token=form.token.data)
            if isinstance(receipt, Receipt):
                return render_template("sent.html", receipt=receipt)
        return render_template("report.html", form=form, title=asked.title.inside("en"))

    return app


def rows_changed(form: FlaskForm) -> bool:
    """Whether a button added or removed a row; the page is shown again then, and nothing is judged."""
    repeats = {field.name: field for field in form if hasattr(field, "append_entry")}
    match request.form.get("rows", "").split(":"):
        case ["add", name] if name in repeats:
            repeats[name].append_entry()
        case ["remove", name, number] if name in repeats and number.isascii() and number.isdigit():
            repeats[name].pop_entry(int(number))
        case _:
            return False
    return True


if __name__ == "__main__":
    data = Path(os.environ.get("FORMROUTE_DATA", ROOT / "var"))
    data.mkdir(parents=True, exist_ok=True)
    port = os.environ.get("FORMROUTE_PORT", "8312")
    if not (port.isdecimal() and int(port) < 65536):
        sys.exit(f"FORMROUTE_PORT is '{port}': write a number from 0 to 65535, such as 8312.")
    store = Store(f"sqlite:///{data / 'formroute.db'}")
    create_app(Intake(load_catalog(ROOT / "schemas"), store)).run(port=int(port))
