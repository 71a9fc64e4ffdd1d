"""The blueprint in a city's own app: under any prefix, in its own base page, beside its own pages, and twice."""

import pytest
from flask import Flask
from jinja2 import DictLoader

from formroute.intake import Intake
from formroute.store import Store
from formroute.web import create_blueprint
from tests.web.resident import Resident

CITY = (
    '<!doctype html><html lang="{{ language }}"><head><title>{% block title %}{% endblock %}</title>'
    "{% block head %}{% endblock %}</head><body><header>The city's own</header>"
    "<main>{% block content %}{% endblock %}</main></body></html>"
)


@pytest.fixture
def city(intake: Intake) -> Flask:
    app = Flask("city")
    app.config.update(SECRET_KEY="x", TESTING=True)
    app.jinja_loader = DictLoader({"city.html": CITY})
    app.add_url_rule("/", "home", lambda: "The city's own page")
    app.register_blueprint(create_blueprint(intake, base_template="city.html"), url_prefix="/services/311")
    return app


def test_a_whole_form_under_a_prefix_in_the_citys_page(city: Flask, store: Store) -> None:
    resident = Resident(city.test_client(), "/services/311")
    receipt = resident.fill_pothole().press("Send")
    assert receipt.heading == "We have your request"
    assert receipt.address.startswith("/services/311/en/sent/")
    assert receipt.root.all("header")[0].text == "The city's own"
    assert receipt.root.classed("formroute")[0].attributes["lang"] == "en"
    assert store.outbox.standing().submissions.accepted == 1


def test_the_citys_own_addresses_stay_its_own(city: Flask) -> None:
    client = city.test_client()
    assert client.get("/").text == "The city's own page"
    assert client.get("/services/nothing").mimetype == "text/html"
    assert client.get("/services/311/").location == "/services/311/en/"


def test_two_catalogues_in_one_app(intake: Intake, city: Flask) -> None:
    city.register_blueprint(create_blueprint(intake, name="parks", base_template="city.html"), url_prefix="/parks")
    page = Resident(city.test_client(), "/parks").begin()
    assert page.root.all("form")[-1].attributes["action"].startswith("/parks/en/forms/pothole/")


def test_the_api_names_addresses_under_the_prefix(city: Flask) -> None:
    listed = city.test_client().get("/services/311/api/forms").json
    assert listed["forms"][0]["url"].startswith("/services/311/api/forms/")
