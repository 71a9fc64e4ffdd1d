"""Forms for tests: one or more fields written as an author would, compiled without a catalogue."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from formroute.conditions import Surroundings
from formroute.definitions import Document, Folder, Place, parse_source, read
from formroute.forms import Blocks, Checked, Form, FormDefinition, Library, Setting, compile_form
from formroute.problems import Problem

LANGUAGES = ("en", "fr")
NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)
_HEAD = """\
form: example
title:
  en: Example
  fr: Exemple
summary:
  en: An example.
  fr: Un exemple.
"""


def setting(folder: Path = Path("schemas")) -> Setting:
    files = Folder(folder)
    return Setting(LANGUAGES, ZoneInfo("America/Winnipeg"), Library(files, LANGUAGES), Surroundings(folder=files))


def page(fields: str, name: str = "only") -> str:
    head = f"  - page: {name}\n    title:\n      en: Page {name}\n      fr: Page {name}\n    fields:\n"
    return head + textwrap.indent(textwrap.dedent(fields).strip("\n"), " " * 6) + "\n"


def field(name: str, keys: str) -> str:
    """The lines of one question, labelled by its name."""
    label = f"label:\n  en: {name}\n  fr: {name}"
    return f"{name}:\n" + "".join(f"  {line}\n" for line in f"{keys}\n{label}".splitlines())


def written(*pages: str, rest: str = "") -> str:
    """The file of the form with these pages."""
    return _HEAD + "pages:\n" + "".join(pages) + textwrap.dedent(rest)


def compiled(*pages: str, rest: str = "", folder: Path = Path("schemas")) -> tuple[Form | None, list[Problem]]:
    """The form with these pages, and every finding."""
    problems: list[Problem] = []
    source = parse_source(written(*pages, rest=rest), "form.yaml", problems)
    assert source is not None, problems
    place = Place.of(source)
    definition = read(FormDefinition, place, problems, LANGUAGES)
    document = definition and Document(definition, place)
    form = document and compile_form(document, Blocks(), setting(folder), problems).finished
    return form, problems


def form_of(*pages: str, rest: str = "", folder: Path = Path("schemas")) -> Form:
    """The form with these pages, which must have no error."""
    form, problems = compiled(*pages, rest=rest, folder=folder)
    assert form is not None, "\n".join(map(str, problems))
    return form


def one_field(keys: str, folder: Path = Path("schemas")) -> Form:
    """A form that asks one question, `answer`, with these keys."""
    labelled = textwrap.dedent(keys).strip("\n") + "\nlabel:\n  en: Answer\n  fr: Réponse"
    return form_of(page("answer:\n" + textwrap.indent(labelled, "  ")), folder=folder)


def check(form: Form, **raw: object) -> Checked:
    """The judgement at noon in Winnipeg on 9 March 2026."""
    return form.check(raw, now=NOW)
