"""`formroute table` prints a table for people, for a report and for a spreadsheet."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from formroute.catalog import load_catalog
from formroute.cli import main
from tests.review.cities import DEPARTMENTS, FORM, SCHEMAS, field, write

HOSTILE = "<b>*x*</b> | [a](b) `c` &amp; http://evil.example www.evil.example @all"
TABLE = """\
table: holes
forms: [hole]
routes:
  - route: lane
    when: {surface: lane}
    send_to: streets
    respond_within: 2 days
  - route: rest
    send_to: parks
    tags: [a, b]
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["table", *arguments])


@pytest.fixture
def city(tmp_path: Path) -> Path:
    form = FORM + field("surface", "choice", more="        choices: [road, lane]\n")
    form = form.replace("en: surface", "en: What is it in?").replace("fr: surface (fr)", "fr: Où est-ce?")
    return write(tmp_path, {"hole.yaml": form, "holes.yaml": TABLE})


def test_a_table_in_plain_words(city: Path) -> None:
    assert (
        run("holes", "--schemas", str(city)).output
        == """\
Routes: holes
Forms: Report a hole
Tried from the first to the last: the first that is met decides.

1. lane
   When: “What is it in?” is “lane”
   Sent to: Streets
   Priority: normal
   Answer within: 2 days

2. rest
   When: everything that is left
   Sent to: Parks
   Priority: normal
   Tags: a, b
"""
    )


ADDS = """\
table: everywhere
forms: all
policy: collect
routes:
  - route: by-surface
    copy_by: {from: desks.csv, match: {surface: surface}, take: desk}
  - route: odd
    if: depth > 9
    effective: {from: 2027-01-01}
    copy_to: parks
"""
SUMMER = "    effective: {until: 2026-09-30}\n    fallback: streets\n    deliver: [{desk: {}}]\n"


def test_who_gets_it_is_told_with_the_answers_and_the_days(city: Path) -> None:
    depth = field("depth", "integer", more="        min: 1\n        max: 30\n")
    (city / "hole.yaml").write_text((city / "hole.yaml").read_text("utf-8") + depth, "utf-8")
    (city / "desks.csv").write_text("surface,desk\nroad,streets\nlane,parks\n", "utf-8")
    parks = DEPARTMENTS.rindex("    deliver")
    write(city, {"more.yaml": ADDS, "departments.yaml": DEPARTMENTS[:parks] + SUMMER})
    assert run("everywhere", "--schemas", str(city)).output.splitlines()[4:] == [
        "1. by-surface",
        "   When: every submission",
        "   Copies to: Streets (when “What is it in?” is “road”), Parks (when “What is it in?” is “lane”)",
        "",
        "2. odd",
        "   When: (depth > 9, where depth is “depth”) and the moment of receipt is January 1, 2027 or later",
        "   Copies to: Streets",
    ]
    assert (
        "Sent to: Parks (when the moment of receipt is September 30, 2026 or earlier), "
        "Streets (when the moment of receipt is after September 30, 2026)"
    ) in run("holes", "--schemas", str(city)).output


def test_who_gets_what_no_route_takes_is_told(city: Path) -> None:
    catalog = (city / "catalog.yaml").read_text("utf-8")
    lane = TABLE.partition("  - route: rest")[0]
    write(city, {"catalog.yaml": f"fallback: parks\n{catalog}", "holes.yaml": lane})
    assert (
        "the first that is met decides. What none of them takes goes to Parks.\n"
        in run("holes", "--schemas", str(city)).output
    )


def test_it_speaks_every_language_of_the_catalogue(city: Path) -> None:
    told = run("holes", "--schemas", str(city), "--language", "fr").output.replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "Formulaires : Signaler un trou",
        "Quand : « Où est-ce? » est « lane »",
        "Destinataire : Rues",
        "2 jours",
    ):
        assert words in told


def test_markdown_is_a_table_for_a_report(city: Path) -> None:
    lines = run("holes", "--schemas", str(city), "--format", "markdown").output.splitlines()
    assert lines[0] == "## Routes: holes"
    assert lines[6:] == [
        "| Route | When | Sent to | Priority | Answer within | Tags |",
        "| --- | --- | --- | --- | --- | --- |",
        "| lane | “What is it in?” is “lane” | Streets | normal | 2 days |  |",
        "| rest | everything that is left | Parks | normal |  | a, b |",
    ]


