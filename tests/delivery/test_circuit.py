"""For how long an address that failed is left alone; who may try it when is told in tests/store/test_circuits.py."""

from datetime import timedelta

from formroute.delivery.circuit import PAUSES
from tests.faults.pauses import NO_PAUSES


def test_each_failure_in_a_row_doubles_the_pause_up_to_ten_minutes() -> None:
    assert [PAUSES.after(failures).total_seconds() for failures in range(7)] == [30, 60, 120, 240, 480, 600, 600]
    assert PAUSES.after(10**9) == timedelta(minutes=10)


def test_without_pauses_it_may_be_tried_at_once() -> None:
    assert NO_PAUSES.after(5) == timedelta(0)
