"""A small town: two forms and three departments, for tables that the tests write themselves."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from formroute.conditions import (
    ORDINARY,
    Bounds,
    Condition,
    Dates,
    Domain,
    ManyOf,
    Moment,
    Numbers,
    OneOf,
    Question,
    RelativeDay,
    Scope,
    Surroundings,
    Texts,
    compile_condition,
)
from formroute.definitions import Document, Place, Text, parse_source, read
from formroute.problems import Problem
from formroute.records import Decision, Submission
from formroute.routing import Department, FormScope, Router, RoutingSettings, TableDefinition, Workbench, compile_router
from formroute.routing.written.calendars import CalendarDefinition

ZONE = ZoneInfo("America/Winnipeg")
CALENDAR = CalendarDefinition.model_validate(
    {"country": "CA", "subdivision": "MB", "working_hours": "08:30..16:30"}
).calendar("city", ZONE)
SETTINGS = RoutingSettings(
    languages=("en", "fr"),
    channels=("web", "api"),
    around=Surroundings({"city": CALENDAR}, CALENDAR),
    priorities=("urgent", "high", "normal", "low"),
    priority="normal",
)
NOON = datetime(2026, 6, 10, 12, tzinfo=ZONE)


def text(english: str, french: str = "") -> Text:
    return Text({"en": english, "fr": french or english})


def place(yaml: str, file: str = "table.yaml") -> Place:
    problems: list[Problem] = []
    source = parse_source(yaml, file, problems)
    assert source, problems
    return Place.of(source)


def condition(yaml: str, scope: Scope) -> Condition:
    problems: list[Problem] = []
    at = place(yaml, "form.yaml")
    found = compile_condition(at.plain(), at, scope, problems)
    assert found, problems
    return found


def question(
    name: str, domain: Domain, scope: Scope | None = None, *, shows: str = "", required: bool = True
) -> Question:
    return Question(name, domain, text(name), required, condition(shows, scope or {}) if shows else None)


def form(name: str, title: Text, *questions: Question, always: str = "") -> FormScope:
    scope = {question.name: question for question in questions}
    met = (condition(always, scope),) if always else ()
    return FormScope(scope, met, title, place(f"form: {name}", f"{name}.yaml")["form"])


def pothole() -> FormScope:
    surface = question("surface", OneOf(("road", "lane", "sidewalk"), {"road": text("Road", "Rue")}))
    return form(
        "pothole",
        text("Report a pothole", "Signaler un nid-de-poule"),
        question("danger", OneOf((True, False))),
        surface,
        question(
            "depth_cm",
            Numbers(1, 200, 0),
            {"surface": surface},
            shows="surface: [road, lane]",
            required=False,
        ),
        question("seen_on", Dates(RelativeDay(60), RelativeDay(0)), required=False),
        question("details", Texts(1000), required=False),
        question("email", Texts(), required=False),
        always="danger: no",
    )


def snow() -> FormScope:
    return form(
        "snow",
        text("Report snow", "Signaler de la neige"),
        question("surface", OneOf(("road", "crossing"))),
        question("depth_cm", Numbers(1, 300, 0)),
        question("blocked", ManyOf(("cars", "wheelchair", "ambulance")), required=False),
        question("details", OneOf(("none", "some")), required=False),
        question("email", Texts(), required=False),
    )


FORMS = {"pothole": pothole(), "snow": snow()}
DEPARTMENTS = {name: Department(name, text(name), False, ()) for name in ("streets", "parks", "contact-centre")}


def documents(*yaml: str) -> list[Document[TableDefinition]]:
    """Tables as read, each from a file of its own."""
    problems: list[Problem] = []
    places = [place(one, f"{number}.yaml") for number, one in enumerate(yaml)]
    models = [(read(TableDefinition, one, problems, SETTINGS.languages), one) for one in places]
    assert not problems, problems
    return [Document(model, one) for model, one in models if model]


def compiled(
    *yaml: str,
    forms: Mapping[str, FormScope] = FORMS,
    settings: RoutingSettings = SETTINGS,
    bounds: Bounds = ORDINARY,
) -> tuple[Router, list[Problem]]:
    problems: list[Problem] = []
    router = compile_router(documents(*yaml), Workbench(DEPARTMENTS, forms, settings, problems, bounds=bounds))
    return router, problems


def router(*yaml: str, forms: Mapping[str, FormScope] = FORMS, settings: RoutingSettings = SETTINGS) -> Router:
    """A router without any problem."""
    found, problems = compiled(*yaml, forms=forms, settings=settings)
    assert not problems, "\n".join(map(str, problems))
    return found


def submission(
    form: str,
    answers: Mapping[str, object],
    received: datetime = NOON,
    channel: str = "web",
    language: str = "en",
) -> Submission:
    return Submission(form, "1", answers, channel, language, received.astimezone(UTC))


def moment(sent: Submission) -> Moment:
    facts = {"form": sent.form, "channel": sent.channel, "language": sent.language}
    return Moment(sent.received.astimezone(ZONE), facts)


def decide(router: Router, sent: Submission) -> Decision:
    return router.decide(sent, moment(sent))


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def by_code(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    return {code: [problem for problem in problems if problem.code == code] for code in codes(problems)}
