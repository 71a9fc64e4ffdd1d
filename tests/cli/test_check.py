"""`formroute check` tells everything at once, to a person, a program or a pull request."""

from __future__ import annotations

import io
import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from formroute.cli import main

SCHEMAS = Path(__file__).parent.parent.parent / "schemas"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of Winnipeg's schemas with two mistakes in the pothole form."""
    folder = Path(shutil.copytree(SCHEMAS, tmp_path / "schemas"))
    path = folder / "forms" / "pothole.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("show_when: {surface: sidewalk}", "show_when: {surface: sidewlk}").replace(
        "max: 200", "max: very deep"
    )
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_sound_catalogue_exits_with_0() -> None:
    result = run(str(SCHEMAS))
    assert result.exit_code == 0
    assert result.output == "0 errors, 0 warnings. 12 forms, 11 departments: every submission has a route.\n"


def test_a_person_sees_the_line_a_caret_and_what_to_write(broken: Path) -> None:
    result = run(str(broken))
    path = broken / "forms" / "pothole.yaml"
    number = path.read_text(encoding="utf-8").splitlines().index("        show_when: {surface: sidewlk}") + 1
    assert result.exit_code == 1
    assert f"{path}:{number}:30: error C303" in result.output
    assert f"    {number} |         show_when: {{surface: sidewlk}}\n" in result.output
    assert f"{' ' * len(str(number))} | {' ' * 29}^^^^^^^\n" in result.output
    assert "        show_when: {surface: sidewalk}   <- write this\n" in result.output
    assert "Did you mean `sidewalk`?" in result.output
    assert "2 errors, 0 warnings, 1 note. The catalogue does not load.\n" in result.output


def test_a_program_gets_json(broken: Path) -> None:
    result = run(str(broken), "--format", "json")
    told = json.loads(result.output)
    assert result.exit_code == 1
    assert told["loads"] is False
    assert [problem["code"] for problem in told["problems"]] == ["D115", "C303", "N611"]
    assert told["problems"][1]["corrected"] == "        show_when: {surface: sidewalk}"
    assert json.loads(run(str(SCHEMAS), "--format", "json").output) == {
        "loads": True,
        "undecided": 0,
        "problems": [],
    }


def test_a_pull_request_gets_workflow_commands(broken: Path) -> None:
    result = run(str(broken), "--format", "github")
    assert result.exit_code == 1
    first = result.output.splitlines()[0]
    assert first.startswith(f"::error file={broken / 'forms' / 'pothole.yaml'},line=")
    assert ",title=D115::" in first


@pytest.mark.parametrize("arguments", [["no-such-folder"], [str(SCHEMAS), "--format", "xml"]])
def test_a_wrong_call_exits_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_the_folder_schemas_is_meant_where_none_is_named(monkeypatch: pytest.MonkeyPatch, broken: Path) -> None:
    monkeypatch.chdir(SCHEMAS.parent)
    assert run().output == run("schemas").output
    monkeypatch.chdir(broken)
    assert run().exit_code == 2


def test_whoever_waits_long_at_a_terminal_is_told_so(monkeypatch: pytest.MonkeyPatch, broken: Path) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("formroute.cli.check._PATIENCE", 0.0)
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    with pytest.raises(SystemExit):
        main(["check", str(broken)])
    assert terminal.getvalue() == "Still reading and proving: a table of many thousand routes takes minutes.\n"


@pytest.mark.parametrize("form", ["human", "json", "github"])
def test_what_could_not_be_looked_at_is_said_last(broken: Path, form: str) -> None:
    """One note at the first mistake names all forms and tables."""
    told = run(str(broken), "--format", form).output
    assert "whether every submission has a route" in told
    assert told.rindex("D115") < told.index("N611")


def test_a_file_whose_name_is_no_utf_8_is_told(broken: Path) -> None:
    Path(os.fsdecode(os.fsencode(broken) + b"/b\xff.yaml")).write_text("form: x\n", "utf-8")
    result = run(str(broken))
    assert result.exit_code == 1
    assert "b\\udcff.yaml:1:1: error D102" in result.output
