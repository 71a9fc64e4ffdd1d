"""What a new version of a catalogue changes, in sentences, and what becomes of answers given before."""

import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from formroute.catalog import Catalog, read_catalog
from formroute.conditions.as_asked import as_asked
from formroute.review.change import Safety
from formroute.review.difference import compare
from formroute.routing.changes.regions import changes
from tests.review.cities import CATALOG, DEPARTMENTS, FORM, SCHEMAS, field, generated, write

SAFE, NEEDS_WAS, LOSES = Safety.SAFE, Safety.NEEDS_WAS, Safety.LOSES
CHECK = """\
checks:
  - require: {details: answered}
    at: details
    message:
      en: Write.
      fr: Dites.
"""
DEPTH = "        min: 1\n        max: 30\n        required: false\n"
HOLE = (
    FORM
    + field("surface", "choice", more="        choices: [road, lane, sidewalk, yard]\n")
    + field("depth_cm", "integer", "{surface: [road, lane]}", DEPTH)
    + field("details", "text", more="        max_length: 500\n        required: false\n")
    + CHECK
)
TABLE = """\
table: holes
forms: [hole]
routes:
  - route: deep
    when: {depth_cm: {at_least: 10}}
    send_to: streets
    priority: high
  - route: rest
    send_to: parks
"""
STOP = field("gone", "notice", "{surface: yard}", "        stops: yes\n").replace("label", "text")
LIGHT = field("light", "yes_no", "{surface: [road, lane]}")
TREES = field("trees", "yes_no", "{surface: park}")
PITS = """\
  - route: pits
    when: {form: pit, depth_cm: {at_least: 5}}
    send_to: parks
  - route: wide
    when: {form: [pit]}
    send_to: streets
"""
TOO_DEEP = "        errors:\n          range:\n            en: Too deep.\n            fr: Trop profond.\n"
LONG = "  - {route: long, when: {details: {contains: [long]}}, send_to: parks}\n"
WINTER = "    effective: {from: 2027-12-01}\n"
HANDS_OVER = "    effective: {until: 2027-04-15}\n    fallback: parks\n"
GROUPS = "groups:\n  roads:\n    title:\n      en: Roads\n      fr: Routes\n    forms: hole\n"
FILES = {"catalog.yaml": CATALOG, "hole.yaml": HOLE, "holes.yaml": TABLE, "departments.yaml": DEPARTMENTS}


def catalog(folder: Path, files: dict[str, str]) -> Catalog:
    found, problems = read_catalog(write(folder, files))
    assert found is not None, [str(problem) for problem in problems]
    return found


