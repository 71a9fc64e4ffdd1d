"""From what an author wrote to a condition, or to every problem in it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from formroute.conditions.condition import All, Any, Condition, Not
from formroute.conditions.question import Scope
from formroute.conditions.vocabulary import compile_test
from formroute.conditions.written import Surroundings, Written, WrittenError, read_each
from formroute.definitions import Place, hint, suggest
from formroute.problems import Problem

NOWHERE = Surroundings()
_TREES: dict[str, Callable[[tuple[Condition, ...]], Condition]] = {
    "all": All,
    "any": Any,
    "none": lambda parts: Not(Any(parts)),
}


def compile_condition(
    raw: object,
    place: Place,
    scope: Scope,
    problems: list[Problem],
    *,
    later: Collection[str] = (),
    around: Surroundings = NOWHERE,
) -> Condition | None:
    """The condition under `when`, `show_when` or `require`; None when it adds to `problems`.

    `raw` is the YAML value at `place`, `scope` the questions that it may look at, and `later` the names of
    those that are asked only afterwards.
    """
    try:
        return _Compiler(scope, later, around).condition(raw, place)
    except WrittenError as misread:
        problems += misread.problems
        return None


@dataclass(frozen=True, slots=True)
class _Compiler:
    scope: Scope
    later: Collection[str]
    around: Surroundings

    def condition(self, raw: object, place: Place) -> Condition:
        """Every key of a mapping holds."""
        if not isinstance(raw, dict) or not raw:
            raise _wrong(place, "C312" if raw else "C311")
        parts = read_each(lambda key: self.entry(key, raw[key], place), raw)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def entry(self, key: str, value: object, place: Place) -> Condition:
        if key in _TREES:
            return self.tree(_TREES[key], value, place[key])
        question = self.scope.get(key)
        if question is None:
            raise self.unknown(key, place.key(key))
        return compile_test(Written(value, place[key], question, question.domain, question.domain.main, self.around))

    def tree(self, join: Callable[[tuple[Condition, ...]], Condition], raw: object, place: Place) -> Condition:
        """A list of conditions under `all`, `any` or `none`."""
        if not isinstance(raw, list) or not raw:
            raise _wrong(place, "C312" if raw else "C311")
        return join(tuple(read_each(lambda number: self.condition(raw[number], place[number]), range(len(raw)))))

    def unknown(self, name: str, place: Place) -> WrittenError:
        if name in self.later:
            return _wrong(place, "C302", name=name)
        known = [*self.scope, *_TREES]
        return _wrong(place, "C301", instead=suggest(name, known), name=name, hint=hint(name, known))


def _wrong(place: Place, code: str, *, instead: str | None = None, **values: object) -> WrittenError:
    return WrittenError([place.problem(code, instead=instead, **values)])
