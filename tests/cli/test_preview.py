"""`formroute preview` as an author starts and stops it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from formroute.catalog import load_catalog
from formroute.cli import main, preview
from formroute.intake import Intake
from formroute.store import Store
from tests.small_city.samples import ANSWERS, FOLDER

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "flask_site" / "app.py"


def test_it_says_where_it_is_and_what_it_found_and_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [Path(sys.executable).with_name("formroute"), "preview", str(FOLDER), "--port", "0"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first, second, _, found = (process.stdout.readline() for _ in range(4))
        with urlopen(first.split()[2]) as page:
            assert "Report a street light" in page.read().decode()
        assert len(list(tmp_path.iterdir())) == 1
        process.terminate()
    assert second == "What you send there goes to nobody and is deleted when you stop.\n"
    assert found == "0 errors, 0 warnings. 1 form, 2 departments: every submission has a route.\n"
    assert process.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_the_terminal_speaks_one_language_whichever_a_form_was_filled_in(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    catalog = load_catalog(FOLDER)
    with closing(Store(f"sqlite:///{tmp_path / 'preview.db'}")) as store:
        receipt = Intake(catalog, store).submit("lamp", ANSWERS, language="fr")
        preview._Told().sent(catalog, store.find(receipt.reference))
    told = capsys.readouterr().out
    assert f"{receipt.reference} was sent." in told
    assert "Sent to: Street lights (lights)" in told
    assert "lamps/dangerous-colour  colour is Yellow" in told


@pytest.mark.parametrize("port", ["abc", "70000", "-1", ""])
def test_a_port_that_is_none_is_told(port: str) -> None:
    found = subprocess.run(
        [sys.executable, EXAMPLE], env={**os.environ, "FORMROUTE_PORT": port}, capture_output=True, text=True
    )
    assert found.returncode == 1
    assert found.stderr == f"FORMROUTE_PORT is '{port}': write a number from 0 to 65535, such as 8311.\n"


def test_the_command_says_which_port_it_cannot_take() -> None:
    result = CliRunner().invoke(main, ["preview", str(FOLDER)], env={"FORMROUTE_PORT": "abc"})
    assert result.exit_code == 2
    assert "'--port' (env var: 'FORMROUTE_PORT'): 'abc' is not a valid integer" in result.output
