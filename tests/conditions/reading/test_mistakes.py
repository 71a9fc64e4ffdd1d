"""Every mistake that an author can make in a condition: its code, its place, and the line as it should be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions import Question, Texts, compile_condition
from formroute.definitions import Place, parse_source
from formroute.problems import CATALOGUE, Problem, Severity
from tests.conditions.in_a_city import AROUND, SCOPE, read

MISTAKES = [
    # written                                      code    line:column corrected
    ("surfase: road", "C301", (1, 1), "surface: road"),
    ("banana: 3", "C301", (1, 1), None),
    ("phone: answered", "C302", (1, 1), None),
    ("surface: raod", "C303", (1, 10), "surface: road"),
    ("surface: [road, lain]", "C303", (1, 17), "surface: [road, lane]"),
    ("surface: {not: sidewalk}", "C303", (1, 16), "surface: {not: walk}"),
    ("danger: maybe", "C303", (1, 9), None),
    ("needs: {includes: rampe}", "C303", (1, 19), "needs: {includes: ramp}"),
    ("built: {weekday: saturday}", "C326", (1, 18), "built: {weekday: sat}"),
    ("built: {weekday: [sat, sonday]}", "C326", (1, 24), "built: {weekday: [sat, sun]}"),
    ("built: {weekday: daily}", "C326", (1, 18), None),
    ('surface: {feel: "\\"raod\\""}', "C303", (1, 20), 'surface: {feel: "\\"road\\""}'),
    ("surface: {at_least: 10}", "C304", (1, 11), None),
    ("depth_cm: {contains: deep}", "C304", (1, 12), None),
    ("depth_cm: after_hours", "C304", (1, 11), None),
    ("needs: ramp", "C304", (1, 8), None),
    ("where: downtown", "C304", (1, 8), None),
    ("photos: 2", "C304", (1, 9), None),
    ("seen_on: {time: 08:00..12:00}", "C304", (1, 11), None),
    ("depth_cm: 500", "C305", (1, 11), None),
    ("depth_cm: {at_least: 0}", "C305", (1, 22), None),
    ("cost: {less_than: -1}", "C305", (1, 19), None),
    ("cost: 1.999", "C307", (1, 7), None),
    ("seen_on: 90 days ago", "C305", (1, 10), None),
    ("seen_on: tomorrow", "C306", (1, 10), None),
    ("seen_on: 3 months ago", "C306", (1, 10), None),
    ("built: 2026-02-30", "C306", (1, 8), None),
    ("depth_cm: deep", "C306", (1, 11), None),
    ("depth_cm: 4.5", "C306", (1, 11), None),
    ("depth_cm: 1e3", "C306", (1, 11), None),
    ("depth_cm: ١٢", "C306", (1, 11), None),
    ("depth_cm: 5-10", "C306", (1, 11), "depth_cm: 5..10"),
    ("depth_cm: 5 to 10", "C306", (1, 11), "depth_cm: 5..10"),
    ("depth_cm: 5...10", "C306", (1, 11), "depth_cm: 5..10"),
    ("depth_cm: [3, 5-10]", "C306", (1, 15), "depth_cm: [3, 5..10]"),
    ("collected_at: 08:00 - 12:00", "C306", (1, 15), "collected_at: 08:00..12:00"),
    ("depth_cm: 5..", "C306", (1, 11), "depth_cm: {at_least: 5}"),
    ("depth_cm: ..5", "C306", (1, 11), "depth_cm: {at_most: 5}"),
    ("depth_cm: ..", "C306", (1, 11), None),
    ("depth_cm: [5.., 3]", "C306", (1, 12), None),
    ("seen_on: 3 days ago..", "C306", (1, 10), "seen_on: {on_or_after: 3 days ago}"),
    ('depth_cm: ">= 10"', "C306", (1, 11), "depth_cm: {at_least: 10}"),
    ("depth_cm: 12 or more", "C306", (1, 11), "depth_cm: {at_least: 12}"),
    ("depth_cm: 12 cm or more", "C306", (1, 11), "depth_cm: {at_least: 12}"),
    ("depth_cm: 12+", "C306", (1, 11), "depth_cm: {at_least: 12}"),
    ("depth_cm: At least 12", "C306", (1, 11), "depth_cm: {at_least: 12}"),
    ("depth_cm: more than 12", "C306", (1, 11), "depth_cm: {more_than: 12}"),
    ("depth_cm: under 12", "C306", (1, 11), "depth_cm: {less_than: 12}"),
    ("depth_cm: up to 12 cm", "C306", (1, 11), "depth_cm: {at_most: 12}"),
    ("depth_cm: 12 or less", "C306", (1, 11), "depth_cm: {at_most: 12}"),
    ("seen_on: before 14 days ago", "C306", (1, 10), "seen_on: {before: 14 days ago}"),
    ("depth_cm: '> 5'", "C306", (1, 11), "depth_cm: {more_than: 5}"),
    ("depth_cm: <= 3", "C306", (1, 11), "depth_cm: {at_most: 3}"),
    ("depth_cm: <3", "C306", (1, 11), "depth_cm: {less_than: 3}"),
    ("depth_cm: [<3, 7]", "C306", (1, 12), None),
    ("needs: {count: '>= 2'}", "C306", (1, 16), "needs: {count: {at_least: 2}}"),
    ("built: < today", "C306", (1, 8), "built: {before: today}"),
    ("received: afterhours", "C310", (1, 11), "received: after_hours"),
    ("depth_cm: answred", "C310", (1, 11), "depth_cm: answered"),
    ("depth_cm: {blank: yes}", "C310", (1, 11), "depth_cm: blank"),
    ("depth_cm: {answered: yes}", "C310", (1, 11), "depth_cm: answered"),
    ("depth_cm: {answered: no}", "C310", (1, 11), "depth_cm: blank"),
    ("depth_cm:\n  blank: yes", "C310", (2, 3), None),
    ("depth_cm: {blank: yes, at_least: 4}", "C310", (1, 12), None),
    ("meeting: {time: 25:00..06:00}", "C306", (1, 17), None),
    ("weight: NaN", "C306", (1, 9), None),
    ("collected_at: 25:00", "C306", (1, 15), None),
    ("collected_at: 9:00", "C306", (1, 15), "collected_at: 09:00"),
    ("details: '...'", "C306", (1, 10), None),
    ("depth_cm: {at_least: [1, 2]}", "C306", (1, 12), None),
    ("depth_cm: {at_least: 10, at_most: 5}", "C314", (1, 12), "depth_cm: {at_least: 5, at_most: 10}"),
    ("depth_cm:\n  at_least: 10\n  at_most: 5", "C314", (2, 3), None),
    ("depth_cm: {more_than: 200}", "C307", (1, 1), None),
    ("needs: {includes_none: [ramp, lift, sign]}", "C307", (1, 9), None),
    ("depth_cm: {more_than: 4, less_than: 5}", "C307", (1, 1), None),
    ("depth_cm: 10..5", "C314", (1, 11), "depth_cm: 5..10"),
    ("seen_on: today..10 days ago", "C314", (1, 10), "seen_on: 10 days ago..today"),
    ("seen_on: {after: today}", "C307", (1, 1), None),
    ("surface: {not: [road, lane, walk]}", "C307", (1, 11), None),
    ("surface: {not: blank}", "C308", (1, 16), None),
    ("surface: blank", "C307", (1, 10), None),
    ("surface: [road, lane, walk]", "C308", (1, 1), None),
    ("surface: answered", "C308", (1, 10), None),
    ("cost: {at_least: 0}", "C308", (1, 1), None),
    ("channel: [web, api]", "C308", (1, 1), None),
    ("surface: [road, lane, road]", "C328", (1, 23), None),
    ("details: {contains: [hydro, wire*, hydro]}", "C328", (1, 36), None),
    ("photos: {count: 0}", "C309", (1, 17), None),
    ("needs: {count: {at_least: 0}}", "C309", (1, 27), None),
    ("depth_cm: {at_leest: 3}", "C310", (1, 12), "depth_cm: {at_least: 3}"),
    ("depth_cm: {feel: '>= '}", "C320", (1, 21), None),
    ("surface: []", "C311", (1, 1), None),
    ("surface: {}", "C311", (1, 1), None),
    ("surface: ''", "C311", (1, 10), None),
    ("needs: {includes: []}", "C311", (1, 9), None),
    ("any: []", "C311", (1, 1), None),
    ("{}", "C311", (1, 1), None),
    ("- surface: road", "C312", (1, 1), None),
    ("any: {surface: road}", "C312", (1, 1), None),
    ("all: [surface]", "C323", (1, 7), None),
    ("details: {matches: ^hydro$}", "C313", (1, 20), None),
    ("details: {matches: '(?=a)b'}", "C313", (1, 20), None),
    ("details: {matches: ‘hydro.*’}", "C332", (1, 20), "details: {matches: 'hydro.*'}"),
    ("details: {matches: “it's”}", "C332", (1, 20), "details: {matches: 'it''s'}"),
    ("details: {matches: [a, b]}", "C313", (1, 11), None),
    ("collected_at: 08:00..08:00", "C314", (1, 15), None),
    ("built: {holiday: no_collecton}", "C315", (1, 18), "built: {holiday: no_collection}"),
    ("built: {holiday: [no_collection]}", "C315", (1, 9), None),
    ("details: {contains_from: empty.txt}", "C317", (1, 26), None),
    ("details: {contains_from: latin.txt}", "C317", (1, 26), None),
    ("where: {inside: words.txt}", "C317", (1, 17), None),
    ("where: {inside: point.geojson}", "C317", (1, 17), None),
    ("details: {contains_from: wods.txt}", "D108", (1, 26), "details: {contains_from: words.txt}"),
    ("details: {contains_from: ../asked.py}", "D109", (1, 26), None),
    ("details: {contains: '*'}", "C318", (1, 21), None),
    ("details: {contains: 'wi*re'}", "C318", (1, 21), None),
    ("details: {contains: [hydro, '--']}", "C318", (1, 29), None),
    ("details: {contains_from: stars.txt}", "C318", (1, 26), None),
    ("details: {starts_with: ''}", "C311", (1, 24), None),
]


@pytest.mark.parametrize(("yaml", "code", "place", "corrected"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_told_with_its_place(yaml: str, code: str, place: tuple[int, int], corrected: str | None) -> None:
    condition, problems = read(yaml, later=("phone",))
    assert condition is None
    assert [problem.code for problem in problems] == [code]
    assert (problems[0].mark.line, problems[0].mark.column) == place
    assert problems[0].corrected == corrected


def test_all_mistakes_of_a_condition_are_told_at_once() -> None:
    yaml = (
        "surface: raod\n"
        "any:\n"
        "  - depth_cm: [deep, 3, 500]\n"
        "  - {banana: 1, danger: maybe}\n"
        "needs: {includes: [a, ramp, b]}\n"
    )
    _, problems = read(yaml)
    assert [problem.code for problem in problems] == ["C303", "C306", "C305", "C301", "C303", "C303", "C303"]


# written | what an author reads: what is wrong, and what to do
SAID = [
    ("depth_cm: 1..200", "Every answer to `depth_cm` meets this test.", "Write `depth_cm: answered`."),
    (
        "any_text: hydro",
        "`any_text` looks for words in every text that a resident writes.",
        "Write a test of texts behind it, such as `any_text: {contains: [hydro, wire*]}`.",
    ),
    (
        "surface is road",
        "This is no test that can be read: `surface is road`.",
        "Write each question with a colon and its test.",
    ),
    ("surface: [road, road]", "`road` stands in this list already.", "Delete it here."),
    ("surfase: road", "There is no question `surfase` here.", "Did you mean `surface`?"),
    (
        "phone: answered",
        "`phone` is asked only after this.",
        "Test a question that comes earlier, or ask `phone` before.",
    ),
    ("surface: raod", "`raod` is not one of the choices of `surface`.", "Did you mean `road`?"),
    ("danger: maybe", "`maybe` is not one of the choices of `danger`.", "Known here: `yes`, `no`."),
    (
        "surface: {at_least: 10}",
        "`at_least` does not fit `surface`, which asks for one choice.",
        "It knows `road`, `{not: road}`, `answered`, `blank`.",
    ),
    (
        "depth_cm: 500",
        "`500` can never be the answer to `depth_cm`: depth_cm is from 1 to 200.",
        "Write a value that it can be, or let the question take this one.",
    ),
    (
        "seen_on: tomorrow",
        "`tomorrow` is not a date.",
        "Write it as `2026-03-01`, `today`, `10 days ago` or `in 2 weeks`.",
    ),
    ("depth_cm: deep", "`deep` is not a whole number.", "Write it as `12`."),
    ("depth_cm: ..5", "`..5` is not a whole number.", "Write it as `{at_most: 5}`."),
    ("meeting: {time: 25:00..06:00}", "`25:00` is not a time of day from 00:00 to 23:59.", "Write it as `hh:mm`."),
    ("depth_cm: 10..5", "There is nothing between the ends of `10..5`.", "Write the lower end first."),
    (
        "depth_cm: {at_least: 10, at_most: 5}",
        "There is nothing between the ends of `at_least: 10, at_most: 5`.",
        "Write the lower end first.",
    ),
    (
        "depth_cm: {more_than: 4, less_than: 5}",
        "No answer to `depth_cm` can meet this test.",
        "Write one that an answer can meet, or delete it.",
    ),
    ("depth_cm: {blank: yes}", "`blank` is not a test that `depth_cm` knows.", "Write `depth_cm: blank`."),
    (
        "built: {weekday: sonday}",
        "`sonday` is not a day of the week.",
        "Did you mean `sun`? The days are `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`.",
    ),
    ('surface: {feel: "\\"raod\\""}', "`raod` is not one of the choices of `surface`.", "Did you mean `road`?"),
    (
        "surface: {not: [road, lane, walk]}",
        "No answer to `surface` can meet this test.",
        "Write one that an answer can meet, or delete it.",
    ),
    (
        "surface: answered",
        "Every answer to `surface` meets this test.",
        "Delete it: it decides nothing.",
    ),
    ("photos: {count: 0}", "Nothing given is a blank answer, not a count of 0.", "Write `photos: blank`."),
    ("depth_cm: {at_leest: 3}", "`at_leest` is not a test that `depth_cm` knows.", "Did you mean `at_least`?"),
    ("surface: []", "There is nothing to test here.", "Write a test, such as `surface: road`, or delete the key."),
    (
        "- surface: road",
        "A condition is expected here.",
        "Write questions with their tests, `surface: road`; below `all`, `any` and `none` a list of these.",
    ),
    (
        "details: {matches: ‘hydro.*’}",
        "The curly quotes would be part of the pattern, so no answer without them would fit.",
        "Write straight quotes.",
    ),
    (
        "details: {matches: '[A-Z{2}-[0-9]{4}'}",
        "This pattern cannot be read: this `[` is never closed; write `\\[` for the sign itself.",
        "Patterns know letters, `.`, `[…]`, `(…)`, `|`, `?`, `*`, `+`, `{2,5}`, `\\d`, `\\w` and `\\s`.",
    ),
    (
        "details: {matches: ^hydro$}",
        "This pattern cannot be read: the whole text is matched anyway: leave `^` out.",
        "Patterns know letters, `.`, `[…]`, `(…)`, `|`, `?`, `*`, `+`, `{2,5}`, `\\d`, `\\w` and `\\s`.",
    ),
    (
        "collected_at: 08:00..08:00",
        "There is nothing between the ends of `08:00..08:00`.",
        "Write the lower end first.",
    ),
    ("built: {holiday: no_collecton}", "There is no calendar `no_collecton`.", "Did you mean `no_collection`?"),
    (
        "details: {contains_from: empty.txt}",
        "`empty.txt` cannot be used: there is no phrase in it.",
        "Write one word or phrase a line.",
    ),
    (
        "details: {contains: '*'}",
        "`*` is no word or phrase to look for.",
        "Write words; a `*` stands only at the end of the last one.",
    ),
    (
        "none:\n  - depth_cm: 5",
        "`none` is also met when `depth_cm` has no answer: `depth_cm: blank`.",
        "Write `depth_cm: answered` beside it or, if blank is meant, `any:` with `depth_cm: blank` and what else is.",
    ),
    (
        "depth_cm >",
        "This FEEL cannot be read: did not expect the end here.",
        'Write it such as `depth_cm > 10 and surface = "road"`; `docs/reference/feel.md` has the language.',
    ),
    (
        'depth_cm > "a"',
        "This FEEL has no meaning: a number cannot be compared with a string: this is always null.",
        "Put like beside like: a number beside a number, a text in quotes beside a text or a choice.",
    ),
    (
        "depth_cm: {feel: 'foo(?)'}",
        "This FEEL has no meaning: nothing is called 'foo'.",
        "`docs/reference/feel.md` has what there is and how it is written.",
    ),
    (
        "depth_cm = null",
        "Nothing here is ever `null`: this is looked at only when every question in it has an answer.",
        "Write a test beside it: `blank` or `answered`.",
    ),
    ("depth_cm", "This gives a number, and a condition is true or false.", "Compare it, as in `depth_cm > 10`."),
    (
        "1 = 1",
        "This FEEL names no question and no fact, so it is always the same.",
        "Name one, or delete it.",
    ),
]


@pytest.mark.parametrize(("yaml", "what", "fix"), SAID, ids=[row[0] for row in SAID])
def test_a_problem_says_what_is_wrong_and_what_to_write(yaml: str, what: str, fix: str) -> None:
    (problem,) = read(yaml, later=("phone",))[1]
    assert (problem.what, problem.fix) == (what, fix)


def test_every_code_of_a_condition_is_shown_in_words() -> None:
    said = {problem.code for yaml, _, _ in SAID for problem in read(yaml, later=("phone",))[1]}
    elsewhere = {"C316", "C325", "C330"}  # which need a catalogue, a calendar or a form that lacks something
    assert {code for code in CATALOGUE if code.startswith("C3")} - elsewhere <= said


@pytest.mark.parametrize(
    ("yaml", "code"),
    [
        ("received: after_hours", "C316"),
        ("details: {contains_from: words.txt}", "D108"),
        ("built: {holiday: x}", "C315"),
    ],
)
def test_what_a_catalogue_does_not_have_cannot_be_named(yaml: str, code: str) -> None:
    source = parse_source(yaml, "a.yaml", [])
    assert source is not None
    problems: list[Problem] = []
    assert compile_condition(Place.of(source).plain(), Place.of(source), SCOPE, problems) is None
    assert [problem.code for problem in problems] == [code]


BLANKS = [
    ("none:\n  - depth_cm: 5", ["depth_cm"]),
    ("none:\n  - depth_cm: 5\n  - details: {contains: x}", ["depth_cm", "details"]),
    ("none:\n  - depth_cm: 5\ndepth_cm: answered", []),
    ("none:\n  - depth_cm: 5\n  - depth_cm: blank", []),
    ("none:\n  - email: answered", []),
    ("none:\n  - surface: road", []),
    ("any:\n  - danger: yes\n  - none:\n      - depth_cm: 5", ["depth_cm"]),
    ("none:\n  - built: {feel: '< today()'}", ["built"]),
    ("none:\n  - built: {not: {feel: '< today()'}}", []),
    ("none:\n  - built: 2026-01-01\nbuilt: {feel: '< today()'}", []),
]


@pytest.mark.parametrize(("yaml", "fields"), BLANKS)
def test_a_blank_that_slips_through_none_is_a_warning(yaml: str, fields: list[str]) -> None:
    condition, problems = read(yaml)
    assert condition is not None
    assert {problem.severity for problem in problems} <= {Severity.WARNING}
    assert [problem.what.partition(": ")[0] for problem in problems] == [
        f"`none` is also met when `{field}` has no answer" for field in fields
    ]
    assert all(f"`{field}: blank`" in problem.what for field, problem in zip(fields, problems, strict=True))


MET_BY_ALL = [
    # written                                    column  corrected
    ("depth_cm: 1..200", 11, "depth_cm: answered"),
    ("depth_cm: {at_least: 1, at_most: 200}", 11, "depth_cm: answered"),
    ("depth_cm:\n  at_least: 1", 1, None),
    ("photos: {count: {at_least: 1}}", 1, None),
    ("built: {weekday: [sun, mon, tue, wed, thu, fri, sat]}", 1, None),
    ("depth_cm: {at_least: 1, at_most: 199}", None, None),
    ("depth_cm: answered", None, None),
    ("surface: road", None, None),
]


@pytest.mark.parametrize(("yaml", "column", "corrected"), MET_BY_ALL, ids=[row[0] for row in MET_BY_ALL])
def test_a_test_that_every_answer_meets_should_say_answered(
    yaml: str, column: int | None, corrected: str | None
) -> None:
    condition, problems = read(yaml)
    assert condition is not None
    told = [(problem.code, problem.mark.column, problem.corrected) for problem in problems]
    assert told == ([("C327", column, corrected)] if column else [])


def test_a_fact_with_one_value_may_be_tested() -> None:
    scope = {"only": Question("only", SCOPE["form"].domain.__class__(("pothole",))), "t": Question("t", Texts())}
    source = parse_source("only: pothole", "a.yaml", [])
    assert source is not None
    place = Place.of(source)
    assert compile_condition(place.plain(), place, scope, [], around=AROUND) is not None


WORDS = [*SCOPE, "all", "any", "none", "not", "answered", "blank", "after_hours", "at_least", "at_most", "before"]
KEYS = st.sampled_from([*WORDS, "includes", "count", "contains", "matches", "time", "weekday", "inside", "holiday"])
SCALARS = st.one_of(
    st.sampled_from(["road", "5", "5..10", "today", "22:00..06:00", "2026-03-01", "..", "24:00", "[a]", "sat", ""]),
    KEYS,
    st.text(max_size=8),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
)
YAML_LIKE = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=3)
)


@given(st.dictionaries(KEYS, YAML_LIKE, max_size=3) | YAML_LIKE)
def test_no_value_whatever_does_more_than_add_problems(raw: object) -> None:
    source = parse_source("a: b", "a.yaml", [])
    assert source is not None
    problems: list[Problem] = []
    condition = compile_condition(raw, Place.of(source), SCOPE, problems, around=AROUND)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert (condition is None) == bool(errors)
