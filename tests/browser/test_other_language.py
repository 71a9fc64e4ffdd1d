"""Every page and letter of a city that translated nothing: each word of an author says in which language it is.

WCAG 2.2, 3.1.2. Authors' words are told from ours by a sign before each of their texts, so that no place can be
forgotten. A title cannot be marked in parts: it is in the language of most of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from formroute.definitions import Text
from formroute.store import Store
from formroute.web.page import plan
from tests.browser.every_page import Sight, Walk, site
from tests.web.resident import Element, page_of

SIGN = "⁑"
OURS, THEIRS = "fr", "en"
OWN_NAME = "English"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Sight]]:
    """Every page in French, of a city that wrote all texts in English alone."""
    folder, inside = tmp_path_factory.mktemp("other_language"), Text.inside

    def untranslated(text: Text, language: str) -> str:
        return inside(type(text)({THEIRS: SIGN + inside(text, THEIRS)}), language)

    with pytest.MonkeyPatch.context() as patch, closing(Store(f"sqlite:///{folder / 'formroute.db'}", folder)) as store:
        patch.setattr(Text, "inside", untranslated)
        plan.questions.cache_clear()
        yield list(Walk(site(store), store, OURS).sights())
    plan.questions.cache_clear()


def words(element: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Each run of words below, with the language that it is said to be in."""
    language = element.attributes.get("lang", language)
    for child in element.children:
        if isinstance(child, Element) and child.tag != "title":
            yield from words(child, language)
        elif isinstance(child, str) and child.strip():
            yield language, child.strip()


def attributes(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Element):
            yield from child.attributes.values()
            yield from attributes(child)


def said(sights: list[Sight]) -> Iterator[tuple[str, str, str]]:
    return ((sight.name, *found) for sight in sights for found in words(page_of(sight.html)))


def test_every_text_of_an_author_is_marked(seen: list[Sight]) -> None:
    assert {(page, text) for page, language, text in said(seen) if SIGN in text and language != THEIRS} == set()


def test_no_sentence_of_ours_is_marked(seen: list[Sight]) -> None:
    marked = {
        (sight.name, one.text)
        for sight in seen
        for one in page_of(sight.html).all(lang=THEIRS)
        if one.tag not in ("html", "title")
    }
    assert {(page, text) for page, text in marked if not text.startswith(SIGN) and text != OWN_NAME} == set()


def test_no_mark_stands_where_there_can_be_none(seen: list[Sight]) -> None:
    held = {(sight.name, value) for sight in seen for value in attributes(page_of(sight.html))}
    titles = {(sight.name, title.text) for sight in seen for title in page_of(sight.html).all("title")}
    assert {(page, text) for page, text in held if SIGN in text} == set()
    assert {(page, text) for page, text in titles if "<" in text} == set()


def test_a_title_is_in_the_language_of_most_of_it(seen: list[Sight]) -> None:
    titles = {sight.name: page_of(sight.html).all("title")[0] for sight in seen}
    languages = {name: title.attributes.get("lang", OURS) for name, title in titles.items()}
    assert languages["answer (in error)"] == THEIRS, titles["answer (in error)"].text
    assert languages["refused (404)"] == OURS, titles["refused (404)"].text
