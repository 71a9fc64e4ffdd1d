"""A translation is stale when its text changed and it did not, since somebody accepted the two side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from formroute.catalog import check_catalog
from formroute.catalog.translations import LOCK
from formroute.cli import main
from tests.copies import copied, edit

CITY = Path(__file__).parent.parent / "small_city"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small city whose translations were accepted."""
    copied(CITY, tmp_path)
    assert run("--accept", str(tmp_path)).output.endswith(f"translations accepted in {tmp_path / LOCK}.\n")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["translations", *arguments], catch_exceptions=False)


def found(folder: Path) -> list[tuple[str, int, str]]:
    catalog, problems = check_catalog(folder)
    assert catalog is not None, problems
    return [(problem.code, problem.mark.line, problem.what) for problem in problems]


STALE = "The text was changed in `en` since its `fr` was accepted."


def test_what_was_accepted_is_not_stale(folder: Path) -> None:
    assert found(folder) == []
    assert run(str(folder)).exit_code == 0


def test_a_text_that_changed_alone_is_told_at_its_translation(folder: Path) -> None:
    edit(folder / "departments.yaml", "en: Street lights", "en: Lights and signals")
    assert found(folder) == [("G530", 5, STALE)]
    result = run(str(folder))
    assert result.exit_code == 1
    assert "fr: Éclairage des rues" in result.output
    assert result.output.endswith("1 translation to look at.\n")


@pytest.mark.parametrize("edits", [
    [("en: Street lights", "en: Lights and signals"), ("fr: Éclairage des rues", "fr: Lumières et feux")],
    [("fr: Éclairage des rues", "fr: Lumières des rues")],
    [("en: Street lights", "en:   Street lights  ")],
])  # fmt: skip
def test_a_new_translation_or_blanks_are_not(folder: Path, edits: list[tuple[str, str]]) -> None:
    for before, after in edits:
        edit(folder / "departments.yaml", before, after)
    assert found(folder) == []


def test_accepting_again_ends_it(folder: Path) -> None:
    edit(folder / "departments.yaml", "en: Street lights", "en: Street lighting")
    run("--accept", str(folder))
    assert found(folder) == []


def test_a_text_that_moves_to_another_file_keeps_its_translation(folder: Path) -> None:
    path = folder / "departments.yaml"
    path.rename(folder / "elsewhere.yaml")
    assert found(folder) == []


def test_a_new_text_that_shares_a_translation_with_one_that_is_still_there_is_not_stale(folder: Path) -> None:
    edit(
        folder / "departments.yaml",
        "en: Ward office\n      fr: Bureau du quartier",
        "en: Lamps\n      fr: Éclairage des rues",
    )
    assert found(folder) == []


def test_without_the_file_nothing_is_said_and_a_broken_one_never_breaks_the_check(folder: Path) -> None:
    edit(folder / "departments.yaml", "en: Street lights", "en: Street lighting")
    (folder / LOCK).write_bytes(b"\xff<<<<<<< HEAD\nfr 12\n")
    assert found(folder) == []
    (folder / LOCK).unlink()
    assert found(folder) == []


def test_a_translation_that_is_missing_is_told_too(folder: Path) -> None:
    edit(folder / "departments.yaml", "      fr: Éclairage des rues\n", "")
    result = run(str(folder))
    assert "warning D107" in result.output
    assert result.exit_code == 1


def test_a_catalogue_that_does_not_load_is_not_accepted(folder: Path) -> None:
    edit(folder / "departments.yaml", "en: Street lights", "en: ''")
    result = run("--accept", str(folder))
    assert result.exit_code == 1
    assert "does not load" in result.output


def test_the_same_catalogue_gives_the_same_file(folder: Path) -> None:
    before = (folder / LOCK).read_text("utf-8")
    run("--accept", str(folder))
    assert (folder / LOCK).read_text("utf-8") == before
    assert "Éclairage" not in before
