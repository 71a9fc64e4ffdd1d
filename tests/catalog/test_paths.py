"""No name of a file in a definition leads out of the folder: not upwards, not from the root, not by a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from formroute.catalog import load_catalog
from formroute.problems import DefinitionError

CANARY = "canary-of-another-folder"
CATALOG = "city: Town\nlanguages: [en]\ntime_zone: America/Winnipeg\nreference: TOW-YYYY-NNNNNN\n"
DEPARTMENTS = "departments:\n  parks:\n    name: Parks\n    deliver:\n      - desk: {}\n"
FORM = """\
form: hole
title: A hole
summary: A hole.
pages:
  - page: hole
    title: The hole
    fields:
      where: {{type: location, label: "Where is it?"}}
      details: {{type: text, label: "What is it?"}}
      ward: {{type: choice, label: "Which ward?", {choices}}}
{calculated}"""
CALCULATED = """\
      fee: {{type: calculated, lookup: {{from: {file}, match: {{ward: ward}}, take: fee}}}}
"""
ROUTES = "table: all\nforms: all\nroutes:\n{routes}  - route: parks\n    send_to: parks\n"
ROUTE = "  - route: named\n    when: {{{condition}}}\n    send_to: parks\n    {more}\n"

SLOTS = {
    "choices": {"choices": "choices_from: {file}"},
    "lookups": {"calculated": CALCULATED},
    "word lists": {"condition": "details: {{contains_from: {file}}}"},
    "areas": {"condition": "where: {{inside: {file}}}"},
    "copies": {
        "condition": "ward: north",
        "more": "copy_by: {{from: {file}, match: {{ward: ward}}, take: department}}",
    },
}


def write(folder: Path, slot: dict[str, str], file: str) -> None:
    filled = {name: text.format(file=file) for name, text in slot.items()}
    condition, more = filled.get("condition"), filled.get("more", "")
    routes = ROUTE.format(condition=condition, more=more) if condition else ""
    choices = filled.get("choices", "choices: [north, south]")
    form = FORM.format(choices=choices, calculated=filled.get("calculated", ""))
    texts = {"catalog": CATALOG, "departments": DEPARTMENTS, "hole": form, "routes": ROUTES.format(routes=routes)}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize("way", ["../secret.csv", "lists/../../secret.csv", "/absolute", "link.csv"])
@pytest.mark.parametrize("slot", SLOTS)
def test_no_file_outside_the_folder_is_read(tmp_path: Path, slot: str, way: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(f"{CANARY}\n", "utf-8")
    folder = tmp_path / "schemas"
    (folder / "lists").mkdir(parents=True)
    (folder / "link.csv").symlink_to(secret)
    write(folder, SLOTS[slot], str(secret) if way == "/absolute" else way)
    with pytest.raises(DefinitionError) as refused:
        load_catalog(folder)
    assert "D109" in {problem.code for problem in refused.value.problems}
    assert CANARY not in str(refused.value)
