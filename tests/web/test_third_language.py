"""A town that speaks German alone: what the product says itself comes from the town's folder, on every page and letter.

Its sentences are the English ones in Cyrillic letters: whatever has Latin letters and is neither the author's, nor the
resident's, nor of the calendar was not asked for in the town's language.
"""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.dates import get_day_names, get_month_names
from babel.messages.pofile import read_po, write_po
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from formroute.catalog import Catalog, load_catalog
from formroute.cli import main
from formroute.delivery import Worker, standard_handlers
from formroute.forms import KINDS, FormDefinition
from formroute.forms.kinds import FieldDefinition
from formroute.intake import Intake
from formroute.messages import in_order_of
from formroute.store import Store
from formroute.store.accounts import EVERY, Role
from formroute.web import NO_LIMITS, create_blueprint
from tests.copies import copied
from tests.web.resident import Element, Page, Resident, page_of

TOWN = Path(__file__).parent.parent / "lindenau"
WEDNESDAY = datetime(2026, 6, 3, 10, tzinfo=UTC)
CYRILLIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "абцдефгхийклмнопқрстувшхызАБЦДЕФГХИЙКЛМНОПҚРСТУВШХЫЗ"
)
PASSWORD = "correct horse battery"
PREFIX = "/buerger"
READ = ("title", "alt", "aria-label", "placeholder", "aria-description")
TYPED = "Marktplatz anna org example kB"
KEYS = {*KINDS, *FormDefinition.model_fields, *FieldDefinition.model_fields, "when", "forms", "routes", "page"}


def said(english: str) -> str:
    """A sentence in the language of the town, with the same values in it."""
    return "".join(part if part.startswith("{") else part.translate(CYRILLIC) for part in re.split(r"({.*?})", english))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town's schemas, the lists as Excel saves them there, with every sentence translated."""
    folder = copied(TOWN, tmp_path_factory.mktemp("lindenau") / "schemas")
    for path in folder.rglob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_text("utf-8").replace("\n", "\r\n").encode())
    CliRunner().invoke(main, ["translations", "--sentences", "de", str(folder)], catch_exceptions=False)
    path = folder / "locale" / "de" / "LC_MESSAGES" / "formroute.po"
    with path.open("rb") as file:
        sentences = read_po(file)
    for message in sentences:
        if message.id:
            message.string = said(message.id) if isinstance(message.id, str) else tuple(map(said, message.id))
    with path.open("wb") as file:
        write_po(file, sentences)
    return folder


@pytest.fixture(scope="module")
def catalog(folder: Path) -> Catalog:
    return load_catalog(folder)


@pytest.fixture
def client(catalog: Catalog, store: Store) -> FlaskClient:
    app = Flask("lindenau")
    app.config.update(SECRET_KEY="a key for tests")
    intake = Intake(catalog, store, clock=lambda: WEDNESDAY)
    app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS), url_prefix=PREFIX)
    return app.test_client()


@pytest.fixture
def resident(client: FlaskClient) -> Resident:
    return Resident(client, PREFIX)


@pytest.fixture(scope="module")
def german() -> set[str]:
    """The words of the authors, of the calendar, and of what residents type here."""
    written = "\n".join(path.read_text("utf-8") for path in TOWN.rglob("*") if path.is_file())
    calendar = [*get_month_names(locale="de").values(), *get_day_names(locale="de").values(), "Deutsch"]
    return set(words_of(f"{written} {TYPED} {' '.join(calendar)} oder und")) - KEYS


def words_of(text: str) -> list[str]:
    """Its words in Latin letters; what stands in braces is a value for a script, and a reference is no word."""
    return re.findall(r"[A-Za-zÄÖÜäöüß]{2,}", re.sub(r"{\w+}|LIN-2026-\w+", "", text))


def read_aloud(element: Element) -> Iterator[str]:
    """Every text that somebody sees or hears, in attributes too."""
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.tag not in ("style", "script"):
            attributes = child.attributes.items()
            yield from (text for name, text in attributes if name in READ or (name.startswith("data-") and " " in text))
            yield from read_aloud(child)


def foreign(root: Element, german: set[str]) -> list[str]:
    return [text for text in read_aloud(root) if not german.issuperset(words_of(text))]


def report(resident: Resident) -> Iterator[Page]:
    """The pages of a report of a pothole, with every sort of mistake on the way."""
    go = said("Continue")
    yield resident.begin("schlagloch", "de").press(go)
    page = resident.begin("schlagloch", "de").fill(wo__address="Marktplatz 1", ortsteil="österau", plz="4177").press(go)
    yield page
    page = page.fill(plz="04177").press(go)
    page = page.fill(flaeche="fahrbahn", tiefe_cm="1.234,5", gesehen="31.12.2026", schaden="viel").press(go)
    yield page
    page = page.fill(tiefe_cm="12,5", gesehen="2.6.2026", schaden="1.234,50 €").press(go)
    page = page.fill(email="x", telefon="12a").press(go)
    yield page
    page = page.fill(email="anna@example.org", telefon="0341 123 45 67").press(go)
    yield page
    yield page.press(said("Send"))


