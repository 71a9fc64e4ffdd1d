"""Conditions as people read them."""

import re
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given

from formroute.conditions import (
    TESTS,
    TREES,
    WORDS,
    Condition,
    OneOf,
    Question,
    Test,
    compile_condition,
    in_words,
    why_not,
)
from formroute.conditions.answers.domains import Rows
from formroute.conditions.axes.aspects import Axis, Clock
from formroute.conditions.axes.sets import Spans
from formroute.definitions import Place, parse_source
from formroute.records import Location, Upload
from tests.conditions.generated import CONDITIONS
from tests.conditions.in_a_city import SATURDAY_NIGHT, SCOPE, compiled

NBSP = "\N{NO-BREAK SPACE}"

SAID = [
    ("surface: road", "surface is Road", "surface est Chaussée"),
    ("surface: [lane, road]", "surface is “Road” or “Back lane”", "surface est Chaussée ou Ruelle"),
    ("surface: {not: road}", "surface is not Road", "surface n’est pas Chaussée"),
    ("danger: yes", "danger is yes", "danger est oui"),
    ("depth_cm: 5", "depth_cm is 5", "depth_cm vaut 5"),
    ("depth_cm: {not: 5}", "depth_cm is not 5", "depth_cm ne vaut pas 5"),
    ("depth_cm: 5..10", "depth_cm is from 5 to 10", "depth_cm va de 5 à 10"),
    ("depth_cm: {at_least: 10}", "depth_cm is at least 10", "depth_cm vaut au moins 10"),
    ("depth_cm: {more_than: 10}", "depth_cm is more than 10", "depth_cm vaut plus de 10"),
    ("depth_cm: {at_most: 10}", "depth_cm is at most 10", "depth_cm vaut au plus 10"),
    ("depth_cm: {less_than: 10}", "depth_cm is less than 10", "depth_cm vaut moins de 10"),
    (
        "depth_cm: {at_least: 5, less_than: 10}",
        "depth_cm is at least 5 and depth_cm is less than 10",
        "depth_cm vaut au moins 5 et depth_cm vaut moins de 10",
    ),
    ("cost: {at_least: 1234.5}", "cost is at least 1,234.5", "cost vaut au moins 1\N{NARROW NO-BREAK SPACE}234,5"),
    ("seen_on: today", "seen_on is today", f"seen_on{NBSP}: aujourd’hui"),
    ("seen_on: {after: 10 days ago}", "seen_on is after 10 days ago", f"seen_on{NBSP}: plus tard qu’il y a 10 jours"),
    (
        "seen_on: {on_or_before: 1 day ago}",
        "seen_on is 1 day ago or earlier",
        f"seen_on{NBSP}: il y a 1 jour ou plus tôt",
    ),
    (
        "built: {before: in 2 weeks}",
        "built is before 14 days from today",
        f"built{NBSP}: plus tôt qu’à 14 jours d’ici",
    ),
    ("built: {before: 2026-03-01}", "built is before March 1, 2026", "built est avant le 1er mars 2026"),
    (
        "built: 2026-03-01..2026-03-08",
        "built is from March 1, 2026 to March 8, 2026",
        "built va du 1er mars 2026 au 8 mars 2026",
    ),
    ("built: {weekday: [sun, sat]}", "built is on a Saturday or Sunday", "built est un samedi ou dimanche"),
    (
        "built: {holiday: no_collection}",
        "built is a holiday (no_collection)",
        "built est un jour férié (no_collection)",
    ),
    ("received: after_hours", "received is outside working hours", "received est en dehors des heures d’ouverture"),
    ("received: {time: 22:00..06:00}", "received is from 22:00 until 06:00", "received est entre 22:00 et 06:00"),
    ("now: {time: {before: 18:00}}", "now is earlier than 18:00", "now est avant 18:00"),
    (
        "details: {contains: [hydro, wire*]}",
        "details contains “hydro” or “wire*”",
        f"details contient «{NBSP}hydro{NBSP}» ou «{NBSP}wire*{NBSP}»",
    ),
    (
        "details: {not: {contains: hydro}}",
        "details does not contain “hydro”",
        f"details ne contient pas «{NBSP}hydro{NBSP}»",
    ),
    (
        "details: {contains_from: words.txt}",
        "details contains a phrase of words.txt",
        "details contient une expression de words.txt",
    ),
    (
        "details: {contains: [Déambulateur*, chien  méchant]}",
        "details contains “chien méchant” or “Déambulateur*”",
        f"details contient «{NBSP}chien méchant{NBSP}» ou «{NBSP}Déambulateur*{NBSP}»",
    ),
    (
        "details: {starts_with: Hôtel}",
        "details begins with “Hôtel”",
        f"details commence par «{NBSP}Hôtel{NBSP}»",
    ),
    ("details: {starts_with: hydro}", "details begins with “hydro”", f"details commence par «{NBSP}hydro{NBSP}»"),
    (
        "details: {matches: '[A-Z]+'}",
        "details matches the pattern “[A-Z]+”",
        f"details correspond au modèle «{NBSP}[A-Z]+{NBSP}»",
    ),
    (
        "needs: {includes_all: [ramp, lift]}",
        "needs includes ramp and needs includes lift",
        "needs comprend ramp et needs comprend lift",
    ),
    ("needs: {includes_none: ramp}", "needs does not include ramp", "needs ne comprend pas ramp"),
    ("photos: answered", "photos is answered", "photos a une réponse"),
    ("needs: answered", "needs is answered", "needs a une réponse"),
    ("photos: {count: {at_least: 2}}", "the number of photos is at least 2", "le nombre de photos vaut au moins 2"),
    (
        "where: {inside: downtown.geojson}",
        "where lies inside downtown.geojson",
        "where se trouve dans downtown.geojson",
    ),
    ("email: answered", "email is answered", "email a une réponse"),
    ("email: blank", "email is blank", "email est sans réponse"),
    (
        "built: {holiday: no_collection}",
        "built is a holiday (no_collection)",
        "built est un jour férié (no_collection)",
    ),
    (
        "built: {on_or_before: 2026-03-01}",
        "built is March 1, 2026 or earlier",
        "built est le 1er mars 2026 ou plus tôt",
    ),
    ("built: {on_or_after: today}", "built is today or later", f"built{NBSP}: aujourd’hui ou plus tard"),
    ("needs: {includes: ramp}", "needs includes ramp", "needs comprend ramp"),
    (
        "animals: {some: {age: 5}}",
        "animals has a row of which this holds: age is 5",
        f"animals comporte une ligne où{NBSP}: age vaut 5",
    ),
    (
        "animals: {not: {every: {age: 5}}}",
        "this does not hold of every row of animals: age is 5",
        f"pas dans chaque ligne de animals{NBSP}: age vaut 5",
    ),
    ("depth_cm: {feel: odd(?)}", "depth_cm meets odd(?)", "depth_cm satisfait à odd(?)"),
    (
        "any: [{danger: yes}, depth_cm > cost]",
        "danger is yes or (depth_cm > cost)",
        "danger est oui ou (depth_cm > cost)",
    ),
    (
        "all: [{danger: yes}, depth_cm > cost]",
        "danger is yes and (depth_cm > cost)",
        "danger est oui et (depth_cm > cost)",
    ),
    ("surface: road\ndanger: no", "surface is Road and danger is no", "surface est Chaussée et danger est non"),
    (
        "surface: road\nany:\n  - danger: yes\n  - depth_cm: 4",
        "surface is Road and (danger is yes or depth_cm is 4)",
        "surface est Chaussée et (danger est oui ou depth_cm vaut 4)",
    ),
    (
        "none:\n  - surface: road\n  - danger: yes",
        "not (surface is Road or danger is yes)",
        "non (surface est Chaussée ou danger est oui)",
    ),
]


