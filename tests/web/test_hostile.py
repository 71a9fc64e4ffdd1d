"""Whatever is posted, the answer is never an error of ours, and what was typed comes back as text only."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from formroute.catalog import Catalog
from formroute.store import Store
from tests.web.resident import Page, Resident, multipart

NAUGHTY = [
    "",
    " ",
    "\x00",
    "\u202eabc",
    "sNaN",
    "NaN",
    "Infinity",
    "1_000",
    "١٢٣",
    "1e999999999",
    "-0",
    "' OR 1=1 --",
    "{{ 7*7 }}",
    "{% raw %}",
    "${jndi:ldap://x}",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "../../../../etc/passwd",
    "%00%ff",
    "x" * 10_000,
    "😀" * 1000,
    "\ufeff",
    "a\r\nSet-Cookie: x=1",
    "=cmd|' /C calc'!A0",
]
NAMES = [
    "items-²",
    "where.",
    "where.address.x",
    "where.address",
    ".",
    "..",
    "_seal",
    "_asked",
    "_go",
    "_remove",
    "_visited",
    "ward",
    "ⅷ",
]


@pytest.fixture
def hole(resident: Resident) -> Page:
    page = resident.begin().fill(danger="no").press("Continue").fill(where__address="1 Main").press("Continue")
    return page.fill(surface="road").press("Continue")


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_answers_come_back_as_text(hole: Page, text: str) -> None:
    answers = dict.fromkeys(("depth_cm", "details", "seen_on", "car_damage", "surface"), text)
    page = hole.fill(**answers).press("Continue")
    assert page.status in (200, 422)
    assert not {"script", "img"} & {element.tag for element in page.root.all("main")[0].all()}


@pytest.mark.parametrize("text", ["x", "\x00", "language:xx", "language:", "back", "over"])
def test_names_that_nobody_asked_for_do_nothing(hole: Page, text: str) -> None:
    for name in NAMES:
        data = MultiDict([*hole.typed.items(multi=True), (name, text)])
        assert hole._resident.post(hole.address, data).status in (200, 403, 422)


def test_an_unknown_way_on_stays_on_the_page(hole: Page) -> None:
    data = MultiDict([*hole.typed.items(multi=True), ("_go", "sideways")])
    assert hole._resident.post(hole.address, data).address == hole.address


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([*NAMES, "depth_cm", "details", "photos", "surface"]), st.text(max_size=50))),
    st.sampled_from(["/en/forms/pothole/{token}/hole", "/fr/forms/pothole/{token}", "/en/forms/graffiti/{token}/hole"]),
)
def test_no_form_post_is_an_error_of_ours(hole: Page, pairs: list[tuple[str, str]], address: str) -> None:
    token = hole.address.split("/")[-2]
    data: MultiDict[str, Any] = MultiDict([("_seal", hole.typed["_seal"]), *pairs])
    answer = hole._resident.client.post(address.format(token=token), data=data)
    assert answer.status_code < 500


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from(["multipart/form-data; boundary=x", "multipart/form-data", "text/x", ""])
)
def test_no_bytes_are_an_error_of_ours(resident: Resident, body: bytes, content_type: str) -> None:
    answer = resident.client.post(f"/en/forms/pothole/{'A' * 22}/safety", data=body, content_type=content_type)
    assert answer.status_code < 500


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_no_json_is_an_error_of_ours(resident: Resident, catalog: Catalog, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(sorted(catalog.forms)))
    names = st.sampled_from(sorted(catalog.forms[form].fields))
    answers = data.draw(st.dictionaries(names, json_values, max_size=6))
    answer = resident.client.post(f"/api/forms/{form}/submissions", json={"answers": answers})
    assert answer.status_code in (201, 400, 422)


@pytest.mark.parametrize(
    "address",
    [
        "/en/?q={}",
        "/{}/",
        "/en/forms/{}",
        "/en/forms/pothole/{}",
        "/en/forms/pothole/{}/safety",
        "/en/forms/pothole/x/{}",
        "/en/status/{}/x",
        "/en/status/x/{}",
        "/en/desk/{}/",
        "/api/forms/{}",
    ],
)
def test_no_address_is_an_error_of_ours(resident: Resident, address: str) -> None:
    for text in NAUGHTY:
        assert resident.client.get(address.format(quote(text, safe=""))).status_code < 500


QUERIES = ["endpoint", "reference", "status_token", "_anchor", "_method", "_external", "_scheme", "lang", "form_id"]


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_is_an_error_of_ours(hole: Page, name: str) -> None:
    client = hole._resident.client
    for address in ("/en/", "/en/forms/pothole", hole.address, "/en/nothing", "/en/desk/"):
        assert client.get(f"{address}?{name}=x").status_code < 500
    typed = MultiDict([*hole.typed.items(multi=True), ("_go", "language:fr")])
    switched = client.post(f"{hole.address}?{name}=x&change=1", data=typed)
    assert switched.location == hole.address.replace("/en/", "/fr/") + "?change=1"


def test_a_part_without_a_name_is_left_out(hole: Page) -> None:
    body = multipart(hole.typed)
    boundary = body["content_type"].partition("boundary=")[2].encode()
    nameless = b"--" + boundary + b"\r\nContent-Disposition: form-data\r\n\r\nx\r\n"
    answer = hole._resident.client.post(hole.address, **{**body, "data": nameless + body["data"]})
    assert answer.status_code in (303, 422)


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "x" * 5000},
        {"Accept-Language": ",;q=,"},
        {"Cookie": "session=x; formroute_language=\xff"},
        {"Cookie": "session=" + "A" * 4000},
        {"Content-Type": "multipart/form-data; boundary=" + "x" * 500},
        {"Content-Length": "abc"},
        {"Host": "evil.example"},
        {"X-Forwarded-Host": "evil.example"},
    ],
)
def test_no_header_is_an_error_of_ours(resident: Resident, headers: dict[str, str]) -> None:
    assert resident.client.get("/en/forms/pothole", headers=headers).status_code < 500
    answer = resident.client.post(f"/en/forms/pothole/{'A' * 22}/safety", headers=headers)
    assert answer.status_code < 500


def test_junk_in_hidden_calculated_and_unknown_questions_does_not_count(resident: Resident, store: Store) -> None:
    look = resident.fill_pothole()
    page = look.follow("Change What is the hole in?")
    page.typed.update({"trip_hazard": "yes", "ward": "Nowhere", "unknown": "x"})
    for name in ("trip_hazard", "ward", "unknown"):
        page.typed.add("_asked", name)
    receipt = page.press("Continue").press("Send")
    stored = store.find(receipt.root.classed("f-reference")[0].text)
    assert stored is not None
    assert stored.submission.answers["ward"] != "Nowhere"
    assert {"trip_hazard", "unknown"}.isdisjoint(stored.submission.answers)
