"""Whatever authors and residents write, in every slot of a page or letter: the elements and their attributes stay."""

from __future__ import annotations

import email
import email.policy
import json
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask

from formroute.catalog import load_catalog
from formroute.delivery import Worker, standard_handlers
from formroute.intake import Intake
from formroute.store import Store
from formroute.store.accounts import EVERY, Role
from formroute.web import NO_LIMITS, create_blueprint
from tests.small_city.samples import ANSWERS, FOLDER, NOON
from tests.web.resident import Element, Page, Resident, page_of

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea></title></style><b>",
    "<!-- ]]> --> &lt;b&gt; &#60;i&#62;",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "javascript:alert(1)",
    "e\u0301 \U0001f600 \u05d0\u05d1",
]
PASSWORD = "correct horse battery"
Skeleton = list[tuple[str, ...]]


def skeleton(root: Element) -> Skeleton:
    """Every element in order, with the names of its attributes."""
    return [(element.tag, *sorted(element.attributes)) for element in root.all()]


def schemas(folder: Path, text: str) -> Path:
    """The small city with `text` at the end of whatever somebody reads; a notice is Markdown, and refuses HTML."""
    for path in FOLDER.glob("*.yaml"):
        key, lines = "", []
        for line in path.read_text("utf-8").splitlines():
            said = re.fullmatch(r"( +(?:en|fr): )(.*)", line)
            key = key if said else line.strip()
            if said and key != "text:":
                line = said[1] + json.dumps(f"{said[2]} {text}", ensure_ascii=False)
            lines.append(line)
        (folder / path.name).write_text("\n".join([*lines, ""]), "utf-8")
    return folder


def skeletons(folder: Path, text: str) -> dict[str, Skeleton]:
    """Of each page on the way of one report, and of each letter about it."""
    folder.mkdir()
    store = Store(f"sqlite:///{folder / 'formroute.db'}")
    intake = Intake(load_catalog(schemas(folder, text)), store, clock=lambda: NOON)
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests")
    app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS))
    resident = Resident(app.test_client())
    pages = {"all forms": resident.get("/en/"), "a form": resident.begin("lamp")}
    typed = {name: f"{ANSWERS[name]} {text}" for name in ("details", "name")} | {"out_since": text}
    answers = {**typed, "danger": "no", "colour": "yellow", "where__address": f"510 Main St {text}"}
    pages["mistakes"] = pages["a form"].fill(**answers).press("Continue")
    pages["last look"] = pages["mistakes"].fill(out_since=ANSWERS["out_since"]).press("Continue")
    pages["receipt"] = pages["last look"].press("Send")
    reference = pages["receipt"].root.classed("f-reference")[0].text
    pages["status"] = pages["receipt"].follow("Status of")
    pages |= at_the_desk(resident, store, reference)
    Worker(intake.catalog, store, standard_handlers(store, {})).deliver_due()
    letters = [parsed(path) for path in (store.folder.path / "mail").rglob("*") if path.is_file()]
    store.close()
    assert letters
    return {name: skeleton(page.root) for name, page in pages.items()} | {
        f"letter to {letter['To']}": skeleton(page_of(html_in(letter))) for letter in letters
    }


def at_the_desk(resident: Resident, store: Store, reference: str) -> dict[str, Page]:
    store.accounts.add("zoe", PASSWORD, {EVERY: Role.HANDLER})
    door = resident.get("/en/desk/")
    door.typed["name"], door.typed["password"] = "zoe", PASSWORD
    inside = door.press("Open the desk")
    return {
        "desks": inside,
        "a desk": resident.get("/en/desk/lights/"),
        "a case": resident.get(f"/en/desk/lights/{reference}"),
    }


def parsed(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def html_in(letter: EmailMessage) -> str:
    body = letter.get_body(("html",))
    assert body is not None
    return str(body.get_content())


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Skeleton]:
    return skeletons(tmp_path_factory.mktemp("plain") / "city", "plain words")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_adds_or_takes_an_element_or_an_attribute(
    plain: dict[str, Skeleton], tmp_path: Path, text: str
) -> None:
    found = skeletons(tmp_path / "city", text)
    assert found.keys() == plain.keys()
    assert {name for name in plain if found[name] != plain[name]} == set()
