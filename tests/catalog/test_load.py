"""A schemas folder loads as a whole or not at all; Winnipeg's loads, and broken copies of it say why not."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formroute.catalog import check_catalog, load_catalog
from formroute.problems import DefinitionError, Problem, Severity
from tests.catalog.one_slip import part_of_winnipeg
from tests.copies import copied, edit

SCHEMAS = Path(__file__).parent.parent.parent / "schemas"
FORMS = {
    "abandoned_vehicle", "dog_complaint", "frozen_catch_basin", "graffiti", "liveability", "missed_garbage",
    "missed_recycling", "no_water", "pothole", "sewer_backup", "snow_roads", "tree",
}  # fmt: skip
STREETS = part_of_winnipeg()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the part of Winnipeg's schemas that is about streets, to break."""
    for name, text in STREETS.items():
        path = tmp_path / "schemas" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "schemas"


def errors(folder: Path) -> list[Problem]:
    catalog, problems = check_catalog(folder)
    found = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert (catalog is None) is bool(found)
    return found


def test_winnipegs_catalogue_loads_without_a_finding() -> None:
    catalog = load_catalog(SCHEMAS)
    assert catalog.forms.keys() == FORMS
    assert catalog.warnings == ()
    assert catalog.languages == ("en", "fr")
    assert all(set(form.title.languages) == {"en", "fr"} for form in catalog.forms.values())


# What stands at the top of two forms | the findings
CLAIMS = [
    ("form: snow_roads\nwas: snow", "form: pothole\nwas: hole", []),
    ("form: snow_roads\nwas: pothole", "form: pothole", ["F232"]),
    ("form: snow_roads\nwas: pothole", "form: pothole\nwas: snow_roads", ["F234", "F234"]),
    ("form: snow_roads\nwas: hole", "form: pothole\nwas: hole", ["F233"]),
    ("form: snow_roads", "form: pothole\nwas: [hole, pothole]", ["F231"]),
]


@pytest.mark.parametrize(("snow", "pothole", "codes"), CLAIMS)
def test_the_old_name_of_a_form_is_free_and_its_own(copy: Path, snow: str, pothole: str, codes: list[str]) -> None:
    edit(copy / "forms/snow_roads.yaml", "form: snow_roads", snow)
    edit(copy / "forms/pothole.yaml", "form: pothole", pothole)
    assert [problem.code for problem in errors(copy)] == codes
    if not codes:
        catalog = load_catalog(copy)
        assert catalog.today("hole") is catalog.today("pothole") is catalog.forms["pothole"]
        assert catalog.today("none") is None


def test_the_readme_way_of_deciding() -> None:
    catalog = load_catalog(SCHEMAS)
    raw = {"danger": "no", "where": "510 Main St", "surface": "lane", "depth_cm": "12", "car_damage": "no"}
    checked = catalog.forms["pothole"].check(raw)
    assert checked.ok
    decision = catalog.decide("pothole", checked.answers, received=datetime(2026, 3, 9, 18, tzinfo=UTC), channel="web")
    assert (decision.route, decision.send_to, decision.priority) == ("pothole-hazard", "street-maintenance", "urgent")
    assert decision.due == datetime(2026, 3, 11, 18, tzinfo=UTC)