# The file | what stands there | what is put there | what is told | what becomes of answers
EDITS = [
    ("hole", "en: depth_cm", "en: How deep?", "`depth_cm`: “depth_cm” now reads “How deep?” (en).", SAFE),
    ("hole", "max: 30", "max: 50", "`max` of `depth_cm` was 30 and is 50 now.", SAFE),
    ("hole", "max: 30", "max: 20", "`max` of `depth_cm` was 30 and is 20 now.", LOSES),
    ("hole", "min: 1", "min: 2", "`min` of `depth_cm` was 1 and is 2 now.", LOSES),
    ("hole", "min: 1", "min: 0", "`min` of `depth_cm` was 1 and is 0 now.", SAFE),
    ("hole", "max_length: 500", "max_length: 400", "`max_length` of `details` was 500 and is 400 now.", LOSES),
    ("hole", "max_length: 500", "pattern: '[A-Z]+'", "`pattern` of `details` is [A-Z]+ now.", LOSES),
    ("hole", "max: 30\n        required: false", "max: 30", "`depth_cm` must be answered now: drafts are asked", LOSES),
    ("hole", "{surface: [road, lane]}", "{surface: road}", "`depth_cm` is asked when surface is road; before", LOSES),
    ("hole", "{surface: [road, lane]}", "{surface: [road, lane, yard]}", "`depth_cm` is asked when surface", SAFE),
    ("hole", "yard]", "yard, park]", "“park” (`park`) can be chosen for `surface`.", SAFE),
    ("hole", ", yard]", "]", "“yard” (`yard`) can no longer be chosen for `surface`.", LOSES),
    ("hole", "sidewalk,", "sidewalks,", "`sidewalks` looks like it under a new name.", NEEDS_WAS),
    ("hole", "type: text", "type: long_text", "was of the type `text` and is of the type `long_text`.", SAFE),
    ("hole", "type: text\n        max_length: 500", "type: email", "and is of the type `email`.", LOSES),
    ("hole", "type: text\n        max_length: 500", "type: date", "and is of the type `date`.", LOSES),
    ("hole", "max_length: 500", "private: yes", "Answers to `details` are personal now.", SAFE),
    ("hole", "en: Write.", "en: Say.", "The message at `details`, “Write.” now reads “Say.” (en).", SAFE),
    (
        "hole",
        "details: answered",
        "surface: road",
        "at `details` that surface is road; before, that details is answered.",
        LOSES,
    ),
    ("hole", "en: Report a hole", "en: A hole", "The title “Report a hole” now reads “A hole” (en).", SAFE),
    (
        "hole",
        "road, lane, sidewalk, yard]",
        "yard, road, lane, sidewalk]",
        "The choice `yard` of `surface` stands b",
        SAFE,
    ),
    (
        "hole",
        "max: 30",
        f"max: 30\n{TOO_DEEP}".rstrip(),
        "The message `range` of `depth_cm`, “Too deep.” is added (en).",
        SAFE,
    ),
    ("hole", "page: hole", "page: holes", "The page `hole` is called `holes` now.", SAFE),
    # Who could leave it blank, or was not asked, is asked for more; who gave it anyway, or can only now, is not.
    ("hole", "checks:\n", f"{LIGHT}checks:\n", "“light”, that must be answered: drafts are asked for it", LOSES),
    (
        "hole",
        "checks:\n",
        f"{STOP}checks:\n",
        "a new notice `gone`, “gone”: nobody can send it while that shows.",
        LOSES,
    ),
    ("hole", "{details: answered}", "{any: [{details: answered}, {surface: yard}]}", "before, that details is", SAFE),
    ("hole", CHECK, "", "It is no longer required at `details` that details is answered.", SAFE),
    (
        "hole",
        "require: {details: answered}",
        "warn: {details: blank}",
        "warning at `details` when details is blank",
        SAFE,
    ),
    ("hole", "pages:\n", "keep_for: 2 years\npages:\n", "Answers are kept for 2 years; before, until", LOSES),
    ("hole", "pages:\n", "ask: all_at_once\npages:\n", "It is asked on one page; before, page by page.", SAFE),
    (
        "catalog",
        "city: Smallville",
        "city: Bigville",
        "The city's name “Smallville” now reads “Bigville”",
        SAFE,
    ),
    ("catalog", "city:", "reference: S-NNNNN\ncity:", "look like `S-NNNNN`; before, like `YYYY-NNNNNN`.", SAFE),
    ("catalog", "city:", "currency: USD\ncity:", "`currency` is USD; before, nothing.", SAFE),
    ("catalog", "time_zone:", f"{GROUPS}time_zone:", "under “Roads” on the front page; before, under no heading", SAFE),
    (
        "catalog",
        "[en, fr]",
        "[fr, en]",
        "The languages are fr, en, the first where nobody chose; before, en, fr.",
        SAFE,
    ),
    (
        "catalog",
        "normal}",
        "normal, keep_for: 1 year}",
        "are kept for 1 year; before, until somebody erases them: what was sent longer ago is erased.",
        LOSES,
    ),
    ("holes", "priority: high", "priority: normal", "has `priority: normal`; before, `priority: high`.", SAFE),
    ("holes", "at_least: 10", "at_least: 15", "`deep` is met when depth_cm is at least 15; before, depth_cm", SAFE),
    ("holes", "route: rest", "route: others", "The route `rest` is called `others` now.", SAFE),
    (
        "holes",
        "  - route: deep",
        f"{LONG}  - route: deep",
        "There is a new route `long`: details contains “long”.",
        SAFE,
    ),
    ("holes", "    priority: high\n", "", "The route `deep` has no `priority`; before, `priority: high`.", SAFE),
    ("holes", "10}}", "10}, surface: road}", "The route `deep` also asks that surface is road.", SAFE),
    (
        "holes",
        "    send_to: streets",
        f"{WINTER}    send_to: streets",
        "also asks that received is December 1, 2027 or",
        SAFE,
    ),
    ("holes", "table: holes", "table: pits", "The table is called `pits` now.", SAFE),
    (
        "departments",
        "[{desk: {}}]",
        "[{email: {to: a@b.ca}}]",
        "reach it by email (to: a@b.ca); before, by desk.",
        SAFE,
    ),
    ("departments", "en: Parks", "en: Green", "Its name “Parks” now reads “Green” (en).", SAFE),
    ("departments", "    deliver", "    private_answers: yes\n    deliver", "It gets personal answers now.", SAFE),
    (
        "departments",
        "    deliver",
        f"{HANDS_OVER}    deliver",
        "It takes submissions until 2027-04-15; before, always.",
        SAFE,
    ),
    ("departments", "    deliver", f"{HANDS_OVER}    deliver", "On other days `parks` stands in for it.", SAFE),
]


