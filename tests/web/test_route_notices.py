"""What a route tells residents shows as soon as their answers meet it: on the next page, at the end, by the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from formroute.catalog import Catalog, load_catalog
from formroute.intake import Intake
from formroute.store import Store
from tests.every_kind.samples import FOLDER, every_kind
from tests.forms.made import field, written
from tests.forms.made import page as asking
from tests.web.resident import Page, Resident

FORM = written(
    asking(field("street", "type: choice\nchoices: [main, elm, oak]"), "place")
    + asking(
        field("taps", "type: choice\nchoices: [all, some]")
        + field("which", "type: text\nrequired: no\nshow_when: {taps: some}"),
        "taps",
    )
    + asking(field("email", "type: email\nrequired: no"), "contact")
)
ROUTES = """\
table: water
forms: [example]
routes:
  - route: everything
    send_to: hall
---
table: outages
forms: all
policy: collect
routes:
  - route: main-broke
    when: {street: main}
    effective: {from: 2026-06-01, until: 2026-06-15}
    tags: [secret-tag]
    notice:
      en: Water is off on **Main Street** until 6 p.m.
      fr: Pas d’eau dans la **rue Main** avant 18 h.
  - route: basement
    when: {which: {contains: basement}}
    notice:
      en: A basement tap may freeze first.
      fr: Un robinet de sous-sol peut geler en premier.
  - route: no-address
    when: {email: blank}
    notice:
      en: Without an address we cannot answer you.
      fr: Sans adresse, nous ne pouvons pas vous répondre.