# The file that is edited | what stands there | what is put there | the code | its corrected line, stripped
BROKEN = [
    ("forms/pothole.yaml", "        type: integer", "        type: intger", "F213", "type: integer"),
    ("forms/pothole.yaml", "[road, lane]", "[road, lain]", "C303", "show_when: {surface: [road, lane]}"),
    ("forms/pothole.yaml", "{surface: sidewalk}", "{surfaces: sidewalk}", "C301", "show_when: {surface: sidewalk}"),
    ("forms/pothole.yaml", "  - use: contact", "  - use: contcat", "F215", "- use: contact"),
    ("forms/pothole.yaml", "keep_for: 2 years", "keep_for: two years", "D125", None),
    ("forms/pothole.yaml", "summary:", "sumary:", "D101", "summary:"),
    ("forms/pothole.yaml", "{stops: call_911}", "{stops: call_311}", "F207", "expect: {stops: call_911}"),
    ("forms/pothole.yaml", "{stops: call_911}", "{stops: private_ground}", "F216", None),
    ("forms/pothole.yaml", "form: pothole", "form: snow_roads", "G502", None),
    ("forms/pothole.yaml", "\nform: pothole", "\nfrom: pothole", "D104", "form: pothole"),
    ("routes/departments.yaml", "private_answers: yes", "private_answers: maybe", "D114", None),
    ("catalog.yaml", "fallback: contact-centre", "fallback: contact-center", "G505", "fallback: contact-centre"),
    ("catalog.yaml", "priority: normal", "priority: nromal", "G504", "priority: normal"),
    ("catalog.yaml", "calendar: city", "calendar: town", "G503", None),
    ("catalog.yaml", "America/Winnipeg", "America/Winipeg", "G506", "time_zone: America/Winnipeg"),
    ("catalog.yaml", "reference: WPG-YYYY-NNNNNN", "reference: winnipeg", "G508", None),
    ("catalog.yaml", "languages: [en, fr]", "languages: [en, français]", "G507", None),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code", "corrected"), BROKEN)
def test_a_broken_copy_says_what_is_wrong_and_where(
    copy: Path, file: str, old: str, new: str, code: str, corrected: str | None
) -> None:
    path = copy / file
    text = "\n" + path.read_text(encoding="utf-8")
    assert old in text
    line = text[: text.index(old)].count("\n") + old.count("\n")
    path.write_text(text.replace(old, new, 1)[1:], encoding="utf-8")
    found = [problem for problem in errors(copy) if problem.code == code]
    assert found
    assert found[0].mark.file == str(path) or code == "G502"
    assert found[0].mark.line == line or code in ("G502",)
    assert corrected is None or (found[0].corrected or "").strip() == corrected


@pytest.mark.parametrize(
    ("old", "new", "code", "corrected"),
    [
        ("[pothole, snow_roads,", "[pothole, snow_road,", "G540", "forms: [pothole, snow_roads, abandoned_vehicle]"),
        ("[no_water, sewer_backup,", "[no_water, pothole,", "G541", None),
    ],
)
def test_a_group_names_forms_that_are_there_and_each_once(
    tmp_path: Path, old: str, new: str, code: str, corrected: str | None
) -> None:
    whole = copied(SCHEMAS, tmp_path / "schemas")
    edit(whole / "catalog.yaml", old, new)
    (found,) = [problem for problem in errors(whole) if problem.code == code]
    assert new in found.line
    assert corrected is None or (found.corrected or "").strip() == corrected


def test_a_form_that_does_not_load_raises_with_every_problem(copy: Path) -> None:
    edit(copy / "forms/snow_roads.yaml", "type: choice", "type: chioce")
    edit(copy / "forms/pothole.yaml", "type: choice", "type: chioce")
    with pytest.raises(DefinitionError) as caught:
        load_catalog(copy)
    assert [found.code for found in caught.value.problems if not found.is_of_the_unknown] == ["F213", "F213"]
    assert "Did you mean `choice`?" in str(caught.value)


def test_a_folder_without_a_catalogue_file_says_so(tmp_path: Path) -> None:
    assert [problem.code for problem in errors(tmp_path)] == ["G501"]


# The file that is edited | what stands there | what is put there | every code that is told, and nothing more
CAUSES = [
    ("lookups/neighbourhoods.csv", "value,label", "valu,label", ["D123"]),
    ("lookups/neighbourhoods.csv", "agassiz,Agassiz,", "agassiz,", ["D122"]),
    ("routes/departments.yaml", "private_answers: yes", "private_answers: maybe", ["D114"]),
    ("blocks/contact.yaml", "block: contact", "blok: contact", ["D104"]),
    ("blocks/contact.yaml", "type: email", "type: emial", ["F213"]),
    ("forms/snow_roads.yaml", "summary:", "summary", ["Y106"]),
    ("forms/pothole.yaml", "Street}, surface: private}", "Street}, surface: privat}", ["G509"]),
    ("forms/pothole.yaml", "{car_damage: yes}", "{car_damage:yes}", ["C301"]),
    ("forms/pothole.yaml", "link: https://www.mpi.mb.ca", "link: javascript:alert(1)", ["D128"]),
]


@pytest.mark.parametrize(("file", "old", "new", "codes"), CAUSES)
def test_one_cause_is_told_once(copy: Path, file: str, old: str, new: str, codes: list[str]) -> None:
    edit(copy / file, old, new)
    assert [problem.code for problem in errors(copy)] == codes


@pytest.mark.parametrize(("make", "code"), [("mkfifo", "Y101"), ("zero", "G523")])
def test_what_is_no_ordinary_file_is_told_and_not_read(copy: Path, make: str, code: str) -> None:
    path = copy / "forms" / "pothole.yaml"
    path.unlink()
    if make == "mkfifo":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    assert [problem.code for problem in errors(copy)] == [code]


def test_that_no_file_names_departments_is_said_once(copy: Path) -> None:
    (copy / "routes" / "departments.yaml").unlink()
    assert [f"{problem.code} {problem.what}" for problem in errors(copy)] == ["G521 No file names the departments."]
