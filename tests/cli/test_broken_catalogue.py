"""A catalogue that does not load is told by every command that needs one, as `formroute check` tells it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from formroute.cli import main
from formroute.store import Store
from tests.copies import copied, edit
from tests.small_city.samples import FOLDER

COMMANDS = [
    "table lights --schemas {schemas}",
    "route {schemas} --form lamp --answers {schemas}/answers.json",
    "translations {schemas}",
    "schema --schemas {schemas}",
    "find --form lamp --schemas {schemas} --store {store}",
    "requeue --all --schemas {schemas} --store {store}",
    "erase --due --schemas {schemas} --store {store}",
    "deliver --once --schemas {schemas} --store {store}",
    "desk add me --everything --schemas {schemas} --store {store}",
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.split()[0])
def test_every_mistake_is_shown_with_its_place_and_the_corrected_line(command: str, tmp_path: Path) -> None:
    schemas, url = copied(FOLDER, tmp_path / "schemas"), f"sqlite:///{tmp_path / 'city.db'}"
    (schemas / "answers.json").write_text("{}")
    path = schemas / "lamp.yaml"
    edit(path, "{danger: yes}", "{dagner: yes}")
    Store(url).close()
    done = CliRunner().invoke(main, command.format(schemas=schemas, store=url).split())
    assert done.exit_code == 1
    assert f"{path}:21:21: error C301 There is no question `dagner` here." in done.stderr
    assert "show_when: {danger: yes}   <- write this" in done.stderr
    assert done.stderr.endswith("1 error. The catalogue does not load.\n")
    assert "Usage:" not in done.output