# The form | what is told of it and loses nothing, since nobody could leave it blank before
NOT_DEMANDED = [
    (
        HOLE.replace(", yard]", ", yard, park]").replace("checks:\n", f"{TREES}checks:\n"),
        "There is a new question `trees`, “trees”.",
    ),
    (
        HOLE.replace("max_length: 500\n        required: false", "max_length: 500").replace(CHECK, ""),
        "`details` must be answered now.",
    ),
]


@pytest.mark.parametrize(("form", "told"), NOT_DEMANDED)
def test_what_nobody_could_leave_blank_is_no_new_demand(tmp_path: Path, form: str, told: str) -> None:
    found = compare(catalog(tmp_path / "old", FILES), catalog(tmp_path / "new", {**FILES, "hole.yaml": form}))
    assert [change.safety for change in found.changes if told in change.what] == [SAFE]


@pytest.mark.parametrize(("file", "old", "new", "told", "safety"), EDITS)
def test_an_edit_is_told_in_a_sentence(
    tmp_path: Path, file: str, old: str, new: str, told: str, safety: Safety
) -> None:
    name = f"{file}.yaml"
    edited = {**FILES, name: FILES[name].replace(old, new, 1)}
    found = compare(catalog(tmp_path / "old", FILES), catalog(tmp_path / "new", edited))
    assert [change.safety for change in found.changes if told in change.what] == [safety]


WORKED = TABLE.replace("priority: high", "priority: high\n    respond_within: 2 business days")
CITY = "working_hours: 08:30..16:30"
# What stands in the catalogue | what is put there | what is told | the way that submissions fare otherwise, with one
TIMES = [
    (
        CITY,
        "working_hours: 08:30..18:00",
        "In the calendar `city`, working hours are Monday to Friday 08:30 to 18:00; before, Monday to Friday 08:30 to"
        " 16:30.",
        ("streets -> streets", "2 business days from received end otherwise"),
        "`depth_cm: 10`, `details: x`, `surface: road`, `received: 2026-06-03 12:00`",
    ),
    (
        CITY,
        f"every_year: [06-05], {CITY}",
        "In the calendar `city`, 2026-06-05, 2027-06-05, 2028-06-05, 2029-06-05 and so on become holidays.",
        ("streets -> streets", "2 business days from received end otherwise"),
        "`depth_cm: 10`, `details: x`, `surface: road`, `received: 2026-06-03 12:00`",
    ),
    (
        CITY,
        "working_hours: 10:00..16:30",
        "In the calendar `city`, working hours are Monday to Friday 10:00 to 16:30; before, Monday to Friday 08:30 to"
        " 16:30.",
        (
            "parks -> streets",
            "depth_cm is blank, received is within working hours (by the former calendar), and received is"
            " outside working hours",
        ),
        "`details: x`, `surface: road`, `received: 2026-06-03 08:30`",
    ),
    (
        "time_zone: America/Winnipeg",
        "time_zone: America/Toronto",
        "Time is told by the clocks of America/Toronto; before, by those of America/Winnipeg.",
        ("streets -> streets", "2 business days from received end otherwise"),
        "`depth_cm: 10`, `details: x`, `surface: road`, `received: 2026-06-03 12:00`",
    ),
]
AT_NIGHT = WORKED.replace(
    "  - route: rest", "  - route: night\n    when: {received: after_hours}\n    send_to: streets\n  - route: rest"
)


@pytest.mark.parametrize(("old", "new", "told", "way", "example"), TIMES)
def test_other_hours_and_holidays_are_told_with_what_fares_otherwise_for_them(
    tmp_path: Path, old: str, new: str, told: str, way: tuple[str, str], example: str
) -> None:
    files = {**FILES, "holes.yaml": AT_NIGHT}
    edited = {**files, "catalog.yaml": CATALOG.replace(old, new)}
    found = compare(catalog(tmp_path / "old", files), catalog(tmp_path / "new", edited), date(2026, 6, 3))
    assert [change.what for change in found.changes] == [told]
    assert found.undecided == ()
    parts = {
        (f"{shift.old.send_to} -> {shift.new.send_to}", part.words): part.example
        for shift in found.shifts
        for region in shift.regions
        for part in region.parts
    }
    assert parts.get(way, sorted(parts)) == example