class Skeleton(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_a_page_that_a_screen_reader_understands(city: Path) -> None:
    page = Skeleton(run("holes", "--schemas", str(city), "--format", "html", "--language", "fr").output)
    scopes = [attributes["scope"] for tag, attributes in page.tags if tag == "th"]
    assert ("html", {"lang": "fr"}) in page.tags
    assert scopes == ["col"] * 6 + ["row"] * 2
    assert [tag for tag, _ in page.tags].count("caption") == 1
    assert [tag for tag, _ in page.tags].count("h1") == 1


def test_nothing_that_an_author_wrote_becomes_markup(city: Path) -> None:
    plain = Skeleton(run("holes", "--schemas", str(city), "--format", "html").output)
    text = DEPARTMENTS.replace("en: Parks", f"en: '{HOSTILE}'")
    (city / "departments.yaml").write_text(text, "utf-8")
    page = Skeleton(run("holes", "--schemas", str(city), "--format", "html").output)
    assert page.tags == plain.tags
    assert HOSTILE in page.text
    markdown = run("holes", "--schemas", str(city), "--format", "markdown").output
    escaped = r"\<b\>\*x\*\</b\> \| \[a\](b) \`c\` \&amp; http\://evil.example www\.evil.example \@all"
    assert escaped in markdown


def test_json_is_for_programs(city: Path) -> None:
    told = json.loads(run("holes", "--schemas", str(city), "--format", "json").output)
    assert (told["table"], told["policy"], told["forms"]) == ("holes", "first", ["hole"])
    assert told["routes"][0]["Sent to"] == "Streets"


def test_every_table_of_winnipeg_is_the_same_when_it_is_read_from_its_csv(tmp_path: Path) -> None:
    before = load_catalog(SCHEMAS)
    for path in [path for path in SCHEMAS.rglob("*") if path.is_file()]:
        copy = tmp_path / path.relative_to(SCHEMAS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    for table in before.router.tables.values():
        path = tmp_path / Path(table.place.mark.file).relative_to(SCHEMAS)
        text = path.read_text("utf-8")
        head, tests = text.partition("routes:\n")[0], text.partition("\ntests:\n")[2]
        path.write_text(f"{head}routes_from: {table.name}.csv\ntests:\n{tests}", "utf-8")
        shown = run(table.name, "--schemas", str(SCHEMAS), "--format", "csv").output
        (path.parent / f"{table.name}.csv").write_text(shown, "utf-8")
    after = load_catalog(tmp_path)
    assert after.router.tables == before.router.tables
    again, first = (run("streets", "--schemas", str(one), "--format", "csv").output for one in (tmp_path, SCHEMAS))
    assert again == first


WRONG = [(["hole"], "Did you mean `holes`?"), (["holes", "--language", "de"], "There is no language 'de'.")]


@pytest.mark.parametrize(("arguments", "told"), WRONG)
def test_a_wrong_call_is_told(city: Path, arguments: list[str], told: str) -> None:
    result = run(*arguments, "--schemas", str(city))
    assert result.exit_code == 2
    assert told in result.output


MISPLACED = [
    ("routes_from: nowhere.csv", "D108"),
    ("routes_from: ../outside.csv", "D109"),
    ("routes_from: holes.csv\nroutes:\n  - {route: a, send_to: parks}", "R464"),
    ("tests: []", "D102"),
]


@pytest.mark.parametrize(("keys", "code"), MISPLACED)
def test_routes_stand_in_one_place_inside_the_folder(city: Path, keys: str, code: str) -> None:
    (city / "holes.csv").write_text("route,send_to\nall,parks\n", "utf-8")
    (city.parent / "outside.csv").write_text("route,send_to\nall,parks\n", "utf-8")
    (city / "holes.yaml").write_text(f"table: holes\nforms: [hole]\n{keys}\n", "utf-8")
    assert code in CliRunner().invoke(main, ["check", str(city)]).output


def test_a_question_that_reads_otherwise_in_each_form_is_called_by_its_name(tmp_path: Path) -> None:
    form = FORM + field("details", "text")
    pit = form.replace("form: hole", "form: pit").replace("en: details", "en: What else?")
    route = "  - {route: wet, when: {details: {contains: [wet]}}, send_to: parks}\n  - {route: rest, send_to: parks}\n"
    table = f"table: holes\nforms: [hole, pit]\nroutes:\n{route}"
    folder = write(tmp_path, {"hole.yaml": form, "pit.yaml": pit, "holes.yaml": table})
    told = CliRunner().invoke(main, ["table", "holes", "--schemas", str(folder)]).output
    assert "When: details contains “wet”" in told
