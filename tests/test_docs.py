"""The documentation is run: its YAML loads, its Python works, its commands print what the page shows."""

import doctest
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from docs.generate import pages
from formroute.catalog.definition import CatalogDefinition, DefaultsDefinition
from formroute.cli import main
from formroute.definitions import Definition, parse_source
from formroute.forms import KINDS, BlockDefinition, FormDefinition
from formroute.forms.definition import CheckDefinition, ExpectDefinition, FormTestDefinition, PageDefinition
from formroute.problems import Problem
from formroute.routing.written.calendars import CalendarDefinition
from formroute.routing.written.departments import (
    DeliverDefinition,
    DepartmentDefinition,
    DepartmentsDefinition,
    EmailDefinition,
    HandlerDefinition,
    WebhookDefinition,
)
from formroute.routing.written.table import Expectation, RouteDefinition, TableDefinition, TestDefinition
from tests import own_kind
from tests.pages import Block, blocks_of

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def run_yaml(block: Block, names: dict[str, Any]) -> None:
    if block.file:
        block.write()
    else:
        problems: list[Problem] = []
        assert parse_source(block.text, "page.yaml", problems), problems
        assert problems == []


def run_json(block: Block, names: dict[str, Any]) -> None:
    json.loads(block.text)
    if block.file:
        block.write()


def run_console(block: Block, names: dict[str, Any]) -> None:
    for command, shown in COMMAND.findall(block.text):
        program, *arguments = shlex.split(command)
        assert program == "formroute", f"only formroute is run, not {program}"
        printed = CliRunner().invoke(main, arguments, catch_exceptions=False).output
        assert matches(shown, printed), f"$ {command}\nshown:\n{shown}\nprinted:\n{printed}"


def run_toml(block: Block, names: dict[str, Any]) -> None:
    tomllib.loads(block.text)
    if block.file:
        block.write()


def run_python(block: Block, names: dict[str, Any]) -> None:
    if block.file:
        block.write()
    if ">>> " not in block.text:
        exec(compile(block.text, block.file or "page.py", "exec"), names)
        return
    test = doctest.DocTestParser().get_doctest(block.text, names, "page", None, 0)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append, clear_globs=False)
    names.update(test.globs)
    assert not report, "".join(report)


def matches(shown: str, printed: str) -> bool:
    """Equal but for spaces at line ends; `...` stands for anything."""
    trimmed = ["".join(f"{line.rstrip()}\n" for line in text.strip("\n").splitlines()) for text in (shown, printed)]
    return doctest.OutputChecker().check_output(*trimmed, doctest.ELLIPSIS)


RUN: dict[str, Callable[[Block, dict[str, Any]], None]] = {
    "yaml": run_yaml,
    "json": run_json,
    "console": run_console,
    "python": run_python,
    "toml": run_toml,
}


README = ROOT / "README.md"
TUTORIAL = ROOT / "docs" / "tutorial.md"
REVIEWING = ROOT / "docs" / "reviewing.md"
OWN_KIND = ROOT / "docs" / "own_kind.md"


def start(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a page begins: the tutorial with nothing, the README in the tutorial's town, the page on reviews in all
    that the tutorial wrote; the others in Winnipeg, the page on own kinds with the package that it shows installed."""
    monkeypatch.chdir(folder)
    if page == REVIEWING:
        for block in blocks_of(TUTORIAL):
            if block.file.startswith("schemas/"):
                block.write()
        for command in ("init -q", "add -A", "-c user.name=a -c user.email=a@example.org commit -qm town"):
            subprocess.run(["git", *command.split()], check=True)
    elif page == README:
        town = {"schemas/catalog.yaml", "schemas/routes/departments.yaml"}
        for block in blocks_of(TUTORIAL):
            if block.file in town:
                block.write()
    elif page != TUTORIAL:
        shutil.copytree(ROOT / "schemas", folder / "schemas")
    if page == OWN_KIND:
        monkeypatch.syspath_prepend(str(own_kind.install(folder)))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_block_of_the_page_works_from_top_to_bottom(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(page, tmp_path, monkeypatch)
    monkeypatch.setenv("COLUMNS", "110")
    names: dict[str, Any] = {"__name__": "page"}
    for block in blocks_of(page):
        if run := RUN.get(block.language):
            run(block, names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_fence_names_its_language(page: Path) -> None:
    fences = re.findall(r"^```.*$", page.read_text("utf-8"), re.MULTILINE)
    assert [fence for fence in fences[::2] if fence == "```"] == []


def test_the_generated_reference_is_up_to_date() -> None:
    """If this fails: `./dev docs` writes the pages anew."""
    assert {path: path.read_text("utf-8") for path in pages()} == pages()


def test_every_row_on_security_has_a_number_of_the_standard_and_tests_that_are_there() -> None:
    rows = [
        line.split(" | ") for line in (ROOT / "docs" / "security.md").read_text("utf-8").splitlines() if " | V" in line
    ]
    assert len(rows) > 30
    for what, numbers, shown in rows:
        assert re.fullmatch(r"V\d+\.\d+(\.\d+)?(, V\d+\.\d+(\.\d+)?)*", numbers), what
        named = re.findall(r"`(tests/[\w/.]+)`", shown)
        assert named, what
        assert [path for path in named if not (ROOT / path).exists()] == [], what


def test_every_promise_in_the_readme_has_a_number_and_a_test() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+) \| (.+) \| (.+) \|$", README.read_text("utf-8"), re.MULTILINE)
    assert [int(number) for number, *_ in rows] == list(range(1, len(rows) + 1))
    assert len(rows) > 20
    assert [promise for _, promise, reached, shown in rows if not reached.strip() or "](tests/" not in shown] == []


def test_every_promise_in_the_readme_names_tests_that_are_there() -> None:
    shown = re.findall(r"\[((?:test_|class )\w+)\]\((tests/[\w/]+\.py)\)", README.read_text("utf-8"))
    missing = {test for test, file in shown if not re.search(rf"\b{test}\b", (ROOT / file).read_text("utf-8"))}
    assert shown
    assert missing == set()


KEYS_TOLD_ON: dict[str, list[type[Definition]]] = {
    "forms.md": [
        *(FormDefinition, BlockDefinition, PageDefinition, CheckDefinition, FormTestDefinition, ExpectDefinition),
        *(kind.definition for kind in KINDS.values()),
    ],
    "routes.md": [
        *(TableDefinition, RouteDefinition, TestDefinition, Expectation),
        *(DepartmentsDefinition, DepartmentDefinition, DeliverDefinition),
        *(EmailDefinition, HandlerDefinition, WebhookDefinition),
    ],
    "catalogue.md": [CatalogDefinition, DefaultsDefinition, CalendarDefinition],
}


@pytest.mark.parametrize("name", KEYS_TOLD_ON)
def test_the_reference_tells_of_every_key_that_an_author_may_write(name: str) -> None:
    """In a table or sentence as `key`, or in an example as `key:`."""
    text = (ROOT / "docs" / "reference" / name).read_text("utf-8")
    told = set(re.findall(r"`(\w+):?", text)) | set(re.findall(r"\b(\w+):", text))
    keys = {field.alias or key for model in KEYS_TOLD_ON[name] for key, field in model.model_fields.items()}
    assert keys - told == set()


def test_the_reference_tells_of_every_type_of_field() -> None:
    text = (ROOT / "docs" / "reference" / "forms.md").read_text("utf-8")
    assert {name for name in KINDS if f"`{name}`" not in text} == set()