def test_holidays_that_are_written_otherwise_and_are_the_same_days_are_told_and_move_nothing(tmp_path: Path) -> None:
    edited = {**FILES, "catalog.yaml": CATALOG.replace("subdivision: MB", "subdivision: MB, every_year: [01-01]")}
    found = compare(catalog(tmp_path / "old", FILES), catalog(tmp_path / "new", edited))
    told = "In the calendar `city`, holidays are written otherwise, and are the same days from 2020 to 2049."
    assert [change.what for change in found.changes] == [told]
    assert found.is_harmless


def test_until_when_an_example_is_due_is_told_before_and_now(tmp_path: Path) -> None:
    files = {**FILES, "holes.yaml": WORKED}
    edited = {**files, "catalog.yaml": CATALOG.replace("16:30", "18:00")}
    found = compare(catalog(tmp_path / "old", files), catalog(tmp_path / "new", edited))
    ((region,),) = (shift.regions for shift in found.shifts)
    ((due,),) = [(part.due,) for part in region.parts]
    assert due is not None
    assert [f"{at:%Y-%m-%d %H:%M}" for at in due] == ["2026-06-05 16:30", "2026-06-05 18:00"]


AWAY = "    effective: {from: 2027-04-15}\n    fallback: parks\n"
PERIOD = "    effective: {until: 2027-03-31}\n"
# The file | what stands there | what is put there | the regions
PERIODS = [
    (
        "departments",
        "    deliver",
        f"{AWAY}    deliver",
        [("deep", "deep", "depth_cm is at least 10 and received is April 14, 2027 or earlier")],
    ),
    (
        "holes",
        "    priority: high\n",
        f"    priority: high\n{PERIOD}",
        [("deep", "rest", "depth_cm is at least 10 and received is April 1, 2027 or later")],
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "regions"), PERIODS)
def test_a_period_moves_just_what_comes_in_then(
    tmp_path: Path, file: str, old: str, new: str, regions: list[tuple[str, str, str]]
) -> None:
    name = f"{file}.yaml"
    edited = {**FILES, name: FILES[name].replace(old, new, 1)}
    found = compare(catalog(tmp_path / "old", FILES), catalog(tmp_path / "new", edited))
    assert regions == [
        (region.old_route, region.new_route, part.words)
        for shift in found.shifts
        for region in shift.regions
        for part in region.parts
    ]


def test_two_weeks_written_as_days_are_no_change(tmp_path: Path) -> None:
    weeks, days = ({**FILES, "holes.yaml": WORKED.replace("2 business days", one)} for one in ("2 weeks", "14 days"))
    assert compare(catalog(tmp_path / "old", weeks), catalog(tmp_path / "new", days)).changes == ()


def test_a_question_that_is_no_longer_asked_loses_its_answers(tmp_path: Path) -> None:
    edited = HOLE.partition("      details:")[0]
    found = compare(catalog(tmp_path / "old", FILES), catalog(tmp_path / "new", {**FILES, "hole.yaml": edited}))
    (change,) = [change for change in found.changes if change.safety is not Safety.SAFE]
    assert change.what == "`details` is no longer asked (“details”); what was answered in drafts is dropped."
    assert change.safety is Safety.LOSES
    assert not found.is_harmless


def test_the_line_that_keeps_the_answers_is_written_out(tmp_path: Path) -> None:
    edited = HOLE
    for words in ("      {}:\n", "{{{}: answered", "at: {}\n"):
        edited = edited.replace(words.format("details"), words.format("detail"))
    found = compare(catalog(tmp_path / "old", FILES), catalog(tmp_path / "new", {**FILES, "hole.yaml": edited}))
    assert [change.fix for change in found.changes if change.safety is NEEDS_WAS] == ["was: details"]


WAS = HOLE.replace("form: hole\n", "form: hole\nwas: pit\n").replace(
    "choices: [road, lane, sidewalk, yard]",
    "was: ground\n        choices:\n          road: {label: road, was: [street, way]}\n"
    + "".join(f"          {choice}: {choice}\n" for choice in ("lane", "sidewalk", "yard")),
)
# What stands in the form | what is put there | what is told | the line that keeps the answers
FORGOTTEN = [
    ("was: pit\n", "", "Links, drafts and programs that know the form as `pit` do not find it any more.", "was: pit"),
    ("        was: ground\n", "", "Answers to `surface` under `ground` are not found any more.", "was: ground"),
    (
        ", was: [street, way]",
        ", was: way",
        "The choice `road` of `surface` is not found under `street` any more.",
        "road:\n  label: road\n  was:\n  - way\n  - street",
    ),
]


