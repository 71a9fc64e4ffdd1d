"""One table of Winnipeg with its forms, edited at random: what comes of it still loads more often than not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from formroute.catalog import Catalog, read_catalog

SCHEMAS = Path(__file__).parent.parent.parent / "schemas"
TABLES = ("streets", "parks_and_forestry", "solid_waste", "water", "animals", "bylaws", "parking")
_SHARED = ("catalog.yaml", "routes/departments.yaml", *(
    f"blocks/{path.name}" for path in sorted((SCHEMAS / "blocks").iterdir())
))  # fmt: skip

_ASKED = ("choice", "choices", "yes_no", "integer", "date", "text", "long_text", "file")
Document = dict[str, Any]


@cache
def _read(file: str) -> Document:
    """A file as text throughout, which is what formroute itself reads; its tests are for the file as it stands."""
    found: Document = yaml.load((SCHEMAS / file).read_text("utf-8"), yaml.BaseLoader)
    return {key: value for key, value in found.items() if key not in ("tests", "groups")}


@dataclass(frozen=True)
class Mutated:
    """The files of one table and of its forms, by their names."""

    files: dict[str, Document]
    table: Document
    chance: Random

    @classmethod
    def drawn(cls, chance: Random, tables: Sequence[str] = TABLES) -> Mutated:
        """A table after one to three edits; of every third, one route alone may be met."""
        name = f"routes/{chance.choice(tables)}.yaml"
        forms = [f"forms/{form}.yaml" for form in _read(name)["forms"]]
        files = {file: deepcopy(_read(file)) for file in (*_SHARED, name, *forms)}
        made = cls(files, files[name], chance)
        for _ in range(chance.randint(1, 3)):
            chance.choice(EDITS)(made)
        if chance.randrange(3) == 0:
            made.table["policy"] = "unique"
        return made

    def written(self, folder: Path, policy: str | None = None) -> Path:
        """The folder of these files; `policy` takes the place of the table's own."""
        for file, document in self.files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            changed = {"policy": policy} if policy and document is self.table else {}
            path.write_text(yaml.safe_dump({**document, **changed}, sort_keys=False, allow_unicode=True), "utf-8")
        (folder / "lookups").mkdir(exist_ok=True)
        for path in (SCHEMAS / "lookups").iterdir():
            (folder / "lookups" / path.name).write_bytes(path.read_bytes())
        return folder

    def loaded(self, folder: Path) -> Catalog | None:
        """The catalogue with the table tried from first to last, so that overlaps keep none from loading."""
        return read_catalog(self.written(folder, "first"))[0]

    @property
    def routes(self) -> list[Document]:
        return list(self.table["routes"])

    def fields(self, form: str | None = None) -> Iterator[tuple[str, Document]]:
        """The questions of all its forms, or of one of them."""
        for file, document in self.files.items():
            if file.startswith("forms/") and form in (None, document["form"]):
                yield from self._asked(document["pages"])

    def _asked(self, pages: Iterable[Document]) -> Iterator[tuple[str, Document]]:
        for page in pages:
            if "use" in page:
                yield from self._asked(self.files[f"blocks/{page['use']}.yaml"]["pages"])
            yield from ((name, field) for name, field in page.get("fields", {}).items() if field.get("type") in _ASKED)

    def drop(self) -> None:
        """Half of the time the last, which takes all that is left."""
        self.table["routes"].remove(self.chance.choice((self.routes[-1], self.chance.choice(self.routes))))

    def swap(self) -> None:
        routes = self.table["routes"]
        one, other = (self.chance.randrange(len(routes)) for _ in range(2))
        routes[one], routes[other] = routes[other], routes[one]

    def narrow(self) -> None:
        """A route asks one more question of its form."""
        route = self.chance.choice(self.routes)
        form = route.get("when", {}).get("form") or self.table["forms"][0]
        offered = {name: _offered(field) for name, field in self.fields(form) if _offered(field)}
        name = self.chance.choice(list(offered))
        answer = self.chance.choice(offered[name])
        more = {**({"form": form} if self.table["forms"][1:] else {}), name: answer}
        route["when"] = {"all": [route["when"], more]} if route.get("when") else more

    def exclude(self) -> None:
        """A route is not met by some answers to a question of its form that may be blank."""
        route = self.chance.choice(self.routes)
        form = route.get("when", {}).get("form") or self.table["forms"][0]
        tests = {name: _tests(field) for name, field in self.fields(form) if _may_be_blank(field)}
        name = self.chance.choice([name for name in tests if tests[name]])
        here = {"form": form} if self.table["forms"][1:] else {}
        route["when"] = {**here, **route.get("when", {}), "none": [{name: self.chance.choice(tests[name])}]}

    def contradict(self) -> None:
        """Routes set a name, and others that add beside them set it to something else."""
        adding = [
            {"route": f"also-{number}", "when": route["when"], "set": {"queue": self.chance.choice("ab")}}
            for number, route in enumerate(self.routes)
            if route.get("when")
        ]
        for route in self.table["routes"]:
            route["set"] = {"queue": self.chance.choice("ab")}
        forms = self.table["forms"]
        self.files["routes/also.yaml"] = {"table": "also", "forms": forms, "policy": "collect", "routes": adding}

    def widen(self) -> None:
        """A route no longer asks one of its questions."""
        when = self.chance.choice(self.routes).get("when", {})
        if asked := [key for key in when if key != "form"]:
            del when[self.chance.choice(asked)]

    def show(self) -> None:
        """A question always shows."""
        _, field = self.chance.choice(list(self.fields()))
        field.pop("show_when", None)

    def require(self) -> None:
        """A question that had to be answered need not be, or the other way round."""
        _, field = self.chance.choice(list(self.fields()))
        field["required"] = "no" if field.get("required", "true") in ("true", "yes") else "yes"

    def take_a_choice(self) -> None:
        lists = [field["choices"] for _, field in self.fields() if len(field.get("choices", ())) > 2]
        if lists:
            choices = self.chance.choice(lists)
            gone = self.chance.choice(list(choices))
            choices.remove(gone) if isinstance(choices, list) else choices.pop(gone)


def _offered(field: Document) -> list[str]:
    """The answers that can be told apart by a word."""
    return {"yes_no": ["yes", "no"], "choice": list(field.get("choices", ()))}.get(field["type"], [])


def _may_be_blank(field: Document) -> bool:
    return "show_when" in field or field.get("required") in ("no", "false")


def _tests(field: Document) -> list[Any]:
    """Tests that an answer can meet."""
    match field["type"]:
        case "choices":
            return [{"includes": choice} for choice in field["choices"]]
        case "integer":
            return [{"at_least": field["max"]}]
        case "text" | "long_text":
            return [{"contains": ["winter"]}]
    return _offered(field)


EDITS: tuple[Callable[[Mutated], None], ...] = (
    Mutated.drop,
    Mutated.drop,
    Mutated.swap,
    Mutated.narrow,
    Mutated.widen,
    Mutated.show,
    Mutated.require,
    Mutated.take_a_choice,
)


def loading(chance: Random, folder: Path, tables: Sequence[str] = TABLES) -> Iterator[tuple[Mutated, Catalog]]:
    """Of twenty drawn, those that load: a choice may be gone that a condition names."""
    for number in range(20):
        made = Mutated.drawn(chance, tables)
        if (catalog := made.loaded(folder / f"{number}")) is not None:
            yield made, catalog
