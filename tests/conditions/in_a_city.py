"""Conditions among the questions, facts, calendars and files of a city, as the tables in this folder write them."""

from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from formroute.conditions import (
    Calendar,
    Condition,
    Dates,
    Files,
    Hours,
    Instants,
    ManyOf,
    Moment,
    Numbers,
    OneOf,
    Points,
    Question,
    RelativeDay,
    Surroundings,
    Texts,
    Times,
    compile_condition,
    facts,
    rows_of,
)
from formroute.definitions import Folder, Place, Text, parse_source
from formroute.problems import Problem

ZONE = ZoneInfo("America/Winnipeg")
SURFACES = {
    "road": Text({"en": "Road", "fr": "Chaussée"}),
    "lane": Text({"en": "Back lane", "fr": "Ruelle"}),
    "walk": Text({"en": "Sidewalk", "fr": "Trottoir"}),
}
QUESTIONS = (
    Question("surface", OneOf(tuple(SURFACES), SURFACES), Text({"en": "Where is it?", "fr": "Où est-ce?"})),
    Question("danger", OneOf((True, False))),
    Question("depth_cm", Numbers(1, 200, places=0), required=False),
    Question("cost", Numbers(0, None, places=2)),
    Question("weight", Numbers(), required=False),
    Question("seen_on", Dates(RelativeDay(60), RelativeDay(0))),
    Question("built", Dates(), required=False),
    Question("collected_at", Times(), required=False),
    Question("meeting", Instants(), required=False),
    Question("details", Texts(500), required=False),
    Question("needs", ManyOf(("ramp", "lift", "sign")), required=False),
    Question("animals", rows_of({"age": Question("age", Numbers(0, 30, places=0))}, 0, 9), required=False),
    Question("photos", Files(3), required=False),
    Question("where", Points(), required=False),
    Question("email", Texts(special=True, examples=("name@example.com",)), required=False),
)
SCOPE = {question.name: question for question in QUESTIONS} | facts(
    {"pothole": Text({"en": "Report a pothole", "fr": "Signaler un nid-de-poule"}), "dog": None},
    ("web", "api"),
    ("en", "fr"),
)
WORKING = Calendar("working", ZONE, {date(2026, 7, 1)}, (*[Hours(time(8, 30), time(16, 30))] * 5, None, None))
NO_COLLECTION = Calendar("no_collection", ZONE, {date(2026, 12, 25)})
AROUND = Surroundings(
    {"working": WORKING, "no_collection": NO_COLLECTION}, WORKING, Folder(Path(__file__).parent / "named_files")
)


def at(moment: str, form: str = "pothole", channel: str = "web", language: str = "en") -> Moment:
    """A moment in the city's time."""
    now = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    return Moment(now, {"form": form, "channel": channel, "language": language})


SATURDAY_NIGHT = at("2026-03-07T23:15")


def read(yaml: str, *, later: tuple[str, ...] = ()) -> tuple[Condition | None, list[Problem]]:
    """The condition in a YAML text, and the problems in it."""
    problems: list[Problem] = []
    source = parse_source(yaml, "routes.yaml", problems)
    assert source is not None, problems
    place = Place.of(source)
    condition = compile_condition(place.plain(), place, SCOPE, problems, later=later, around=AROUND)
    return condition, problems


def compiled(yaml: str) -> Condition:
    """The condition in a YAML text without problems."""
    condition, problems = read(yaml)
    assert condition is not None, problems
    return condition
