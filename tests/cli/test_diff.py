"""`formroute diff` tells what a change means before it goes live."""

import json
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from formroute.catalog import load_catalog
from formroute.cli import main
from formroute.intake import Intake
from formroute.store import Case, Store
from tests.review.cities import CATALOG, FORM, field, write

FORM_TEXT = (
    FORM
    + field("surface", "choice", more="        choices: [road, lane]\n")
    + field("depth", "integer", more="        min: 1\n        max: 30\n")
)
TABLE = """\
table: holes
forms: [hole]
routes:
  - route: deep
    when: {depth: {at_least: 10}}
    send_to: streets
    priority: high
    respond_within: 2 days
  - route: rest
    send_to: parks
"""
FILES = {"hole.yaml": FORM_TEXT, "holes.yaml": TABLE}
EDITED = {**FILES, "holes.yaml": TABLE.replace("at_least: 10", "at_least: 15")}


def diff(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments, "--on", "2026-06-03"])


@pytest.fixture
def versions(tmp_path: Path) -> tuple[str, str]:
    return str(write(tmp_path / "old", FILES)), str(write(tmp_path / "new", EDITED))


def test_what_changes_is_told_in_sentences_and_by_example(versions: tuple[str, str]) -> None:
    result = diff(*versions)
    assert result.exit_code == 1
    assert (
        result.output
        == """\
For departments:
  holes: The route `deep` is met when depth is at least 15; before, depth is at least 10.
What fares otherwise:
  hole: from Streets, high, 2 days to Parks, normal
    deep → rest: depth is from 10 to 14
      for example `depth: 10`
1 change (1 safe); 1 way by which submissions fare otherwise.
"""
    )


def test_a_department_under_another_name_is_told_once(tmp_path: Path) -> None:
    renamed = {"hole.yaml": FORM_TEXT, "holes.yaml": TABLE.replace("send_to: streets", "send_to: roads")}
    new = write(tmp_path / "new", renamed)
    departments = next(path for path in new.glob("*.yaml") if "departments:" in path.read_text("utf-8"))
    departments.write_text(departments.read_text("utf-8").replace("  streets:", "  roads:"), "utf-8")
    told = diff(str(write(tmp_path / "old", FILES)), str(new)).output
    assert (
        told
        == """\
For departments:
  roads: `streets` is called `roads` now: 1 route names it; who works at its desk needs an account for the new name.
1 change (1 safe); nothing moves but what goes to a department under another name.
"""
    )


def test_a_question_that_is_gone_with_its_route_moves_what_was_answered_to_it(tmp_path: Path) -> None:
    lights = field("lit", "yes_no", more="        required: false\n")
    route = "  - route: dark\n    when: {lit: no}\n    send_to: streets\n  - route: rest"
    old = write(
        tmp_path / "old", {"hole.yaml": FORM_TEXT + lights, "holes.yaml": TABLE.replace("  - route: rest", route)}
    )
    result = diff(str(old), str(write(tmp_path / "new", FILES)))
    told = """\
What fares otherwise:
  hole: from Streets, normal to Parks, normal
    dark → rest, with answers that the form takes no more: depth is at most 9 and lit is no
      for example `depth: 1`, `lit: no`
"""
    assert told in result.output
    assert result.exit_code == 1


def test_routes_that_are_due_otherwise_for_the_same_time_are_told_together(tmp_path: Path) -> None:
    names = [f"depth-{number}" for number in range(1, 8)]
    one = "  - route: {}\n    when: {{depth: {}}}\n    send_to: streets\n    respond_within: 2 business days\n"
    routes = "".join(one.format(name, number) for number, name in enumerate(names, 1))
    files = {
        **FILES,
        "catalog.yaml": CATALOG,
        "holes.yaml": TABLE.replace("  - route: deep", f"{routes}  - route: deep"),
    }
    old = write(tmp_path / "old", files)
    result = diff(str(old), str(write(tmp_path / "new", {**files, "catalog.yaml": CATALOG.replace("16:30", "18:00")})))
    told = """\
What fares otherwise:
  hole: due at another moment at Streets, normal, 2 business days
    depth-1, depth-2, depth-3, depth-4, depth-5 and 2 routes more: 2 business days from received end otherwise
      for example `depth: 1`, `received: 2026-06-03 12:00`, due Friday, June 5, 2026 at 18:00;"""
    assert told in result.output
    assert result.exit_code == 1


