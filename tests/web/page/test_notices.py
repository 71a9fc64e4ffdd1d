"""What residents are told in Markdown, and how a page says what a notice is: by an icon and a word."""

from __future__ import annotations

import pytest

from formroute.catalog import Catalog
from tests.every_kind.samples import every_kind
from tests.web.resident import Resident


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_kind()


WORDS = {
    "en": ["Please note", "Good news", "Warning", "Danger"],
    "fr": ["À noter", "Bonne nouvelle", "Avertissement", "Danger"],
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_tone_has_a_word_an_icon_and_its_role(resident: Resident, language: str) -> None:
    notices = resident.begin("simple", language).root.classed("f-notice")
    assert [notice.classed("f-tone")[0].text for notice in notices] == WORDS[language]
    assert [notice.attributes["role"] for notice in notices] == ["note", "note", "note", "alert"]
    assert [[icon.attributes["aria-hidden"] for icon in notice.all("svg")] for notice in notices] == [["true"]] * 4


def test_a_notice_has_its_lists_and_links(resident: Resident) -> None:
    notice = resident.begin("simple").root.classed("f-notice")[0]
    assert [point.text for point in notice.all("li")] == [
        "the name of the animal",
        "its weight, see how to weigh a dog",
    ]
    assert [link.attributes for link in notice.all("a")] == [{"href": "https://example.org/weigh", "rel": "noreferrer"}]
