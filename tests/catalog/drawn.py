"""Whole catalogues so small that every submission on every day can be looked at, and judged the simplest way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from formroute.catalog import Catalog, read_catalog
from formroute.catalog.notes import notes
from formroute.problems import Problem
from tests.routing.brute_force import Answers, Raw, conditions_on, meets

ZONE = ZoneInfo("America/Winnipeg")
TODAY = date(2026, 6, 1)
_TURNS = [date(2026, 3, 1), TODAY, date(2027, 2, 1)]
DAYS = sorted(day + timedelta(days) for day in _TURNS for days in (-1, 0, 1))
"""At least one day of each period that a drawn catalogue can have."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": ("oak", "elm", "ash"),
    "sick": ("yes", "no"),
    "over": ("road", "wire"),
}
COPIES = {"oak": "a", "elm": "b", "ash": "a"}
"""Who gets a copy of a kind, where a route copies by it."""
FALLBACK = "desk"

_FILES = {
    "catalog.yaml": {
        "city": "Smallville",
        "languages": ["en"],
        "time_zone": ZONE.key,
        "priorities": ["normal"],
        "defaults": {"priority": "normal"},
        "fallback": FALLBACK,
    },
    "kinds.csv": "kind,department\n" + "".join(f"{kind},{name}\n" for kind, name in COPIES.items()),
}
_KINDS: Mapping[str, Mapping[str, Any]] = {
    "kind": {"type": "choice", "choices": CHOICES["kind"]},
    "sick": {"type": "yes_no"},
    "size": {"type": "integer", "min": 0, "max": 3},
    "over": {"type": "choices", "choices": CHOICES["over"]},
}
_POSTED: Mapping[str, tuple[Any, ...]] = {
    "kind": CHOICES["kind"],
    "sick": (None, "yes", "no"),
    "size": (None, "0", "1", "2", "3"),
    "over": (None, ["road"], ["wire"], ["road", "wire"]),
}


