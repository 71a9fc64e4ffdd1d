"""`for`, `some`, `every`."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from formroute.feel.errors import LimitReached, NoValue
from formroute.feel.evaluation.closures import Build, Closure, Scope, names_in, weight
from formroute.feel.moments import date_of_day, day_number
from formroute.feel.numbers import whole
from formroute.feel.run import Run
from formroute.feel.syntax import Each, For, Quantified
from formroute.feel.values import Range, Value, kind_of

_PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class _Iteration:
    """A variable and what it goes through."""

    name: str
    domain: Closure
    last: Closure | None


def loop(node: For, build: Build) -> Closure:
    """Build `for … return …`; `partial` names the results so far."""
    iterations, body, span = _iterations(node.iterators, build), build(node.body), node.span
    cost, remembers = weight(node.body), _PARTIAL in names_in(node.body)

    def evaluate(scope: Scope, run: Run) -> Value:
        results: list[Value] = []
        inner = dict(scope)
        try:
            for _ in _turns(iterations, inner, run):
                run.charge(cost)
                if remembers:
                    inner[_PARTIAL] = run.hold(results.copy())
                results.append(body(inner, run))
        except NoValue as reason:
            return run.null(span, reason)
        except LimitReached as reason:
            raise reason.within(span) from None
        return run.hold(results)

    return evaluate


def quantified(node: Quantified, build: Build) -> Closure:
    """Build `some … satisfies …` and `every … satisfies …`: an or, or an and, over all turns."""
    iterations, condition, span = _iterations(node.iterators, build), build(node.condition), node.span
    cost, decisive = weight(node.condition), not node.every

    def evaluate(scope: Scope, run: Run) -> Value:
        inner = dict(scope)
        answer: bool | None = node.every
        try:
            for _ in _turns(iterations, inner, run):
                run.charge(cost)
                found = condition(inner, run)
                if found is decisive:
                    return decisive
                answer = answer if found is node.every else None
        except NoValue as reason:
            return run.null(span, reason)
        except LimitReached as reason:
            raise reason.within(span) from None
        return answer

    return evaluate


def _iterations(iterators: tuple[Each, ...], build: Build) -> tuple[_Iteration, ...]:
    return tuple(
        _Iteration(each.name, build(each.domain), build(each.last) if each.last else None) for each in iterators
    )


def _turns(iterations: tuple[_Iteration, ...], scope: Scope, run: Run) -> Iterator[None]:
    """Set the variables to each combination in turn; a later domain may use an earlier variable."""
    if not iterations:
        yield
        return
    first, *rest = iterations
    for item in _domain(first, scope, run):
        run.charge(1)
        scope[first.name] = item
        yield from _turns(tuple(rest), scope, run)


def _domain(iteration: _Iteration, scope: Scope, run: Run) -> Iterator[Value]:
    domain = iteration.domain(scope, run)
    if iteration.last:
        return _count(domain, iteration.last(scope, run))
    if isinstance(domain, Range):
        return _through(domain)
    if domain is None:
        raise NoValue("a loop needs a list, not null", "null")
    return iter(domain if isinstance(domain, list) else [domain])


def _through(domain: Range) -> Iterator[Value]:
    left_out = []
    if not domain.start_included:
        left_out.append(domain.start)
    if not domain.end_included:
        left_out.append(domain.end)
    return (item for item in _count(domain.start, domain.end) if item not in left_out)


def _count(first: Value, last: Value) -> Iterator[Value]:
    """Go from one whole number or date to another, up or down."""
    kinds = {kind_of(first), kind_of(last)}
    if kinds == {"number"} and first == whole(first) and last == whole(last):
        return (Decimal(number) for number in _steps(whole(first), whole(last)))
    if kinds == {"date"}:
        return (date_of_day(day) for day in _steps(day_number(first), day_number(last)))
    message = "a loop goes from a whole number to another, or from a date to another"
    raise NoValue(message, "null" if None in (first, last) else "value" if kinds == {"number"} else "type")


def _steps(first: int, last: int) -> range:
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)
