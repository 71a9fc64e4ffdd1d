"""Clauses divided by the cells of one axis: a share says of its cell what all of them say."""

from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions.proof.clauses import Clause
from formroute.conditions.proof.division import Division

EVERYTHING = [0b111, 0b1111, 0b11]
CLAUSES = st.lists(
    st.fixed_dictionaries({}, optional={axis: st.integers(1, every) for axis, every in enumerate(EVERYTHING)}).filter(
        bool
    ),
    max_size=12,
)


@given(CLAUSES, st.integers(0, 12), st.integers(0, 2), st.integers(0, 3))
def test_a_share_leaves_as_much_as_all_clauses_do(clauses: list[Clause], until: int, axis: int, cell: int) -> None:
    wanted = [{axis: 1 << min(cell, EVERYTHING[axis].bit_length() - 1)}]
    division = Division(EVERYTHING, clauses)
    share = division.share(wanted[0])
    search = share.search(until, wanted, 1_000)
    found = search.next()
    assert (found is None) == (division.whole.search(until, wanted, 1_000).next() is None)
    if found is None:
        few = [clauses[number] for number in share.core(search)]
        alone = Division(EVERYTHING, few).whole
        assert alone.search(len(few), wanted, 1_000).next() is None, "these leave nothing by themselves"
        assert all(number < until for number in share.core(search))


def test_rows_that_ask_for_one_choice_each_fall_into_small_shares() -> None:
    """Each of a hundred rows is not met outside its own cell of ten."""
    every = (1 << 10) - 1
    division = Division([every, 0b11], [{0: every & ~(1 << number % 10), 1: 0b01} for number in range(100)])
    assert [len(division.share({0: 1 << cell}).numbers) for cell in range(10)] == [10] * 10
    assert division.share({1: 0b10}) is division.whole


def test_rows_that_ask_for_half_of_the_choices_are_not_divided() -> None:
    division = Division([0b1111111111], [{0: 0b0000011111} for _ in range(100)])
    assert division.share({0: 0b1}) is division.whole