"""
OUTAGE, FREEZES, NO_ADDRESS = (
    "Please note Water is off on Main Street until 6 p.m.",
    "Please note A basement tap may freeze first.",
    "Please note Without an address we cannot answer you.",
)


class Clock:
    """Stands still until it is set."""

    now = datetime(2026, 6, 10, 19, 0, tzinfo=UTC)


def outages(folder: Path, form: str = FORM, routes: str = ROUTES) -> Catalog:
    """A city whose routes tell of outages, with its files in a new folder."""
    folder.mkdir()
    for name in ("catalog.yaml", "departments.yaml"):
        (folder / name).write_bytes((FOLDER / name).read_bytes())
    (folder / "form.yaml").write_text(form, "utf-8")
    deciding, adding = routes.split("---\n")
    (folder / "water.yaml").write_text(deciding, "utf-8")
    (folder / "outages.yaml").write_text(adding, "utf-8")
    return load_catalog(folder)


@pytest.fixture
def intake(store: Store, tmp_path: Path) -> Intake:
    return Intake(outages(tmp_path / "schemas"), store, clock=lambda: Clock.now)


def told(page: Page) -> list[str]:
    return [notice.text for notice in page.root.classed("f-notice")]


def test_it_shows_on_the_page_after_the_answers_meet_it_and_on_every_one_until_the_receipt(resident: Resident) -> None:
    page = resident.begin("example")
    assert told(page) == []
    page = page.fill(street="main").press("Continue")
    assert told(page) == [OUTAGE]
    page = page.fill(taps="all").press("Continue")
    assert told(page) == [OUTAGE]
    page = page.fill(email="ann@example.org").press("Continue")
    assert (page.heading, told(page)) == ("Check your answers", [OUTAGE])
    page = page.press("Send")
    assert (page.heading, told(page)) == ("We have your request", [OUTAGE])


def test_it_goes_away_with_the_answer(resident: Resident) -> None:
    page = resident.begin("example").fill(street="main").press("Continue").press("Back")
    assert told(page) == [OUTAGE]
    assert told(page.fill(street="elm").press("Continue")) == []


def test_a_blank_is_one_only_once_the_question_was_passed(resident: Resident) -> None:
    page = resident.begin("example").fill(street="elm").press("Continue").fill(taps="all").press("Continue")
    assert told(page) == []
    assert told(page.press("Continue")) == [NO_ADDRESS]


def test_the_answer_to_a_question_that_is_hidden_again_tells_nothing(resident: Resident) -> None:
    page = resident.begin("example").fill(street="elm").press("Continue").fill(taps="some").press("Continue")
    page = page.fill(which="The basement").press("Continue")
    assert told(page) == [FREEZES]
    page = page.press("Back").fill(taps="all").press("Continue")
    assert told(page) == []


def test_it_tells_in_the_language_of_the_page(resident: Resident) -> None:
    page = resident.begin("example", "fr").fill(street="main").press("Continuer")
    assert told(page) == ["À noter Pas d’eau dans la rue Main avant 18 h."]


def test_later_and_in_another_language_it_is_as_it_was_told_and_says_in_which_it_is(resident: Resident) -> None:
    page = resident.begin("example").fill(street="main").press("Continue").fill(taps="all").press("Continue")
    receipt = page.fill(email="ann@example.org").press("Continue").press("Send")
    switched = receipt.follow("Français")
    marked = [box for box in switched.root.all("div", lang="en") if box.text in OUTAGE]
    assert (switched.heading, len(marked)) == ("Nous avons bien reçu votre demande", 1)
    assert receipt.root.all("main")[0].all(lang="en")[1:] == []


@pytest.mark.parametrize(("days", "shows"), [(-10, False), (-9, True), (5, True), (6, False)])
def test_it_tells_only_on_its_days(resident: Resident, monkeypatch: pytest.MonkeyPatch, days: int, shows: bool) -> None:
    monkeypatch.setattr(Clock, "now", Clock.now + timedelta(days=days))
    page = resident.begin("example").fill(street="main").press("Continue")
    assert told(page) == ([OUTAGE] if shows else [])


def test_it_stands_on_a_page_with_mistakes_too(resident: Resident) -> None:
    page = resident.begin("example").fill(street="main").press("Continue").press("Continue")
    assert (page.status, told(page)) == (422, [OUTAGE])


def typed(page: Page, **answers: str) -> list[str]:
    """What the script is told while this is typed."""
    page.fill(**answers)
    address = page.root.all("form", id="form")[0].attributes["data-showing"]
    said = page._resident.client.post(address, data=page.typed).get_json()
    return [html for _key, html in said["told"]]


def test_the_script_is_told_at_once(resident: Resident) -> None:
    page = resident.begin("example")
    (html,) = typed(page, street="main")
    assert "Water is off on <strong>Main Street</strong> until 6 p.m." in html
    assert typed(page, street="elm") == []


def test_nothing_else_of_a_route_comes_out(resident: Resident, visitor: Callable[[], Resident]) -> None:
    page = resident.begin("example").fill(street="main")
    seen = "".join(typed(page, street="main"))
    page = page.press("Continue")
    seen += visitor().client.get(page.address).text + resident.client.get(page.address).text
    assert [word for word in ("main-broke", "outages", "secret-tag", "everything") if word in seen] == []


def sent(resident: Resident, **answers: str) -> dict[str, object]:
    return resident.client.post("/api/forms/example/submissions", json={"answers": answers}).get_json()  # type: ignore[no-any-return]


def test_the_api_tells_it_with_the_reference_and_with_what_is_wrong(resident: Resident) -> None:
    outage = "Water is off on **Main Street** until 6 p.m."
    assert sent(resident, street="main", taps="all", email="ann@example.org")["notices"] == [outage]
    assert sent(resident, street="main", email="ann@example.org")["notices"] == [outage]
    assert sent(resident, street="main")["notices"] == [outage]  # whether there is an address is still open
    assert sent(resident, street="elm", taps="all")["notices"] == ["Without an address we cannot answer you."]


def test_a_form_of_which_nothing_is_told_listens_to_nothing(resident: Resident, intake: Intake) -> None:
    assert intake.catalog.router.tells("example")
    assert "data-listening" in resident.client.get("/en/forms/example").text
    assert not every_kind().router.tells("simple")
