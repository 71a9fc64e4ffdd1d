"""The blueprint in a city's own app: under any prefix, in its own base page, beside its own pages, and twice."""

import pytest
from flask import Flask
from jinja2 import DictLoader

from formroute.intake import Intake
from formroute.store import Store
from formroute.web import NO_LIMITS, create_blueprint
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
    app.register_blueprint(
        create_blueprint(intake, base_template="city.html", limits=NO_LIMITS), url_prefix="/services/311"
    )
    return app


def test_a_whole_form_under_a_prefix_in_the_citys_page(city: Flask, store: Store) -> None:
    resident = Resident(city.test_client(), "/services/311")
    receipt = resident.fill_pothole().press("Send")
    assert receipt.heading == "We have your request"
    assert receipt.address.startswith("/services/311/en/sent/")
    assert receipt.root.all("header")[0].text == "The city's own"
    assert receipt.root.classed("formroute")[0].attributes["lang"] == "en"
    assert store.outbox.standing().submissions.accepted == 1


OVERRIDES = {
    "formroute/base.html": """{% extends "formroute/original/base.html" %}
{% block head %}<meta name="city">{{ super() }}{% endblock %}
{% block header %}<header>Our header</header>{% endblock %}
{% block footer %}{{ super() }}<p class="more">Call 311</p>{% endblock %}""",
    "formroute/page.html": """{% extends "formroute/original/page.html" %}
{% block before_form %}<p class="before">Before {{ view.form.id }}</p>{% endblock %}
{% block after_form %}<p class="after">After</p>{% endblock %}""",
    "formroute/fields/radios.html": """{% include "formroute/original/fields/radios.html" %}
<p class="radios">Radios</p>""",
}


def test_a_city_changes_blocks_of_our_templates_without_copying_them(intake: Intake) -> None:
    app = Flask("city")
    app.config.update(SECRET_KEY="x", TESTING=True)
    app.jinja_loader = DictLoader(OVERRIDES)
    app.register_blueprint(create_blueprint(intake))
    page = Resident(app.test_client()).begin()
    seen = {name: page.root.classed(name)[0].text for name in ("before", "after", "radios", "more")}
    assert seen == {"before": "Before pothole", "after": "After", "radios": "Radios", "more": "Call 311"}
    assert page.root.all("header")[0].text == "Our header"
    assert page.root.all("meta", name="city")
    assert page.root.all("link", rel="stylesheet"), "what the block had before stays"
    assert page.fill(danger="no").press("Continue").heading == "The place"


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


def test_the_api_refuses_as_the_api_below_the_prefix_too(city: Flask) -> None:
    answer = city.test_client().open("/services/311/api", method="TRACE")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json["detail"] == "The forms are listed at /services/311/api/forms."
