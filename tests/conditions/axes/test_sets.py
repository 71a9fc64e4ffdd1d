"""Sets of positions against brute force: every law on every position that could tell two sets apart."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions.axes.sets import ANYTHING, EVERYWHERE, AnswerSet, Cut, Piece, Spans
from tests.conditions.generated import SPANS, VALUES

CHOICES = [None, "p", "q", "r", "something else"]
NUMBERS = [None, *(Decimal(half) / 2 for half in range(-8, 20))]
PAIRS = st.tuples(VALUES, VALUES, st.just(CHOICES)) | st.tuples(SPANS, SPANS, st.just(NUMBERS))


@given(PAIRS)
def test_and_or_minus_and_not_are_those_of_membership(pair: tuple[AnswerSet, AnswerSet, list[object]]) -> None:
    one, other, positions = pair
    for position in positions:
        assert (position in one & other) == (position in one and position in other)
        assert (position in one | other) == (position in one or position in other)
        assert (position in one - other) == (position in one and position not in other)
        assert (position in ~one) == (position not in one)


@given(PAIRS)
def test_sets_are_disjoint_when_they_share_no_position(pair: tuple[AnswerSet, AnswerSet, list[object]]) -> None:
    one, other, _ = pair
    assert one.isdisjoint(other) == (one & other).is_empty == other.isdisjoint(one)


@given(PAIRS)
def test_equal_sets_compare_equal(pair: tuple[AnswerSet, AnswerSet, list[object]]) -> None:
    one, other, positions = pair
    same = all((position in one) == (position in other) for position in positions)
    assert (one == other) == same
    assert not same or hash(one) == hash(other)
    assert ~(one & other) == ~one | ~other
    assert (one - one).is_empty
    assert not (one | ~one).answered.is_empty


@given(PAIRS)
def test_empty_means_without_any_position(pair: tuple[AnswerSet, AnswerSet, list[object]]) -> None:
    one, other, positions = pair
    both = one & other
    assert both.is_empty == (not any(position in both for position in positions))


@given(SPANS | VALUES)
def test_blank_is_a_member_of_its_own(one: AnswerSet) -> None:
    assert None not in one.answered
    assert None in one.or_blank
    assert one.or_blank.answered == one.answered


@given(SPANS)
def test_on_a_grid_a_set_keeps_the_numbers_of_the_grid(one: Spans) -> None:
    whole = one.on_grid(0)
    assert all((number in one) == (number in whole) for number in range(-5, 12))
    assert all(not cut.after for cut in whole.cuts)
    assert whole.with_ends(0).on_grid(0) == whole


@given(SPANS)
def test_pieces_make_up_the_set_and_each_has_a_sample(one: Spans) -> None:
    together = Spans(blank=one.blank)
    for low, high in one.pieces():
        together |= Spans(tuple(cut for cut in (low, high) if cut), starts=low is None)
    assert together == one
    assert all(piece.sample in one for piece in one.pieces())
    assert all(piece.sample in one and piece.sample == int(piece.sample) for piece in one.on_grid(0).pieces())


SAME = [
    (Spans.more_than(4), Spans.at_least(5), 0),
    (Spans.less_than(4), Spans.at_most(3), 0),
    (Spans.more_than(Decimal("4.5")), Spans.at_least(5), 0),
    (Spans.at_most(Decimal("4.5")), Spans.less_than(5), 0),
    (Spans.more_than(Decimal("1.99")), Spans.at_least(2), 2),
    (Spans.between(Decimal("4.1"), Decimal("4.9")), Spans(), 0),
    (Spans.at(4), Spans.between(4, 4), None),
    (Spans.between(None, None), EVERYWHERE, None),
    (Spans.between(5, 4), Spans(), None),
]


@pytest.mark.parametrize(("one", "other", "places"), SAME)
def test_two_ways_to_write_one_set(one: Spans, other: Spans, places: int | None) -> None:
    assert one.on_grid(places) == other.on_grid(places)


SAMPLES = [
    (Piece(None, None), 0),
    (Piece(Cut(3), None), 3),
    (Piece(Cut(3, after=True), None), 4),
    (Piece(None, Cut(3, after=True)), 3),
    (Piece(None, Cut(3)), 2),
    (Piece(Cut(3, after=True), Cut(4, after=True)), 4),
    (Piece(Cut(3, after=True), Cut(4)), Decimal("3.5")),
    (Piece(Cut(Decimal("3.25")), None), Decimal("3.25")),
    (Piece(Cut(Decimal("3.0000000001")), Cut(4)), Decimal("3.1")),
    (Piece(Cut(Decimal("3.0000000001")), Cut(Decimal("3.05"))), Decimal("3.01")),
    (Piece(Cut(Decimal("3.0000000001")), None), 4),
    (Piece(Cut(Decimal("3.0000000001")), Cut(Decimal("3.0000000001"), after=True)), Decimal("3.0000000001")),
]


@pytest.mark.parametrize(("piece", "sample"), SAMPLES)
def test_a_sample_is_a_round_number_where_there_is_one(piece: Piece, sample: object) -> None:
    assert piece.sample == sample


def test_anything_and_everywhere_lack_only_blank() -> None:
    assert "whatever" in ANYTHING
    assert Decimal("1e20") in EVERYWHERE
    assert (~ANYTHING).answered.is_empty
    assert None in ~EVERYWHERE
    assert "word" not in EVERYWHERE