def test_a_notice_that_other_hours_show_at_other_moments_is_told_with_both(tmp_path: Path) -> None:
    route = "  - {route: night, when: {received: after_hours}, tags: [night]}\n"
    extras = f"table: extras\nforms: [hole]\npolicy: collect\nroutes:\n{route}"
    files = {**FILES, "catalog.yaml": CATALOG, "extras.yaml": extras}
    later = {**files, "catalog.yaml": CATALOG.replace("16:30", "18:00")}
    versions = str(write(tmp_path / "old", files)), str(write(tmp_path / "new", later))
    result = diff(*versions)
    told = """\
What fares otherwise:
  hole: at other moments the route `night` of `extras` is met
    before, and not now: received is within working hours and received is outside working hours (by the former calendar)
      for example `received: 2026-06-03 16:30`
1 change (1 safe); 1 way by which submissions fare otherwise.
"""
    assert result.output.endswith(told)
    assert result.exit_code == 1
    (each,) = json.loads(diff(*versions, "--format", "json").output)["retimed"]
    assert (each["form"], each["now"], each["sure"]) == ("hole", [], True)
    assert each["before"][0]["example"] == "`received: 2026-06-03 16:30`"
    url = f"sqlite:///{tmp_path / 'past.db'}"
    with closing(Store(url)) as store:
        for hour in (20, 22):  # 15:00 and 17:00 in Winnipeg
            received = datetime(2026, 6, 3, hour, tzinfo=UTC)
            Intake(load_catalog(versions[0]), store, clock=lambda at=received: at).submit(
                "hole", {"surface": "road", "depth": 5}
            )
    assert "      1 past submission: " in diff(*versions, "--store", url).output
    (each,) = json.loads(diff(*versions, "--store", url, "--format", "json").output)["retimed"]
    assert (len(each["past"]["now"]), len(each["past"]["before"])) == (0, 1)
    github = diff(*versions, "--format", "github").output
    assert "extras.yaml" in github
    assert "at other moments the route `night` of `extras` is met" in github
    calendar = next(line for line in github.splitlines() if "working hours are" in line)
    assert f"file={versions[1]}/catalog.yaml,line=8," in calendar


ENDED = "  - route: spring\n    when: {surface: lane}\n    effective: {until: 2026-05-31}\n    send_to: streets\n"


@pytest.fixture
def seasons(tmp_path: Path) -> tuple[str, str]:
    """A route whose period ended in May is gone."""
    spring = TABLE.replace("routes:\n", f"routes:\n{ENDED}")
    return str(write(tmp_path / "old", {**FILES, "holes.yaml": spring})), str(write(tmp_path / "new", FILES))


def test_what_only_concerns_days_that_are_past_is_told_apart_and_exits_with_0(seasons: tuple[str, str]) -> None:
    result = diff(*seasons)
    assert (
        result.output
        == """\
For departments:
  holes: The route `spring` is gone.
What fared otherwise, all of it before 2026-06-03:
  hole: from Streets, normal to Parks, normal
    spring → rest: surface is lane, depth is at most 9, and received is May 31, 2026 or earlier
      for example `depth: 1`, `surface: lane`, `received: 2026-05-31 12:00`
  hole: from Streets, normal to Streets, high, 2 days
    spring → deep: surface is lane, depth is at least 10, and received is May 31, 2026 or earlier
      for example `surface: lane`, `depth: 10`, `received: 2026-05-31 12:00`
1 change (1 safe); nothing moves, 2 ways only for what came in before 2026-06-03.
"""
    )
    assert result.exit_code == 0


