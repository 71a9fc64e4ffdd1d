"""A phrase is the text that a `str` would be, and knows which of its words are in another language."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from formroute.messages import Phrase, each_part, fill, in_language, join, lang_of, plain, say

texts = st.text("ab<&{ é", max_size=4)
said = texts | st.builds(in_language, texts, st.sampled_from(["en", "oj"]))


def parts(text: str) -> Sequence[tuple[str, str]]:
    return text.parts if isinstance(text, Phrase) else [(text, "")]


@given(texts, st.lists(said, max_size=4))
def test_joined_it_is_what_strings_joined_are_and_keeps_every_mark(between: str, given_texts: list[str]) -> None:
    joined = join(between, given_texts)
    assert joined == between.join(map(plain, given_texts))
    assert [part for part in parts(joined) if part[1]] == [
        part for text in given_texts for part in parts(text) if part[1]
    ]


@given(said, said)
def test_filled_it_is_what_a_sentence_filled_is(one: str, two: str) -> None:
    sentence = "From {one} ({number:03}) to {two}."
    assert fill(sentence, {"one": one, "two": two, "number": 7}) == sentence.format(one=one, two=two, number=7)


@given(said)
def test_as_html_it_has_the_same_words_escaped(text: str) -> None:
    drawn = escape(text)
    assert drawn.replace(Markup("</span>"), "").replace('<span lang="en" dir="auto">', "").replace(
        '<span lang="oj" dir="auto">', ""
    ) == escape(plain(text))


@given(said)
def test_changed_word_by_word_it_keeps_every_mark(text: str) -> None:
    assert each_part(str.upper, text) == text.upper()
    assert [language for _, language in parts(each_part(str.upper, text))] == [language for _, language in parts(text)]


def test_a_sentence_of_ours_marks_only_what_it_was_given() -> None:
    sentence = say("fr", "It goes to {department}.", department=in_language("Street & road works", "en"))
    assert escape(sentence) == 'Service responsable\u00a0: <span lang="en" dir="auto">Street &amp; road works</span>.'


def test_it_is_in_the_language_of_most_of_its_letters() -> None:
    street = in_language("Street works", "en")
    assert lang_of(join(" – ", ["Erreur", street])) == ' lang="en" dir="auto"'
    assert lang_of(join(" – ", ["Une erreur sur cette page", street])) == ""
    assert lang_of("Erreur") == ""


def test_what_is_in_a_language_already_stays_in_it() -> None:
    assert parts(in_language(in_language("Rue", "fr"), "en")) == (("Rue", "fr"),)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_copy_keeps_its_marks_by_every_protocol_of_pickle(protocol: int) -> None:
    phrase = join(" – ", ["Erreur", in_language("Street works", "en")])
    for copied in (pickle.loads(pickle.dumps(phrase, protocol)), copy.copy(phrase), copy.deepcopy(phrase)):
        assert (type(copied), plain(copied), parts(copied)) == (Phrase, "Erreur – Street works", parts(phrase))
