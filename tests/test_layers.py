"""The floors of the house and of its large rooms: imports run down only, typing imports too, never along a floor."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "formroute"

FLOORS = {
    "__init__": 8,  # the face: nothing inside the house looks at it
    "__main__": 8,
    "cli": 7,
    "web": 6,
    "intake": 5,
    "delivery": 5,
    "review": 5,
    "editing": 5,
    "testing": 5,
    "catalog": 4,
    "forms": 3,
    "routing": 3,
    "store": 3,
    "conditions": 2,
    "feel": 1,
    "definitions": 1,
    "problems": 0,
    "records": 0,
    "pictures": 0,
    "links": 0,
    "messages": 0,
}
# The floors inside a room; `*` are the modules that stand in the room itself, beside its inner rooms.
INNER_FLOORS = {
    "conditions": {
        "__init__": 6,
        "reading": 5,
        "telling": 4,
        "proof": 3,
        "*": 2,
        "answers": 1,
        "axes": 0,
    },
    "routing": {
        "__init__": 5,
        "compiling": 4,
        "changes": 4,
        "proof": 3,
        "deciding": 2,
        "*": 1,
        "written": 0,
    },
    "web": {
        "__init__": 5,
        "*": 4,
        "views": 3,
        "api": 3,
        "page": 2,
        "draft": 1,
        "site": 0,
    },
}
WEB_FLOOR = 6
WEB_LIBRARIES = {"flask", "werkzeug"}
DRAWERS = {"utils.py", "util.py", "helpers.py", "misc.py"}  # files that say nothing of what is in them


def breaches(package: Path) -> list[str]:
    """Every breach of the house rules in the modules under `package`, as sentences that start with a path."""
    modules = sorted(path for path in package.rglob("*.py") if "__pycache__" not in path.parts)
    return [
        f"{module.relative_to(package).as_posix()} {breach}"
        for module in modules
        for breach in (*_breaches_of_name(module, package), *_breaches_of_source(module, package))
    ]


def _breaches_of_name(module: Path, package: Path) -> Iterator[str]:
    if module.name in DRAWERS:
        yield "does not say in its name what it holds"
    if _room(module, package) not in FLOORS:
        yield "is in no room of the table in tests/test_layers.py"


def _breaches_of_source(module: Path, package: Path) -> Iterator[str]:
    room = _room(module, package)
    inner = _inner_room(".".join(module.relative_to(package.parent).with_suffix("").parts), package)
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print" and room != "cli":
            yield f"line {node.lineno}: prints, which only cli may"
        for imported in _imported(node, module, package):
            if breach := _breach_of_import(room, imported, package.name) or _breach_inside(inner, imported, package):
                yield f"line {node.lineno}: {breach}"


def _breach_of_import(room: str, imported: str, package_name: str) -> str | None:
    top, _, inner = imported.partition(".")
    floor = FLOORS.get(room, WEB_FLOOR)
    if top in WEB_LIBRARIES and floor < WEB_FLOOR:
        return f"{room} imports {top}, which stays on floor {WEB_FLOOR}"
    if top != package_name:
        return None
    other = inner.partition(".")[0]
    other = other if other in FLOORS else "__init__"
    if other == room or FLOORS[other] < floor:
        return None
    return _wrong_way(room, floor, other, FLOORS[other])


def _breach_inside(inner: tuple[str, str], imported: str, package: Path) -> str | None:
    """A breach among the inner rooms of one room."""
    room, name = inner
    other_room, other = _inner_room(imported, package)
    floors = INNER_FLOORS.get(room, {})
    if other_room != room or other == name or not floors or floors[other] < floors[name]:
        return None
    return _wrong_way(f"{room}/{name}", floors[name], f"{room}/{other}", floors[other])


def _inner_room(name: str, package: Path) -> tuple[str, str]:
    """`….conditions.axes.sets` stands in `axes`, `….conditions.question` in `*`, `….conditions.Domain` in the face."""
    _, room, first = (*name.split("."), "", "")[:3]
    if first in INNER_FLOORS.get(room, {}):
        return room, first
    return room, "*" if (package / room / f"{first}.py").exists() else "__init__"


def _wrong_way(room: str, floor: int, other: str, other_floor: int) -> str:
    direction = "beside it" if other_floor == floor else "up"
    return f"{room} (floor {floor}) imports {other} (floor {other_floor}), which is {direction}"


def _imported(node: ast.AST, module: Path, package: Path) -> Iterator[str]:
    """Full dotted names: `from ..conditions import Domain` in forms/kinds.py gives `formroute.conditions.Domain`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        folder = module.parent.relative_to(package.parent).parts
        base = [*folder[: len(folder) - node.level + 1]] if node.level else []
        origin = ".".join([*base, *([node.module] if node.module else [])])
        yield from (f"{origin}.{alias.name}" for alias in node.names)


