"""Circuit breaker and rate limit: values that only depend on what happened and when."""

from hypothesis import given
from hypothesis import strategies as st

from formroute.delivery import Failed, Sent
from formroute.delivery.circuit import Allowance, Circuit, Circuits

DOWN, UP = Failed("down"), Sent()


class TestCircuit:
    def test_each_failure_in_a_row_opens_it_for_twice_as_long_up_to_ten_minutes(self) -> None:
        circuit, pauses = Circuit(), []
        for _ in range(7):
            circuit = circuit.after(DOWN, 1000.0)
            pauses.append(circuit.until - 1000.0)
        assert pauses == [30, 60, 120, 240, 480, 600, 600]

    def test_one_try_is_let_through_when_it_is_over(self) -> None:
        circuit = Circuit().after(DOWN, 0.0)
        assert [circuit.lets_through(now) for now in (0.0, 29.9, 30.0)] == [False, False, True]

    def test_a_success_closes_it(self) -> None:
        assert Circuit(9, 99.0).after(UP, 5.0) == Circuit()


class TestAllowance:
    @given(st.integers(1, 60), st.lists(st.floats(0, 30), max_size=60))
    def test_no_span_has_more_tries_than_a_burst_and_what_it_refills(self, per_minute: int, gaps: list[float]) -> None:
        allowance, now, tries = Allowance.full(per_minute, 0.0), 0.0, []
        for gap in gaps:
            now += gap
            if allowance.has_one(now):
                allowance = allowance.without_one(now)
                tries.append(now)
        for first in range(len(tries)):
            for last in range(first, len(tries)):
                span = tries[last] - tries[first]
                assert last - first + 1 <= per_minute + span * per_minute / 60 + 1e-6

    def test_it_fills_up_to_its_measure_and_no_further(self) -> None:
        allowance = Allowance.full(2, 0.0).without_one(0.0).without_one(0.0)
        assert [allowance.has_one(now) for now in (0.0, 29.0, 30.0)] == [False, False, True]
        assert allowance.without_one(10_000.0).left == 1.0


class TestCircuits:
    def test_each_address_for_itself(self) -> None:
        circuits = Circuits()
        circuits.tried("ward", None, DOWN, 0.0)
        circuits.tried("lights", None, UP, 0.0)
        circuits.tried("roads", 1, UP, 0.0)
        assert circuits.closed(1.0) == {"ward", "roads"}
        assert circuits.closed(30.0) == {"roads"}
        assert circuits.closed(60.0) == set()

    def test_what_is_long_past_is_forgotten(self) -> None:
        circuits = Circuits()
        circuits.tried("ward", None, DOWN, 0.0)
        circuits.closed(10_000.0)
        circuits.tried("ward", None, DOWN, 10_000.0)
        assert circuits.closed(10_029.0) == {"ward"}
        assert circuits.closed(10_030.0) == set()
