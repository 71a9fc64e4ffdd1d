"""A form that is changed after a submission: letters and lists go on in the words that the resident saw."""

from collections.abc import Callable
from pathlib import Path

import pytest

from formroute.catalog import Catalog, load_catalog
from formroute.delivery import compose
from formroute.intake import Intake
from formroute.store import Stored
from tests.copies import copied, edit
from tests.databases import on_sqlite
from tests.small_city.samples import ANSWERS, FOLDER

pytestmark = on_sqlite


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str], Catalog]:
    """The small city after an author replaced one text of the form by another."""

    def change(old: str, new: str) -> Catalog:
        edit(copied(FOLDER, tmp_path) / "lamp.yaml", old, new)
        return load_catalog(tmp_path)

    return change


@pytest.fixture
def stored(intake: Intake) -> Stored:
    return intake.store.find(intake.submit("lamp", ANSWERS).reference)


def lines(catalog: Catalog, stored: Stored, position: int = 0) -> dict[str, str]:
    return {line.label: line.text for line in compose(catalog, stored, stored.deliveries[position]).lines}


def test_a_question_is_told_in_the_words_that_the_resident_saw(stored: Stored, changed) -> None:
    today = changed("What colour is its light?", "Which colour?")
    assert lines(today, stored)["What colour is its light?"] == "Yellow"
    assert "Which colour?" not in lines(today, stored)


def test_a_route_is_told_by_what_residents_read_as_long_as_it_asks_for_the_same(stored: Stored, changed) -> None:
    today = changed("What colour is its light?", "Which colour?")
    assert compose(today, stored, stored.deliveries[0]).met == ("“Which colour?” is “Yellow”",)
    other = changed("en: Yellow", "en: Amber")
    assert compose(other, stored, stored.deliveries[0]).met == ("colour is Yellow",)


def test_a_choice_that_is_gone_is_still_told(stored: Stored, changed) -> None:
    assert lines(changed("en: Yellow", "en: Amber"), stored)["What colour is its light?"] == "Yellow"


def test_what_an_author_calls_personal_later_is_personal_from_then_on(stored: Stored, changed) -> None:
    assert "Anything else?" in lines(changed("Where is it?", "Where?"), stored, 3)
    today = changed("        type: long_text\n", "        type: long_text\n        private: yes\n")
    assert "Anything else?" not in lines(today, stored, 3)
    assert "Anything else?" in lines(today, stored, 0)


def test_a_question_that_was_renamed_and_is_personal_now_is_personal(stored: Stored, changed) -> None:
    today = changed("      details:\n", "      more:\n        was: details\n        private: yes\n")
    assert "Anything else?" not in lines(today, stored, 3)
    assert "Anything else?" in lines(today, stored, 0)