def test_from_an_earlier_day_on_the_same_moves(seasons: tuple[str, str]) -> None:
    result = CliRunner().invoke(main, ["diff", *seasons, "--on", "2026-05-31"])
    assert "2 ways by which submissions fare otherwise.\n" in result.output
    assert result.exit_code == 1


def test_past_submissions_that_only_fared_otherwise_are_counted_apart(seasons: tuple[str, str], tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'past.db'}"
    with closing(Store(url)) as store:
        intake = Intake(load_catalog(seasons[0]), store, clock=lambda: datetime(2026, 5, 20, 18, tzinfo=UTC))
        intake.submit("hole", {"surface": "lane", "depth": 5})
    result = diff(*seasons, "--store", url)
    assert "      1 past submission: " in result.output
    assert "Of 1 past submission, 1 would fare otherwise." in result.output
    assert result.exit_code == 0
    told = json.loads(diff(*seasons, "--store", url, "--format", "json").output)
    assert [len(region["past"]) for move in told["past"]["moves"] for region in move["regions"]] == [1, 0]
    assert told["moves"] == []


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "someday"])
def test_a_day_that_no_calendar_knows_is_a_wrong_call(versions: tuple[str, str], day: str) -> None:
    assert CliRunner().invoke(main, ["diff", *versions, "--on", day]).exit_code == 2


def test_nothing_that_changes_exits_with_0(versions: tuple[str, str]) -> None:
    result = diff(versions[0], versions[0])
    assert (result.exit_code, result.output) == (0, "0 changes; nothing moves.\n")


def test_a_lost_answer_exits_with_1(versions: tuple[str, str], tmp_path: Path) -> None:
    lost = write(tmp_path / "lost", {**FILES, "hole.yaml": FORM_TEXT.replace("[road, lane]", "[road]")})
    result = diff(versions[0], str(lost))
    assert result.exit_code == 1
    assert "hole: “lane” (`lane`) can no longer be chosen for `surface`. [loses answers]" in result.output


def test_past_submissions_are_replayed_exactly(versions: tuple[str, str], tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'past.db'}"
    catalog = load_catalog(versions[0])
    received = datetime(2026, 3, 7, 18, tzinfo=UTC)
    with closing(Store(url)) as store:
        for number, depth in enumerate([5, 10, 12, 20]):
            answers = {"surface": "road", "depth": depth}
            sent = catalog.submission("hole", answers, received=received)
            decision = catalog.decision(sent)
            ways = catalog.departments[decision.send_to].deliver
            store.accept(Case(sent, decision, ways, token=f"t{number}", definition="{}"), f"R-{number}")
    result = diff(*versions, "--store", url)
    assert result.exit_code == 1
    assert "      2 past submissions: R-2, R-1\n" in result.output
    assert "Of 4 past submissions, 2 would fare otherwise.\n" in result.output
    told = json.loads(diff(*versions, "--store", url, "--format", "json").output)
    assert told["replayed"] == {"submissions": 4, "moved": ["R-1", "R-2"], "homeless": []}
    assert told["moves"][0]["regions"][0]["past"] == ["R-2", "R-1"]


def test_past_submissions_count_under_the_names_that_they_had(versions: tuple[str, str], tmp_path: Path) -> None:
    form = FORM_TEXT.replace("form: hole\n", "form: pit\nwas: [cavity, hole]\n")
    form = form.replace("      depth:\n", "      deep:\n        was: depth\n")
    table = TABLE.replace("[hole]", "[pit]").replace("{depth: {at_least: 10}}", "{deep: {at_least: 10}}")
    named = str(write(tmp_path / "named", {"hole.yaml": form, "holes.yaml": table}))
    url = f"sqlite:///{tmp_path / 'past.db'}"
    with closing(Store(url)) as store:
        for depth in (5, 20):
            Intake(load_catalog(versions[0]), store).submit("hole", {"surface": "road", "depth": depth})
    result = diff(versions[0], named, "--store", url)
    assert "Of 2 past submissions, 0 would fare otherwise." in result.output
    assert "nothing moves" in result.output
    found = CliRunner().invoke(main, ["find", "--store", url, "--form", "pit", "--schemas", named])
    assert (found.output.count("hole  streets"), found.output.count("hole  parks")) == (1, 1)


