"""How fast routes are found beside other rule engines, in tables of a usual size; `./dev bench` prints it.

`python -m tests.benchmarks.matching_speed` goes on to 100,000 routes. Every engine must find the right routes; nothing
is asserted of the time: a machine may be busy.
"""

import pytest

from tests.benchmarks.matching_speed import DECISION, ROUTE, Case, cases, tell_case


@pytest.mark.parametrize("case", [case for size in (10, 100, 1_000) for case in cases(size)], ids=str)
def test_matching(case: Case) -> None:
    assert {ROUTE, DECISION} <= tell_case(case).keys()
