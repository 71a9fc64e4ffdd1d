"""Two versions of a table beside each other, against every way to pair their rows."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.routing.changes.alignment import Alignment

versions = st.lists(st.sampled_from("abcdef"), max_size=6)


def most_in_one_order(old: list[str], new: list[str]) -> int:
    """How many rows can be the same in one order, found by trying all; of equal ones only the first counts."""
    first, second = ([row for at, row in enumerate(rows) if row not in rows[:at]] for rows in (old, new))
    chosen = (some for count in range(len(first) + 1) for some in combinations(first, count))
    return max(len(some) for some in chosen if [row for row in second if row in some] == list(some))


@settings(max_examples=300)
@given(versions, versions)
def test_as_many_rows_are_the_same_as_there_can_be_in_one_order(old: list[str], new: list[str]) -> None:
    found = Alignment(old, new)
    assert len(found.new_of) == most_in_one_order(old, new)
    assert all(old[one] == new[other] for one, other in found.new_of.items())
    assert list(found.new_of) == sorted(found.new_of)
    assert list(found.new_of.values()) == sorted(found.new_of.values())
    assert {other: one for one, other in found.new_of.items()} == found.old_of


@given(versions, versions)
def test_in_one_line_each_such_row_stands_behind_just_what_it_stands_behind_in_either(
    old: list[str], new: list[str]
) -> None:
    found = Alignment(old, new)
    line, places = found.merged(old, new)
    assert len(line) == len(old) + len(new) - len(places)
    for one, other in found.new_of.items():
        assert line[places[one]] == old[one]
        assert set(line[: places[one]]) == {*old[:one], *new[:other]}