def test_past_submissions_leave_blank_what_the_new_form_would_not_have_asked(
    versions: tuple[str, str], tmp_path: Path
) -> None:
    fewer = FORM_TEXT.replace("      depth:\n", "      depth:\n        show_when: {surface: road}\n")
    new = str(write(tmp_path / "fewer", {**FILES, "hole.yaml": fewer}))
    url = f"sqlite:///{tmp_path / 'past.db'}"
    with closing(Store(url)) as store:
        for surface in ("road", "lane"):
            Intake(load_catalog(versions[0]), store).submit("hole", {"surface": surface, "depth": 20})
    told = diff(versions[0], new, "--store", url).output
    assert (
        "    deep → rest: surface is lane and depth is at least 10\n"
        "      for example `depth: 10`, `surface: lane` (`depth` is asked of them only before)\n"
        "      1 past submission: "
    ) in told
    assert "Of 2 past submissions, 1 would fare otherwise." in told
    (region,) = json.loads(diff(versions[0], new, "--format", "json").output)["moves"][0]["regions"]
    assert region["parts"][0]["asked_only"] == {"now": [], "before": ["depth"]}


def test_what_is_looked_up_in_another_list_moves_past_submissions_and_those_to_come(tmp_path: Path) -> None:
    lookup = "lookup: {from: sides.csv, match: {value: surface}, take: side}"
    looked_up = f"      side:\n        type: calculated\n        {lookup}\n"
    table = TABLE.replace("{depth: {at_least: 10}}", "{side: north}")
    files = {"hole.yaml": FORM_TEXT + looked_up, "holes.yaml": table}
    old, new = (
        str(write(tmp_path / name, {**files, "sides.csv": f"value,side\nroad,north\nlane,{side}\n"}))
        for name, side in (("old", "north"), ("new", "south"))
    )
    url = f"sqlite:///{tmp_path / 'past.db'}"
    with closing(Store(url)) as store:
        for surface in ("road", "lane"):
            Intake(load_catalog(old), store).submit("hole", {"surface": surface, "depth": 20})
    told = diff(old, new, "--store", url).output
    assert (
        "    deep → rest: surface is lane\n"
        "      for example `side: south`, `side (before): north`, `surface: lane`\n"
        "      1 past submission: "
    ) in told
    assert "Of 2 past submissions, 1 would fare otherwise." in told


def test_a_condition_that_comes_to_the_same_moves_nothing(tmp_path: Path) -> None:
    shown = [
        FORM_TEXT.replace("      depth:\n", f"      depth:\n        show_when: {when}\n")
        for when in ("{surface: road}", "{none: [{surface: lane}]}")
    ]
    old, new = (str(write(tmp_path / f"{number}", {**FILES, "hole.yaml": one})) for number, one in enumerate(shown))
    assert diff(old, new).output.endswith("; nothing moves.\n")


def test_a_store_on_postgresql_needs_the_folder_of_its_files(versions: tuple[str, str]) -> None:
    result = diff(*versions, "--store", "postgresql://nobody@/nothing")
    assert result.exit_code == 2
    assert result.output.endswith(
        "A store on PostgreSQL needs the folder of its uploads too: name it with --files or FORMROUTE_FILES.\n"
    )


def test_a_program_gets_json(versions: tuple[str, str]) -> None:
    told = json.loads(diff(*versions, "--format", "json").output)
    (move,) = told["moves"]
    assert told["changes"][0]["class"] == "safe"
    assert told["changes"][0]["subjects"] == ["holes"]
    assert told["changes"][0]["places"] == [{"file": f"{versions[1]}/holes.yaml", "line": 4, "column": 12}]
    assert move["from"] == {"send_to": "streets", "priority": "high", "respond_within": "2 days"}
    part = {
        "when": "depth is from 10 to 14",
        "example": "`depth: 10`",
        "taken": True,
        "over": False,
        "asked_only": {"now": [], "before": []},
        "due": None,
    }
    assert move["regions"] == [{"old": "deep", "new": "rest", "parts": [part], "more": False, "past": None}]