@pytest.mark.parametrize(("old", "new", "told", "fix"), FORGOTTEN)
def test_an_old_name_that_is_not_said_any_more_is_told_with_the_line_that_keeps_it(
    tmp_path: Path, old: str, new: str, told: str, fix: str
) -> None:
    assert old in WAS
    files = {**FILES, "hole.yaml": WAS}
    edited = {**files, "hole.yaml": WAS.replace(old, new)}
    found = compare(catalog(tmp_path / "old", files), catalog(tmp_path / "new", edited))
    assert [(one.what, one.safety, one.fix) for one in found.changes] == [(told, NEEDS_WAS, fix)]
    assert not found.is_harmless


def test_a_new_name_for_what_was_renamed_before_has_to_say_both(tmp_path: Path) -> None:
    files = {**FILES, "hole.yaml": WAS}
    words = ("      surface:\n", "{surface: [")
    edited = WAS.replace("was: ground", "was: surface")
    for word in words:
        edited = edited.replace(word, word.replace("surface", "cover"))
    found = compare(catalog(tmp_path / "old", files), catalog(tmp_path / "new", {**files, "hole.yaml": edited}))
    assert [(one.what, one.fix) for one in found.changes if one.safety is NEEDS_WAS] == [
        ("Answers to `cover` under `ground` are not found any more.", "was: [surface, ground]")
    ]


@st.composite
def limited(draw: st.DrawFn) -> str:
    low, high = sorted(draw(st.lists(st.integers(1, 6), min_size=2, max_size=2)))
    return f"        min: {low}\n        max: {high}\n        required: false\n"


@settings(max_examples=30)
@given(limited(), limited())
def test_limits_lose_answers_just_where_one_was_good_before_and_is_not_now(before: str, after: str) -> None:
    answered = TABLE.replace("{at_least: 10}", "answered")
    with TemporaryDirectory() as folder:
        old, new = (
            catalog(
                Path(folder) / str(number), {**FILES, "hole.yaml": HOLE.replace(DEPTH, limits), "holes.yaml": answered}
            )
            for number, limits in enumerate((before, after))
        )
        taken = [
            {
                depth
                for depth in range(8)
                if one.forms["hole"].check({"surface": "road", "depth_cm": depth}).answers.get("depth_cm")
            }
            for one in (old, new)
        ]
        lost = {one.safety for one in compare(old, new).changes if "of `depth_cm` was" in one.what}
        assert (LOSES in lost) == bool(taken[0] - taken[1])


def renamed(files: dict[str, str]) -> dict[str, str]:
    """The same under new names throughout, with `was` at each: form, questions and choices."""
    words = {"hole": "pit", "surface": "ground", "depth": "deep", "needs": "wants", "road": "street", "ramp": "slope"}

    def called(text: str) -> str:
        return re.sub(rf"\b({'|'.join(words)})\b(?! \(fr\))(?!:? [A-Z])", lambda found: words[found[0]], text)

    def choice(name: str) -> str:
        return f"{words[name]}: {{label: {name}, was: [{name}]}}" if name in words else f"{name}: {name}"

    form, table = called(files["hole.yaml"]), called(files["holes.yaml"])
    form = form.replace("form: pit\n", "form: pit\nwas: hole\n")
    for old, new in words.items():
        form = form.replace(f"      {new}:\n        type", f"      {new}:\n        was: {old}\n        type")
    for old in ("[road, lane, walk]", "[ramp, bell]"):
        choices = "".join(f"\n          {choice(name)}" for name in old.strip("[]").split(", "))
        form = form.replace(f"choices: {called(old)}\n", f"choices:{choices}\n")
    return {"hole.yaml": form, "holes.yaml": table.replace("forms: [hole]", "forms: [pit]")}


@settings(max_examples=25)
@given(generated())
def test_what_is_renamed_with_was_is_safe_and_moves_nothing(files: dict[str, str]) -> None:
    with TemporaryDirectory() as folder:
        old = read_catalog(write(Path(folder) / "old", files))[0]
        new = read_catalog(write(Path(folder) / "new", renamed(files)))[0]
        assume(old is not None)
        assert new is not None
        found = compare(old, new)
        assert {change.safety for change in found.changes} == {SAFE}
        assert [change.what for change in found.changes if change.audience == "departments"] == []
        assert (found.shifts, found.undecided) == ((), ())
        back = compare(new, old)
        assert {change.safety for change in back.changes} != {SAFE}


