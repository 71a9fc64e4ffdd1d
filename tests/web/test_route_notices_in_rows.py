"""A notice that right answers in rows meet is told, whatever else is wrong in the rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from formroute.intake import Intake
from formroute.store import Store
from tests.forms.made import field, written
from tests.forms.made import page as asking
from tests.web.resident import Resident
from tests.web.test_route_notices import outages, told, typed

THINGS = """\
type: repeat
max_items: 2
fields:
  item: {type: text, label: Item}
  size: {type: integer, label: Size, required: no}
  photo: {type: file, label: Photo, required: no}"""
FORM = written(asking(field("things", THINGS)) + asking(field("email", "type: email"), "contact"))
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
  - route: wires
    when: {any_text: {contains: hydro wires}}
    notice:
      en: Stay away from wires.
      fr: Restez loin des fils.
  - route: small
    when: {things: {every: {size: {at_most: 3}}}}
    notice:
      en: All is small.
      fr: Tout est petit.
  - route: two
    when: {things: {count: 2}}
    notice:
      en: Two of them.
      fr: Deux.
"""
WIRES, SMALL, TWO = "Stay away from wires.", "All is small.", "Two of them."
RIGHT = {"item": "hydro wires"}

# The rows | what is told
ROWS = [
    ([RIGHT, {"size": 2}], [WIRES, TWO]),
    ([RIGHT, {"item": "a lamp", "photo": [{"token": "no such file"}]}], [WIRES, TWO]),
    ([{"size": 2}, RIGHT], [WIRES, TWO]),
    ([RIGHT, RIGHT, RIGHT], [WIRES]),
    ([{"item": "hydro wires", "size": "many"}], [WIRES]),
    ([{"size": 2}, {"size": 3}], [SMALL, TWO]),
    ([{"size": 2}, {"item": "a lamp", "size": "many"}], [TWO]),
    ([{"size": 2}], [SMALL]),
    ([{"size": 4}], []),
    ([{"size": "many"}], []),
    ("junk", []),
]  # fmt: skip


@pytest.fixture
def intake(store: Store, tmp_path: Path) -> Intake:
    return Intake(outages(tmp_path / "schemas", FORM, ROUTES), store)


@pytest.mark.parametrize(("rows", "notices"), ROWS)
def test_the_api_tells_what_right_rows_and_parts_of_rows_meet(
    resident: Resident, rows: object, notices: list[str]
) -> None:
    answer = resident.client.post("/api/forms/example/submissions", json={"answers": {"things": rows}})
    assert (answer.status_code, answer.get_json()["notices"]) == (422, notices)


def test_the_page_with_the_mistake_and_the_script_tell_it_too(resident: Resident) -> None:
    page = resident.begin("example").press("Add another things")
    page.typed.setlist("things-0.item", ["Hydro wires"])
    page.typed.setlist("things-1.size", ["2"])
    assert [WIRES in html for html in typed(page)] == [True, False]
    page = page.press("Continue")
    assert (page.status, told(page)) == (422, [f"Please note {WIRES}", f"Please note {TWO}"])


def test_a_right_answer_tells_it_as_before(resident: Resident) -> None:
    page = resident.begin("example")
    page.typed.setlist("things-0.item", ["Hydro wires"])
    assert told(page.press("Continue")) == [f"Please note {WIRES}"]
