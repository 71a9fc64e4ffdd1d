"""How often one address may send, type, upload and knock; and what programs that fill in everything meet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.test import Client

from formroute.intake import Intake
from formroute.web import NO_LIMITS, Limits, create_blueprint
from formroute.web.limits import MEASURES
from tests.web.resident import Page, Resident

ANSWERS = {"danger": False, "where": {"address": "510 Main Street"}, "surface": "road", "car_damage": False}
FEW = Limits(dict.fromkeys(MEASURES, "2 per hour"), least_seconds=0)


@pytest.fixture
def site(intake: Intake) -> Callable[..., Flask]:
    def made(limits: Limits = FEW) -> Flask:
        app = Flask("city")
        app.config.update(SECRET_KEY="a key for tests", TESTING=True)
        app.register_blueprint(create_blueprint(intake, limits=limits))
        return app

    return made


def send(client: Client, form: str = "pothole", address: str = "192.0.2.1", **headers: str) -> int:
    answer = client.post(
        f"/api/forms/{form}/submissions",
        json={"answers": ANSWERS},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        environ_base={"REMOTE_ADDR": address},
    )
    return answer.status_code


class TestAddresses:
    def test_what_is_over_the_measure_is_refused_until_the_time_is_over(self, site: Callable[..., Flask]) -> None:
        client = site().test_client()
        assert [send(client) for _ in range(3)] == [201, 201, 429]

    def test_each_form_is_counted_for_itself(self, site: Callable[..., Flask]) -> None:
        client = site().test_client()
        assert [send(client, form) for form in ("pothole", "pothole", "graffiti", "pothole")] == [201, 201, 422, 429]

    def test_forms_that_are_not_there_are_counted_together(self, site: Callable[..., Flask]) -> None:
        client = site().test_client()
        assert [send(client, form) for form in ("made-up", "x" * 2_000, "another")] == [404, 404, 429]

    def test_each_address_is_counted_for_itself(self, site: Callable[..., Flask]) -> None:
        client = site().test_client()
        assert [send(client, address=f"192.0.2.{n}") for n in (1, 1, 2, 1)] == [201, 201, 201, 429]

    def test_of_ipv6_a_connection_is_counted(self, site: Callable[..., Flask]) -> None:
        client = site().test_client()
        addresses = ("2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1")
        assert [send(client, address=address) for address in addresses] == [201, 201, 429, 201]

    def test_a_forwarded_address_counts_only_behind_a_proxy_that_is_configured(
        self, site: Callable[..., Flask]
    ) -> None:
        client = site().test_client()
        assert [send(client, X_Forwarded_For=f"198.51.100.{n}") for n in range(3)] == [201, 201, 429]
        app = site()
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1)
        client = app.test_client()
        assert [send(client, X_Forwarded_For=f"198.51.100.{n}") for n in (1, 1, 2, 1)] == [201, 201, 201, 429]
        assert send(client, X_Forwarded_For="198.51.100.9, 198.51.100.1") == 429


class TestRefusals:
    @pytest.mark.parametrize(("language", "heading"), [("en", "Please wait a little"), ("fr", "Un peu de patience")])
    def test_a_resident_gets_a_polite_page(self, site: Callable[..., Flask], language: str, heading: str) -> None:
        resident = Resident(site().test_client())
        for _ in range(2):
            page = resident.begin(language=language)
            page.press({"en": "Continue", "fr": "Continuer"}[language])
        refused = page.press({"en": "Continue", "fr": "Continuer"}[language])
        assert (refused.status, refused.heading) == (429, heading)
        assert 0 < int(refused.headers["Retry-After"]) <= 3600
        assert "Content-Security-Policy" in refused.headers

    def test_a_program_gets_problem_details(self, site: Callable[..., Flask]) -> None:
        client = site().test_client()
        for _ in range(2):
            send(client)
        answer = client.post(
            "/api/forms/pothole/submissions", json={"answers": {}}, environ_base={"REMOTE_ADDR": "192.0.2.1"}
        )
        assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
        assert int(answer.headers["Retry-After"]) > 0

    def test_knocking_at_the_desk_uploading_and_guessing_links_are_measured(self, site: Callable[..., Flask]) -> None:
        client = site().test_client()
        for method, address in (
            ("POST", "/en/desk/"),
            ("POST", "/api/forms/pothole/uploads"),
            ("GET", "/en/status/WPG-2026-AAAAAA/x"),
        ):
            codes = [client.open(address, method=method).status_code for _ in range(3)]
            assert codes[:2] != [429, 429]
            assert codes[2] == 429, address

    def test_letters_are_counted_for_all_forms_together(self, intake: Intake) -> None:
        app = Flask("city")
        app.config.update(SECRET_KEY="a key for tests", TESTING=True)
        app.register_blueprint(create_blueprint(intake, limits=FEW, come_back=True))
        client = app.test_client()
        addresses = [f"/en/forms/{form}/{'a' * 22}/look/later" for form in ("pothole", "graffiti", "pothole")]
        assert [client.post(address).status_code for address in addresses][2] == 429

    def test_by_default_a_person_never_meets_them(self, site: Callable[..., Flask]) -> None:
        resident = Resident(site(Limits(least_seconds=0)).test_client())
        for _ in range(10):
            assert resident.fill_pothole().press("Send").heading == "We have your request"

    def test_they_can_be_switched_off(self, site: Callable[..., Flask]) -> None:
        client = site(NO_LIMITS).test_client()
        assert {send(client) for _ in range(70)} == {201}


class TestPrograms:
    def ready(self, app: Flask) -> Page:
        page = Resident(app.test_client()).fill_pothole()
        assert page.heading == "Check your answers"
        return page

    def test_who_fills_in_the_hidden_box_has_sent_nothing(self, site: Callable[..., Flask], intake: Intake) -> None:
        page = self.ready(site(NO_LIMITS))
        page.typed["your_website"] = "https://example.com"
        again = page.press("Send")
        assert (again.status, again.news[:20]) == (422, "That was very quick.")
        assert intake.store.outbox.standing().submissions.accepted == 0
        assert again.press("Send").heading == "We have your request"

    def test_no_person_comes_upon_the_box(self, site: Callable[..., Flask]) -> None:
        (box,) = self.ready(site(NO_LIMITS)).root.classed("f-trap")
        assert box.attributes["aria-hidden"] == "true"
        assert box.all("input")[0].attributes["tabindex"] == "-1"

    def test_who_sends_at_once_is_asked_again_and_loses_nothing(
        self, site: Callable[..., Flask], intake: Intake
    ) -> None:
        again = self.ready(site(Limits({}, least_seconds=60))).press("Send")
        assert again.status == 422
        assert "510 Main Street" in again.text
        assert intake.store.outbox.standing().submissions.accepted == 0
