"""The codes of problems, family by family."""

import pytest

from formroute.problems import FAMILIES, Entry


@pytest.mark.parametrize(("family", "entries"), FAMILIES.items())
def test_the_codes_of_a_family_begin_with_its_letters_and_stand_in_order(
    family: str, entries: dict[str, Entry]
) -> None:
    letters = family.partition(":")[0]
    assert list(entries) == sorted(entries)
    assert [code for code in entries if not code.startswith(letters)] == []
