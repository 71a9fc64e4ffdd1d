"""A resident with a plain browser: reads pages, fills in what they show, presses buttons. No scripts run."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any, Self

from werkzeug.datastructures import FileStorage, Headers, MultiDict
from werkzeug.test import Client, TestResponse, encode_multipart

from tests.small_city.samples import PNG

VOID = {"input", "link", "meta", "img", "br", "hr"}


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is read in it, with blanks run together."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Any:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """Every element below with that tag and those attributes; what lies in a template is not on the page."""
        found = []
        for child in self.children:
            if isinstance(child, Element) and child.tag != "template":
                wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
                if tag in ("", child.tag) and wanted.items() <= child.attributes.items():
                    found.append(child)
                found += child.all(tag, **attributes)
        return found

    def classed(self, name: str) -> list[Element]:
        """Every element below with that class."""
        return [element for element in self.all() if name in element.attributes.get("class", "").split()]


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page_of(html: str) -> Element:
    """What a document holds."""
    return _Reader(html).root


class Page:
    """One answer of the site as a resident sees it."""

    def __init__(self, resident: Resident, response: TestResponse) -> None:
        self._resident = resident
        self.status = response.status_code
        self.address = response.request.path
        self.query = response.request.query_string.decode()
        self.headers = response.headers
        self.html = response.get_data(as_text=True)
        self.root = _Reader(self.html).root
        self.typed: MultiDict[str, Any] = self._as_shown(self._forms[-1] if self._forms else None)

    @property
    def title(self) -> str:
        return self.root.all("title")[0].text

    @property
    def text(self) -> str:
        return self.root.all("main")[0].text

    @property
    def heading(self) -> str:
        return self.root.all("h1")[0].text

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary, each without the question that it is about."""
        lines = [line for box in self.root.classed("f-summary") for line in box.all("a")]
        abouts = ["".join(about.text for about in line.classed("f-about")) for line in lines]
        return [line.text.removeprefix(about).strip() for line, about in zip(lines, abouts, strict=True)]

    @property
    def summary(self) -> list[str]:
        """The lines of the error summary, whole."""
        return [line.text for box in self.root.classed("f-summary") for line in box.all("a")]

    @property
    def news(self) -> str:
        return " ".join(box.text for box in self.root.classed("f-band"))

    @property
    def asked(self) -> list[str]:
        """The names of the questions on the page."""
        return self.typed.getlist("_asked")

    @property
    def kept_files(self) -> list[str]:
        return [item.all("span")[0].text for kept in self.root.classed("f-kept") for item in kept.all("li")]

    def token_of(self, filename: str) -> str:
        """What stands in the box that takes out a file that was kept."""
        kept = (item for kept in self.root.classed("f-kept") for item in kept.all("li"))
        return next(item.all("input")[0].attributes["value"] for item in kept if filename in item.text)

    def link(self, text: str) -> str:
        return next(link.attributes["href"] for link in self.root.all("a") if text in link.text)

    def fill(self, **answers: Any) -> Self:
        """Type or choose answers; `where__address` is the box `where.address`."""
        for name, value in answers.items():
            assert name.partition("__")[0] in self.asked, f"{name} is not asked here, only {self.asked}"
            self.typed.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
        return self

    def attach(self, name: str, *files: tuple[str, bytes]) -> Self:
        self.typed.setlist(name, [a_file(*file) for file in files])
        return self

    def press(self, text: str) -> Page:
        """Press a button; the page that comes in the end."""
        button = next(found for found in self.root.all("button") if found.text == text)
        name = button.attributes.get("name")
        form = next((one for one in self._forms if button in one.all("button")), self._forms[-1])
        data = MultiDict(self.typed if form is self._forms[-1] else self._as_shown(form))
        if name:
            data.setlist(name, [button.attributes["value"]])
        return self._resident.post(form.attributes["action"], data)

    def follow(self, text: str) -> Page:
        return self._resident.get(self.link(text))

    @cached_property
    def _forms(self) -> list[Element]:
        """What can be posted; the last one is what the page is about."""
        return [form for form in self.root.all("form") if form.attributes.get("method") == "post"]

    def _as_shown(self, form: Element | None) -> MultiDict[str, Any]:
        """What a browser would post of a form, untouched."""
        shown: MultiDict[str, Any] = MultiDict()
        for element in form.all() if form else []:
            attributes = element.attributes
            name = attributes.get("name", "")
            if element.tag == "select":
                chosen = [option for option in element.all("option") if "selected" in option.attributes]
                shown.add(name, (chosen or element.all("option"))[0].attributes["value"])
            elif element.tag == "textarea":
                shown.add(name, "".join(element._texts()).removeprefix("\n"))
            elif element.tag == "input" and _posts(attributes):
                shown.add(name, attributes.get("value", "on"))
        return shown


def a_file(filename: str, content: bytes = PNG) -> FileStorage:
    """A file as a browser sends it."""
    return FileStorage(io.BytesIO(content), filename)


def multipart(data: MultiDict[str, Any] | dict[str, Any]) -> dict[str, Any]:
    """A multipart body and its type, for a client or a request."""
    boundary, body = encode_multipart(MultiDict(data))
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


def _posts(attributes: dict[str, str]) -> bool:
    kind = attributes.get("type", "text")
    return kind != "file" and (kind not in ("radio", "checkbox") or "checked" in attributes)


class Resident:
    """Somebody with a browser and its cookies."""

    def __init__(self, client: Client, prefix: str = "") -> None:
        self.client = client
        self.prefix = prefix

    def get(self, address: str) -> Page:
        return Page(self, self.client.get(address, follow_redirects=True))

    def headers(self, address: str) -> Headers:
        with self.client.get(address) as response:
            return response.headers

    def post(self, address: str, data: MultiDict[str, Any] | dict[str, Any]) -> Page:
        return Page(self, self.client.post(address, **multipart(data), follow_redirects=True))

    def begin(self, form: str = "pothole", language: str = "en") -> Page:
        return self.get(f"{self.prefix}/{language}/forms/{form}")

    def fill_pothole(self, language: str = "en", pages: Sequence[dict[str, Any]] = ()) -> Page:
        """A pothole report up to the last look at the answers."""
        go = {"en": "Continue", "fr": "Continuer"}[language]
        answers = pages or POTHOLE
        page = self.begin(language=language)
        for wanted in answers:
            page = page.fill(**{name: value for name, value in wanted.items() if name.partition("__")[0] in page.asked})
            page = page.press(go)
            missed = {name: value for name, value in wanted.items() if name.partition("__")[0] in page.asked}
            if missed and "more=1" in page.query:
                page = page.fill(**missed).press(go)
        return page


POTHOLE: Sequence[dict[str, Any]] = (
    {"danger": "no"},
    {"where__address": "510 Main Street", "neighbourhood": "wolseley"},
    {"surface": "road", "depth_cm": "12", "car_damage": "no", "seen_on": "2026-06-09"},
    {"name": "Alex Tremblay", "email": "alex@example.com"},
)
