"""Residents' texts in Markdown: what comes of them on a page and in a letter, and what is refused, with its place."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.definitions.markdown import as_html, as_text, mistakes
from tests.forms.made import compiled, form_of, page

# As written | on a page | in a letter
WRITTEN = [
    ("Call 311.", "<p>Call 311.</p>", "Call 311."),
    ("Call **311** *now*.", "<p>Call <strong>311</strong> <em>now</em>.</p>", "Call 311 now."),
    ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."),
    ("One\nline.", "<p>One\nline.</p>", "One line."),
    ("One  \nTwo", "<p>One<br>\nTwo</p>", "One\nTwo"),
    ("- salt\n- sand", "<ul>\n<li>salt</li>\n<li>sand</li>\n</ul>", "- salt\n- sand"),
    ("2. wait\n3. look", '<ol start="2">\n<li>wait</li>\n<li>look</li>\n</ol>', "2. wait\n3. look"),
    ("- salt\n  - coarse\n- sand", "<ul>\n<li>salt\n<ul>\n<li>coarse</li>\n</ul>\n</li>\n<li>sand</li>\n</ul>",
     "- salt\n  - coarse\n- sand"),
    ("See [the map](https://example.org/map).",
     '<p>See <a href="https://example.org/map" rel="noreferrer">the map</a>.</p>',
     "See the map (https://example.org/map)."),
    ("Write <me@a.org>.", '<p>Write <a href="mailto:me@a.org" rel="noreferrer">me@a.org</a>.</p>', "Write me@a.org."),
    ("[Call 311](tel:311)", '<p><a href="tel:311" rel="noreferrer">Call 311</a></p>', "Call 311"),
    ("5 < 6 & 7 > 6", "<p>5 &lt; 6 &amp; 7 &gt; 6</p>", "5 < 6 & 7 > 6"),
    (r"2 \* 3 _ 4 #311", "<p>2 * 3 _ 4 #311</p>", "2 * 3 _ 4 #311"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "html", "text"), WRITTEN)
def test_a_text_on_a_page_and_in_a_letter(source: str, html: str, text: str) -> None:
    assert list(mistakes(source)) == []
    assert as_html(source) == html
    assert as_text(source) == text


# A text of an author | what is underlined | what to write instead
REFUSED = [
    ("D141", "Call <b>now</b>, please.", "<b>now</b>", "**now**"),
    ("D141", 'See <a href="https://a.org">this</a>.', '<a href="https://a.org">this</a>', "[this](https://a.org)"),
    ("D141", "One <br> two", "<br>", ""),
    ("D141", "<script>alert(1)</script>", "<script>alert(1)</script>", "alert(1)"),
    ("D141", "<!-- unseen -->", "<!-- unseen -->", ""),
    ("D142", "See [this](javascript:alert).", "[this](javascript:alert)", "this"),
    ("D142", "See [this](JaVaScRiPt:alert).", "[this](JaVaScRiPt:alert)", "this"),
    ("D142", "See [this](data:text/html,x).", "[this](data:text/html,x)", "this"),
    ("D142", "See [this](//evil.example).", "[this](//evil.example)", "this"),
    ("D142", "See [this](/page).", "[this](/page)", "this"),
    ("D142", "See [our map](winnipeg.ca/map).", "[our map](winnipeg.ca/map)", "[our map](https://winnipeg.ca/map)"),
    ("D142", "[Write](help@example.org)", "[Write](help@example.org)", "[Write](mailto:help@example.org)"),
    ("D142", "[Phone](204-555-0123)", "[Phone](204-555-0123)", "[Phone](tel:204-555-0123)"),
    ("D142", "<vbscript:x>", "<vbscript:x>", "vbscript:x"),
    ("D143", "# Careful", "# Careful", "**Careful**"),
    ("D143", "Use `code`", "`code`", "code"),
    ("D143", "> said", "> said", None),
    ("D143", "One\n\n---\n\nTwo", "---", None),
    ("D144", "![a map](https://a.org/map.png)", "![a map](https://a.org/map.png)", "[a map](https://a.org/map.png)"),
    ("D144", "![a map](map.png)", "![a map](map.png)", "a map"),
    ("D145", "See [](https://a.org).", "[](https://a.org)", None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "source", "underlined", "instead"), REFUSED)
def test_what_a_text_may_not_hold(code: str, source: str, underlined: str, instead: str | None) -> None:
    [found] = mistakes(source)
    assert (found.code, source[found.start : found.end], found.instead) == (code, underlined, instead)


LONG = {
    "comments that never end": "<!--" * 20_000,
    "tags on one line": "<b>" * 10_000,
    "tags on many lines": "<b>\n" * 10_000,
}


@pytest.mark.parametrize("source", LONG.values(), ids=LONG)
def test_a_text_of_nothing_but_mistakes_is_read_in_time_with_its_length(source: str) -> None:
    """With a look at the whole text for each of them this test would take minutes."""
    assert {found.code for found in mistakes(source)} == {"D141"}


def test_every_mistake_of_a_text_is_told_with_its_line() -> None:
    source = "Call <i>now</i>\nor [write](javascript:x).\n\n- ![map](m.png)\n- fine"
    found = [(each.code, source[each.start : each.end]) for each in mistakes(source)]
    assert found == [("D141", "<i>now</i>"), ("D142", "[write](javascript:x)"), ("D144", "![map](m.png)")]


NOTICE = """
told:
  type: notice
  text:
    en: |
      Please wait.

      Then **call** <b>311</b>.
    fr: "Voir [ici](javascript:alert)"
