"""Two windows on one draft: nothing that was typed and taken is lost without a word."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from formroute.catalog import load_catalog
from formroute.intake import Intake
from formroute.store import Store
from formroute.web import NO_LIMITS, create_blueprint
from tests.small_city.samples import PNG
from tests.web.conftest import NOW
from tests.web.draft.test_rows import fill, rows, two_dogs
from tests.web.resident import Page, Resident

KENNEL = load_catalog(Path(__file__).parent.parent.parent / "every_kind")


@pytest.fixture
def resident(store: Store) -> Resident:
    app = Flask("city")
    app.config.update(SECRET_KEY="x", TESTING=True)
    app.register_blueprint(create_blueprint(Intake(KENNEL, store, clock=lambda: NOW), limits=NO_LIMITS))
    return Resident(app.test_client())


@pytest.fixture
def windows(resident: Resident) -> tuple[Page, Page]:
    """The same page with two dogs, twice."""
    page = two_dogs(resident).press("Add another Animal").press("Remove Animal 3")
    return page, resident.get(page.address)


def kinds(page: Page) -> list[str]:
    return [page.typed.get(f"{row}.kind", "") for row in rows(page) if row.startswith("animals")]


def test_rows_that_each_adds_are_all_there(windows: tuple[Page, Page]) -> None:
    one, other = windows
    fill(one.press("Add another Animal"), animals_2__kind="other").press("Add another When was a veterinarian there?")
    page = other.press("Add another Animal")
    assert kinds(page) == ["dog", "dog", "other", ""]


def test_a_row_that_one_removes_stays_removed_when_the_other_left_it_alone(windows: tuple[Page, Page]) -> None:
    one, other = windows
    one.press("Remove Animal 1")
    assert kinds(other.press("Add another Animal")) == ["dog", ""]


def test_a_row_that_one_removes_and_the_other_edits_is_kept_and_told(windows: tuple[Page, Page]) -> None:
    one, other = windows
    one.press("Remove Animal 1")
    page = fill(other, animals_0__kind="other").press("Add another Animal")
    assert page.status == 409
    assert sorted(kinds(page)) == ["", "dog", "other"]
    assert "This was changed or removed in another window." in page.text


def test_a_row_that_the_other_edited_is_not_removed_unseen(windows: tuple[Page, Page]) -> None:
    one, other = windows
    fill(one, animals_0__born__year="2020").press("Add another Animal")
    page = other.press("Remove Animal 1")
    assert page.status == 409
    assert page.typed["animals-0.born.year"] == "2020"
    assert kinds(page.press("Remove Animal 1")) == ["dog", ""]


def test_an_answer_that_only_one_changed_is_the_one_that_counts(windows: tuple[Page, Page]) -> None:
    one, other = windows
    one.fill(licensed="no").press("Add another Animal")
    page = fill(other, animals_1__kind="other").press("Add another Animal")
    assert page.typed["licensed"] == "no"
    assert page.status == 200


def test_where_both_answer_otherwise_the_later_one_reads_what_the_earlier_typed(windows: tuple[Page, Page]) -> None:
    one, other = windows
    fill(one, animals_0__born__year="2020", animals_0__born__month="5", animals_0__born__day="1").press(
        "Add another Animal"
    )
    page = fill(other, animals_0__born__year="2021").press("Continue")
    assert page.status == 409
    assert "you gave a different answer: “May 1, 2020”. What is here now counts." in page.text
    assert page.typed["animals-0.born.year"] == "2021"


def test_files_that_both_add_at_once_are_all_there(visitor: Callable[[], Resident]) -> None:
    page = visitor().begin().fill(danger="no").press("Continue").fill(where__address="x", neighbourhood="wolseley")
    page = page.press("Continue")
    windows = [page._resident.get(page.address) for _ in range(6)]
    for number, window in enumerate(windows):
        window.attach("photos", (f"{number}.png", PNG))
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda window: window.press("Back"), windows))
    assert sorted(page._resident.get(page.address).kept_files) == [f"{number}.png (1 kB)" for number in range(6)]
