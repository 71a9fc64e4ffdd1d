"""A city's own kind: found by its entry point, and known wherever a catalogue is read."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from formroute import Intake, Store, load_catalog
from formroute.catalog import check_catalog
from formroute.cli import main
from formroute.editing import editor_schema
from formroute.forms import KINDS, installed, installed_kinds
from formroute.web import create_blueprint
from tests import own_kind
from tests.copies import copied, edit

CITY = Path(__file__).parent.parent / "small_city"
DEPARTMENT = """\
  animal-services:
    name:
      en: Animal Services
      fr: Services aux animaux
    private_answers: yes
    deliver:
      - email: {to: animals@example.org}
      - desk: {}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small city with the form of docs/own_kind.md in it, and the package in `site`, once for all tests."""
    folder = tmp_path_factory.mktemp("city")
    departments = copied(CITY, folder / "schemas") / "departments.yaml"
    departments.write_text(departments.read_text("utf-8") + DEPARTMENT, "utf-8")
    own_kind.install(folder)
    return folder


@pytest.fixture
def city(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, with the package on Python's path."""
    folder = Path(shutil.copytree(built, tmp_path / "city"))
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder / "site"))
    forget()
    return folder


def forget() -> None:
    """What a process that starts anew does not know yet."""
    sys.modules.pop("licence", None)
    installed._files.cache_clear()
    importlib.invalidate_caches()


def entry_points(city: Path) -> Path:
    (found,) = city.glob("site/*.dist-info/entry_points.txt")
    return found


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_every_command_knows_it(city: Path) -> None:
    answers = city / "answers.json"
    answers.write_text(json.dumps({"number": "b12345-5"}))
    store = Store(f"sqlite:///{city / 'city.db'}")
    receipt = Intake(load_catalog("schemas"), store).submit("dog_licence", {"number": "B-12345-5"})
    kept = "--store", f"sqlite:///{city / 'city.db'}"
    assert "every submission has a route" in run("check", "schemas")
    assert "all passed" in run("test", "schemas")
    assert "renewals" in run("table", "licences")
    assert "licences/renewals" in run("route", "schemas", "--form", "dog_licence", "--answers", str(answers))
    assert "nothing moves" in run("diff", "schemas", "schemas")
    assert run("deliver", "--once", *kept) == "1 delivered, 0 failed, 1 put into a folder.\n"
    assert "What is the number on the tag? (number): B-12345-5" in run("show", receipt.reference, *kept)
    assert run("erase", "--due", *kept) == "0 erased.\n"


def test_the_pages_ask_for_it(city: Path) -> None:
    app = Flask("city")
    app.secret_key = "a secret of this test"
    app.register_blueprint(create_blueprint(Intake(load_catalog("schemas"), Store(f"sqlite:///{city / 'city.db'}"))))
    page = app.test_client().get("/en/forms/dog_licence", follow_redirects=True)
    assert "What is the number on the tag?" in page.text


def test_editors_offer_it(city: Path) -> None:
    offer = '"const": "licence"'
    assert offer in run("schema", "form")
    assert offer not in json.dumps(editor_schema("form"))


def test_the_cache_keeps_what_was_proved_until_its_code_changes(city: Path) -> None:
    def is_opened() -> bool:
        forms = load_catalog("schemas", cache="cache").forms
        return any("pages" not in vars(form) for form in forms.values())

    assert [is_opened(), is_opened()] == [False, True]
    assert load_catalog("schemas", cache="cache").forms["dog_licence"].check({"number": "A-12345-6"}).errors

    edit(city / "site" / "licence.py", "as it stands on the tag", "on the tag")
    forget()
    assert [is_opened(), is_opened()] == [False, True]

    (metadata,) = city.glob("site/*.dist-info/METADATA")
    edit(metadata, "Version: 1.0", "Version: 1.1")
    forget()
    assert [is_opened(), is_opened()] == [False, True]


def test_a_kind_that_is_given_by_hand_takes_the_place_of_those_that_are_installed(city: Path) -> None:
    assert check_catalog("schemas", kinds=KINDS)[1][0].code == "F213"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import a_package_that_is_not_there", "ModuleNotFoundError: No module named 'a_package_that_is_not_there'"),
        ("LICENCE = 'a word'", "`licence:LICENCE` is no Kind"),
        ("import sys; sys.exit(3)", "SystemExit: 3"),
        ("", "AttributeError: module 'licence' has no attribute 'LICENCE'"),
    ],
)
def test_one_that_cannot_be_loaded_is_told_where_it_is_used(city: Path, code: str, reason: str) -> None:
    (city / "site" / "licence.py").write_text(code, "utf-8")
    catalog, (found, *hidden) = check_catalog("schemas")
    assert catalog is None
    assert all(other.is_of_the_unknown for other in hidden)
    assert (found.code, found.line) == ("F236", "        type: licence")
    assert found.what == f"The type `licence` comes with `maple-falls-kinds 1.0`, which cannot be loaded: {reason}."
    (city / "schemas" / "forms" / "dog_licence.yaml").unlink()
    (city / "schemas" / "routes" / "licences.yaml").unlink()
    assert check_catalog("schemas")[1] == []


def test_it_cannot_take_the_name_of_one_of_ours(city: Path) -> None:
    entry_points(city).write_text("[formroute.kinds]\ntext = licence:LICENCE\n")
    assert installed_kinds() == KINDS
