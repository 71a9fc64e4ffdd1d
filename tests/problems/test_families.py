"""The codes of problems, family by family, and the words in which all of them are told."""

import re

import pytest

from formroute.problems import FAMILIES, Entry

CODES = [(code, entry) for entries in FAMILIES.values() for code, entry in entries.items()]


@pytest.mark.parametrize(("family", "entries"), FAMILIES.items())
def test_the_codes_of_a_family_begin_with_its_letters_and_stand_in_order(
    family: str, entries: dict[str, Entry]
) -> None:
    letters = family.partition(":")[0]
    assert list(entries) == sorted(entries)
    assert [code for code in entries if not code.startswith(letters)] == []


def test_every_advice_says_more_than_to_correct_it() -> None:
    empty = re.compile(r"(|(Correct|Mend|Fix|Complete) (it|one|them|this|the \w+|one of the two))\.?( or delete it\.)?")
    assert [code for code, entry in CODES if empty.fullmatch(entry.fix)] == []


def test_what_residents_are_asked_is_called_a_question_everywhere() -> None:
    said = {code: re.sub(r"`[^`]*`|\{[^}]*\}", "", " ".join(entry[1:])) for code, entry in CODES}
    assert [code for code, words in said.items() if re.search(r"\bfields?\b", words, re.IGNORECASE)] == []
