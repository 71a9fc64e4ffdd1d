"""`was` keeps what was answered under old names, and an old name that is not free is told where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.forms.renames import Renames
from tests.forms.made import compiled, field, form_of, page
from tests.forms.test_compile import errors

SURFACE = field("surface", "type: choice\nwas: [ground, floor]\nchoices:\n  road:\n    label: Road\n    was: street")
NEEDS = field("needs", "type: choices\nchoices:\n  ramp: {label: Ramp, was: [slope]}\n  bell: Bell")
OWNER = field(
    "owner",
    "type: group\nwas: person\nfields:\n  email: {type: email, label: E, was: owner.mail}\n"
    "  phone: {type: phone, label: P, was: phone}",
)
ANIMALS = field(
    "animals",
    "type: repeat\nwas: pets\nfields:\n  kind:\n    type: choice\n    was: sort\n    label: Kind\n"
    "    choices:\n      dog: {label: Dog, was: hound}\n      cat: Cat",
)

# What was answered under old names | the same under the names of today
CARRIED = [
    ({"ground": "road"}, {"surface": "road"}),
    ({"floor": "street"}, {"surface": "road"}),
    ({"ground": "road", "floor": "lane"}, {"surface": "road"}),
    ({"surface": "", "ground": "road"}, {"surface": ""}),
    ({"surface": "street", "else": "street"}, {"surface": "road", "else": "street"}),
    ({"needs": ["slope", "bell"]}, {"needs": ["ramp", "bell"]}),
    ({"needs": ("bell", "slope")}, {"needs": ("bell", "ramp")}),
    ({"owner.mail": "a@b.ca", "phone": "1"}, {"owner.email": "a@b.ca", "owner.phone": "1"}),
    ({"person.email": "a@b.ca", "person.phone": "1"}, {"owner.email": "a@b.ca", "owner.phone": "1"}),
    ({"pets": [{"sort": "hound"}, {"kind": "cat"}, "junk"]}, {"animals": [{"kind": "dog"}, {"kind": "cat"}, "junk"]}),
    ({"animals": ({"sort": "cat"},)}, {"animals": ({"kind": "cat"},)}),
    ({"needs": 7, "animals": None, "surface": {"x": 1}}, {"needs": 7, "animals": None, "surface": {"x": 1}}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now"), CARRIED)
def test_answers_under_old_names_are_those_of_the_names_of_today(
    before: dict[str, object], now: dict[str, object]
) -> None:
    form = form_of(page(SURFACE + NEEDS + OWNER + ANIMALS))
    assert form.renames.carried(before) == now


NAMES = st.sampled_from("abcdef")


@given(
    st.dictionaries(st.sampled_from("uvw"), st.sampled_from("abc")),
    st.dictionaries(NAMES | st.sampled_from("uvw"), st.integers()),
)
def test_carrying_twice_is_carrying_once_and_no_answer_of_today_is_touched(
    old: dict[str, str], answers: dict[str, int]
) -> None:
    renames = Renames(old)
    once = renames.carried(answers)
    assert renames.carried(once) == once
    assert not once.keys() & old.keys()
    assert {name: once[name] for name in answers if name not in old} == {
        name: answer for name, answer in answers.items() if name not in old
    }
    assert {renames.today(name) for name in answers} == once.keys()


def test_old_names_are_no_change_of_what_is_asked() -> None:
    assert form_of(page(SURFACE)).version == form_of(page(SURFACE.replace("  was: [ground, floor]\n", ""))).version


A = field("a", "type: text")

# What stands under `fields:` (it begins on line 14) | (line, column, code) | the corrected line
MISTAKES = [
    (field("a", "type: text\nwas: a"), (16, 14, "F231"), ""),
    (A + field("b", "type: text\nwas: a"), (21, 14, "F232"), ""),
    (A + field("b", "type: text\nwas: [c, a, d]"), (21, 18, "F232"), "        was: [c, d]"),
    (A + field("b", "type: text\nwas:\n  - c\n  - a"), (23, 13, "F232"), ""),
    (field("a", "type: text\nwas: c") + field("b", "type: text\nwas: c"), (22, 14, "F233"), ""),
    (field("a", "type: text\nwas: c") + field("b", "type: text\nwas: a"), (22, 14, "F234"), ""),
    (field("a", "type: choice\nchoices:\n  lane: Lane\n  road: {label: Road, was: lane}"), (18, 36, "F232"),
     "          road: {label: Road}"),
    (field("a", "type: choice\nchoices:\n  lane: Lane\n  road: {was: [road], label: Road}"), (18, 18, "F231"),
     "          road: {label: Road}"),
    (field("a", "type: repeat\nfields:\n  x: {type: text, label: X}\n  y: {type: text, was: x, label: Y}"),
     (18, 32, "F232"), "          y: {type: text, label: Y}"),
    (field("a", "type: group\nfields:\n  x: {type: text, label: X}\n  y: {type: text, was: a.x, label: Y}"),
     (18, 32, "F232"), "          y: {type: text, label: Y}"),
    (field("a", "type: text\nwas: B b"), (16, 14, "D118"), "        was: b_b"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected", "corrected"), MISTAKES)
def test_an_old_name_that_is_not_free_is_told_with_the_line_as_it_should_be(
    fields: str, expected: tuple[int, int, str], corrected: str
) -> None:
    form, problems = compiled(page(fields))
    (found,) = errors(problems)
    assert form is None
    assert (found.mark.line, found.mark.column, found.code) == expected
    assert found.corrected == corrected


def test_a_circle_of_names_is_told_at_each() -> None:
    _, problems = compiled(page(field("a", "type: text\nwas: b") + field("b", "type: text\nwas: a")))
    assert [(problem.code, problem.mark.line) for problem in errors(problems)] == [("F234", 16), ("F234", 22)]


SERVICE = field(
    "service",
    "type: matrix\nwas: care\nrows:\n  speed: {label: Speed, was: service.pace}\n  tone: Tone\n"
    "scale:\n  bad: {label: Bad, was: poor}\n  good: Good",
)
THINGS = field(
    "things",
    "type: repeat\nfields:\n  finder:\n    type: group\n    was: who\n    label: F\n    fields:\n"
    "      mail: {type: text, label: M, was: finder.email}",
)


# What was answered under old names | the same under the names of today
OF_ROWS = [
    ({"service.pace": "poor", "service.tone": "good"}, {"service.speed": "bad", "service.tone": "good"}),
    ({"care.speed": "bad", "care.tone": "poor"}, {"service.speed": "bad", "service.tone": "bad"}),
    ({"service": {"pace": "poor"}}, {"service.speed": "bad"}),
    ({"things": [{"finder.email": "a"}, {"who.mail": "b"}]}, {"things": [{"finder.mail": "a"}, {"finder.mail": "b"}]}),
    ({"things": [{"finder": {"email": "a"}}]}, {"things": [{"finder.mail": "a"}]}),
]


@pytest.mark.parametrize(("before", "now"), OF_ROWS)
def test_rows_of_a_matrix_its_scale_and_groups_in_rows_keep_their_answers(
    before: dict[str, object], now: dict[str, object]
) -> None:
    assert form_of(page(SERVICE + THINGS)).named_today(before) == now


def test_long_rows_of_a_matrix_are_no_change_of_what_is_asked() -> None:
    short = SERVICE.replace("{label: Speed, was: service.pace}", "Speed").replace("{label: Bad, was: poor}", "Bad")
    assert form_of(page(SERVICE)).version == form_of(page(short.replace("  was: care\n", ""))).version


@pytest.mark.parametrize(("was", "codes"), [("service.tone", ["F232"]), ("service.speed", ["F231"])])
def test_an_old_name_of_a_row_has_to_be_free(was: str, codes: list[str]) -> None:
    _, problems = compiled(page(SERVICE.replace("service.pace", was)))
    assert [found.code for found in problems if found.severity == "error"] == codes


def test_a_mistake_in_the_scale_is_told_once() -> None:
    _, problems = compiled(page(SERVICE.replace("was: poor", "was: good")))
    assert [found.code for found in problems if found.severity == "error"] == ["F232"]


LISTED = field("area", "type: choice\nchoices_from: areas.csv")


def test_choices_of_a_csv_file_keep_their_answers(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text("value,label,was\nwest,West,w; far_west\neast,East,\n", "utf-8")
    form = form_of(page(LISTED), folder=tmp_path)
    assert [form.renames.carried({"area": value})["area"] for value in ("w", "far_west", "east")] == [
        "west", "west", "east",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("second", "code"), [("east,East,west", "F234"), ("east,East,w", "F233"), ("east,East,east", "F231")]
)
def test_an_old_value_in_a_csv_file_has_to_be_free(tmp_path: Path, second: str, code: str) -> None:
    (tmp_path / "areas.csv").write_text(f"value,label,was\nwest,West,w\n{second}\n", "utf-8")
    _, problems = compiled(page(LISTED), folder=tmp_path)
    assert [(found.code, found.mark.line) for found in problems if found.severity == "error"] == [(code, 3)]
