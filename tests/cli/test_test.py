"""`formroute test` runs the tests of authors, and tells what they leave untried."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from formroute.cli import main
from tests.review.cities import FORM, SCHEMAS, field, write

FILES = {
    "hole.yaml": FORM + field("surface", "choice", more="        choices: [road, lane]\n"),
    "holes.yaml": """\
table: holes
forms: [hole]
routes:
  - route: lane
    when: {surface: lane}
    send_to: streets
  - route: rest
    send_to: parks
tests:
  - test: a lane
    answers: {surface: lane}
    expect: {route: lane}
""",
}
FAILING = {**FILES, "holes.yaml": FILES["holes.yaml"].replace("expect: {route: lane}", "expect: {route: rest}")}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["test", *arguments])


def test_winnipegs_tests_pass() -> None:
    result = run(str(SCHEMAS))
    assert result.exit_code == 0
    assert result.output.endswith(" tests: all passed.\n")


def test_a_failing_test_exits_with_1_and_shows_its_line(tmp_path: Path) -> None:
    result = run(str(write(tmp_path, FAILING)))
    assert result.exit_code == 1
    assert "holes.yaml:12:21: error R441 Expected `route: rest`, but `route: lane`." in result.output
    assert "1 test: 1 failed.\n" in result.output


def test_what_no_test_tries_is_told_with_its_place(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    assert run(str(folder), "--coverage").output.splitlines() == [
        f"{folder}/holes.yaml:7:12: in no test the route `rest` wins.",
        f"{folder}/hole.yaml:16:19: in no test `road` is chosen for `surface`.",
        "",
        "Tried: 1 of 2 routes, 0 of 0 conditions, 0 of 0 messages, 1 of 2 choices.",
        "1 test: all passed.",
    ]


def test_the_missing_tests_are_written_ready_to_be_pasted(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    assert run(str(folder), "--suggest").output.splitlines() == [
        f"# {folder}/holes.yaml, below `tests:`",
        "  - test: rest wins",
        "    form: hole",
        "    answers: {surface: road}",
        "    expect: {route: rest, send_to: parks, priority: normal}",
        "",
        "# Tried: 1 of 2 routes, 0 of 0 conditions, 0 of 0 messages, 1 of 2 choices.",
        "# 1 test: all passed.",
    ]


def test_a_file_without_tests_gets_the_key_too(tmp_path: Path) -> None:
    untested = {**FILES, "holes.yaml": FILES["holes.yaml"].partition("tests:")[0]}
    folder = write(tmp_path, untested)
    lines = run(str(folder), "--suggest").output.splitlines()
    assert lines[:3] == [f"# {folder}/holes.yaml, at its end", "tests:", "  - test: lane wins"]
    pasted = "\n".join(lines[: lines.index("")])
    write(folder, {"holes.yaml": f"{untested['holes.yaml']}{pasted}\n"})
    assert run(str(folder)).output == "2 tests: all passed.\n"


def test_a_program_gets_json(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    told = json.loads(run(str(folder), "--coverage", "--suggest", "--format", "json").output)
    assert (told["loads"], told["tests"], told["failed"], told["problems"]) == (True, 1, 0, [])
    assert told["coverage"]["route"] == {"tried": 1, "of": 2}
    assert [(one["sort"], one["line"]) for one in told["untried"]] == [("route", 7), ("choice", 16)]
    assert [one["file"] for one in told["suggested"]] == [str(folder / "holes.yaml")]


def test_a_pull_request_gets_workflow_commands(tmp_path: Path) -> None:
    folder = write(tmp_path, FAILING)
    result = run(str(folder), "--coverage", "--suggest", "--format", "github")
    levels = [line.split(" ")[0] for line in result.output.splitlines()]
    assert result.exit_code == 1
    assert levels[:2] == ["::error", "::notice"]
    assert "%0A  expect: {route: rest" in result.output


def test_a_catalogue_that_does_not_load_is_told_and_no_test_is_run(tmp_path: Path) -> None:
    folder = write(tmp_path, {**FILES, "holes.yaml": FILES["holes.yaml"].replace("forms: [hole]", "forms: [hoel]")})
    result = run(str(folder))
    assert result.exit_code == 1
    assert "error R411" in result.output
    assert "The catalogue does not load, so no test was run." in result.output


@pytest.mark.parametrize("arguments", [["no-such-folder"], [str(SCHEMAS), "--format", "xml"]])
def test_a_wrong_call_exits_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
