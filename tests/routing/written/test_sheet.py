"""Routes as CSV: one row a route, one column a question; reading and writing are exact inverses."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.definitions import Cell, Document, parse_rows, read
from formroute.definitions.nodes import Entries, Items, Node, Scalar, Spot
from formroute.problems import Problem
from formroute.routing import TableDefinition, Workbench, compile_router
from formroute.routing.deciding.table import Table
from formroute.routing.written.cell_notation import cell_of_test, guarded, in_flow, node_of_test
from formroute.routing.written.sheet import read_sheet
from formroute.routing.written.sheet_export import as_csv
from tests.routing.town import DEPARTMENTS, FORMS, SETTINGS, place

HEAD = "table: holes\nforms: [pothole]\n"


def plain(node: Node | None) -> Any:
    match node:
        case Scalar(text):
            return text
        case Items(nodes):
            return [plain(item) for item in nodes]
        case Entries(pairs):
            return {key: plain(item) for key, (_, item) in pairs.items()}
    return None


def cell(text: str) -> Cell:
    return Cell(text, Spot(0, 0, 0, len(text)))


# What stands in a cell | the test that it is in YAML
CELLS = [
    ("", None),
    ("-", None),
    ("  ", None),
    ("road", "road"),
    (" road ", "road"),
    ("road, lane", ["road", "lane"]),
    ("5..10", "5..10"),
    ("5..10, 20..30", ["5..10", "20..30"]),
    ("1,2,3", ["1", "2", "3"]),
    ('["a 1,5", 2]', ["a 1,5", "2"]),
    ("blank", "blank"),
    ("answered", "answered"),
    (">= 10", {"at_least": "10"}),
    ("<2.5", {"less_than": "2.5"}),
    ("'-5", "-5"),
    ("-5", "-5"),
    ("'=5", {"feel": "=5"}),
    ("[5..10)", {"feel": "[5..10)"}),
    ('["a".."c"]', {"feel": '["a".."c"]'}),
    ('[@"2026-01-01"..date("2026-02-01"))', {"feel": '[@"2026-01-01"..date("2026-02-01"))'}),
    ('[".."]', [".."]),
    ('not("road")', {"feel": 'not("road")'}),
    ("> 5, < 3", {"feel": "> 5, < 3"}),
    ("{contains: [hydro, wire*]}", {"contains": ["hydro", "wire*"]}),
    ("[a, b]", ["a", "b"]),
    ('"a, b"', "a, b"),
    ("22:00..06:00", "22:00..06:00"),
]


@pytest.mark.parametrize(("text", "test"), CELLS)
def test_what_a_cell_says(text: str, test: Any) -> None:
    assert plain(node_of_test(cell(text))) == test


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Co", "Cn"], exclude_characters="\ufeff"))
TESTS = st.recursive(
    WORDS, lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(WORDS, inner, min_size=1, max_size=2)
)


@given(TESTS)
def test_every_test_has_a_cell_from_which_it_is_read_again(test: Any) -> None:
    assert plain(node_of_test(cell(guarded(cell_of_test(test))))) == test


@given(WORDS)
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not guarded(cell_of_test(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


def compiled(routes: list[dict[str, Any]], text: str | None) -> tuple[Table, list[Problem]]:
    """The table with these routes in YAML or, when there is a `text`, with those of the CSV."""
    problems: list[Problem] = []
    if text is None:
        document = place(f"{HEAD}routes: {json.dumps(routes, ensure_ascii=False)}\n")
    else:
        rows = parse_rows(text, "holes.csv", problems)
        source = rows and read_sheet(rows, problems)
        assert source, problems
        document = place(f"{HEAD}routes_from: holes.csv\n").grafted("routes", "routes_from", source)
    model = read(TableDefinition, document, problems, SETTINGS.languages)
    assert model, problems
    router = compile_router([Document(model, document)], Workbench(DEPARTMENTS, FORMS, SETTINGS, problems))
    return router.tables["holes"], problems


CONDITIONS = [
    {"surface": "road"},
    {"surface": ["road", "lane"]},
    {"surface": {"not": ["lane"]}},
    {"depth_cm": {"at_least": "10"}},
    {"depth_cm": {"at_least": "10", "less_than": "20"}},
    {"depth_cm": ["5..10", "20..30"]},
    {"depth_cm": {"feel": "[5..10)"}},
    {"details": {"contains": ["hydro, wire", "\"quoted\" 'word'", "=1+1"]}},
    {"details": "answered"},
    {"seen_on": {"before": "14 days ago"}},
    {"email": "blank"},
    {"received": {"time": "22:00..06:00"}},
    {"received": "after_hours"},
    {"any": [{"surface": "road"}, {"none": [{"email": "answered"}, {"email": "blank"}]}]},
]
OUTPUTS = [
    {},
    {"priority": "high"},
    {"copy_to": ["parks", "contact-centre"], "tags": ["a"]},
    {"copy_to": "parks", "respond_within": "2 days"},
    {"if": 'depth_cm > 10 and surface = "lane"'},
    {"set": {"queue": "night, late", "zone": "=1"}, "notify": ["a@example.org", "b@example.org"]},
    {"effective": {"from": "2027-01-01", "until": "2027-03-31"}, "tags": ["a", "b"]},
]


@st.composite
def routes(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for number in range(draw(st.integers(1, 5))):
        when: dict[str, Any] = {}
        for condition in draw(st.lists(st.sampled_from(CONDITIONS), max_size=3)):
            when |= {key: test for key, test in condition.items() if key not in when}
        route: dict[str, Any] = {"route": f"r{number}", "send_to": "streets", **draw(st.sampled_from(OUTPUTS))}
        made.append(route | ({"when": when} if when else {}))
    return made


@given(routes())
def test_what_is_written_as_csv_is_read_as_the_same_table(made: list[dict[str, Any]]) -> None:
    table, problems = compiled(made, None)
    again, others = compiled(made, as_csv(made))
    assert again == table
    assert [problem.code for problem in others] == [problem.code for problem in problems]


def test_a_table_as_csv() -> None:
    deep = {"surface": ["road", "lane"], "depth_cm": {"at_least": "10"}}
    turned = {"depth_cm": "5", "surface": "road"}
    made = [
        {"route": "hazard", "when": deep, "send_to": "streets"},
        {
            "route": "late",
            "when": {"any": [{"email": "blank"}]},
            "if": "depth_cm > 5",
            "send_to": "parks",
            "tags": ["x"],
        },
        {"route": "turned", "when": turned, "send_to": "parks", "copy_to": ["streets", "parks"]},
    ]
    assert as_csv(made) == (
        "route,surface,depth_cm,when,if,send_to,copy_to,tags\n"
        'hazard,"road, lane",>= 10,,,streets,,\n'
        "late,,,{any: [{email: blank}]},depth_cm > 5,parks,,x\n"
        'turned,,,"{depth_cm: 5, surface: road}",,parks,"streets, parks",\n'
    )


def test_a_question_that_is_named_as_an_output_stands_under_when() -> None:
    made = [{"route": "one", "when": {"tags": "a", "b": "c"}, "send_to": "streets"}]
    text = as_csv(made)
    assert text == "route,when.tags,b,send_to\none,a,c,streets\n"
    rows = parse_rows(text, "a.csv", [])
    assert rows
    source = read_sheet(rows, [])
    assert source
    assert plain(source.root) == made


# The CSV | what is told | line and column | the line as it should stand
WRONG = [
    ("route,surface,send_to\na,raod,streets\n", "C303", (2, 3), "a,road,streets"),
    ('route,surface,send_to\na,"road, lain",streets\n', "C303", (2, 10), 'a,"road, lane",streets'),
    ("route,surfase,send_to\na,road,streets\nb,lane,parks\n", "C301", (1, 7), "route,surface,send_to"),
    ("route,depth_cm,send_to\na,> 500,streets\n", "C305", (2, 5), None),
    ("route,depth_cm,send_to\na,>= 1,streets\n", "C327", (2, 3), None),
    ("route,surface,sendto\na,road,streets\n", "C301", (1, 15), None),
    ("route,surface,surfase,send_to\na,road,,streets\n", "C301", (1, 15), "route,surface,surface,send_to"),
    ("route,when.surfase,send_to\na,-,streets\n", "C301", (1, 7), None),
    ("route,send_to,copy_too\na,streets,\n", "C301", (1, 15), "route,send_to,copy_to"),
    ('route,"surface\nof the road",send_to\na,,streets\n', "C301", (1, 8), None),
    ("route,surface,send_to\na,road,street\n", "R412", (2, 8), "a,road,streets"),
    ("route,surface,send_to\na,road; lane,streets\n", "C303", (2, 3), 'a,"[road, lane]",streets'),
    ('route,surface,send_to\na,"road; lane",streets\n', "C303", (2, 4), 'a,"[road, lane]",streets'),
    ("route;surface;send_to\na;road/lane;streets\n", "C303", (2, 3), "a;[road, lane];streets"),
    ("route,surface,surface,send_to\na,road,lane,streets\n", "R461", (1, 15), None),
    ("surface,send_to\nroad,streets\n", "R462", (1, 1), None),
    ('route,surface,send_to\na,"{not: [road",streets\n', "R463", (2, 4), None),
    ("route,surface,when,send_to\na,road,{surface: lane},streets\n", "R463", (2, 8), None),
    ("route;depth_cm;send_to\na;10,5;streets\n", "R463", (2, 3), None),
    ("route;depth_cm;send_to\na;>= 10,5;streets\n", "R463", (2, 3), None),
    ("route;depth_cm;send_to\na;2..10,5;streets\n", "R463", (2, 3), None),
    ("route;depth_cm;send_to\na;[1,5..3];streets\n", "R463", (2, 3), None),
    ("route;depth_cm;send_to\na;{at_least: 1,5};streets\n", "R463", (2, 3), None),
]


def told(text: str) -> list[Problem]:
    """What is wrong with a table of these routes."""
    problems: list[Problem] = []
    rows = parse_rows(text, "holes.csv", problems)
    assert rows
    source = read_sheet(rows, problems)
    if source is not None:
        document = place(f"{HEAD}routes_from: holes.csv\n").grafted("routes", "routes_from", source)
        model = read(TableDefinition, document, problems, SETTINGS.languages)
        assert model, problems
        compile_router([Document(model, document)], Workbench(DEPARTMENTS, FORMS, SETTINGS, problems))
    return problems


@pytest.mark.parametrize(("text", "code", "at", "corrected"), WRONG)
def test_what_is_wrong_is_told_at_its_cell(text: str, code: str, at: tuple[int, int], corrected: str | None) -> None:
    found = next(problem for problem in told(text) if problem.code == code)
    assert (found.mark.file, found.mark.line, found.mark.column) == ("holes.csv", *at)
    assert found.corrected == corrected or corrected is None


# What stands in a cell | the numbers that it may be, as they are to be written
GLUED = [
    ("1,000", "`1000` or `1.000`, or `1, 000` with a space"),
    (">= 2,500", "`2500` or `2.500`, or `2, 500` with a space"),
    ("10,5", "`10.5`, or `10, 5` with a space"),
    ("10,50", "`10.50`, or `10, 50` with a space"),
]


@pytest.mark.parametrize(("cell", "advice"), GLUED)
def test_a_comma_between_digits_may_stand_for_thousands_where_three_follow(cell: str, advice: str) -> None:
    number = cell.removeprefix(">= ")
    (found,) = told(f"route;depth_cm;send_to\na;{cell};streets\n")
    assert (found.code, found.what) == (
        "R463",
        f"This cell cannot be read: `{number}` may be one number or two. Write {advice}.",
    )


@pytest.mark.parametrize("cell", ["10, 50", "10 ,50"])
def test_a_comma_with_a_space_stands_between_two_numbers(cell: str) -> None:
    problems = told(f"route;depth_cm;send_to\na;{cell};streets\nb;;parks\n")
    assert [problem for problem in problems if problem.mark.file == "holes.csv"] == []


def test_a_mistake_is_told_in_every_row_that_makes_it() -> None:
    found = told("route,surface,depth_cm,send_to\na,raod,>= 1,streets\nb,raod,>= 1,parks\n")
    places = [(problem.code, problem.mark.line, problem.mark.column) for problem in found]
    assert [place for place in places if place[0] == "C303"] == [("C303", 2, 3), ("C303", 3, 3)]
    assert [place for place in places if place[0] == "C327"] == [("C327", 2, 8), ("C327", 3, 8)]


def test_no_line_is_put_right_where_the_name_of_a_column_goes_on_in_the_next() -> None:
    (found,) = [problem for problem in told('route,"sur\nface",send_to\na,,streets\n') if problem.code == "C301"]
    assert (found.what, found.corrected) == ("There is no question `sur face` here.", None)


def test_a_column_of_a_question_may_stay_empty() -> None:
    assert "C301" not in {problem.code for problem in told("route,surface,channel,send_to\na,,,streets\n")}


def test_remarks_and_columns_without_a_name_say_nothing() -> None:
    rows = parse_rows("route,# why,,send_to\na,because,x,streets\n", "a.csv", [])
    assert rows
    source = read_sheet(rows, [])
    assert source
    assert plain(source.root) == [{"route": "a", "send_to": "streets"}]


@pytest.mark.parametrize("value", ["a b", "a: b", "x:y", "", " a", "no", "[", "#", "é", "a'b", 'a"b', "a #b"])
def test_flow_notation_says_what_was_meant(value: str) -> None:
    made = {"k": [value]}
    assert plain(node_of_test(cell(in_flow(made)))) == made or plain(node_of_test(cell(json.dumps(made)))) == made
