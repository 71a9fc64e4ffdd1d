"""What was called otherwise before: answers under old names, carried to the names of today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from formroute.definitions import Place
from formroute.problems import Mark, Problem, problem


@dataclass(frozen=True, slots=True)
class Renames:
    """The old names of one form's questions and choices.

    `fields` maps an old name to the one of today, `choices` the old values of a question's answers, `rows` has the
    same for the questions in rows. Questions are known by their names of today.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: Mapping[str, Renames] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.fields or self.choices or self.rows)

    def today(self, name: str) -> str:
        """What a question is called by now."""
        return self.fields.get(name, name)

    def called(self, name: str, known: Collection[str], start: str = "") -> str | None:
        """Under which of the `known` names, all after `start`, a question stands: that of today, or one before it."""
        names = (name, *(old for old, new in self.fields.items() if new == name))
        return next((one for one in names if start + one in known), None)

    def carried(self, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        """Raw or canonical answers under the names of today; what is there under such a name stays as it is.

        Of several old names the one that its author wrote first counts.
        """
        if not self:
            return answers
        old = {new: answers[name] for name, new in reversed(list(self.fields.items())) if name in answers}
        new = {name: answer for name, answer in answers.items() if name not in self.fields}
        return {name: self._value(name, answer) for name, answer in {**old, **new}.items()}

    def _value(self, name: str, answer: Any) -> Any:
        chosen, row = self.choices.get(name), self.rows.get(name)
        match answer:
            case str() if chosen:
                return chosen.get(answer, answer)
            case list() | tuple() if chosen:
                return type(answer)(chosen.get(one, one) if isinstance(one, str) else one for one in answer)
            case list() | tuple() if row:
                return type(answer)(row.carried(one) if isinstance(one, Mapping) else one for one in answer)
        return answer


class Renamed(NamedTuple):
    """Something with the names it had before; `place` holds its `was`, `at` is where it stands itself.

    Of a choice in a CSV file both are the mark of its line.
    """

    name: str
    was: Sequence[str]
    place: Place | Mark
    at: Place | Mark

    def finding(self, number: int, code: str, **values: Any) -> Problem:
        """What is wrong with one of its old names."""
        if isinstance(self.place, Mark):
            return problem(code, self.place, **values)
        holder, step = _stands(self.place, number)
        return holder.superfluous(step, code, **values)

    def mark(self, number: int) -> Mark:
        """Where one of its old names stands."""
        if isinstance(self.place, Mark):
            return self.place
        holder, step = _stands(self.place, number)
        return holder[step].mark

    @property
    def stands(self) -> Mark:
        """Where it stands itself."""
        return self.at if isinstance(self.at, Mark) else self.at.mark


def old_names(things: Iterable[Renamed], problems: list[Problem]) -> dict[str, str]:
    """The old names of things of one sort, each with the name of today; a name that is not free is a problem."""
    things = list(things)
    now = {thing.name: thing for thing in things}
    found: dict[str, str] = {}
    first: dict[str, Mark] = {}
    for thing, number, old in [(one, *each) for one in things for each in enumerate(one.was)]:
        if old == thing.name:
            problems.append(thing.finding(number, "F231", name=old))
        elif old in now:
            problems.append(thing.finding(number, "F234" if now[old].was else "F232", name=old, first=now[old].stands))
        elif old in found:
            problems.append(thing.finding(number, "F233", name=old, first=first[old]))
        else:
            found[old], first[old] = thing.name, thing.mark(number)
    return found


def _stands(place: Place, number: int) -> tuple[Place, str | int]:
    """The holder of an old name and its step there: the key `was` itself, where it has only one."""
    plain = place["was"].plain()
    return (place["was"], number) if isinstance(plain, list) and len(plain) > 1 else (place, "was")


def inside(old: Mapping[str, str], parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The old names of the `parts` of groups that were renamed themselves."""
    for part in parts:
        group, dot, own = part.partition(".")
        yield from ((f"{before}.{own}", part) for before, now in old.items() if dot and now == group)
