"""The cache: a catalogue opened from it is the one that would be loaded, and nothing that changed is overlooked."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import MISSING, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from formroute.catalog import Catalog, load_catalog, run_tests
from formroute.catalog.cache import Cache
from formroute.catalog.entry import Entry
from formroute.catalog.loader import Loader
from formroute.definitions import Folder
from formroute.forms import KINDS, Form
from formroute.problems import DefinitionError

ROOT = Path(__file__).parent.parent.parent
FOLDERS = [ROOT / "schemas", ROOT / "tests" / "small_city", ROOT / "tests" / "every_kind"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "schemas", tmp_path / "schemas"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests" / "small_city", tmp_path / "small"))


def only(home: Path) -> Path:
    """The only entry."""
    (entry,) = home.iterdir()
    return entry


def is_opened(catalog: Catalog) -> bool:
    """Whether it came from the cache: then its forms are not compiled yet."""
    return any("pages" not in vars(form) for form in catalog.forms.values())


def told(catalog: Catalog) -> Iterator[Any]:
    """Everything that can be told of a catalogue without the objects that it is made of."""
    yield catalog.warnings, catalog.languages, catalog.reference, catalog.departments
    for form in catalog.forms.values():
        yield form.id, form.version, form.title, form.summary, form.keywords, form.source, form.ask, form.published
        yield form.always, form.scope.keys(), form.place and form.place.mark
        yield from (form.json_schema(language) for language in catalog.languages)
    for table in catalog.router.tables.values():
        yield table.name, table.forms, [(route.name, route.condition, route.outputs) for route in table.routes]
    for trial in run_tests(catalog):
        checked = trial.checked
        yield trial.form.id, trial.problems, checked.answers, checked.errors, checked.showing, trial.decision


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_catalogue_from_the_cache_is_the_one_that_is_loaded(folder: Path, home: Path) -> None:
    loaded, opened = load_catalog(folder, cache=home), load_catalog(folder, cache=home)
    assert (is_opened(loaded), is_opened(opened)) == (False, True)
    assert list(told(opened)) == list(told(load_catalog(folder)))


@pytest.mark.parametrize("inside", ["", "cache", "forms/.cache"])
def test_a_cache_may_lie_in_the_folder_itself(small: Path, inside: str) -> None:
    home = small / inside
    assert [is_opened(load_catalog(small, cache=home)) for _ in range(3)] == [False, True, True]
    (home / "notes.json").write_text("{}", "utf-8")
    assert not is_opened(load_catalog(small, cache=home))


def test_a_form_is_compiled_when_something_is_asked_of_it_that_its_outline_does_not_tell(home: Path) -> None:
    load_catalog(FOLDERS[0], cache=home)
    catalog = load_catalog(FOLDERS[0], cache=home)
    pothole, other = catalog.forms["pothole"], catalog.forms["tree"]
    assert pothole.title.inside("en")
    assert "pages" not in vars(pothole)
    assert not pothole.check({}).ok
    assert ("pages" in vars(pothole), "pages" in vars(other)) == (True, False)
    assert replace(other, ask="all_at_once").pages == other.pages
    assert not hasattr(other, "colour")


def test_no_field_of_a_form_has_a_default_which_an_unopened_form_would_show() -> None:
    assert {field.default for field in fields(Form)} == {MISSING}


def cache_of(city: Path, home: Path) -> Cache:
    known = Cache.of(city, home)
    assert known is not None
    return known


def keys(city: Path, home: Path) -> str:
    return cache_of(city, home).key


def known_of(city: Path, home: Path) -> Entry:
    entry = cache_of(city, home).entry()
    assert entry is not None
    return entry


FILES = sorted(path.relative_to(FOLDERS[0]).as_posix() for path in FOLDERS[0].rglob("*") if path.is_file())


@pytest.mark.parametrize("name", FILES)
def test_an_edit_of_any_file_makes_another_catalogue(name: str, city: Path, home: Path) -> None:
    before = keys(city, home)
    path = city / name
    text = path.read_bytes()
    path.write_bytes(text + b"\n")
    edited = keys(city, home)
    path.rename(path.with_name("renamed.yaml"))
    renamed = keys(city, home)
    path.with_name("renamed.yaml").unlink()
    gone = keys(city, home)
    path.write_bytes(text)
    assert len({before, edited, renamed, gone}) == 4
    assert keys(city, home) == before


def test_a_new_file_makes_another_catalogue(city: Path, home: Path) -> None:
    before = keys(city, home)
    (city / "words.txt").write_text("stuck")
    assert keys(city, home) != before


def test_a_mistake_is_found_though_the_catalogue_was_proved_before(small: Path, home: Path) -> None:
    load_catalog(small, cache=home)
    form = small / "lamp.yaml"
    form.write_text(form.read_text("utf-8").replace("type: ", "typ: ", 1), "utf-8")
    with pytest.raises(DefinitionError):
        load_catalog(small, cache=home)


def test_what_is_opened_is_as_the_files_were_whatever_becomes_of_them(city: Path, home: Path) -> None:
    load_catalog(city, cache=home)
    before = list(told(load_catalog(city)))
    opened = load_catalog(city, cache=home)
    shutil.rmtree(city)
    assert list(told(opened)) == before


def spoilt(text: str) -> Iterator[str]:
    """An entry that was cut off, damaged, emptied, replaced, or changed by somebody."""
    whole = json.loads(text)
    yield from ("", text[: len(text) // 2], text[::-1], "null", "[]", "{}", "[" * 100_000, '{"seal": "", "entry": {}}')
    yield json.dumps(whole | {"seal": "0" * 64})
    forms = [[file, outline | {"title": {"en": "Free money"}}] for file, outline in whole["entry"]["forms"]]
    yield json.dumps(whole | {"entry": whole["entry"] | {"forms": forms}})
    yield json.dumps(whole | {"entry": {name: part for name, part in whole["entry"].items() if name != "warnings"}})


def test_an_entry_that_cannot_be_relied_on_is_no_entry_and_is_written_anew(small: Path, home: Path) -> None:
    load_catalog(small, cache=home)
    whole = only(home).read_text("utf-8")
    for text in spoilt(whole):
        only(home).write_text(text, "utf-8")
        catalog = load_catalog(small, cache=home)
        assert not is_opened(catalog)
        assert only(home).read_text("utf-8") == whole


def test_an_entry_of_other_files_under_this_name_is_no_entry(small: Path, home: Path) -> None:
    load_catalog(small, cache=home)
    before = only(home)
    (small / "lamp.yaml").write_text((small / "lamp.yaml").read_text("utf-8") + "\n", "utf-8")
    before.rename(before.with_name(f"{keys(small, home)}.json"))
    assert not is_opened(load_catalog(small, cache=home))


def test_a_forged_entry_hides_no_mistake_in_a_form(small: Path, home: Path) -> None:
    """Whoever can write entries can say that something was proved, but not make anything of a form that is none."""
    whole = load_catalog(small)
    form = small / "lamp.yaml"
    form.write_text(form.read_text("utf-8").replace("type: ", "typ: ", 1), "utf-8")
    cache_of(small, home).keep(whole)
    opened = load_catalog(small, cache=home)
    with pytest.raises(DefinitionError, match="D101"):
        opened.forms["lamp"].check({})
    with pytest.raises(DefinitionError):
        opened.decide("lamp", {})


def test_a_disk_that_takes_nothing_is_no_mistake(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for _ in range(2):
        assert not is_opened(load_catalog(small, cache=tmp_path / "file" / "cache"))


def test_a_folder_into_which_others_may_write_is_not_used(small: Path, home: Path) -> None:
    home.mkdir()
    home.chmod(0o777)
    for _ in range(2):
        assert not is_opened(load_catalog(small, cache=home))
    assert list(home.iterdir()) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_not_used(small: Path, home: Path) -> None:
    """Who made it before us, in /tmp for instance, could write there that anything was proved."""
    home.mkdir(mode=0o700)
    os.chown(home, 65_534, 65_534)
    for _ in range(2):
        assert not is_opened(load_catalog(small, cache=home))
    assert list(home.iterdir()) == []


def test_own_kinds_are_code_that_the_cache_does_not_see(small: Path, home: Path) -> None:
    load_catalog(small, kinds={**KINDS}, cache=home)
    assert not home.exists()


def test_several_at_once_leave_one_whole_entry(small: Path, home: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: load_catalog(small, cache=home), range(8)))
    assert only(home).suffix == ".json"
    assert is_opened(load_catalog(small, cache=home))


def test_few_entries_are_kept_and_nothing_else_is_touched(small: Path, home: Path) -> None:
    home.mkdir()
    (home / "notes.txt").write_text("ours")
    whole = load_catalog(small)
    for number in range(12):
        (small / "words.txt").write_text(str(number))
        cache_of(small, home).keep(whole)
    assert len(list(home.glob("*.json"))) == 8
    assert (home / "notes.txt").exists()


def test_where_a_first_answer_is_a_day_an_entry_holds_on_its_day_alone(small: Path, home: Path) -> None:
    """The first answer has to lie in bounds that move with the days."""
    now = datetime.now(load_catalog(small, cache=home).zone)
    assert known_of(small, home).holds(now + timedelta(days=1))
    form = small / "lamp.yaml"
    seen = "      seen:\n        type: date\n        label: When\n        default: 2026-03-01\n"
    form.write_text(form.read_text("utf-8").replace("    fields:\n", f"    fields:\n{seen}", 1), "utf-8")
    load_catalog(small, cache=home)
    entry = known_of(small, home)
    assert (entry.holds(now), entry.holds(now + timedelta(days=1))) == (True, False)


def test_what_was_proved_is_not_proved_again(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("this is proved again")

    monkeypatch.setattr("formroute.forms.compile.verify", never)
    monkeypatch.setattr("formroute.routing.compiling.router.verify", never)
    assert Loader(Folder(small), KINDS, [], proved=True).catalog() is not None