def test_what_fares_otherwise_is_told_with_an_example_that_really_does(tmp_path: Path) -> None:
    edited = TABLE.replace("at_least: 10", "at_least: 15")
    old, new = catalog(tmp_path / "old", FILES), catalog(tmp_path / "new", {**FILES, "holes.yaml": edited})
    found = compare(old, new)
    (shift,) = found.shifts
    assert (shift.form, shift.old.send_to, shift.new.send_to) == ("hole", "streets", "parks")
    (region,) = shift.regions
    (part,) = region.parts
    assert (region.old_route, region.new_route, part.words) == ("deep", "rest", "depth_cm is from 10 to 14")
    assert "`depth_cm: 10`" in part.example
    answers = {"surface": "road", "depth_cm": 10}
    assert [one.decide("hole", answers).send_to for one in (old, new)] == ["streets", "parks"]


def test_a_route_that_asks_what_looks_renamed_is_told_so(tmp_path: Path) -> None:
    edited = {name: text.replace("depth_cm", "depth_in_cm") for name, text in FILES.items()}
    found = compare(catalog(tmp_path / "old", FILES), catalog(tmp_path / "new", edited))
    (told,) = [change.what for change in found.changes if change.audience == "departments"]
    assert told == "The route `deep` asks `depth_in_cm` in place of `depth_cm`."


def test_a_notice_of_a_route_is_told_by_its_words(tmp_path: Path) -> None:
    head = "table: told\nforms: all\npolicy: collect\nroutes:\n  - route: dark\n    notice:\n      en: |\n"
    files = {**FILES, "told.yaml": f"{head}        Dark.\n\n        Wait.\n      fr: Sombre.\n"}
    edited = {**files, "told.yaml": files["told.yaml"].replace("Wait.", "Wait here.")}
    (change,) = compare(catalog(tmp_path / "old", files), catalog(tmp_path / "new", edited)).changes
    assert change.what == (
        "The route `dark` has a notice for residents: “Dark. Wait.” now reads “Dark. Wait here.” (en)."
    )


def test_a_file_by_which_copies_go_is_compared_too(tmp_path: Path) -> None:
    copies = "  - route: rest\n    copy_by: {from: desks.csv, match: {surface: surface}, take: desk}\n"
    files = {**FILES, "holes.yaml": TABLE.replace("  - route: rest\n", copies)}
    desks = "surface,desk\nroad,streets\nlane,streets\nsidewalk,\nyard,\n"
    old = catalog(tmp_path / "old", {**files, "desks.csv": desks})
    new = catalog(tmp_path / "new", {**files, "desks.csv": desks.replace("road,streets", "road,")})
    (change,) = compare(old, new).changes
    assert change.what == "The route `rest` copies to nobody when surface is road; before, to `streets`."


def test_what_a_file_gives_otherwise_is_told_with_the_choices_for_which_it_does(tmp_path: Path) -> None:
    ward = (
        "      ward:\n        type: calculated\n        lookup: {from: wards.csv, match: {name: surface}, take: ward}\n"
    )
    files = {**FILES, "hole.yaml": HOLE.replace("checks:\n", f"{ward}checks:\n")}
    wards = "name,ward\nroad,North\nlane,North\nsidewalk,South\nyard,South\n"
    old = catalog(tmp_path / "old", {**files, "wards.csv": wards})
    new = catalog(tmp_path / "new", {**files, "wards.csv": wards.replace("North", "South")})
    assert [change.what for change in compare(old, new).changes] == [
        "`ward` is `South` when surface is road or lane; before, `North`."
    ]


def test_a_notice_that_ends_the_form_no_more_is_told(tmp_path: Path) -> None:
    notice = "      out:\n        type: notice\n        stops: yes\n        show_when: {surface: yard}\n        text:\n"
    stop = f"{notice}          en: Not ours.\n          fr: Pas à nous.\n"
    files = {**FILES, "hole.yaml": HOLE.replace("checks:\n", f"{stop}checks:\n")}
    edited = {**files, "hole.yaml": files["hole.yaml"].replace("        stops: yes\n", "")}
    old, new = catalog(tmp_path / "old", files), catalog(tmp_path / "new", edited)
    assert [change.what for change in compare(old, new).changes] == ["`out` ends the form no more."]
    assert [change.what for change in compare(new, old).changes] == [
        "`out` ends the form now: nobody can send it while that shows."
    ]


def test_a_department_under_a_new_name_is_told_once_with_what_names_it(tmp_path: Path) -> None:
    edited = {name: text.replace("parks", "city-parks") for name, text in FILES.items()}
    found = compare(catalog(tmp_path / "old", FILES), catalog(tmp_path / "new", edited))
    (told,) = found.changes
    desk = "who works at its desk needs an account for the new name"
    assert (told.subject, told.what) == (
        "city-parks",
        f"`parks` is called `city-parks` now: 1 route names it; {desk}.",
    )