more: {type: text, label: More}
"""


def test_a_mistake_in_a_notice_has_a_caret_and_the_corrected_line() -> None:
    _, problems = compiled(page(NOTICE))
    told = [(one.code, one.mark.line, one.mark.column, one.width, one.corrected) for one in problems]
    html, link = (one for one in told if one[0] in ("D141", "D142"))
    assert html == ("D141", 20, 27, 10, "            Then **call** **311**.")
    assert link == ("D142", 21, 21, 23, '          fr: "Voir ici"')


def test_a_mistake_in_a_folded_text_has_its_line() -> None:
    text = ">-\n    Please\n    read <b>this\n    text</b>."
    _, problems = compiled(page(f"told:\n  type: notice\n  text: {text}\nmore: {{type: text, label: More}}\n"))
    found = next(one for one in problems if one.code == "D141")
    assert (found.mark.line, found.line.strip(), found.corrected) == (18, "read <b>this", None)


def test_a_text_has_an_end() -> None:
    """Nobody reads more, and what is written to keep the checker busy stays short."""
    _, problems = compiled(
        page(f"told: {{type: notice, text: {'wait ' * 2_000}a}}\nmore: {{type: text, label: More}}\n")
    )
    (found,) = (one for one in problems if one.severity == "error")
    assert (found.code, found.what) == ("D148", "The text has 10,001 characters; 10,000 are the most.")


def test_what_happens_next_is_markdown_too() -> None:
    form = form_of(
        page("a: {type: text, label: A}"), rest="after_sending:\n  en: Call **311**.\n  fr: Appelez *311*.\n"
    )
    assert form.after_sending is not None
    assert form.after_sending.html("fr") == "<p>Appelez <em>311</em>.</p>"
    _, problems = compiled(page("a: {type: text, label: A}"), rest="after_sending: <p>Wait</p>\n")
    assert [one.corrected for one in problems if one.code == "D141"] == ["after_sending: Wait"]


def test_an_unknown_tone_names_those_that_there_are() -> None:
    _, problems = compiled(page("told: {type: notice, tone: warnign, text: Wait}"))
    found = next(one for one in problems if one.code == "D119")
    assert found.corrected == "      told: {type: notice, tone: warning, text: Wait}"


ALLOWED = {"p", "em", "strong", "ul", "ol", "li", "a", "br"}


class Skeleton(HTMLParser):
    """The elements of a fragment and the addresses of its links; fails on anything a text may not become."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        assert {name for name, _ in attrs} <= {"href", "rel", "start"}
        assert re.fullmatch(r"(https?|mailto|tel):.*|", dict(attrs).get("href") or "", re.DOTALL | re.IGNORECASE)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


HOSTILE = st.lists(
    st.sampled_from(
        ["<", ">", "</p>", "<script>", "<img src=x onerror=y>", "](", "[x", "javascript:", "data:", "https://a.org",
         ")", "&#106;", "&lt;", '"', "'", "\n", "\n\n", "    ", "- ", "1. ", "**", "*", "_", "`", "#", "!", "\\", "é",
         "\x00", "<!--", "-->", "<a href=x>", "onclick=", "mailto:", "\u202e", "\t", "[a]: ", "=", "tel:1", " "]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(HOSTILE | st.text(max_size=40))
def test_whatever_is_written_becomes_only_what_is_allowed(source: str) -> None:
    Skeleton(as_html(source))
    assert isinstance(as_text(source), str)


@given(HOSTILE)
def test_what_has_no_mistake_shows_no_tag_to_residents(source: str) -> None:
    for found in mistakes(source):
        assert 0 <= found.start <= found.end <= len(source)
    if not list(mistakes(source)):
        assert "<" not in re.sub(r"</?(p|em|strong|ul|ol|li|a|br)\b[^<>]*>", "", as_html(source))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("half a \ud800 sign", "<p>half a ? sign</p>"),
        ("[a](https://a.example 'a title')", '<p><a href="https://a.example" rel="noreferrer">a</a></p>'),
    ],
)
def test_what_no_page_can_hold_is_left_out(source: str, html: str) -> None:
    assert as_html(source) == html