def test_a_pull_request_gets_workflow_commands(versions: tuple[str, str]) -> None:
    lines = diff(*versions, "--format", "github").output.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::notice", "::warning", "::notice"]
    assert lines[1].startswith(f"::warning file={versions[1]}/holes.yaml,line=1,")
    assert "%0Adeep → rest: depth is from 10 to 14" in lines[1]


AREA = field("area", "choice", more="        choices_from: areas.csv\n")
TWO_FORMS = {
    "hole.yaml": FORM_TEXT + AREA,
    "pit.yaml": FORM_TEXT.replace("form: hole", "form: pit") + AREA,
    "holes.yaml": TABLE.replace("[hole]", "[hole, pit]"),
    "areas.csv": "value,label\nn,North\ne,East\n",
}
# What the file says by then | its line | the level | what is told of both forms
AREAS = [
    ("value,label\nn,North\nw,West\ne,East\n", 3, "notice", "“West” (`w`) can be chosen for `area`."),
    ("value,label\ne,East\n", 2, "error", "“North” (`n`) can no longer be chosen for `area`."),
    ("value,label\nn,North\n", 2, "error", "“East” (`e`) can no longer be chosen for `area`."),
    ("value,label\nn,North\ne,The East\n", 3, "notice", "`e` of `area`: “East” now reads “The East” (en and fr)."),
    ("value,label\nn,North\neast,East\n", 3, "warning", "Write `value,label,was%0Aeast,East,e`."),
]


@pytest.fixture(scope="module")
def two_forms(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write(tmp_path_factory.mktemp("old"), TWO_FORMS))


@pytest.mark.parametrize(("areas", "line", "level", "told"), AREAS)
def test_a_list_that_two_forms_share_is_told_once_at_its_own_line(
    two_forms: str, tmp_path: Path, areas: str, line: int, level: str, told: str
) -> None:
    new = str(write(tmp_path, {**TWO_FORMS, "areas.csv": areas}))
    first, _ = diff(two_forms, new, "--format", "github").output.splitlines()
    assert first.startswith(f"::{level} file={new}/areas.csv,line={line},col=1,title=both forms%3A ")
    assert told in first


