"""What is said of a condition before all was asked stays true, whatever is answered then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions import All, Any, BegunRow, BegunRows, Condition, Moment, Not, Test, holds_so_far
from formroute.conditions.axes.aspects import Axis, Count, Every, Some, Value
from formroute.conditions.axes.sets import Spans, Values

NAMES = ("a", "b", "c")
ANSWERS = (None, "x", "y")
MOMENT = Moment(datetime(2026, 6, 10))


def test(name: str, members: set[str], rest: bool, blank: bool) -> Condition:
    return Test(Axis(name, Value()), Values(frozenset(members), rest=rest, blank=blank))


test.__test__ = False  # type: ignore[attr-defined]
LEAVES = st.builds(test, st.sampled_from(NAMES), st.sets(st.sampled_from(["x", "y"])), st.booleans(), st.booleans())
GIVEN = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["x", "y"]))
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: Any(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=6,
)


@given(CONDITIONS, GIVEN, st.sets(st.sampled_from(NAMES)))
def test_it_is_true_of_every_way_to_go_on(condition: Condition, answers: dict[str, str], unasked: set[str]) -> None:
    unasked -= answers.keys()
    said = holds_so_far(condition, answers, MOMENT, unasked)
    ways = (dict(zip(unasked, way, strict=True)) for way in product(ANSWERS, repeat=len(unasked)))
    found = {condition.holds({**answers, **{name: one for name, one in way.items() if one}}, MOMENT) for way in ways}
    assert said is None or found == {said}


@given(CONDITIONS, GIVEN)
def test_once_all_was_asked_it_is_what_the_condition_says(condition: Condition, answers: dict[str, str]) -> None:
    assert holds_so_far(condition, answers, MOMENT, ()) is condition.holds(answers, MOMENT)


def test_a_question_that_nobody_was_asked_is_not_blank() -> None:
    blank = test("a", set(), rest=False, blank=True)
    assert holds_so_far(blank, {}, MOMENT, {"a"}) is None
    assert holds_so_far(Not(blank), {}, MOMENT, {"a"}) is None
    assert holds_so_far(Any((blank, test("b", {"x"}, rest=False, blank=False))), {"b": "x"}, MOMENT, {"a"}) is True


ROW_NAMES = ("a", "b")
ROWS = st.lists(st.dictionaries(st.sampled_from(ROW_NAMES), st.sampled_from(["x", "y"])), max_size=2)
ROW_LEAVES = st.builds(
    test, st.sampled_from(ROW_NAMES), st.sets(st.sampled_from(["x", "y"])), st.booleans(), st.booleans()
)
ROW_TESTS = st.builds(
    lambda aspect, condition, accepts: Test(Axis("rows", aspect(condition)), accepts),
    st.sampled_from([Some, Every]),
    ROW_LEAVES,
    st.builds(lambda members, rest: Values(frozenset(members), rest=rest), st.sets(st.booleans()), st.booleans()),
) | st.builds(lambda low: Test(Axis("rows", Count()), Spans.at_least(low)), st.integers(0, 4))


@given(st.recursive(ROW_TESTS, lambda inner: inner.map(Not) | st.lists(inner).map(tuple).map(All)), ROWS, st.data())
def test_what_is_said_of_rows_is_true_of_every_way_to_mend_them(
    condition: Condition, rows: list[dict[str, str]], data: st.DataObject
) -> None:
    openings = [data.draw(st.sets(st.sampled_from(ROW_NAMES))) - row.keys() for row in rows]
    begun = tuple(BegunRow(row, frozenset(opening)) for row, opening in zip(rows, openings, strict=True))
    counted = data.draw(st.just(False) if not rows else st.booleans())
    said = holds_so_far(condition, {}, MOMENT, {"rows"}, {"rows": BegunRows(begun, counted)})
    found = {condition.holds({"rows": way}, MOMENT) for way in mended(begun, counted) if way}
    assert said is None or found == {said}


def mended(begun: tuple[BegunRow, ...], counted: bool) -> Iterator[tuple[dict[str, object], ...]]:
    """Every way to answer what is open, and if the rows are not counted, with one more row too."""
    for ways in product(*(list(ways_on(row)) for row in begun)):
        yield ways
        if not counted:
            yield from ((*ways, more) for more in ways_on(BegunRow({}, frozenset(ROW_NAMES))))


def ways_on(row: BegunRow) -> Iterator[dict[str, object]]:
    for way in product(ANSWERS, repeat=len(row.open)):
        yield {**row.answers, **{name: one for name, one in zip(row.open, way, strict=True) if one}}