@pytest.mark.parametrize(("yaml", "english", "french"), SAID, ids=[row[0] for row in SAID])
def test_a_condition_is_said_in_plain_words(yaml: str, english: str, french: str) -> None:
    condition = compiled(yaml)
    assert in_words(condition, "en", SCOPE) == english
    assert in_words(condition, "fr", SCOPE) == french


CLOCK = Axis("heard", Clock())
NIGHT = Spans.less_than(6 * 3600) | Spans.at_least(22 * 3600)
# Times as a proof has them, to the second | in words
OF_TIMES = [
    (Spans.at_most(6 * 3600 - 1) | Spans.at_least(22 * 3600), "heard is from 22:00 until 06:00"),
    (NIGHT, "heard is from 22:00 until 06:00"),
    (Spans.at_least(7 * 3600) & Spans.at_most(22 * 3600 - 1), "heard is from 07:00 until 22:00"),
    (Spans.at_most(22 * 3600), "heard is at 22:00 or earlier"),
    (Spans.at_most(24 * 3600 - 1) & Spans.at_least(22 * 3600), "heard is from 22:00 until 24:00"),
]


@pytest.mark.parametrize(("spans", "told"), OF_TIMES)
def test_times_are_said_to_the_minute(spans: Spans, told: str) -> None:
    assert in_words(Test(CLOCK, spans), "en", SCOPE) == told


