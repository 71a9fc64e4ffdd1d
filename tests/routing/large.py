"""Tables of twenty to sixty routes about six questions of four choices, drawn with their form and read as a folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from formroute.catalog import Catalog, read_catalog
from formroute.conditions import ORDINARY, Bounds
from formroute.problems import Problem
from tests.routing.brute_force import Raw
from tests.routing.submissions import ANSWERS, CHOICES, NAMES, NOON, Submissions

SORTS = ("required", "optional", "hiding")
DEPARTMENTS = ("parks", "streets", "water")
_FILES = {
    "catalog.yaml": {
        "city": "Largeville",
        "languages": ["en"],
        "time_zone": str(NOON.tzinfo),
        "priorities": ["high", "normal"],
        "defaults": {"priority": "normal"},
        "fallback": "desk",
    },
    "departments.yaml": {
        "departments": {name: {"name": name, "deliver": [{"desk": {}}]} for name in (*DEPARTMENTS, "desk")}
    },
}


@dataclass(frozen=True)
class Asking:
    """The form: which questions are required, and the answers to an earlier one that show some of them."""

    required: frozenset[str]
    shows: Mapping[str, Raw]

    @classmethod
    def drawn(cls, chance: Random, sort: str) -> Asking:
        """All are required (4,096 submissions), or none is (15,625), or some are and three may be hidden."""
        required = {"required": len(NAMES), "optional": 0}.get(sort, chance.randint(1, len(NAMES)))
        hidden = chance.sample(range(1, len(NAMES)), 3 if sort == "hiding" else 0)
        shows = {NAMES[one]: {NAMES[chance.randrange(one)]: chance.sample(CHOICES, 2)} for one in sorted(hidden)}
        return cls(frozenset(chance.sample(NAMES, required)), shows)

    def answers(self, name: str) -> Sequence[str | None]:
        """What a question can have for an answer; None is a blank."""
        return CHOICES if name in self.required and name not in self.shows else ANSWERS

    @property
    def written(self) -> dict[str, Any]:
        fields = {
            name: {
                "type": "choice",
                "choices": list(CHOICES),
                "label": f"The {name}",
                **({} if name in self.required else {"required": "no"}),
                **({"show_when": self.shows[name]} if name in self.shows else {}),
            }
            for name in NAMES
        }
        pages = [{"page": "only", "title": "The tree", "fields": fields}]
        return {"form": "tree", "title": "Report a tree", "summary": "A tree.", "pages": pages}


@dataclass(frozen=True)
class Row:
    """One route: what it asks, and what it gives."""

    name: str
    when: Raw
    gives: Mapping[str, Any]

    @property
    def written(self) -> dict[str, Any]:
        return {"route": self.name, **({"when": self.when} if self.when else {}), **self.gives}


REST = Row("rest", {}, {"send_to": "parks"})


@dataclass(frozen=True)
class Large:
    """The form and its table."""

    asking: Asking
    rows: tuple[Row, ...]
    policy: str = "first"

    def written(self, *, in_csv: str | None = None) -> dict[str, Any]:
        """The files; with `in_csv` the routes stand there."""
        routes = {"routes": [row.written for row in self.rows]} if in_csv is None else {"routes_from": "trees.csv"}
        decides = {"table": "all", "forms": ["tree"], "routes": [REST.written]}
        return {
            **_FILES,
            "tree.yaml": self.asking.written,
            "trees.yaml": {"table": "trees", "forms": ["tree"], "policy": self.policy, **routes},
            **({"all.yaml": decides} if self.policy == "collect" else {}),
            **({} if in_csv is None else {"trees.csv": in_csv}),
        }

    def read(
        self, folder: Path, *, in_csv: str | None = None, bounds: Bounds = ORDINARY
    ) -> tuple[Catalog | None, list[Problem]]:
        """The catalogue, and everything that the check says of it."""
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, content in self.written(in_csv=in_csv).items():
            (folder / name).write_text(content if isinstance(content, str) else json.dumps(content, indent=1), "utf-8")
        return read_catalog(folder, bounds=bounds)

    def loaded(self, folder: Path, *, in_csv: str | None = None) -> Catalog:
        """The catalogue, which must have no error."""
        catalog, problems = self.read(folder, in_csv=in_csv)
        assert catalog is not None, problems
        return catalog

    def submissions(self, folder: Path) -> Submissions:
        """All that its form lets through."""
        return Submissions(replace(self, rows=(REST,), policy="first").loaded(folder).forms["tree"])

    def edited(self, chance: Random) -> Large:
        """The same after one to three edits: a route dropped, moved, copied to another place, narrowed or sent on."""
        rows, draw = list(self.rows), Draw(chance, self.asking)
        for number in range(chance.randint(1, 3)):
            at, to = chance.randrange(len(rows)), chance.randrange(len(rows))
            match chance.choice(("drop", "move", "new", "narrow", "send")):
                case "drop":
                    del rows[at]
                case "move":
                    rows.insert(to, rows.pop(at))
                case "new":
                    rows.insert(to, Row(f"new{number}", draw.tests(3, 2), draw.outputs()))
                case "narrow":
                    rows[at] = replace(rows[at], when={"all": [rows[at].when, draw.tests(1, 2)]})
                case "send":
                    rows[at] = replace(rows[at], gives=draw.outputs())
        return replace(self, rows=tuple(rows))


Box = Mapping[str, Sequence[str | None]]
"""Some answers to some questions; None is a blank answer."""


@dataclass(frozen=True)
class Draw:
    """What is drawn for the questions of one form."""

    chance: Random
    asking: Asking

    def scattered(self) -> Iterator[Raw]:
        """Routes of all sorts that know nothing of each other: many lie behind others."""
        many, taken = self.chance.choice(((2, 1), (2, 2), (3, 2), (4, 2), (5, 3), (6, 3)))
        for number in range(self.chance.randint(20, 60)):
            if number % 10:
                yield self.tests(many, taken)
            else:
                key = self.chance.choice(("all", "any", "none"))
                yield {**self.tests(1, 3), key: [self.tests(1, 2), self.tests(2, 2)]}

    def tiled(self) -> Iterator[Raw]:
        """Routes that share all submissions among them, but for slips: one may be missing, one too wide."""
        boxes: list[Box] = [{}]
        while len(boxes) < 40:
            boxes += self._halves(boxes.pop(0))
        self.chance.shuffle(boxes)
        if self.chance.random() < 0.5:
            boxes.pop()
        if self.chance.random() < 0.5:
            slip = self.chance.choice(list(boxes[0]))
            boxes[0] = {name: taken for name, taken in boxes[0].items() if name != slip}
        return map(_written, boxes)

    def _halves(self, box: Box) -> Iterator[Box]:
        """Two that share its answers to one question."""
        name = self.chance.choice([name for name in NAMES if len(box.get(name, CHOICES)) > 1])
        options = list(box.get(name, self.asking.answers(name)))
        self.chance.shuffle(options)
        cut = self.chance.randint(1, len(options) - 1)
        yield {**box, name: options[:cut]}
        yield {**box, name: options[cut:]}

    def tests(self, many: int, taken: int) -> Raw:
        """So many tests, most of them on one of so many choices."""
        return {name: self._test(name, taken) for name in self.chance.sample(NAMES, many)}

    def _test(self, name: str, taken: int) -> Any:
        choices = self.chance.sample(CHOICES, taken)
        if None in self.asking.answers(name):
            return self.chance.choice((*[choices] * 6, {"not": choices}, "answered", "blank"))
        return self.chance.choice((*[choices] * 6, {"not": choices}))

    def outputs(self) -> dict[str, Any]:
        return {"send_to": self.chance.choice(DEPARTMENTS), "priority": self.chance.choice(("high", "normal"))}


def scattered(seed: int) -> Large:
    """A table of routes that know nothing of each other."""
    return _large(seed, Draw.scattered)


def tiled(seed: int) -> Large:
    """A table that takes each submission once, but for slips."""
    return _large(seed, Draw.tiled)


def _large(seed: int, conditions: Callable[[Draw], Iterable[Raw]]) -> Large:
    """Three seeds in a row bring all sorts of forms."""
    chance = Random(seed)
    draw = Draw(chance, Asking.drawn(chance, SORTS[seed % len(SORTS)]))
    rows = (Row(f"r{number}", when, draw.outputs()) for number, when in enumerate(conditions(draw)))
    return Large(draw.asking, tuple(rows))


def _written(box: Box) -> Raw:
    """The condition that the answers lie in it."""
    parts: list[Raw] = []
    for name, options in box.items():
        choices = [option for option in options if option is not None]
        ways: list[Raw] = [{name: choices}] if choices else []
        ways += [{name: "blank"}] if None in options else []
        parts.append({"any": ways} if len(ways) > 1 else ways[0])
    return {"all": parts}