def test_a_department_that_only_looks_like_another_is_told_route_by_route(tmp_path: Path) -> None:
    edited = {
        name: text.replace("parks", "city-parks").replace("en: Parks", "en: Park") for name, text in FILES.items()
    }
    found = compare(catalog(tmp_path / "old", FILES), catalog(tmp_path / "new", edited))
    assert [one.what for one in found.changes if "city-parks" in one.what] == [
        "The route `rest` has `send_to: city-parks`; before, `send_to: parks`.",
        "The department “Parks” is gone; `city-parks` looks like it under a new name.",
    ]


def test_a_form_that_is_gone_is_told_once_with_the_routes_that_go_with_it(tmp_path: Path) -> None:
    both = TABLE.replace("[hole]", "[hole, pit]").replace("routes:\n", f"routes:\n{PITS}")
    pit = FORM.replace("form: hole", "form: pit").replace("a hole", "a pit") + field("depth_cm", "integer")
    extras = "table: extras\nforms: all\npolicy: collect\nroutes:\n  - {route: any, tags: [any]}\n"
    files = {**FILES, "extras.yaml": extras}
    old = catalog(tmp_path / "old", {**files, "holes.yaml": both, "pit.yaml": pit})
    (told,) = compare(old, catalog(tmp_path / "new", files)).changes
    assert told.what == (
        "The form is gone: nobody can send it, and drafts of it are lost."
        " With it go the routes `pits` and `wide` of `holes`."
    )


def test_what_is_tried_or_asked_elsewhere_is_told_by_its_name(tmp_path: Path) -> None:
    tables = (TABLE.replace(f"  - route: {one}", f"{LONG}  - route: {one}") for one in ("deep", "rest"))
    details = HOLE[HOLE.index("      details:") : HOLE.index("checks:")]
    depth = HOLE[HOLE.index("      depth_cm:") : HOLE.index("      details:")]
    page = "  - page: more\n    title:\n      en: More\n      fr: Plus\n    fields:\n"
    forms = HOLE.replace(details, page + details), HOLE.replace(depth, "").replace("checks:", f"{page}{depth}checks:")
    old, new = (
        catalog(tmp_path / str(number), {**FILES, "holes.yaml": table, "hole.yaml": form})
        for number, (table, form) in enumerate(zip(tables, forms, strict=True))
    )
    assert [one.what for one in compare(old, new).changes] == [
        "`details` stands on the page `hole`; before, on `more`.",
        "`depth_cm` stands on the page `more`; before, on `hole`.",
        "The route `deep` is tried before `long` now.",
    ]


def test_a_label_or_a_new_name_of_a_route_moves_nothing(tmp_path: Path) -> None:
    routes, form = TABLE.replace("deep", "very-deep"), HOLE.replace("en: depth_cm", "en: How deep?")
    edited = {**FILES, "holes.yaml": routes, "hole.yaml": form}
    found = compare(catalog(tmp_path / "old", FILES), catalog(tmp_path / "new", edited))
    assert found.changes
    assert found.shifts == ()
    assert found.is_harmless


def test_routes_in_a_sheet_do_not_differ_from_the_same_in_yaml(tmp_path: Path) -> None:
    yaml = "table: holes\nforms: [hole]\nroutes:\n  - {route: a, send_to: parks, copy_to: [streets], tags: [wet]}\n"
    sheet = {
        "holes.yaml": "table: holes\nforms: [hole]\nroutes_from: holes.csv\n",
        "holes.csv": "route,send_to,copy_to,tags\na,parks,streets,wet\n",
    }
    old = catalog(tmp_path / "old", {**FILES, "holes.yaml": yaml})
    new = catalog(tmp_path / "new", {**FILES, **sheet})
    assert compare(old, new).changes == ()
    assert compare(new, old).changes == ()


@settings(max_examples=25)
@given(generated(), generated())
def test_every_example_is_let_through_by_its_form_and_goes_from_the_one_to_the_other(
    before: dict[str, str], after: dict[str, str]
) -> None:
    with TemporaryDirectory() as folder:
        old, new = (read_catalog(write(Path(folder) / name, one))[0] for name, one in (("a", before), ("b", after)))
        assume(old is not None and new is not None)
    assert old is not None
    assert new is not None
    for change in changes("hole", old.router, new.router).changes:
        for region in change.regions:
            for part in (*region.parts, *region.former):
                taking, at = old if part in region.former else new, part.witness.moment.at
                answers = part.witness.answers
                seen = {
                    one: as_asked(one.router.plans["hole"].scope, answers, part.witness.moment) for one in (old, new)
                }
                checked = taking.forms["hole"].check(seen[taking], now=at)
                assert {error.code for error in checked.errors} <= {"missing"}  # what the routes do not look at
                decided = [one.decision(one.submission("hole", given, received=at)) for one, given in seen.items()]
                if checked.ok:
                    assert [one.route for one in decided] == [region.old_route, region.new_route]
                    assert decided[0].send_to == change.old.send_to
                    assert decided[1].send_to == change.new.send_to


