"""Pages from pressed pieces are, byte for byte, the pages that the templates draw, whatever is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask, g, request
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader

from formroute.catalog import Catalog
from formroute.forms import Form
from formroute.intake import Intake
from formroute.records import Upload
from formroute.web import NO_LIMITS, create_blueprint
from formroute.web.draft.drafts import Draft
from formroute.web.draft.screens import Screen, screen, screens
from formroute.web.page.drawing import draw, drawn_by_templates
from formroute.web.page.pressing import mark, press
from formroute.web.page.view import PageView
from formroute.web.site.site import BASE, Site
from tests.every_kind.samples import every_kind
from tests.web.resident import Resident

NOW = datetime(2026, 6, 10, 19, 0, tzinfo=UTC)
ANSWERS = st.sampled_from(
    ["", "yes", "no", "red", "blue", "ramp", "dog", "other", "email", "road", "lane", "good", "2026-06-09", "3", "1990",
     "</textarea><script>", "\"><b x='", "&amp;", "{{ 7 * 7 }}", mark("seal"), mark("value"), "é\u202e\x00", " "]
)  # fmt: skip
RAW = st.one_of(
    ANSWERS,
    st.lists(ANSWERS, max_size=3),
    st.dictionaries(st.sampled_from(["year", "month", "day", "address", "latitude", "longitude"]), ANSWERS),
    st.lists(st.dictionaries(st.sampled_from(["kind", "which", "born"]), ANSWERS), max_size=2),
    st.just([Upload("t", "<b>.png", "image/png", 5)]),
    st.none() | st.integers(),
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_kind()


@pytest.fixture
def site(app: Flask, intake: Intake) -> Iterator[Site]:
    with app.test_request_context("/en/forms/simple"):
        yield Site(intake, BASE)


def view(form: Form, page: Screen, raw: dict[str, object], language: str = "en", *, told: bool = False) -> PageView:
    checked = form.check(raw, now=NOW, language=language).of({field.name for field in page.fields})
    errors, warnings = (checked.errors, checked.warnings) if told else ((), ())
    return PageView(form, page, Draft("a-token_1", raw), checked, language, errors, warnings, seal="a.seal")


PAGES = [(form.id, page.id) for form in every_kind().forms.values() for page in screens(form)]
NAMES = sorted({name for form in every_kind().forms.values() for name in form.fields})


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=st.sampled_from(PAGES),
    raw=st.dictionaries(st.sampled_from(NAMES), RAW, max_size=12),
    language=st.sampled_from(["en", "fr"]),
    told=st.booleans(),
)
def test_a_pressed_page_is_the_page_of_the_templates(
    site: Site, asked: tuple[str, str], raw: dict[str, object], language: str, told: bool
) -> None:
    form = site.catalog.forms[asked[0]]
    page = screen(form, asked[1])
    assert page is not None
    g.formroute_language = language
    shown = view(form, page, raw, language, told=told)
    assert draw(site, shown) == drawn_by_templates(site, shown)


@pytest.mark.parametrize("more", [
    {"news": ("Look <here>.",)}, {"change": True}, {"resumed": True}, {"carried": {"asset": "<12>"}},
    {"draft": Draft("<b>")},
], ids=str)  # fmt: skip
def test_whatever_else_stands_on_a_page(site: Site, more: dict[str, object]) -> None:
    form = site.catalog.forms["simple"]
    shown = replace(view(form, screens(form)[0], {"animals": "x"}, told=True), **more)  # type: ignore[arg-type]
    for _ in range(2):
        assert draw(site, shown) == drawn_by_templates(site, shown)


def test_no_page_holds_what_belongs_to_another_resident(site: Site) -> None:
    form = site.catalog.forms["simple"]
    one = PageView(form, screens(form)[0], Draft("token-of-ann"), form.check({}), "en", seal="seal-of-ann")
    other = PageView(form, screens(form)[0], Draft("token-of-bo"), form.check({}), "en", seal="seal-of-bo")
    assert "of-bo" not in draw(site, one)[0]
    assert "of-ann" not in draw(site, other)[0]
    assert draw(site, other)[0].count("token-of-bo") == 2


def test_fragments_of_a_question_are_bounded(site: Site) -> None:
    form = site.catalog.forms["simple"]
    page = screens(form)[0]
    found = press()
    assert found is not None
    needs = next(one for one in found.questions(page, "en") or () if one.question.name == "colour")
    for number in range(5_000):
        withheld = frozenset({str(number)})
        assert needs.filled(view(form, page, {}).filling.state(needs.question)._replace(withheld=withheld))
    assert len(needs.fragments) < 1_000


WHO = "{{ request.headers['Who'] }}"


def extending(name: str, block: str) -> str:
    ours = f'{{% extends "formroute/original/{name}.html" %}}'
    return f"{ours}{{% block {block} %}}{WHO}{{{{ super() }}}}{{% endblock %}}"


OVERRIDDEN = {
    "formroute/fields/text.html": f"""{{% include "formroute/original/fields/text.html" %}}<i>{WHO}</i>""",
    "formroute/questions.html": f"""{{% include "formroute/original/questions.html" %}}<i>{WHO}</i>""",
    "formroute/layout.html": extending("layout", "content"),
    "formroute/base.html": extending("base", "footer"),
    "formroute/page.html": extending("page", "before_form"),
    "formroute/languages.html": WHO,
}


@pytest.mark.parametrize("name", OVERRIDDEN)
def test_a_citys_template_is_drawn_for_every_request(intake: Intake, name: str) -> None:
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests", TESTING=True)
    app.jinja_loader = DictLoader({name: OVERRIDDEN[name]})
    app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS))
    pages = [app.test_client().get("/en/forms/simple", headers={"Who": f"seen-by-{who}"}).text for who in ("ann", "bo")]
    assert ["seen-by-ann" in pages[0], "seen-by-bo" in pages[1], "seen-by-ann" in pages[1]] == [True, True, False]


def test_a_citys_own_page_around_ours_is_drawn_for_every_request(intake: Intake) -> None:
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests", TESTING=True)
    blocks = "".join(f"{{% block {block} %}}{{% endblock %}}" for block in ("title", "head", "content"))
    app.jinja_loader = DictLoader({"city.html": blocks + WHO})
    app.register_blueprint(create_blueprint(intake, base_template="city.html", limits=NO_LIMITS))
    pages = [app.test_client().get("/en/forms/simple", headers={"Who": f"seen-by-{who}"}).text for who in ("ann", "bo")]
    assert ["seen-by-ann" in page for page in pages] == [True, False]


def test_addresses_that_the_city_completes_are_made_for_every_request(app: Flask) -> None:
    @app.url_defaults
    def remember(_endpoint: str, values: dict[str, object]) -> None:
        values["who"] = request.headers.get("Who")

    pages = [app.test_client().get("/en/forms/simple", headers={"Who": who}).text for who in ("ann", "bo")]
    assert ["who=ann" in page for page in pages] == [True, False]


@pytest.mark.parametrize("method", ["url_for", "inject_url_defaults"])
def test_addresses_that_the_citys_own_class_makes_are_made_for_every_request(intake: Intake, method: str) -> None:
    def remember(app: Flask, *asked: object, **values: object) -> object:
        if method == "url_for":
            values["who"] = request.headers.get("Who")
        else:
            asked[-1]["who"] = request.headers.get("Who")
        return getattr(Flask, method)(app, *asked, **values)

    app = type("City", (Flask,), {method: remember})("city")
    app.config.update(SECRET_KEY="a key for tests", TESTING=True)
    app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS))
    pages = [app.test_client().get("/en/forms/simple", headers={"Who": who}).text for who in ("ann", "bo")]
    assert ["who=ann" in page for page in pages] == [True, False]


def test_templates_that_may_change_are_drawn_every_time(app: Flask) -> None:
    app.config["TEMPLATES_AUTO_RELOAD"] = True
    with app.test_request_context("/en/forms/simple"):
        assert press() is None


def test_a_page_in_error_and_back_again(resident: Resident) -> None:
    page = resident.begin("simple")
    page = page.fill(animals="<b>").press("Continue")
    assert page.typed["animals"] == "<b>"
    assert len(page.errors) > 1


def test_a_page_is_drawn_by_its_templates_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    form = site.catalog.forms["simple"]
    blank, wrong = (view(form, screens(form)[0], {}, told=told) for told in (False, True))
    before = [draw(site, blank), draw(site, wrong)]
    monkeypatch.setattr(Site, "page", None)
    assert [draw(site, blank), draw(site, wrong)] == before
