"""Every page that the site has, as its server gives it, by the view that gives it and the state that it is in."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from flask import Flask, g, make_response
from hypothesis import Phase, given, settings
from sqlalchemy import update
from werkzeug.test import TestResponse

from formroute.catalog import Catalog, load_catalog
from formroute.conditions import Witness, find
from formroute.delivery.department_letter import department_letter
from formroute.delivery.draft_letter import draft_letter
from formroute.delivery.letter import Letter
from formroute.delivery.message import compose
from formroute.delivery.resident_letter import NEWS, acknowledgement, news
from formroute.forms import Field, Form
from formroute.forms.widgets import widget_of
from formroute.intake import Intake
from formroute.records import RESIDENT, Receipt, Status
from formroute.store import DraftLetter, Store
from formroute.store.accounts import EVERY, Role
from formroute.store.tables import drafts
from formroute.testing import answers
from formroute.web import NO_LIMITS, create_blueprint
from formroute.web.draft.screens import Screen, screens
from formroute.web.site.site import BASE, REFUSALS, Site
from tests.browser.conftest import ROOT
from tests.every_kind.samples import every_kind
from tests.small_city.samples import PNG
from tests.web.conftest import NOW
from tests.web.resident import POTHOLE, Page, Resident

PASSWORD = "correct horse battery"
NOT_PAGES = {
    "static", "front", "showing", "elsewhere", "photo", "desk_file", "desk_status",
    "api_description", "api_forms", "api_form", "api_submit", "api_upload", "api_elsewhere",
    "health_lives", "health_ready", "health_metrics",
}  # fmt: skip
"""Views that answer programs, give files, lead elsewhere or refuse; what they refuse with is among the refusals."""


class Sight(NamedTuple):
    """One page in one state; `path` is where it stands."""

    view: str
    state: str
    path: str
    html: str

    @property
    def name(self) -> str:
        return f"{self.view} ({self.state})"


@cache
def everything() -> Catalog:
    """Winnipeg's catalogue with the forms that ask every kind of question."""
    winnipeg, kinds = load_catalog(ROOT / "schemas"), every_kind()
    plans = {**winnipeg.router.plans, **kinds.router.plans}
    departments = {**winnipeg.departments, **kinds.departments}
    router = dataclasses.replace(winnipeg.router, plans=plans, departments=departments)
    forms = {**winnipeg.forms, **kinds.forms}
    return dataclasses.replace(winnipeg, forms=forms, departments=departments, router=router)


def intake(store: Store) -> Intake:
    return Intake(everything(), store, clock=lambda: NOW)


def site(store: Store) -> Flask:
    """The site with everything that can be switched on."""
    store.accounts.add("clerk", PASSWORD, {EVERY: Role.HANDLER})
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests")
    app.register_blueprint(create_blueprint(intake(store), limits=NO_LIMITS, letters=True, come_back=True))
    return app


def views(app: Flask) -> set[str]:
    """The names of all views that the site has."""
    return {rule.endpoint.rpartition(".")[2] for rule in app.url_map.iter_rules()} - NOT_PAGES


