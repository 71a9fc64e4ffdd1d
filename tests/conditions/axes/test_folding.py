"""Words and phrases without case, accents and punctuation."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions.axes.folding import Phrase, Phrases, fold

FOLDED = [
    ("Déneigée", "deneigee"),
    ("  nid-de-poule! ", "nid de poule"),
    ("Straße", "strasse"),
    ("ﬁre", "fire"),
    ("İstanbul", "istanbul"),
    ("R3C 1A5\n", "r3c 1a5"),
    ("…", ""),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


FOUND = [
    ("hydro", "a hydro pole", True),
    ("hydro", "hydrology", False),
    ("wire*", "wires", True),
    ("wire*", "wire", True),
    ("wire*", "rewire", False),
    ("frozen pi*", "a frozen pipe", True),
    ("frozen pi*", "frozen solid pipe", False),
    ("tuyau gelé", "Un tuyau, gelé", True),
    ("tuyau gelé", "tuyau pas gelé", False),
]


@pytest.mark.parametrize(("phrase", "text", "found"), FOUND)
def test_a_phrase_is_found_as_whole_words(phrase: str, text: str, found: bool) -> None:
    parsed = Phrase.parse(phrase)
    assert parsed is not None
    assert Phrases((parsed,)).found_in(fold(text)) is found


@pytest.mark.parametrize("written", ["", "*", "a*b", "**", "--", "wire *", "wire**"])
def test_a_star_stands_only_at_the_end_of_a_word(written: str) -> None:
    assert Phrase.parse(written) is None


PHRASES = st.builds(Phrase, st.text("ab ", min_size=1, max_size=4).map(fold).filter(bool), st.booleans())


@given(st.lists(PHRASES, max_size=4), st.text("ab ", max_size=12))
def test_a_list_finds_what_one_of_its_phrases_finds(phrases: list[Phrase], text: str) -> None:
    together = Phrases.of(phrases).found_in(fold(text))
    assert together == any(Phrases((phrase,)).found_in(fold(text)) for phrase in phrases)


def test_a_long_list_takes_no_longer_than_its_text() -> None:
    phrases = Phrases.of(Phrase(f"word{number} more") for number in range(5_000))
    text = fold("some other words " * 5_000)
    start = time.perf_counter()
    assert not phrases.found_in(text)
    assert time.perf_counter() - start < 1
