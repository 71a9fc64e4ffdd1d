"""The pages of the reference that are written from the code; `./dev docs` writes them, tests/test_docs.py compares."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import click

from formroute.cli import main
from formroute.conditions import ANY_TEXT, FACTS, TESTS, TREES, WORDS
from formroute.definitions import Definition
from formroute.editing import DOCUMENTS, editor_schema
from formroute.forms import KINDS
from formroute.forms.kinds.base import FieldDefinition
from formroute.problems import FAMILIES, Entry

FOLDER = Path(__file__).parent / "reference"


def pages() -> dict[Path, str]:
    """Each generated page: its path and its text."""
    texts = {"problems.md": _problems(), "command-line.md": _command_line(), "keys.md": _keys()}
    return {FOLDER / name: "\n".join(lines) for name, lines in texts.items()}


def _problems() -> Iterator[str]:
    yield "# Problems that `formroute check` finds"
    yield ""
    yield "A code never changes its meaning. An error stops the catalogue from loading; a warning does not."
    yield "A note, told with `--notes`, is no mistake but may surprise."
    yield "What stands in ‹angles› is filled with the word in question."
    for family, entries in FAMILIES.items():
        yield from ("", f"## {family}")
        for code, entry in entries.items():
            yield from ("", *_problem(code, entry))
    yield ""


_ADVICE = {
    **dict.fromkeys(("‹hint›", "‹fix›"), "The message names what to write."),
    "‹because›": "The message says why.",
}


def _problem(code: str, entry: Entry) -> Iterator[str]:
    yield f"### {code} {entry.title} ({entry.severity})"
    yield ""
    what, fix = _shown(entry.what), _shown(entry.fix)
    yield "The message says what is wrong here." if re.fullmatch(r"‹\w+›\.", what) else what
    yield _ADVICE.get(fix) or re.sub(r"(?<=\.)‹\w+›$", "", fix)


def _command_line() -> Iterator[str]:
    yield "# Command line"
    yield ""
    yield "Every command says with `--help` what stands here. Exit codes: 0 all is well, 1 something needs you,"
    yield "2 the command was called wrongly."
    group = click.Context(main, info_name="formroute", **main.context_settings)
    for name in main.list_commands(group):
        if command := main.get_command(group, name):
            context = click.Context(command, group, info_name=name, terminal_width=88)
            yield from ("", f"## formroute {name}", "", "```text", command.get_help(context), "```")
    yield ""


def _keys() -> Iterator[str]:
    yield "# Every key and every test"
    yield ""
    yield "What an [editor](../editing.md) tells of each; [forms](forms.md), [routes](routes.md) and"
    yield "[the catalogue](catalogue.md) explain them together."
    schema = editor_schema()
    told: set[str] = set()
    for document, model in DOCUMENTS.items():
        yield from ("", f"## A {document} file" if document != "catalog" else "## `catalog.yaml`")
        yield from _models(model.__name__, schema["$defs"], told)
    yield from ("", "## The types of questions", "", "Every question may have these keys:")
    yield from _own_keys(FieldDefinition)
    told_of_types: set[type[Definition]] = set()
    for name, kind in KINDS.items():
        yield from ("", f"### `{name}`", "", _summary(kind.definition))
        if kind.wider:
            yield f"Its JSON Schema is wider than the judge: {kind.wider}."
        elif kind.asks:
            yield "Its JSON Schema takes what the judge takes."
        yield from _own_keys(kind.definition)
        for inner in _inside(kind.definition):
            if inner not in told_of_types:
                told_of_types.add(inner)
                yield from ("", _summary(inner))
                yield from _own_keys(inner)
    yield from ("", "## Tests in conditions")
    tests = [(kind.example, kind.meaning) for kind in (*WORDS.values(), *TESTS.values())]
    trees = [(f"{name}:", tree.meaning) for name, tree in TREES.items()]
    texts = (f"{ANY_TEXT}: {{contains: hydro}}", "one of the texts that the resident writes meets the test")
    yield from _table([*tests, texts, *trees], "met when")
    yield from ("", "## Facts")
    yield from _table(list(FACTS.items()))
    yield ""


def _own_keys(model: type[Definition]) -> Iterator[str]:
    """The keys of a model, those of a question without what every question has."""
    shared = FieldDefinition.model_fields if issubclass(model, FieldDefinition) and model != FieldDefinition else {}
    keys = {key: found for key, found in model.model_fields.items() if key not in shared}
    yield from _table([(found.alias or key, found.description or "") for key, found in keys.items()])


def _inside(model: type[Definition]) -> Iterator[type[Definition]]:
    """The models of what stands below its keys."""
    for found in model.model_fields.values():
        yield from _models_in(found.annotation)


def _models_in(annotation: Any) -> Iterator[type[Definition]]:
    if isinstance(annotation, type) and issubclass(annotation, Definition):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _summary(model: type[Definition]) -> str:
    return " ".join((model.__doc__ or "").split())


def _models(name: str, shapes: Mapping[str, Any], told: set[str]) -> Iterator[str]:
    """The keys of a model, then those of the models in it that have not been told."""
    if name in told:
        return
    told.add(name)
    shape = shapes[name]
    yield from ("", shape["description"])
    yield from _table([(key, key_shape.get("description", "")) for key, key_shape in shape["properties"].items()])
    for reference in re.findall(r"#/\$defs/(\w+)", json.dumps(shape["properties"])):
        if reference[0].isupper():
            yield from _models(reference, shapes, told)


def _table(rows: list[tuple[str, str]], heading: str = "what it says") -> Iterator[str]:
    if rows:
        yield from ("", f"| write | {heading} |", "| --- | --- |")
        yield from (f"| `{key}` | {text} |" for key, text in rows)


def _shown(template: str) -> str:
    """A template with names in angles where values stand; `{{…}}` are braces of its own."""
    filled = re.sub(r"(?<!\{)\{(\w+)[^{}]*\}(?!\})", r"‹\1›", template)
    return filled.replace("{{", "{").replace("}}", "}")


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