@dataclasses.dataclass
class Walk:
    """Somebody who looks at every page in one language."""

    app: Flask
    store: Store
    language: str

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        self.resident = Resident(self.client)
        self.go_on = {"en": "Continue", "fr": "Continuer"}[self.language]

    def sights(self) -> Iterator[Sight]:
        yield from self.catalogue()
        yield from self.kinds()
        yield from self.pothole()
        yield from self.later()
        yield from self.sent()
        yield from self.desk()
        yield from self.refusals()
        yield from self.letters()

    def catalogue(self) -> Iterator[Sight]:
        for state, query in (("empty", ""), ("found", "?q=pipe"), ("nothing found", "?q=zzzqqq")):
            yield self.get("catalogue", state, f"/{self.language}/{query}")

    def kinds(self) -> Iterator[Sight]:
        """Each page of the forms that ask every kind: as it comes first, filled in, and with nonsense in every box."""
        for form in every_kind().forms.values():
            yield self.get("first_page", form.id, f"/{self.language}/forms/{form.id}")
            draft = self.begun(form)
            for page in screens(form):
                states = ("empty", {}, ""), ("filled", filled(form), ""), ("in error", nonsense(page), "?errors=1")
                for state, raw, query in states:
                    self.keep(draft, {**self.shows(form, page), **raw})
                    yield self.get("page", f"{form.id} {page.id} {state}", f"{draft}/{page.id}{query}")

    def city(self) -> Iterator[Sight]:
        """Each page of the city's forms, as it comes first and in error; one that several forms share comes once."""
        shared: set[str] = set()
        for form in load_catalog(ROOT / "schemas").forms.values():
            draft = self.begun(form)
            for page in [page for page in form.pages if str(page.fields) not in shared]:
                shared.add(str(page.fields))
                found = find(page.visible, form.scope, form.always)
                assert isinstance(found, Witness)
                self.keep(draft, form.to_json(found.answers))
                for state, query in (("empty", ""), ("in error", "?errors=1")):
                    sight = self.get("page", f"{form.id} {page.id} {state}", f"{draft}/{page.id}{query}")
                    assert f'action="{draft}/{page.id}"' in sight.html
                    yield sight

    def pothole(self) -> Iterator[Sight]:
        """What only a form of the city has: a stop, a long list, a warning of the form that was taken up again."""
        page = self.resident.begin(language=self.language)
        again = page.press(self.go_on)
        yield self.seen("answer", "in error", again)
        stopped = again.fill(danger="yes").press(self.go_on)
        yield self.seen("overview", "stopped", stopped)
        yield self.get("first_page", "taken up again", f"/{self.language}/forms/pothole")

    def later(self) -> Iterator[Sight]:
        page = self.last_look()
        yield self.seen("overview", "filled", page)
        asked = page.follow({"en": "Save and come back later", "fr": "Enregistrer et revenir plus tard"}[self.language])
        yield self.seen("later", "asked", asked)
        button = {"en": "Email me the link", "fr": "M’envoyer le lien"}[self.language]
        asked.typed["address"] = "no address"
        yield self.seen("later_send", "in error", asked.press(button))
        asked.typed["address"] = "ann@example.org"
        yield self.seen("later_send", "on its way", asked.press(button))
        yield self.get("back", "no more", f"/{self.language}/back/nothing")

    def sent(self) -> Iterator[Sight]:
        page = self.last_look()
        page.typed["your_website"] = "a program"
        send = {"en": "Send", "fr": "Envoyer"}[self.language]
        yield self.seen("send", "too quick", page.press(send))
        receipt = self.last_look().press(send)
        yield self.seen("receipt", "with a letter", receipt)
        yield self.seen("receipt", "without a letter", self.last_look(email="").press(send))
        path = next(a.attributes["href"] for a in receipt.root.all("a", class_="f-printed"))
        yield self.get("status", "received", path.removeprefix("http://localhost"))
        intake(self.store).change_status(receipt.root.classed("f-reference")[0].text, Status.IN_PROGRESS, by="clerk")
        yield self.get("status", "being worked on", path.removeprefix("http://localhost"))

    def desk(self) -> Iterator[Sight]:
        photo = self.store.uploads.keep(io.BytesIO(PNG), "hole.png", 8_000_000)
        raw = {"danger": "no", "where": {"address": "1 Main"}, "surface": "sidewalk", "trip_hazard": "no"}
        receipt = intake(self.store).submit("pothole", {**raw, "photos": [photo]})
        assert isinstance(receipt, Receipt)
        door = f"/{self.language}/desk/"
        page = self.resident.get(door)
        yield self.seen("desk", "shut", page)
        page.typed["name"], page.typed["password"] = "clerk", "wrong"
        enter = {"en": "Open the desk", "fr": "Ouvrir le portail"}[self.language]
        page = page.press(enter)
        yield self.seen("desk_enter", "in error", page)
        page.typed["name"], page.typed["password"] = "clerk", PASSWORD
        yield self.seen("desk", "open", page.press(enter))
        yield self.get("desk_department", "with lines", f"{door}street-maintenance/")
        yield self.get("desk_department", "without lines", f"{door}street-maintenance/?status=declined")
        yield self.get("desk_submission", "with a photo", f"{door}street-maintenance/{receipt.reference}")

    def refusals(self) -> Iterator[Sight]:
        for status in REFUSALS:
            with self.app.test_request_context(f"/{self.language}/nothing"):
                g.formroute_language = self.language
                answer = make_response(Site(intake(self.store), BASE).refusal(status))
                yield Sight("refused", str(status), f"/{self.language}/nothing", answer.get_data(as_text=True))

    def letters(self) -> Iterator[Sight]:
        """What is sent by mail in this language, as HTML: to residents, to departments, and a link to a draft."""
        raw = {"danger": "no", "where": {"address": "1 Main"}, "surface": "sidewalk", "trip_hazard": "no"}
        receipt = intake(self.store).submit("pothole", {**raw, "email": "ann@example.org"}, language=self.language)
        assert isinstance(receipt, Receipt)
        stored = self.store.find(receipt.reference)
        assert stored is not None
        link = "https://city.example/status/x/y"
        for delivery in stored.deliveries:
            message = compose(everything(), stored, delivery)
            if delivery.destination.department == RESIDENT:
                yield self.letter("received", acknowledgement(message, link))
                yield from (self.letter(status, news(message, status, link)) for status in NEWS)
            else:
                yield self.letter(delivery.destination.department, department_letter(message, (), (), link))
        draft = DraftLetter(1, "n", "pothole", self.language, "ann@example.org", NOW, NOW, 0, None)
        yield self.letter("come back", draft_letter(everything(), draft, link))

    def letter(self, state: str, letter: Letter) -> Sight:
        return Sight("letter", state, "", letter.as_html())

    def last_look(self, **answers: str) -> Page:
        """A pothole report, filled in by somebody else."""
        self.client = self.app.test_client()
        self.resident = Resident(self.client)
        pages = [{name: answers.get(name, value) for name, value in page.items()} for page in POTHOLE]
        return self.resident.fill_pothole(self.language, pages)

    def begun(self, form: Form) -> str:
        """The address of a new draft."""
        page = self.resident.begin(form.id, self.language).press({"en": "Français", "fr": "English"}[self.language])
        return f"/{self.language}{page.address[3:].rpartition('/')[0]}"

    def keep(self, draft: str, raw: Mapping[str, Any]) -> None:
        mine = drafts.c.id == draft.rpartition("/")[2]
        with self.store.database.writing() as connection:
            connection.execute(update(drafts).where(mine).values(raw=dict(raw)))

    def shows(self, form: Form, page: Screen) -> Mapping[str, Any]:
        """Answers with which a page shows."""
        before = {item.name for item in form.fields.values()} - {item.name for item in page.fields}
        return {name: answer for name, answer in filled(form).items() if name in before}

    def get(self, view: str, state: str, path: str) -> Sight:
        return self.read(view, state, self.client.get(path))

    def seen(self, view: str, state: str, page: Page) -> Sight:
        return Sight(view, state, page.address, page.html)

    def read(self, view: str, state: str, answer: TestResponse) -> Sight:
        assert answer.mimetype == "text/html", (view, state, answer.status)
        return Sight(view, state, answer.request.path, answer.get_data(as_text=True))


@cache
def filled(form: Form) -> dict[str, Any]:
    """Answers to as many questions as can be had at once."""
    drawn: list[dict[str, Any]] = [{}]

    @settings(max_examples=15, derandomize=True, phases=[Phase.generate], deadline=None, database=None)
    @given(answers(form, now=NOW))
    def collect(found: dict[str, Any]) -> None:
        drawn.append(form.to_json(found))

    collect()
    return max(drawn, key=len)


def nonsense(page: Screen) -> dict[str, Any]:
    """What no question takes, as far as a browser's box can hold it."""
    asked = [item for item in page.fields if item.kind.asks and item.kind.widget != "file"]
    rows = {item.name: [{inner.name: _wrong(inner) for inner in item.row}] for item in asked if item.row}
    return {item.name: _wrong(item) for item in asked} | rows


def _wrong(item: Field) -> str:
    return _IN_BOXES.get(widget_of(item).input_type, "?")


_IN_BOXES = {"date": "1700-01-01", "datetime-local": "1700-01-01T12:00", "time": "00:00"}