def letters(catalog: Catalog, store: Store) -> dict[str, email.message.EmailMessage]:
    Worker(catalog, store, standard_handlers(store, {})).deliver_due()
    paths = (path for path in (store.folder.path / "mail").rglob("*") if path.is_file())
    found = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths]
    return {str(letter["To"]): letter for letter in found}


def test_no_page_of_any_form_has_a_word_of_english(resident: Resident, catalog: Catalog, german: set[str]) -> None:
    for name in catalog.forms:
        first = resident.begin(name, "de")
        for page in (first, first.press(said("Continue"))):
            assert page.root.all("html")[0].attributes["lang"] == "de"
            assert foreign(page.root, german) == []


@pytest.mark.parametrize("address", ["/de/", "/de/?q=Straße", "/de/nichts", "/de/desk/", "/de/forms/nichts"])
def test_no_page_around_the_forms_has_one(resident: Resident, german: set[str], address: str) -> None:
    assert foreign(resident.get(PREFIX + address).root, german) == []


def test_a_report_goes_all_the_way_in_german(
    resident: Resident, catalog: Catalog, store: Store, german: set[str]
) -> None:
    pages = list(report(resident))
    assert [foreign(page.root, german) for page in pages] == [[]] * len(pages)
    assert pages[2].errors == [
        said("Enter a number from {min} to {max}.").format(min="1", max="200"),
        said("Enter {day} or an earlier date.").format(day="3. Juni 2026"),
        said("Write an amount in digits, such as 12.50."),
    ]
    look, receipt = pages[-2:]
    assert [shown for shown in ("12,5", "2. Juni 2026", "1.234,50 €", "0341 1234567") if shown not in look.text] == []
    reference = receipt.root.classed("f-reference")[0].text
    stored = store.find(reference)
    assert stored is not None
    assert (stored.decision.send_to, stored.decision.priority) == ("bauhof", "dringend")
    assert foreign(receipt.follow(said("Status of")).root, german) == []


def test_letters_and_the_desk_are_german(resident: Resident, catalog: Catalog, store: Store, german: set[str]) -> None:
    reference = list(report(resident))[-1].root.classed("f-reference")[0].text
    sent = letters(catalog, store)
    assert sorted(sent) == ["anna@example.org", "bauhof@lindenau.example"]
    for letter in sent.values():
        parts = {part.get_content_subtype(): part.get_content() for part in letter.walk() if not part.is_multipart()}
        assert foreign(page_of(parts["html"]), german) == []
        assert set(words_of(f"{letter['Subject']} {parts['plain']}")) <= german
    store.accounts.add("zoe", PASSWORD, {EVERY: Role.HANDLER})
    door = resident.get(f"{PREFIX}/de/desk/")
    door.typed["name"], door.typed["password"] = "zoe", "falsch geraten"
    pages = [door.press(said("Open the desk"))]
    door.typed["password"] = PASSWORD
    pages.append(door.press(said("Open the desk")))
    pages += [resident.get(f"{PREFIX}/de/desk/bauhof/{rest}") for rest in ("", reference)]
    assert [foreign(page.root, german - {"example"}) for page in pages] == [[]] * len(pages)


def test_refusals_of_the_api_are_german(client: FlaskClient) -> None:
    address = f"{PREFIX}/api/forms/schlagloch/submissions"
    posts = [
        {"json": {"answers": {"tiefe_cm": "x", "wo": {"address": "Marktplatz 1"}}}},
        {"json": {"antworten": {}}},
        {"data": "{", "content_type": "application/json"},
        {"data": "x"},
    ]
    told = [client.post(address, **post).get_json() for post in posts]  # type: ignore[arg-type]
    sentences = [one["title"] for one in told] + [error["message"] for error in told[0]["errors"]]
    assert [sentence for sentence in sentences if set(words_of(sentence)) - {"JSON"}] == []


@pytest.mark.parametrize(
    "command",
    [
        ["table", "strassen", "--schemas"],
        ["route", "--form", "schlagloch", "--received", "2026-10-30 15:00", "--answers", "-"],
    ],
)
def test_a_clerk_reads_routes_in_german(folder: Path, german: set[str], command: list[str]) -> None:
    answers = {"wo": {"address": "Marktplatz 1"}, "ortsteil": "anger", "flaeche": "fahrbahn", "tiefe_cm": "12,5"}
    typed = json.dumps({**answers, "gesehen": "30.10.2026"})
    result = CliRunner().invoke(main, [*command, str(folder)], input=typed, catch_exceptions=False)
    assert result.exit_code == 0
    assert set(words_of(result.output)) <= german | {"form"}  # the fact, as routes write it
    if command[0] == "route":  # Reformation Day is a holiday in Saxony
        assert "Samstag, 31. Oktober 2026" in result.output


@pytest.mark.parametrize(
    ("language", "order"), [("de", ["Apfel", "Ärger", "Straße", "Zaun"]), ("sv", ["Apfel", "Straße", "Zaun", "Ärger"])]
)
def test_texts_stand_in_the_order_of_the_alphabet(language: str, order: list[str]) -> None:
    assert sorted({*order}, key=lambda text: in_order_of(language, text)) == order