def _room(module: Path, package: Path) -> str:
    first = module.relative_to(package).parts[0]
    return first.removesuffix(".py")


def test_every_import_in_the_package_runs_down() -> None:
    assert breaches(PACKAGE) == []


ALLOWED = [
    ("forms/check.py", "from formroute.conditions import Condition"),
    ("forms/check.py", "from formroute.forms.kinds import Kind"),
    ("forms/check.py", "from .kinds import Kind"),
    ("conditions/reading/unary.py", "from formroute.conditions.axes.sets import AnswerSet"),
    ("forms/check.py", "from ..records import FieldError"),
    ("forms/check.py", "from formroute import messages"),
    ("forms/kinds/dates.py", "from ...problems import Problem"),
    ("web/views/pages.py", "import flask"),
    ("cli/check.py", "print('clean')"),
    ("__init__.py", "from formroute.web import create_blueprint"),
]

FORBIDDEN = [
    (
        "conditions/axes/sets.py",
        "from formroute.forms import Form",
        "conditions (floor 2) imports forms (floor 3), which is up",
    ),
    (
        "conditions/axes/sets.py",
        "import formroute.catalog",
        "conditions (floor 2) imports catalog (floor 4), which is up",
    ),
    (
        "forms/form.py",
        "from formroute.routing import Router",
        "forms (floor 3) imports routing (floor 3), which is beside it",
    ),
    (
        "conditions/axes/sets.py",
        "from formroute.conditions.proof.search import find",
        "conditions/axes (floor 0) imports conditions/proof (floor 3), which is up",
    ),
    (
        "conditions/proof/rows.py",
        "from formroute.conditions import Domain",
        "conditions/proof (floor 3) imports conditions/__init__ (floor 6), which is up",
    ),
    ("store/rows.py", "from ..forms import Form", "store (floor 3) imports forms (floor 3), which is beside it"),
    ("records.py", "from . import messages", "records (floor 0) imports messages (floor 0), which is beside it"),
    ("records.py", "from .feel import parse", "records (floor 0) imports feel (floor 1), which is up"),
    ("intake.py", "from formroute import Catalog", "intake (floor 5) imports __init__ (floor 8), which is up"),
    ("delivery/email.py", "from flask import request", "delivery imports flask, which stays on floor 6"),
    ("forms/html.py", "import werkzeug.datastructures", "forms imports werkzeug, which stays on floor 6"),
    ("routing/deciding/router.py", "print('decided')", "prints, which only cli may"),
]


@pytest.mark.parametrize(("module", "source"), ALLOWED)
def test_an_import_down_or_inside_the_room_is_allowed(tmp_path: Path, module: str, source: str) -> None:
    assert breaches(_house(tmp_path, module, source)) == []


@pytest.mark.parametrize(("module", "source", "breach"), FORBIDDEN)
def test_a_breach_is_told_with_its_place(tmp_path: Path, module: str, source: str, breach: str) -> None:
    assert breaches(_house(tmp_path, module, source)) == [f"{module} line 1: {breach}"]


def test_an_import_for_typing_only_or_inside_a_function_counts(tmp_path: Path) -> None:
    source = "if TYPE_CHECKING:\n    from formroute.web import app\ndef late():\n    from formroute.cli import main\n"
    assert breaches(_house(tmp_path, "feel/parse.py", source)) == [
        "feel/parse.py line 2: feel (floor 1) imports web (floor 6), which is up",
        "feel/parse.py line 4: feel (floor 1) imports cli (floor 7), which is up",
    ]


def test_a_room_outside_the_table_and_a_drawer_for_anything_are_told(tmp_path: Path) -> None:
    assert breaches(_house(tmp_path, "attic/utils.py", "")) == [
        "attic/utils.py does not say in its name what it holds",
        "attic/utils.py is in no room of the table in tests/test_layers.py",
    ]


def _house(folder: Path, module: str, source: str) -> Path:
    package = folder / "formroute"
    path = package / module
    path.parent.mkdir(parents=True)
    path.write_text(source, "utf-8")
    return package
