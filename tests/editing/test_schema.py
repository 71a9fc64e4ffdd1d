"""JSON Schema for editors: every key and every test with what it means, and nothing refused that is right."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from formroute.catalog import check_catalog, load_catalog
from formroute.catalog.sources import SORTS
from formroute.cli import main
from formroute.conditions import ANY_TEXT, FACTS, TESTS, TREES, WORDS
from formroute.definitions import Place, parse_source
from formroute.editing import DOCUMENTS, Offers, editor_schema
from formroute.forms import KINDS
from formroute.problems import Problem
from tests.copies import copied
from tests.editing.yaml_core import load

ROOT = Path(__file__).parent.parent.parent
FOLDERS = (ROOT / "schemas", ROOT / "tests" / "small_city")
FILES = [path for folder in FOLDERS for path in sorted(folder.rglob("*.yaml"))]


@cache
def validator(document: str | None = None, folder: Path | None = None) -> Draft202012Validator:
    return Draft202012Validator(editor_schema(document, offers(folder)))


@cache
def offers(folder: Path | None) -> Offers:
    return Offers() if folder is None else Offers.of(load_catalog(folder), folder)


def sort_of(data: Mapping[str, Any]) -> str:
    return next((name for name in SORTS if name in data), "catalog")


def shapes(schema: Any) -> Iterator[Mapping[str, Any]]:
    """Every schema inside a schema."""
    if isinstance(schema, Mapping):
        yield schema
        for key, part in schema.items():
            for inner in part.values() if key in ("properties", "$defs", "patternProperties") else [part]:
                yield from shapes(inner)
    elif isinstance(schema, list):
        for part in schema:
            yield from shapes(part)


def properties(schema: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for shape in shapes(schema):
        yield from shape.get("properties", {}).items()


@pytest.mark.parametrize(
    ("document", "folder"), [(None, None), (None, FOLDERS[0]), *((name, None) for name in DOCUMENTS)]
)
def test_a_schema_is_one_and_has_all_that_it_names(document: str | None, folder: Path | None) -> None:
    schema = validator(document, folder).schema
    Draft202012Validator.check_schema(schema)
    named = {str(shape["$ref"]) for shape in shapes(schema) if "$ref" in shape}
    assert named == {f"#/$defs/{name}" for name in schema["$defs"]}
    assert "x-" not in json.dumps(list(dict.fromkeys(key for shape in shapes(schema) for key in shape)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_that_loads_is_valid_with_and_without_its_catalogue(path: Path) -> None:
    data = load(path.read_text("utf-8"))
    for known in (validator(), validator(sort_of(data)), validator(None, FOLDERS[1])):
        assert [f"{list(error.path)}: {error.message}" for error in known.iter_errors(data)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_key_has_a_text_to_hover_over(document: str) -> None:
    schema = editor_schema(document)
    bare = [name for name, shape in properties(schema) if "description" not in shape and shape.keys() - {"const"}]
    assert bare == []
    assert all(
        shape["markdownDescription"] == shape["description"] for shape in shapes(schema) if "description" in shape
    )


def test_every_test_word_tree_and_fact_has_a_text_to_hover_over() -> None:
    known = editor_schema("table")["$defs"]
    *words, _, _, tests = known["test"]["anyOf"]
    assert tests["properties"].keys() == TESTS.keys()
    assert {word["const"] for word in words} == WORDS.keys()
    for name, test in TESTS.items():
        assert test.meaning in tests["properties"][name]["description"]
        assert test.example in tests["properties"][name]["description"]
    conditions, _ = known["condition"]["anyOf"]
    assert conditions["properties"].keys() == TREES.keys() | FACTS.keys() | {ANY_TEXT}


@pytest.mark.parametrize("name", TESTS)
def test_the_example_of_a_test_is_one(name: str) -> None:
    assert list(validator("table").iter_errors(table(f"when: {{{TESTS[name].example}}}"))) == []
    assert name in TESTS[name].example
    assert TESTS[name].meaning


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_offered_with_each_of_its_keys(name: str) -> None:
    schema = editor_schema("form")
    field = schema["$defs"]["field"]
    told = next(one for one in field["properties"]["type"]["anyOf"] if one["const"] == name)
    assert told["description"]
    [then] = [case["then"]["$ref"] for case in field["allOf"] if case["if"]["properties"]["type"]["const"] == name]
    keys = schema["$defs"][then.removeprefix("#/$defs/")]["properties"]
    model = KINDS[name].definition
    assert list(keys) == [field.alias or key for key, field in model.model_fields.items()]


def table(route: str) -> Any:
    return load(f"table: t\nforms: [pothole]\nroutes:\n  - route: a\n    {route}\n")


def form(field: str) -> Any:
    return load(
        "form: f\ntitle: T\nsummary: S\npages:\n  - page: p\n    title: P\n    fields:\n"
        f"      a: {{type: text, label: A}}\n      q: {field}\n"
    )


RIGHT = [
    "when: {depth_cm: 5}",
    "when: {depth_cm: 5..10}",
    "when: {depth_cm: {at_least: 5, less_than: 010}}",
    "when: {depth_cm: {not: {count: {at_least: 2}}}}",
    "when: {danger: yes}",
    "when: {danger: true}",
    "when: {surface: [road, lane, null]}",
    "when: {seen_on: {after: 10 days ago}}",
    "when: {received: {time: 22:00..06:00}}",
    "when: {email: answered, phone: blank}",
    "when: {any: [{danger: no}, {none: [{all: [{depth_cm: {feel: '>= 10'}}]}]}]}",
    "when: depth_cm >= 10 and danger",
    "if: depth_cm >= 10",
    "respond_within: 5 business days",
    "tags: snow",
    "copy_to: [parks]",
    "send_to: null",
]


@pytest.mark.parametrize("route", RIGHT)
def test_what_can_be_written_in_a_route_is_valid(route: str) -> None:
    assert list(validator("table").iter_errors(table(route))) == []


WRONG_ROUTES = [
    "whem: {depth_cm: 5}",
    "when: [depth_cm]",
    "when: {}",
    "when: {depth_cm: {}}",
    "when: {depth_cm: []}",
    "when: {depth_cm: {at_leest: 5}}",
    "when: {depth_cm: {at_least: [5]}}",
    "when: {depth_cm: {at_least: {more_than: 5}}}",
    "when: {depth_cm: [[5]]}",
    "when: {depth_cm: {not: {at_leest: 5}}}",
    "when: {all: {depth_cm: 5}}",
    "when: {any: []}",
    "when: {none: [depth_cm, [5]]}",
    "when: {seen_on: {weekday: caturday}}",
    "when: {where: {inside: [a, b]}}",
    "if: {depth_cm: 5}",
    "send_to: [parks]",
    "send_to: Parks",
    "copy_to: []",
    "respond_within: soon",
    "respond_within: 5",
    "tags: [Snow]",
    "notice: [snow]",
]


@pytest.mark.parametrize("route", WRONG_ROUTES)
def test_what_cannot_be_written_in_a_route_is_refused(route: str) -> None:
    assert list(validator("table").iter_errors(table(route)))
    assert list(validator().iter_errors(table(route)))


WRONG_FIELDS = [
    "{label: Q}",
    "{type: txt, label: Q}",
    "{type: text}",
    "{type: text, label: [Q]}",
    "{type: text, label: Q, max_length: 0}",
    "{type: text, label: Q, max_length: ten}",
    "{type: text, label: Q, min: 5}",
    "{type: text, label: Q, required: perhaps}",
    "{type: text, label: Q, show_when: {a: {}}}",
    "{type: integer, label: Q, min: 2.5}",
    "{type: choice, label: Q, choices: []}",
    "{type: choice, label: Q, choices: [a], as: wheel}",
    "{type: file, label: Q, accept: [movie]}",
    "{type: file, label: Q, max_size: big}",
    "{type: time, label: Q, min: '25:00'}",
    "{type: notice, label: Q}",
    "{type: notice, text: Q, tone: loud}",
    "{type: notice, text: Q, link: example}",
    "{type: calculated, value: 1 + 1, gives: nothing}",
    "{type: calculated, lookup: {from: a.csv, match: {}, take: b}}",
    "text",
]


@pytest.mark.parametrize("field", WRONG_FIELDS)
def test_what_cannot_be_written_in_a_field_is_refused(field: str) -> None:
    assert list(validator("form").iter_errors(form(field)))
    assert list(validator().iter_errors(form(field)))


WRONG_DOCUMENTS = [
    ("form: f\ntitle: T\nsummary: S\npages: []\n", "form"),
    ("form: 5\ntitle: T\nsummary: S\npages: [{use: a}]\n", "form"),
    ("form: f\nsummary: S\npages: [{use: a}]\n", "form"),
    ("form: f\ntitle: T\nsummary: S\npages: [{page: p, title: T, fields: {form: {type: text, label: A}}}]\n", "form"),
    ("form: f\ntitle: T\nsummary: S\npages: [{use: a}]\npublish: {where: roughly}\n", "form"),
    ("block: b\npages: no\n", "block"),
    ("departments: {a: {name: A, deliver: []}}\n", "departments"),
    ("departments: {a: {name: A, deliver: [{fax: {to: a}}]}}\n", "departments"),
    ("departments: {a: {name: A, deliver: [{webhook: {url: example.org, secret_env: A}}]}}\n", "departments"),
    ("city: C\nlanguages: [english]\ntime_zone: America/Winnipeg\n", "catalog"),
    ("city: C\nlanguages: [en]\ntime_zone: America/Winnipg\n", "catalog"),
    ("city: C\nlanguages: [en]\ntime_zone: America/Winnipeg\ncalendars: {a: {working_hours: 9 to 5}}\n", "catalog"),
]


@pytest.mark.parametrize(("text", "document"), WRONG_DOCUMENTS)
def test_what_cannot_be_written_elsewhere_is_refused(text: str, document: str) -> None:
    assert list(validator(document).iter_errors(load(text)))
    assert list(validator().iter_errors(load(text)))


def test_with_a_catalogue_its_names_are_offered_and_others_still_taken() -> None:
    offered = validator(None, FOLDERS[0]).schema["$defs"]
    conditions, _ = offered["condition"]["anyOf"]
    assert {"surface", "depth_cm", "danger"} <= conditions["properties"].keys()
    assert "How deep" in conditions["properties"]["depth_cm"]["description"].replace("how deep", "How deep")
    assert "road" in json.dumps(conditions["properties"]["surface"]["anyOf"][0])
    assert conditions["properties"]["depth_cm"]["anyOf"] == [{"$ref": "#/$defs/test_numbers"}]
    assert offered["test_numbers"]["anyOf"][-1]["properties"].keys() == {
        "at_least", "at_most", "more_than", "less_than", "not", "feel",
    }  # fmt: skip
    send_to = offered["RouteDefinition"]["properties"]["send_to"]["anyOf"]
    assert {"const": "parks", "description": "Public Works – Parks"}.items() <= send_to[2].items()
    assert {"const": "urgent"} in offered["RouteDefinition"]["properties"]["priority"]["anyOf"]
    assert list(offered["text"]["anyOf"][0]["properties"]) == ["en", "fr"]
    assert {"const": "contact"} in offered["PageDefinition"]["properties"]["use"]["anyOf"]
    assert list(validator("table", FOLDERS[0]).iter_errors(table("when: {new: 5}"))) == []
    assert list(validator("table", FOLDERS[0]).iter_errors(table("send_to: new-department"))) == []


SCALARS = "yes|No|null|true|~|5|010|-0|0x1F|1e3|.5|12:30|2026-03-01|''|\"5\"|today|5..10|answered|a b|Road|8 MB|2 years"
OTHERS = (
    "[]|{}|[a]|[[a]]|{a: b}|{en: a}|[1, null]|{at_least: 5}|{a: answered}|[{a: 5}]|{type: integer, label: 5, min: '3'}"
)
ODD = st.sampled_from([*SCALARS.split("|"), *OTHERS.split("|")])


def changed_line(line: str, odd: str, draw: random.Random) -> str:
    """The line with another key or, behind its key or dash, another value."""
    if ":" in line and draw.random() < 0.2:
        return re.sub(r"[a-z_]+:", f"{odd.split()[0]}:", line, count=1)
    joint = ":" if ":" in line else "-"
    return f"{line.partition(joint)[0]}{joint} {odd}"


@given(st.sampled_from(sorted(path.name for path in FOLDERS[1].glob("*.yaml"))), ODD, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_what_the_schema_refuses_the_check_refuses_too(name: str, odd: str, draw: random.Random) -> None:
    """One value or key of a right file becomes an odd one."""
    lines = (FOLDERS[1] / name).read_text("utf-8").splitlines()
    number = draw.choice([at for at, line in enumerate(lines) if ":" in line or "- " in line])
    lines[number] = changed_line(lines[number], odd, draw)
    changed = "\n".join(lines) + "\n"
    unreadable: list[Problem] = []
    source = parse_source(changed, name, unreadable)
    data = None if source is None else Place.of(source).plain()
    if isinstance(data, dict) and not unreadable and not validator(sort_of(data), FOLDERS[1]).is_valid(load(changed)):
        with TemporaryDirectory() as folder:
            copied(FOLDERS[1], Path(folder))
            (Path(folder) / name).write_text(changed, "utf-8")
            loaded, _ = check_catalog(folder)
        assert loaded is None, changed


def test_the_command_prints_a_schema_and_writes_one_that_git_leaves_alone(tmp_path: Path) -> None:
    folder = copied(FOLDERS[1], tmp_path / "schemas")
    printed = CliRunner().invoke(main, ["schema", "form", "--schemas", str(folder)])
    assert (printed.exit_code, json.loads(printed.output)["title"]) == (0, "formroute: form")
    written = CliRunner().invoke(main, ["schema", "--write", str(folder)])
    assert written.exit_code == 0
    assert "# yaml-language-server: $schema=../.formroute/schema.json" in written.output
    assert json.loads((folder / ".formroute" / "schema.json").read_text("utf-8"))["title"] == "formroute: a definition"
    assert (folder / ".formroute" / ".gitignore").read_text("utf-8") == "*\n"
    assert check_catalog(folder)[0] is not None


def test_without_a_folder_the_command_needs_none_and_a_broken_one_is_told(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["schema"]).exit_code == 0
    broken = CliRunner().invoke(main, ["schema", "--schemas", str(tmp_path)])
    assert broken.exit_code == 1
    assert "does not load" in broken.output
