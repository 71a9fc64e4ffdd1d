"""Every answer carries the headers; personal pages stay out of caches; no page needs an inline script or style."""

import pytest

from formroute.web.site.security import HEADERS
from tests.web.resident import Resident

ADDRESSES = [
    "/",
    "/en/",
    "/fr/forms/pothole",
    "/en/forms/nothing",
    "/api/forms",
    "/api/forms/x",
    "/en/desk/",
    "/assets/formroute.css",
    "/en/forms/pothole/a/b/c/d",
    "/api/nothing/here",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(resident: Resident, address: str) -> None:
    headers = resident.headers(address)
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(("address", "stored"), [("/en/", True), ("/en/forms/pothole", False), ("/en/desk/", False)])
def test_only_pages_that_are_the_same_for_all_may_be_stored(resident: Resident, address: str, stored: bool) -> None:
    assert (resident.headers(address).get("Cache-Control") != "no-store") is stored


def test_a_file_is_kept_until_its_address_changes(resident: Resident) -> None:
    links = (link.attributes for link in resident.get("/en/").root.all("link"))
    link = next(one["href"] for one in links if one["rel"] == "stylesheet")
    assert "immutable" in resident.headers(link)["Cache-Control"]
    assert "immutable" not in resident.headers("/assets/formroute.css?v=x")["Cache-Control"]


def test_a_header_that_the_city_sets_stays(resident: Resident) -> None:
    app = resident.client.application
    app.after_request_funcs.setdefault("formroute", []).append(  # type: ignore[attr-defined]
        lambda response: response.headers.set("X-Frame-Options", "SAMEORIGIN") or response
    )
    assert resident.headers("/en/")["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("address", ["/en/", "/en/forms/pothole", "/en/desk/"])
def test_no_page_has_inline_scripts_or_styles(resident: Resident, address: str) -> None:
    page = resident.get(address)
    assert all(script.attributes.get("src") and not script.text for script in page.root.all("script"))
    assert not page.root.all("style")
    assert not [element for element in page.root.all() if {"style", "onclick", "onchange"} & element.attributes.keys()]


def test_cookies_are_for_the_server_only(resident: Resident) -> None:
    cookies = resident.headers("/en/forms/pothole").getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all("HttpOnly" in cookie for cookie in cookies)


def test_a_cache_is_told_what_the_language_depends_on(resident: Resident) -> None:
    assert resident.client.get("/").vary.as_set() == {"accept-language", "cookie"}
    resident.client.get("/fr/")  # remembered for pages, while the API looks at no cookie
    assert resident.client.get("/").location == "/fr/"
    answer = resident.client.get("/api/forms", headers={"Accept-Language": "en"})
    assert (answer.headers["Content-Language"], answer.vary.as_set()) == ("en", {"accept-language"})


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/en/", {"GET", "HEAD", "OPTIONS"}),
        ("/api/forms", {"GET", "HEAD", "OPTIONS"}),
        ("/api/forms/pothole/submissions", {"POST", "OPTIONS"}),
        (f"/en/forms/pothole/{'x' * 22}", {"GET", "HEAD", "POST", "OPTIONS"}),
    ],
)
def test_options_tells_what_can_be_asked_of_an_address_and_nothing_more(
    resident: Resident, address: str, allowed: set[str]
) -> None:
    assert resident.client.open(address, method="OPTIONS").allow.as_set() == {method.lower() for method in allowed}


@pytest.mark.parametrize(
    ("method", "address", "status", "allowed"),
    [
        ("GET", "/en/nothing/at/all", 404, None),
        ("POST", "/fr/", 405, "GET"),
        ("DELETE", "/en/forms/pothole", 405, "GET"),
        ("GET", "/api/nothing", 404, None),
        ("GET", "/api/forms/pothole/submissions", 405, "POST"),
        ("PUT", "/api/forms", 405, "GET"),
        ("TRACE", "/api/forms/pothole", 405, "GET"),
        ("CONNECT", "/api/forms/pothole/submissions", 405, "POST"),
        ("SHOUT", "/en/", 405, "GET"),
        ("TRACE", "/en/nothing", 404, None),
        ("OPTIONS", "/api/nothing", 404, None),
        ("GET", "/api", 404, None),
        ("PUT", "/api/", 404, None),
    ],
)
def test_what_leads_nowhere_below_us_is_refused_as_we_refuse(
    resident: Resident, method: str, address: str, status: int, allowed: str | None
) -> None:
    answer = resident.client.open(address, method=method)
    assert answer.status_code == status
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
    assert answer.headers.get("Allow") == allowed
    api = address.startswith("/api")
    assert answer.mimetype == ("application/problem+json" if api else "text/html")
    assert api or "formroute.css" in answer.text


def test_a_missing_slash_still_leads_on(resident: Resident) -> None:
    answer = resident.client.get("/en?q=road")
    assert (answer.status_code, answer.headers["Location"].removeprefix("http://localhost")) == (308, "/en/?q=road")
    assert resident.client.get("/en/desk").status_code == 308
