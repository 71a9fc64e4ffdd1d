"""`formroute desk`: the first account and every other; passwords are asked for and never shown."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from formroute.cli import main
from formroute.store import Store
from tests.copies import copied, edit
from tests.small_city.samples import FOLDER

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'formroute.db'}"
    monkeypatch.setenv("FORMROUTE_STORE", url)
    monkeypatch.setenv("FORMROUTE_SCHEMAS", str(FOLDER))
    return url


def run(*arguments: str, password: str = PASSWORD) -> Result:
    return CliRunner().invoke(main, ("desk", *arguments), input=f"{password}\n")


def test_from_the_first_account_to_its_end(store: str) -> None:
    results = [
        run("add", "zoe", "--handles", "lights", "--reads", "ward"),
        run("add", "max", "--everything"),
        run("list"),
        run("password", "zoe", password="another long password"),
        run("remove", "max"),
        run("list"),
    ]
    assert [result.exit_code for result in results] == [0] * 6
    assert results[2].output.splitlines() == [
        "max  handler of every department",
        "zoe  handler of lights, reader of ward",
    ]
    assert results[5].output.splitlines() == ["zoe  handler of lights, reader of ward"]
    assert PASSWORD not in "".join(result.output for result in results)
    opened = Store(store)
    assert opened.accounts.check("zoe", "another long password")
    opened.close()


@pytest.mark.parametrize(
    ("arguments", "password", "code", "said"),
    [
        (("add", "zoe"), PASSWORD, 2, "--handles"),
        (
            ("add", "zoe", "--handles", "lamps"),
            PASSWORD,
            2,
            "--handles: There is no department 'lamps'. Known here: `lights`, `ward`.",
        ),
        (
            ("add", "zoe", "--reads", "lihgts"),
            PASSWORD,
            2,
            "--reads: There is no department 'lihgts'. Did you mean `lights`?",
        ),
        (("add", "zoe", "--everything"), "short", 2, "12 to 200"),
        (("password", "nobody"), PASSWORD, 1, "There is no account nobody."),
        (("remove", "nobody"), PASSWORD, 1, "There is no account nobody."),
    ],
)
def test_what_cannot_be_done_is_told(
    store: str, arguments: tuple[str, ...], password: str, code: int, said: str
) -> None:
    Store(store).close()
    result = run(*arguments, password=password)
    assert result.exit_code == code
    assert said in result.output


def test_a_department_without_a_desk_is_told_with_what_to_write() -> None:
    line = "write `- desk: {}` under its `deliver` in departments.yaml.\n"
    assert run("add", "zoe", "--handles", "lights", "--reads", "ward").stderr == f"ward has no desk yet: {line}"
    assert run("add", "max", "--everything").stderr == ""


def test_a_city_without_any_desk_is_told_with_what_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schemas = copied(FOLDER, tmp_path / "schemas")
    edit(schemas / "departments.yaml", "      - desk: {}\n", "")
    monkeypatch.setenv("FORMROUTE_SCHEMAS", str(schemas))
    result = run("add", "max", "--everything")
    assert result.exit_code == 0
    assert result.stderr == (
        "No department has a desk yet: for each that shall have one, "
        "write `- desk: {}` under its `deliver` in departments.yaml.\n"
    )


def test_a_name_that_is_taken(store: str) -> None:
    run("add", "zoe", "--everything")
    assert run("add", "zoe", "--everything").exit_code == 1
