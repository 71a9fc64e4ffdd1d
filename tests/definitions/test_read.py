"""A model is read from a place, or every reason why not is told with the corrected line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from formroute.definitions import Definition, Place, Text, parse_source, read
from formroute.definitions.types import DecimalNumber, Id, Ids, Name, Period, Size, WholeNumber, YesNo
from formroute.problems import Problem


class Inner(Definition):
    count: WholeNumber = 0


class Example(Definition):
    name: Id
    text: Text | None = None
    field: Name = "a"
    stops: YesNo = False
    ids: Ids = ()
    size: Size = 0
    number: DecimalNumber = Decimal(0)
    keep: Period | None = None
    inner: list[Inner] = []
    by_name: dict[str, Inner] = {}


def read_example(text: str) -> tuple[Example | None, list[Problem]]:
    problems: list[Problem] = []
    source = parse_source(text, "x.yaml", problems)
    assert source is not None
    return read(Example, Place.of(source), problems, ("en", "fr")), problems


# What the author wrote | (line, column, code) | the corrected line
MISTAKES = [
    ("name: a\nstosp: yes", (2, 1, "D101"), "stops: yes"),
    ("name: a\nqqq: 1", (2, 1, "D101"), None),
    ("text: a", (1, 1, "D102"), None),
    ("name: Street Maintenance", (1, 7, "D118"), "name: street-maintenance"),
    ("name: a\nfield: two-words", (2, 8, "D118"), "field: two_words"),
    ("name: a\nstops: yse", (2, 8, "D114"), "stops: yes"),
    ("name: a\nstops: on", (2, 8, "D114"), "stops: yes"),
    ("name: a\nsize: 8 megs", (2, 7, "D117"), "size: 8 MB"),
    ("name: a\nsize: 8GB", (2, 7, "D117"), None),
    ("name: a\nnumber: 1_000", (2, 9, "D116"), None),
    ("name: a\nnumber: NaN", (2, 9, "D116"), None),
    ("name: a\nkeep: two years", (2, 7, "D125"), "keep: 2 years"),
    ("name: a\nids: []", (2, 1, "D120"), None),
    ("name: a\nids: [b, C]", (2, 10, "D118"), "ids: [b, c]"),
    ("name: a\ninner:\n  - count: 1\n  - cuont: 2", (4, 5, "D101"), "  - count: 2"),
    ("name: a\nby_name:\n  x:\n    count: ١٢", (4, 12, "D115"), None),
    ("name: a\ntext: Apartment #3", (2, 7, "Y111"), 'text: "Apartment #3"'),
    ("name: a\ntext: {en: a, fr: b}", (2, 1, "D110"), 'text:\n  en: "a"\n  fr: "b"'),
    ("name: a\ntext:\n  en: a\n  rf: b", (4, 3, "D105"), "  fr: b"),
    ("name: a\ntext:\n  fr: b", (2, 1, "D106"), None),
    ("name: a\ntext:\n  en:\n  fr: b", (3, 6, "D112"), None),
    ("name: a\ntext:\n  en: [a, b]\n  fr: b", (3, 3, "D111"), None),
    ("- a", (1, 1, "D113"), None),
]


@pytest.mark.parametrize(("text", "expected", "corrected"), MISTAKES)
def test_a_mistake_in_the_shape_is_found_where_it_stands(
    text: str, expected: tuple[int, int, str], corrected: str | None
) -> None:
    definition, problems = read_example(text)
    first = problems[0]
    assert definition is None
    assert (first.mark.line, first.mark.column, first.code) == expected
    assert first.corrected == corrected


def test_all_mistakes_are_told_at_once() -> None:
    _, problems = read_example("nam: a\nstops: maybe\nsize: big\ntext:\n  en: a # b\n  fr: c # d\n")
    assert sorted(problem.code for problem in problems) == ["D101", "D114", "D117", "Y111", "Y111"]


def test_a_missing_translation_is_a_warning_and_the_first_language_stands_in() -> None:
    definition, problems = read_example("name: a\ntext:\n  en: Road\n")
    assert definition is not None
    assert [(problem.code, problem.severity) for problem in problems] == [("D107", "warning")]
    assert definition.text is not None
    assert definition.text.inside("fr") == "Road"


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("text: Road\n", "text:\n  en: Road\n  fr: …"),
        ('text: "Road: here"\n', 'text:\n  en: "Road: here"\n  fr: …'),
        ('text: "Road" # of the city\n', None),
        ("text:\n  en: Road\n", None),
    ],
)
def test_a_text_that_stands_alone_is_shown_with_a_line_for_each_language(text: str, corrected: str | None) -> None:
    _, (problem,) = read_example(f"name: a\n{text}")
    assert (problem.code, problem.corrected) == ("D107", corrected)
    if corrected:
        assert "Give each language a line of its own" in problem.fix
        assert read_example(f"name: a\n{corrected}\n")[1] == []


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("text:\n  en: “Your road”\n  fr: Votre rue\n", '  en: "Your road"'),
        ("text:\n  en: Your road\n  fr: ‘L’adresse’\n", '  fr: "L’adresse"'),
        ("text:\n  en: “Yes” or “no”\n  fr: «\u00a0Oui\u00a0»\n", None),
        ("text:\n  en: The “road”\n  fr: L’adresse\n", None),
    ],
)
def test_a_text_wholly_in_curly_quotes_is_a_warning(text: str, corrected: str | None) -> None:
    definition, problems = read_example(f"name: a\n{text}")
    assert definition is not None
    assert [(one.code, one.severity, one.corrected) for one in problems] == (
        [("D149", "warning", corrected)] if corrected else []
    )


def test_a_comment_after_a_word_or_number_is_only_a_comment() -> None:
    definition, problems = read_example("name: a  # the name\nstops: yes # it does\nsize: 8 MB # enough\n")
    assert problems == []
    assert definition == Example(name="a", stops=True, size=8_000_000)


def test_what_was_read_is_frozen_and_typed() -> None:
    definition, _ = read_example("name: a\nkeep: 18 months\nids: b\nnumber: 2.50\ninner:\n  - count: 3\n")
    assert definition is not None
    assert (str(definition.keep), definition.ids, definition.number) == ("18 months", ("b",), Decimal("2.50"))
    with pytest.raises(ValueError, match="frozen"):
        definition.name = "b"  # type: ignore[misc]
