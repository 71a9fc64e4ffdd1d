"""Laws of FEEL that hold for every text, tree and scope."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from time import process_time

from hypothesis import assume, given
from hypothesis import strategies as st

from formroute import feel
from formroute.feel.comparing import same
from formroute.feel.run import Run
from formroute.feel.syntax import Node
from tests.feel.expressions import FIELDS, NAMES, SCOPE_TYPES, conditions, scopes, texts, trees

NOW = datetime(2026, 3, 7, tzinfo=UTC)
NESTED = {
    "depth": 3,
    "Full Name": "Ada",
    "date": NOW.date(),
    "for": [{"kind": "a", "unit cost": 1}],
    "cost/benefit": None,
}


@given(texts)
def test_a_text_raises_nothing_but_feel_errors(text: str) -> None:
    """Reading, checking and evaluating any text end with a value or a FeelError, and soon."""
    start = process_time()
    with suppress(feel.FeelError):
        feel.parse(text, NAMES, fields=FIELDS)
    with suppress(feel.FeelError):
        feel.check(text, {"depth": "number", "Full Name": "string"})
    with suppress(feel.FeelError):
        feel.evaluate(text, NESTED, now=NOW)
    with suppress(feel.FeelError):
        feel.evaluate_tests(text, 3, NESTED, now=NOW)
    assert process_time() - start < 5


@given(trees)
def test_what_is_written_reads_as_the_same_tree(tree: Node) -> None:
    """Print, then parse: the same tree, and the same text again."""
    text = feel.unparse(tree)
    again = feel.parse(text, NAMES, fields=FIELDS)
    assert again == tree
    assert feel.unparse(again) == text


@given(trees)
def test_a_tree_has_a_value_or_a_feel_error(tree: Node) -> None:
    """Any tree is checked and evaluated without another exception."""
    with suppress(feel.FeelError):
        feel.check(feel.unparse(tree), dict.fromkeys(NAMES, "number"))
    with suppress(feel.FeelError):
        feel.evaluate(feel.unparse(tree), NESTED, now=NOW)


@given(conditions, scopes)
def test_a_checked_condition_never_warns_of_a_type(condition: str, scope: Mapping[str, object]) -> None:
    """Without findings, no value of the declared types, null included, meets an operator it has no meaning for."""
    checked = feel.check(condition, SCOPE_TYPES)
    assume(checked.ok)
    result = feel.evaluate(condition, scope, now=NOW)
    assert [warning for warning in result.warnings if warning.kind in ("type", "name")] == []
    assert result.value in (True, False, None)


@given(conditions, scopes)
def test_evaluation_is_repeatable(condition: str, scope: Mapping[str, object]) -> None:
    """A program keeps nothing from one evaluation to the next."""
    program = feel.compile(condition, SCOPE_TYPES)
    first, second = program.evaluate(scope, now=NOW), program.evaluate(scope, now=NOW)
    assert first.warnings == second.warnings
    assert first.value == second.value == program(scope, now=NOW)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6))
def test_a_number_survives_being_written(number: object) -> None:
    """`number(string(x))` is x."""
    assert feel.evaluate("number(string(x)) = x", {"x": number}).value is True


@given(st.datetimes(), st.timedeltas(min_value=-(10**4) * NOW.resolution, max_value=10**4 * NOW.resolution))
def test_adding_and_taking_away_a_duration_cancel(moment: datetime, duration: object) -> None:
    """`m + d - d` is m, and what lies between is d."""
    assume(2 < moment.year < 9998)
    result = feel.evaluate("[m + d - d, (m + d) - m]", {"m": moment, "d": duration}).value
    assert result == [moment, duration]


@given(scopes)
def test_equality_is_reflexive(scope: Mapping[str, object]) -> None:
    """Every value equals itself."""
    run = Run(None, feel.LIMITS)
    for name, value in scope.items():
        adopted = feel.evaluate(name, {name: value}).value
        assert same(adopted, adopted, run)
