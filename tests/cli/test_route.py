"""`formroute route`: where answers go, and why nowhere else."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from formroute.cli import main
from tests.review.cities import FORM, field, write

SCHEMAS = str(Path(__file__).parent.parent.parent / "schemas")
NOTES = """\
table: notes
forms: all
policy: collect
routes:
  - route: rest
    when: {details: answered}
    tags: [told]
"""
HOLE = {"danger": "no", "where": {"address": "510 Main Street"}, "surface": "lane", "depth_cm": 12, "car_damage": "no"}
NIGHT = "2026-03-07 23:15"


def route(answers: Any, *options: str, form: str = "pothole", schemas: str = SCHEMAS) -> Result:
    sent = answers if isinstance(answers, str) else json.dumps(answers)
    return CliRunner().invoke(main, ["route", schemas, "--form", form, "--answers", "-", *options], input=sent)


def test_it_tells_where_it_goes_and_why() -> None:
    lines = route(HOLE, "--received", NIGHT).stdout.splitlines()
    assert lines[:7] == [
        "Sent to: Public Works – Street Maintenance (street-maintenance)",
        "Priority: urgent",
        "Due: Monday, March 9, 2026 at 23:15: 2 days, counted from Saturday, March 7, 2026 at 23:15",
        "Tags: no-reply-possible",
        "",
        "Why:",
        "  streets/pothole-hazard  "
        "form is “Report a pothole”, surface is “A street” or “A back lane”, and depth_cm is at least 10",
    ]


def test_every_route_that_lost_tells_its_first_test_that_failed() -> None:
    shown = route(HOLE | {"depth_cm": 4}, "--received", NIGHT).stdout
    lost = shown.partition("Why not:\n")[2].splitlines()
    assert [" ".join(line.split()) for line in lost[:3]] == [
        "streets/pothole-hazard depth_cm is at least 10 (the answer is 4)",
        "streets/sidewalk-hazard trip_hazard is yes (no answer)",
        "streets/pothole-maybe-gone seen_on is before 14 days ago (no answer)",
    ]


def test_it_speaks_the_language_of_the_submission() -> None:
    shown = route(HOLE, "--received", NIGHT, "--language", "fr").stdout
    for words in (
        "Destinataire\N{NO-BREAK SPACE}: Travaux publics – Entretien des rues (street-maintenance)",
        "samedi 7 mars 2026 à 23\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}15",
        "Priorité\N{NO-BREAK SPACE}: urgente",
        "reply-in-french",
        "Pourquoi pas",
    ):
        assert words in shown


def test_it_tells_which_answers_would_have_to_change() -> None:
    deep = {**HOLE, "depth_cm": 12}
    assert route(deep, "--instead", "sidewalk-hazard").stdout.splitlines() == [
        "sidewalk-hazard would win with:",
        "  surface: A back lane → A sidewalk",
        "  trip_hazard: blank → yes",
    ]
    assert route(deep, "--instead", "pothole-hazard").stdout == "pothole-hazard wins with these answers.\n"
    assert route(deep, "--instead", "everything-else").stdout == (
        "No answers make everything-else win: all that it could take is taken before it, by pothole.\n"
    )
    assert route(deep, "--instead", "streets/pothole-hazard").stdout == "pothole-hazard wins with these answers.\n"
    assert route(deep, "--instead", "pothole-hazards").exit_code == 2


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("sidewalk-hazzard", "There is no route 'sidewalk-hazzard'. Did you mean `sidewalk-hazard`?"),
        (
            "streets/sidewalk-hazzard",
            "There is no route 'streets/sidewalk-hazzard'. Did you mean `streets/sidewalk-hazard`?",
        ),
        ("zzz", "There is no route 'zzz'. Known here: `pothole-hazard`, `sidewalk-hazard`, `pothole-maybe-gone`, "),
        ("animals/mess", "animals/mess never sees the form pothole."),
        ("mess", "animals/mess never sees the form pothole."),
        ("snow", "streets/snow never sees the form pothole."),
    ],
)
def test_a_route_that_is_not_for_this_form_is_told_as_that_and_an_unknown_one_with_the_nearest(
    asked: str, told: str
) -> None:
    refused = route(HOLE, "--instead", asked)
    assert refused.exit_code == 2
    assert f"Invalid value for --instead: {told}" in refused.stderr


def test_a_route_that_adds_is_met_and_does_not_win() -> None:
    assert route(HOLE, "--instead", "french").stdout == "french would be met with:\n  language: en → fr\n"
    assert route(HOLE, "--instead", "no-way-to-reply").stdout == "no-way-to-reply is met by these answers.\n"


def test_a_route_that_two_tables_have_is_named_with_its_table(tmp_path: Path) -> None:
    files = {
        "hole.yaml": FORM + field("details", "text", more="        required: false\n"),
        "holes.yaml": "table: holes\nforms: [hole]\nroutes:\n  - {route: rest, send_to: parks}\n",
        "notes.yaml": NOTES,
    }
    schemas = str(write(tmp_path, files))
    assert route({}, "--instead", "holes/rest", form="hole", schemas=schemas).stdout == (
        "rest wins with these answers.\n"
    )
    asked = route({}, "--instead", "rest", form="hole", schemas=schemas)
    assert asked.exit_code == 2
    assert "Several tables have 'rest': write holes/rest or notes/rest." in asked.output


def test_json_is_for_programs() -> None:
    found = json.loads(route(HOLE, "--received", NIGHT, "--json").stdout)
    trace = found.pop("trace")
    assert found == {
        "route": "pothole-hazard",
        "send_to": "street-maintenance",
        "copy_to": [],
        "priority": "urgent",
        "due": "2026-03-09T23:15:00-05:00",
        "tags": ["no-reply-possible"],
        "set": {},
        "notify": [],
    }
    assert trace[0].keys() == {"table", "route", "test", "met"}
    assert trace[0]["met"]


def test_answers_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(HOLE), "utf-8")
    done = CliRunner().invoke(main, ["route", SCHEMAS, "--form", "pothole", "--answers", str(file)])
    assert (done.exit_code, "street-maintenance" in done.stdout) == (0, True)


MOMENTS = [
    ("2026-06-10 10:00", "water"),
    ("2026-06-10T10:00", "water"),
    ("2026-06-10 15:00+00:00", "water"),
    ("2026-06-10 23:00", "contact-centre"),
    ("2026-06-10 01:00+00:00", "contact-centre"),
]


@pytest.mark.parametrize(("received", "told"), MOMENTS)
def test_the_moment_is_by_the_citys_clocks_unless_an_offset_is_written(received: str, told: str) -> None:
    answers = {
        "address": "510 Main Street",
        "problem": "no_water",
        "taps": "whole_building",
        "since": "2026-06-09",
        "frozen_before": "never",
        "neighbours": "have_water",
        "phone": "204-555-0123",
    }
    found = json.loads(route(answers, "--received", received, "--json", form="no_water").stdout)
    assert told in [found["send_to"], *found["copy_to"]]
    assert ("contact-centre" in found["copy_to"]) == (told == "contact-centre")


REFUSED = [
    ({"danger": "yes"}, "call_911: this notice stops the form, so nothing is sent."),
    (HOLE | {"depth_cm": "deep"}, "depth_cm: "),
    (HOLE | {"surfase": "lane"}, "surfase: pothole has no such question. Did you mean `surface`?"),
    ({"danger": "no"}, "surface: Choose one of the answers."),
]


@pytest.mark.parametrize(("answers", "told"), REFUSED)
def test_answers_that_are_never_sent_are_told_plainly(answers: dict[str, object], told: str) -> None:
    done = route(answers)
    assert (done.exit_code, done.stdout) == (1, "")
    assert any(line.startswith(told) for line in done.stderr.splitlines())


def test_answers_that_are_never_sent_are_told_in_the_language_of_the_submission() -> None:
    done = route({"danger": "no", "surfase": "lane"}, "--language", "fr")
    assert done.stderr.splitlines() == [
        "surfase: pothole n’a pas cette question. Vouliez-vous dire `surface`?",
        "where: Écrivez une adresse ou l’intersection la plus proche.",
        "surface: Choisissez une des réponses.",
    ]
    stopped = route({"danger": "yes"}, "--language", "fr").stderr
    assert stopped == "call_911: cet avis arrête le formulaire, et rien n’est envoyé.\n"


WRONGLY = [
    (["--form", "pothol"], "There is no form 'pothol'. Did you mean `pothole`?"),
    (["--received", "yesterday"], "Write it as '2026-03-07 23:15'."),
    (["--received", "9999-12-31 23:59"], "Write it as '2026-03-07 23:15'."),
    (["--channel", "fax"], "There is no channel 'fax'."),
    (["--language", "de"], "There is no language 'de'."),
    (["--answers", "nowhere.json"], "nowhere.json"),
]


@pytest.mark.parametrize(("options", "told"), WRONGLY)
def test_a_wrong_call_is_told(options: list[str], told: str) -> None:
    done = route(HOLE, *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


@pytest.mark.parametrize("sent", ["", "{", "[]", '"pothole"', "[" * 100_000, '{"a": NaN', "\x00"])
def test_answers_that_are_no_json_object_are_a_wrong_call(sent: str) -> None:
    done = route(sent)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "JSON" in done.stderr


def test_a_catalogue_that_does_not_load_is_told(tmp_path: Path) -> None:
    done = route(HOLE, schemas=str(tmp_path))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "G501" in done.stderr
    assert "1 error. The catalogue does not load." in done.stderr


def test_forms_and_answers_may_have_the_names_that_they_had_before(tmp_path: Path) -> None:
    form = FORM.replace("form: hole\n", "form: hole\nwas: cavity\n") + field(
        "surface", "choice", more="        CHOICES\n"
    )
    form = form.replace(
        "        CHOICES\n", "        was: ground\n        choices:\n          road: {label: R, was: street}\n"
    )
    table = "table: all\nforms: [hole]\nroutes:\n  - route: roads\n    when: {surface: road}\n    send_to: streets\n"
    table += "  - route: rest\n    send_to: parks\n"
    schemas = str(write(tmp_path, {"hole.yaml": form, "all.yaml": table}))
    for name in ("hole", "cavity"):
        told = route({"ground": "street"}, form=name, schemas=schemas)
        assert told.exit_code == 0, told.output
        assert told.stdout.startswith("Sent to: Streets (streets)")