@settings(max_examples=15)
@given(generated())
def test_a_catalogue_does_not_differ_from_itself(files: dict[str, str]) -> None:
    with TemporaryDirectory() as name:
        folder = write(Path(name), files)
        old, new = (read_catalog(folder)[0] for _ in range(2))
    assume(old is not None)
    assert old is not None
    assert new is not None
    found = compare(old, new)
    assert (found.changes, found.shifts, found.undecided) == ((), (), ())


def test_winnipeg_does_not_differ_from_itself() -> None:
    old, new = (read_catalog(SCHEMAS)[0] for _ in range(2))
    assert old is not None
    assert new is not None
    assert compare(old, new).is_harmless
    assert compare(old, new).changes == ()


MORE = """\
      area:
        type: choice
        choices_from: areas.csv
        label:
          en: Area
          fr: Quartier
      service:
        type: matrix
        label:
          en: Service
          fr: Service
        rows:
          ROW:
            en: The speed of it
            fr: La rapidité
        scale: [good, BAD]
      things:
        type: repeat
        label:
          en: Things
          fr: Choses
        fields:
          WHAT:
            type: choice
            label:
              en: What is it?
              fr: Quoi?
            choices:
              lamp:
                en: Lamp
                fr: Lampe
              SEAT:
                en: A seat
                fr: Un banc
"""
NAMES = {"ROW": ("speed", "pace"), "BAD": ("poor", "poorly"), "WHAT": ("what", "which"), "SEAT": ("seat", "bench")}


def with_more(number: int) -> dict[str, str]:
    text = MORE
    for name, called in NAMES.items():
        text = text.replace(f"{name}:", f"{called[number]}:").replace(f"{name}]", f"{called[number]}]")
    areas = ("value,label\nw,West\n", "value,label\nwest,West\n")[number]
    return {**FILES, "areas.csv": areas, "hole.yaml": HOLE.replace("checks:\n", f"{text}checks:\n")}


def test_what_keeps_the_answers_of_choices_and_rows_is_written_out(tmp_path: Path) -> None:
    found = compare(catalog(tmp_path / "old", with_more(0)), catalog(tmp_path / "new", with_more(1)))
    asked = [(change.what, change.fix) for change in found.changes if change.safety is NEEDS_WAS]
    assert asked == [
        (
            "`service.speed` is gone; `service.pace` looks like it under a new name.",
            "pace:\n  label:\n    en: The speed of it\n    fr: La rapidité\n  was: service.speed",
        ),
        ("The choice `w` of `area` is gone; `west` looks like it under a new name.", "value,label,was\nwest,West,w"),
        (
            "The choice `poor` of `service.pace` is gone; `poorly` looks like it under a new name.",
            "poorly:\n  label: poorly\n  was: poor",
        ),
        ("In the rows of `things`: `what` is gone; `which` looks like it under a new name.", "was: what"),
        (
            "In the rows of `things`: The choice `seat` of `which` is gone; `bench` looks like it under a new name.",
            "bench:\n  label:\n    en: A seat\n    fr: Un banc\n  was: seat",
        ),
    ]  # fmt: skip


def test_what_is_written_out_keeps_the_answers(tmp_path: Path) -> None:
    files = with_more(1)
    form = files["hole.yaml"]
    for short, long in (
        ("          pace:\n            en: The speed of it\n            fr: La rapidité\n",
         "          pace:\n            label:\n              en: The speed of it\n              fr: La rapidité\n"
         "            was: service.speed\n"),
        ("        scale: [good, poorly]\n",
         "        scale:\n          good: good\n          poorly:\n            label: poorly\n            was: poor\n"),
        ("          which:\n", "          which:\n            was: what\n"),
        ("              bench:\n                en: A seat\n                fr: Un banc\n",
         "              bench:\n                label:\n                  en: A seat\n                  fr: Un banc\n"
         "                was: seat\n"),
    ):  # fmt: skip
        assert short in form
        form = form.replace(short, long)
    mended = {**files, "hole.yaml": form, "areas.csv": "value,label,was\nwest,West,w\n"}
    found = compare(catalog(tmp_path / "old", with_more(0)), catalog(tmp_path / "new", mended))
    assert {change.safety for change in found.changes} == {SAFE}
    assert found.is_harmless
