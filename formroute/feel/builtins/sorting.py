"""10.3.4.8: sort."""

from functools import cmp_to_key

from formroute.feel.builtins.tables import Table
from formroute.feel.comparing import before
from formroute.feel.errors import NoValue
from formroute.feel.run import Run
from formroute.feel.values import Function, Value


def sort(run: Run, items: list[Value], precedes: Function | None) -> list[Value]:
    """Sort a list by its own order, or by a function that tells whether one item precedes another."""

    def compare(left: Value, right: Value) -> int:
        run.charge(1)
        first = before(left, right) if precedes is None else precedes.call(run, [left, right], ())
        if not isinstance(first, bool):
            raise NoValue("the function that sorts gives no boolean", "type")
        return -1 if first else 1

    return sorted(items, key=cmp_to_key(compare))


FUNCTIONS: Table = {}
RUN_FUNCTIONS: Table = {"sort": sort}