@dataclass(frozen=True)
class Days:
    """From the `first` day to the `last`; None where there is no end."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def written(self) -> dict[str, Any]:
        ends = {"from": self.first, "until": self.last}
        named = {key: f"{day}" for key, day in ends.items() if day is not None}
        return {"effective": named} if named else {}


@dataclass(frozen=True)
class Row:
    """One route, for one form or for all."""

    form: str | None
    when: Raw | None
    days: Days
    send_to: str
    copy_to: tuple[str, ...]
    copies_by_kind: bool

    @property
    def asks(self) -> Raw:
        """All that it asks of answers, the form among them."""
        return {**({} if self.form is None else {"form": self.form}), **(self.when or {})}

    def is_met(self, answers: Answers, day: date) -> bool:
        return day in self.days and meets(self.asks, answers)

    def written(self, name: str, *, sends: bool) -> dict[str, Any]:
        by = {"match": {"kind": "kind"}, "from": "kinds.csv", "take": "department"}
        return {
            "route": name,
            **({"when": self.asks} if self.asks else {}),
            **self.days.written,
            **({"send_to": self.send_to} if sends else {"tags": ["noted"]}),
            **({"copy_to": list(self.copy_to)} if self.copy_to else {}),
            **({"copy_by": by} if self.copies_by_kind else {}),
        }


@dataclass(frozen=True)
class Office:
    """A department: `fallback` stands in for it on all days but those on which it takes what is sent to it.

    `trusted` with private answers.
    """

    days: Days
    fallback: str | None
    trusted: bool = False


@dataclass(frozen=True)
class Asking:
    """A form: when its questions show, which of them are required or private, what stops it, and its checks."""

    shows: Mapping[str, Raw | None]
    required: frozenset[str]
    stop: Raw | None
    checks: tuple[Raw, ...] = ()
    private: frozenset[str] = frozenset()

    def written(self, form: str) -> dict[str, Any]:
        fields = {
            name: {
                **keys,
                **({} if name in self.required else {"required": "no"}),
                **({"private": "yes"} if name in self.private else {}),
                **({} if self.shows.get(name) is None else {"show_when": self.shows[name]}),
                "label": f"The {name}",
            }
            for name, keys in _KINDS.items()
        }
        if self.stop is not None:
            fields["stop"] = {"type": "notice", "stops": "yes", "show_when": self.stop, "text": "Call us."}
        page = {"page": "only", "title": "The plant", "fields": fields}
        checks = [{"require": raw, "at": "kind", "message": "Look again."} for raw in self.checks]
        return {
            "form": form,
            "title": f"Report a {form}",
            "summary": f"A {form}.",
            "pages": [page],
            **({"checks": checks} if checks else {}),
        }


@dataclass(frozen=True)
class Drawn:
    """Forms, a table that decides over them, one that adds, and departments."""

    forms: Mapping[str, Asking]
    policy: str
    routes: tuple[Row, ...]
    adding: tuple[Row, ...]
    offices: Mapping[str, Office] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, Any]:
        """The folder, by the names of its files."""
        named = {f"r{number}": (row, True) for number, row in enumerate(self.routes)}
        added = {f"a{number}": (row, False) for number, row in enumerate(self.adding)}
        tables = {"plants": (self.policy, named), **({"notes": ("collect", added)} if added else {})}
        return {
            **_FILES,
            **{f"{name}.yaml": form.written(name) for name, form in self.forms.items()},
            "departments.yaml": {"departments": {name: _office(name, one) for name, one in self.offices.items()}},
            **{
                f"{table}.yaml": {
                    "table": table,
                    "forms": list(self.forms),
                    "policy": policy,
                    "routes": [row.written(name, sends=sends) for name, (row, sends) in rows.items()],
                }
                for table, (policy, rows) in tables.items()
            },
        }

    def written(self, folder: Path) -> Path:
        """The folder with all files in it."""
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, content in self.files.items():
            (folder / name).write_text(content if isinstance(content, str) else json.dumps(content, indent=1), "utf-8")
        return folder


@dataclass(frozen=True)
class Judged:
    """A drawn catalogue with everything that is told of it."""

    drawn: Drawn
    catalog: Catalog | None
    problems: list[Problem]

    @classmethod
    def of(cls, drawn: Drawn, folder: Path) -> Judged:
        catalog, problems = read_catalog(drawn.written(folder))
        return cls(drawn, catalog, problems)

    @property
    def loaded(self) -> Catalog:
        assert self.catalog is not None, self.problems
        return self.catalog

    @cached_property
    def noted(self) -> list[Problem]:
        """The notes on it as it is today."""
        return list(notes(self.loaded, TODAY))

    def told(self, *codes: str) -> list[Problem]:
        """The findings of these codes."""
        notes_too = self.noted if any(code.startswith("N") for code in codes) else []
        return [found for found in [*self.problems, *notes_too] if found.code in codes]

    def named(self, *codes: str) -> set[str]:
        """The names at which the findings of these codes are told."""
        return {found.line[found.mark.column - 1 :][: found.width].strip('"') for found in self.told(*codes)}

    @cached_property
    def submissions(self) -> list[Answers]:
        """All that the forms let through, with the form among the answers."""
        now = datetime(2026, 6, 1, 12, tzinfo=ZONE)
        found: dict[str, Answers] = {}
        for (name, form), posted in product(self.loaded.forms.items(), product(*_POSTED.values())):
            raw = {name: value for name, value in zip(_POSTED, posted, strict=True) if value is not None}
            checked = form.check(raw, now=now)
            if checked.ok:
                answers = {"form": name, **checked.answers}
                found[repr(answers)] = answers
        return list(found.values())

    @cached_property
    def cases(self) -> list[tuple[Answers, date]]:
        """Every submission on every day."""
        return [(answers, day) for answers in self.submissions for day in DAYS]

    def winner(self, answers: Answers, day: date) -> int | None:
        """The number of the first route that is met."""
        return next((number for number, row in enumerate(self.drawn.routes) if row.is_met(answers, day)), None)

    def met(self, answers: Answers, day: date) -> list[int]:
        """The numbers of all routes of the deciding table that are met."""
        return [number for number, row in enumerate(self.drawn.routes) if row.is_met(answers, day)]

    def named_by(self, answers: Answers, day: date) -> Iterator[str]:
        """The departments to which it is sent or copied, whoever takes it then."""
        number = self.winner(answers, day)
        yield FALLBACK if number is None else self.drawn.routes[number].send_to
        adding = [row for row in self.drawn.adding if row.is_met(answers, day)]
        for row in [*adding, *([] if number is None else [self.drawn.routes[number]])]:
            yield from row.copy_to
            if row.copies_by_kind:
                yield COPIES[answers["kind"]]

    def way(self, name: str, day: date) -> list[str]:
        """The department, and those to which it goes on from there."""
        office = self.drawn.offices[name]
        return [name] if day in office.days or office.fallback is None else [name, *self.way(office.fallback, day)]


def _office(name: str, office: Office) -> dict[str, Any]:
    fallback = {} if office.fallback is None else {"fallback": office.fallback}
    private = {"private_answers": "yes"} if office.trusted else {}
    return {"name": f"Office {name}", "deliver": [{"desk": {}}], **private, **office.days.written, **fallback}


def assignments(asking: Asking) -> Iterator[Answers]:
    """All answers to questions that show, those at which a notice stops the form among them."""
    picks: Mapping[str, tuple[Any, ...]] = {
        "sick": (None, True, False),
        "size": (None, 0, 1, 2, 3),
        "over": (None, ("road",), ("wire",), ("road", "wire")),
    }
    for kind, *others in product(CHOICES["kind"], *picks.values()):
        answers: Answers = {"kind": kind}
        for name, answer in zip(picks, others, strict=True):
            when = asking.shows[name]
            shown = when is None or meets(when, answers)
            if (answer is None and shown and name in asking.required) or (answer is not None and not shown):
                break
            answers |= {} if answer is None else {name: answer}
        else:
            yield answers


_periods = st.sampled_from([
    *[Days()] * 4,
    Days(last=_TURNS[0]),
    Days(_TURNS[1]),
    Days(_TURNS[0], _TURNS[1]),
    Days(_TURNS[0] + timedelta(1)),
    Days(_TURNS[1], _TURNS[2]),
])  # fmt: skip
everything = conditions_on("kind", "sick", "size", "over")
_before = {
    name: st.none() | conditions_on(*list(_KINDS)[:number]) for number, name in enumerate(_KINDS) if number
}  # on the questions before each
_names = st.sampled_from(["a", "b", "c"])
_rows = st.builds(
    Row,
    form=st.sampled_from([None, None, None, "tree", "bush"]),
    when=st.none() | everything,
    days=_periods,
    send_to=_names,
    copy_to=st.lists(_names, max_size=1).map(tuple),
    copies_by_kind=st.sampled_from([False, False, True]),
)


@st.composite
def _forms(draw: st.DrawFn) -> Asking:
    """A question is required only where it does not always show."""
    shows = {name: draw(condition) for name, condition in _before.items()}
    hiding = [name for name, when in shows.items() if when is not None]
    required = frozenset({"kind", *(name for name in hiding if draw(st.booleans()))})
    return Asking(shows, required, draw(_before["size"]))


@st.composite
def drawn(draw: st.DrawFn, policy: str = "first") -> Drawn:
    """A catalogue of two forms."""
    forms = {"tree": draw(_forms()), "bush": draw(_forms())}
    offices = {
        name: Office(draw(_periods), draw(st.sampled_from(after))) for name, after in (("a", ["b", "c"]), ("b", ["c"]))
    }
    routes = tuple(draw(st.lists(_rows, min_size=1, max_size=4)))
    adding = tuple(draw(st.lists(_rows, max_size=2)))
    free = Office(Days(), None)
    return Drawn(forms, policy, routes, adding, {**offices, "c": free, FALLBACK: free})
