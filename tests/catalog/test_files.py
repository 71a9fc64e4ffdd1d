"""Which files of a schemas folder are read, and what is told of those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from formroute.catalog import check_catalog
from formroute.problems import Problem, Severity
from tests.copies import copied

SMALL_CITY = Path(__file__).parent.parent / "small_city"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return copied(SMALL_CITY, tmp_path / "schemas")


def told(folder: Path) -> list[Problem]:
    catalog, problems = check_catalog(folder)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert (catalog is None) is bool(errors)
    return errors


@pytest.mark.parametrize("file", ["lamp.yaml", "routes.yaml", "departments.yaml", "catalog.yaml"])
@pytest.mark.parametrize("ending", [".yaml.txt", ".yml.txt", ".YAML", ".Yml"])
def test_a_file_with_another_ending_is_told_and_read_all_the_same(city: Path, file: str, ending: str) -> None:
    (city / file).rename(city / file.replace(".yaml", ending))
    (found,) = told(city)
    assert (found.code, found.mark.file) == ("G522", str(city / file.replace(".yaml", ending)))


def test_a_copy_with_another_ending_is_told_and_not_read(city: Path) -> None:
    (city / "lamp.yaml.txt").write_text((city / "lamp.yaml").read_text("utf-8"), "utf-8")
    assert [found.code for found in told(city)] == ["G522"]


@pytest.mark.parametrize("file", ["lamp.yaml", "more.yaml", "catalog.yaml"])
def test_a_link_that_leads_out_is_not_followed(city: Path, file: str) -> None:
    """Nothing of the file to which it leads is in any message."""
    secret = city.parent / "secret.txt"
    secret.write_text("password = 1234: hunter2\n", "utf-8")
    (city / file).unlink(missing_ok=True)
    (city / file).symlink_to(secret)
    problems = told(city)
    assert [found.code for found in problems if found.mark.file == str(city / file)] == ["G523"]
    assert not any("hunter2" in found.line or "password" in str(found) for found in problems)
    assert len(problems) == 1


def test_a_link_to_a_file_inside_is_followed(city: Path) -> None:
    inside = city / "kept" / "lamp.data"
    inside.parent.mkdir()
    (city / "lamp.yaml").rename(inside)
    (city / "lamp.yaml").symlink_to(inside)
    assert told(city) == []


def test_a_list_of_words_behind_a_link_that_leads_out_is_not_read(city: Path) -> None:
    (city.parent / "secret.csv").write_text("route,send_to\nhunter2,hunter2\n", "utf-8")
    (city / "out.csv").symlink_to(city.parent / "secret.csv")
    (city / "more.yaml").write_text("table: more\nforms: [lamp]\nroutes_from: out.csv\n", "utf-8")
    problems = told(city)
    assert "D109" in {found.code for found in problems}
    assert not any("hunter2" in str(found) or "hunter2" in found.line for found in problems)


@pytest.mark.parametrize(("mark", "end", "code"), [(b"", b"\r\n", "Y115"), (b"\xef\xbb\xbf", b"\n", "Y116")])
def test_what_a_program_did_to_one_file_is_told_of_it_alone(city: Path, mark: bytes, end: bytes, code: str) -> None:
    file = next(city.rglob("lamp.yaml"))
    file.write_bytes(mark + file.read_bytes().replace(b"\n", end))
    (found,) = (one for one in check_catalog(city)[1] if one.code == code)
    assert found.mark.file == str(file)
    assert "So it is with" not in found.what


def test_what_one_program_did_to_all_files_is_told_once(city: Path) -> None:
    files = sorted(city.rglob("*.yaml"))
    for file in files:
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    problems = check_catalog(city)[1]
    assert [found.code for found in problems if found.mark.file == str(files[0])][:2] == ["Y116", "Y115"]
    assert sum(found.code in ("Y115", "Y116") for found in problems) == 2
    assert f"So it is with `{files[1].name}`" in problems[0].what