def test_what_two_forms_say_alike_is_told_once_with_both_places(two_forms: str, tmp_path: Path) -> None:
    new = write(tmp_path, {name: text.replace("depth:", "deep:") for name, text in TWO_FORMS.items()})
    told = diff(two_forms, str(new)).output
    assert told.startswith(f"""\
For residents:
  both forms: `depth` is gone; `deep` looks like it under a new name. [needs `was:`]
      {new}/hole.yaml:20:7: write `was: depth`
      and the same at {new}/pit.yaml:20:7
""")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose last commit moved a bound."""
    monkeypatch.chdir(tmp_path)
    for files in (FILES, EDITED):
        write(tmp_path / "town" / "schemas", files)
        for command in ("init -q", "add -A", "-c user.name=a -c user.email=a@example.org commit -qm edit"):
            subprocess.run(["git", *command.split()], check=True)
    return tmp_path


# What is compared, in a folder of the repository | whether something moves
REVISIONS = [
    (("HEAD~1", "town/schemas"), True),
    (("HEAD~1:town/schemas", "HEAD:town/schemas"), True),
    (("HEAD:town/schemas", "town/schemas"), False),
    (("town/schemas", "HEAD~1"), True),
    (("HEAD", "town/schemas"), False),
    (("HEAD~1:town/schemas",), True),
    (("HEAD:town/schemas",), False),
]


@pytest.mark.parametrize(("arguments", "moves"), REVISIONS)
@pytest.mark.usefixtures("repository")
def test_a_revision_of_git_is_a_version(arguments: tuple[str, ...], moves: bool) -> None:
    result = diff(*arguments)
    assert result.exit_code == int(moves), result.output
    assert ("deep → rest" in result.output or "rest → deep" in result.output) == moves


@pytest.mark.usefixtures("repository")
def test_places_in_a_revision_are_those_that_the_author_knows() -> None:
    told = json.loads(diff("town/schemas", "HEAD~1:town/schemas", "--format", "json").output)
    assert told["changes"][0]["places"][0]["file"] == "town/schemas/holes.yaml"


def test_a_revision_alone_is_compared_with_the_folder_as_it_is_now(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "town")
    assert "rest → deep" not in diff("HEAD~1").output
    assert "deep → rest" in diff("HEAD~1").output
    assert diff("HEAD:town/schemas").output == "0 changes; nothing moves.\n"
    write(repository / "town" / "schemas", FILES)
    assert "rest → deep" in diff("HEAD").output


def test_without_a_revision_or_a_folder_to_compare_with_the_line_to_write_is_said(repository: Path) -> None:
    assert "such as: formroute diff HEAD town/schemas" in diff("town/schemas").output
    assert "Name it: formroute diff HEAD path/to/schemas" in diff("HEAD").output
    assert (diff("town/schemas").exit_code, diff("HEAD").exit_code) == (2, 2)


WRONG = ["no-such-folder", "town/schemas/holes.yaml", "HEAD~9", "main:nowhere", "--upload-pack=x", "HEAD:../..", ""]


@pytest.mark.parametrize("old", WRONG)
def test_what_is_neither_a_folder_nor_a_revision_is_a_wrong_call(repository: Path, old: str) -> None:
    assert diff(old, "town/schemas").exit_code == 2


def test_whether_the_revision_or_its_folder_is_missing_is_said(repository: Path) -> None:
    assert (
        "There is no folder 'HEAD~9' here, and git knows no revision of that name."
        in diff("HEAD~9", "town/schemas").output
    )
    assert "There is no folder 'HEAD:nowhere'" in diff("HEAD:nowhere", "town/schemas").output


def test_a_folder_outside_git_has_no_revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "schemas", FILES)
    monkeypatch.chdir(tmp_path)
    result = diff("HEAD", "schemas")
    assert (result.exit_code, "not under git" in result.output) == (2, True)


@pytest.mark.parametrize("form", ["human", "json", "github"])
def test_a_version_that_does_not_load_is_told_with_its_problems(
    versions: tuple[str, str], tmp_path: Path, form: str
) -> None:
    broken = write(tmp_path / "broken", {**FILES, "holes.yaml": TABLE.replace("send_to: parks", "send_to: park")})
    result = diff(versions[0], str(broken), "--format", form)
    assert result.exit_code == 1
    assert "R412" in result.output
    assert "holes.yaml" in result.output
    assert versions[0] not in result.output
    assert f"{broken} does not load" in result.output or json.loads(result.output)["problems"][0]["version"] == str(
        broken
    )


def test_a_pull_request_is_told_of_past_submissions_and_of_what_is_not_decided(
    versions: tuple[str, str], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'past.db'}"
    with closing(Store(url)) as store:
        Intake(load_catalog(versions[0]), store).submit("hole", {"surface": "road", "depth": 12})
    last = diff(*versions, "--store", url, "--format", "github").output.splitlines()[-1]
    assert last.startswith("::notice title=formroute diff::Of 1 past submission, 1 would fare otherwise.%0A1 change")
    feel = TABLE.replace(
        "  - route: rest",
        "  - route: odd\n    if: modulo(depth * depth, 977) = 400\n    send_to: streets\n  - route: rest",
    )
    odd = str(write(tmp_path / "odd", {**FILES, "holes.yaml": feel}))
    told = diff(versions[0], odd, "--format", "github").output
    assert "title=not decided::hole: it could not be found out whether anything goes from `rest` to `odd`." in told
