"""A name that is right stays right, whatever else is wrong: it is not taken for another one that looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from formroute.catalog import check_catalog
from formroute.problems import Severity
from tests.copies import copied

SMALL_CITY = Path(__file__).parent.parent / "small_city"
HALL = """\
form: hall
title:
  en: A room in the hall
  fr: Une salle
summary:
  en: Ask for a room.
  fr: Demandez une salle.
pages:
  - page: room
    title:
      en: The room
      fr: La salle
    fields:
      counts:
        type: integer
        label:
          en: How many come
          fr: Combien viennent
      fires:
        type: text
        label:
          en: What burns
          fr: Ce qui brûle
      sort:
        type: choice
        label:
          en: In which language
          fr: En quelle langue
        choices:
          en: English
          pl: Polish
      nails:
        type: choices
        label:
          en: Nails
          fr: Clous
        choices: [long, short]
"""
TABLE = """\
table: halls
forms: all
policy: collect
routes:
  - route: many
    when: {form: hall}
    if: count(nails) > 1 and contains(fires, "fire")
    tags: [many]
  - route: none
    when: {form: hall}
    if: count(nails) = 0 and contains(fires, "fire")
    tags: [none]
"""


def told(folder: Path) -> list[str]:
    return [
        f"{problem.code} {problem.mark.line}"
        for problem in check_catalog(folder)[1]
        if problem.severity is Severity.ERROR
    ]


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    folder = copied(SMALL_CITY, tmp_path / "schemas")
    (folder / "halls.yaml").write_text(TABLE, "utf-8")
    return folder


def test_a_form_that_no_table_decides_is_told_though_it_is_called_nearly_all(schemas: Path) -> None:
    (schemas / "hall.yaml").write_text(HALL, "utf-8")
    assert told(schemas) == ["R421 1"]


def test_names_like_words_of_the_language_are_not_taken_for_them(schemas: Path) -> None:
    (schemas / "hall.yaml").write_text(HALL + "bogus: 1\n", "utf-8")
    assert told(schemas) == ["R421 1", "D101 38"]


@pytest.mark.parametrize("test", ["[white, yellow]", "{is: yellow}", "{a: b}"])
def test_a_name_that_is_not_there_is_told_whatever_is_asked_of_the_question_before_it(schemas: Path, test: str) -> None:
    routes = schemas / "routes.yaml"
    routes.write_text(routes.read_text("utf-8").replace("{colour: yellow}", f"{{colour: {test}, shrap: yes}}"), "utf-8")
    assert "C301 5" in told(schemas)