KINDS = Question("kind", OneOf(("dog", "cat")))
ROWS = {"animals": Question("animals", Rows({"kind": KINDS}, 1, 5, lambda *_: ()))}
SAID_OF_ROWS = [
    (
        "animals: {some: {kind: dog}}",
        "animals has a row of which this holds: kind is dog",
        f"animals comporte une ligne où{NBSP}: kind est dog",
    ),
    (
        "animals: {every: {kind: dog}}",
        "this holds of every row of animals: kind is dog",
        f"dans chaque ligne de animals{NBSP}: kind est dog",
    ),
]


@pytest.mark.parametrize(("yaml", "english", "french"), SAID_OF_ROWS)
def test_a_condition_on_rows_is_said_in_plain_words(yaml: str, english: str, french: str) -> None:
    source = parse_source(yaml, "a.yaml", [])
    assert source is not None
    place = Place.of(source)
    condition = compile_condition(place.plain(), place, ROWS, [])
    assert condition is not None
    assert (in_words(condition, "en", ROWS), in_words(condition, "fr", ROWS)) == (english, french)


@pytest.mark.parametrize("name", [*TESTS, *WORDS, *TREES])
def test_every_test_is_said_in_both_languages(name: str) -> None:
    assert any(re.search(rf"\b{name}\b", yaml) for yaml, _, _ in [*SAID, *SAID_OF_ROWS])


def test_residents_read_the_names_of_languages() -> None:
    condition = compiled("language: fr")
    assert in_words(condition, "en", SCOPE, labels=True) == "the language is “French”"
    assert in_words(condition, "fr", SCOPE, labels=True) == f"la langue est «{NBSP}français{NBSP}»"


def test_residents_read_labels() -> None:
    condition = compiled("surface: road\ndanger: yes")
    assert in_words(condition, "en", SCOPE, labels=True) == "“Where is it?” is “Road” and danger is yes"
    assert (
        in_words(condition, "fr", SCOPE, labels=True)
        == f"«{NBSP}Où est-ce?{NBSP}» est «{NBSP}Chaussée{NBSP}» et danger est oui"
    )


PHOTO = Upload("t", "hole.jpg", "image/jpeg", 1)
FAILURES = [
    ("surface: road", {"surface": "lane"}, "surface is Road (the answer is “Back lane”)"),
    ("danger: yes\nsurface: road", {"danger": True, "surface": "walk"}, "surface is Road (the answer is Sidewalk)"),
    ("depth_cm: {at_least: 10}", {"depth_cm": 4}, "depth_cm is at least 10 (the answer is 4)"),
    ("depth_cm: {at_least: 10}", {}, "depth_cm is at least 10 (no answer)"),
    ("language: fr", {}, "language is fr (it is en)"),
    ("needs: {includes: ramp}", {"needs": ("lift", "sign")}, "needs includes ramp (the answer is lift and sign)"),
    (
        "any:\n  - danger: yes\n  - depth_cm: 5",
        {"danger": False},
        "danger is yes or depth_cm is 5 (danger: no; depth_cm: blank)",
    ),
    ("surface: road", {"surface": "road"}, None),
    ("cost: {at_least: 10}", {"cost": Decimal("9.50")}, "cost is at least 10 (the answer is 9.5)"),
    ("built: today", {"built": date(2020, 5, 1)}, "built is today (the answer is May 1, 2020)"),
    (
        "collected_at: {before: 09:00}",
        {"collected_at": time(9, 30)},
        "collected_at is earlier than 09:00 (the answer is 09:30)",
    ),
    ("now: {weekday: mon}", {}, "now is on a Monday (it is March 7, 2026, 23:15)"),
    ("photos: {count: 2}", {"photos": (PHOTO,)}, "the number of photos is 2 (the answer is “hole.jpg”)"),
    (
        "where: {inside: downtown.geojson}",
        {"where": Location("1 Main Street " + "x" * 60)},
        f"where lies inside downtown.geojson (the answer is “1 Main Street {'x' * 46}…”)",
    ),
]


@pytest.mark.parametrize(("yaml", "answers", "said"), FAILURES)
def test_a_failure_is_said_with_the_answer_as_it_was(yaml: str, answers: dict[str, object], said: str | None) -> None:
    assert why_not(compiled(yaml), answers, SATURDAY_NIGHT, "en", SCOPE) == said


@given(CONDITIONS)
def test_every_condition_has_words(condition: Condition) -> None:
    for language in ("en", "fr", "xx"):
        assert in_words(condition, language, SCOPE)
        assert in_words(condition, language, {}, labels=True)
        why_not(condition, {}, SATURDAY_NIGHT, language, SCOPE)


def test_a_label_is_used_only_where_there_is_one() -> None:
    assert in_words(compiled("form: dog"), "fr", SCOPE) == "form est dog"
    assert (
        in_words(compiled("form: pothole"), "fr", SCOPE)
        == "form est «\N{NO-BREAK SPACE}Signaler un nid-de-poule\N{NO-BREAK SPACE}»"
    )
