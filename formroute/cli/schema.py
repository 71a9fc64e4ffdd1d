"""`formroute schema`: JSON Schema of the documents, by which editors complete and explain what is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from formroute.cli.schemas_option import open_catalog
from formroute.editing import DOCUMENTS, Offers, editor_schema
from formroute.forms import installed_kinds

_FOLDER = ".formroute"
_FILE = "schema.json"
_SCHEMAS = click.Path(exists=True, file_okay=False, path_type=Path)
_TOLD = """\
Wrote {file}.

In VS Code with the YAML extension, put this into .vscode/settings.json:

    {{"yaml.schemas": {{"{file}": "{folder}/**/*.yaml"}}}}

In any other editor with yaml-language-server, begin a file with this line (the path starts at the file's own folder):

    # yaml-language-server: $schema=../{name}/{schema}
"""


@click.command()
@click.argument("document", type=click.Choice(list(DOCUMENTS)), required=False)
@click.option("--schemas", type=_SCHEMAS, help="A schemas folder whose names are offered: fields, departments …")
@click.option("--write", type=_SCHEMAS, help="Write it into this schemas folder, with the names in it.")
def schema(document: str | None, schemas: Path | None, write: Path | None) -> None:
    """Print the JSON Schema of a DOCUMENT, or of all of them, for an editor that completes and explains YAML."""
    folder = write or schemas
    offers = Offers() if folder is None else Offers.of(open_catalog(folder), folder)
    text = _text(editor_schema(document, offers, installed_kinds()))
    if write is None:
        click.echo(text, nl=False)
        return
    file = _written(write, text)
    told = _TOLD.format(file=file.as_posix(), folder=write.as_posix(), name=_FOLDER, schema=_FILE)
    click.echo(told, nl=False)


def _written(folder: Path, text: str) -> Path:
    """The file that was written, in a folder that Git leaves alone."""
    made = folder / _FOLDER
    made.mkdir(exist_ok=True)
    (made / ".gitignore").write_text("*\n", "utf-8")
    file = made / _FILE
    file.write_text(text, "utf-8")
    return file


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
