"""Route files and the departments file as authors write them."""

import pytest

from formroute.definitions import Definition, Document, Place, Text, parse_source, read
from formroute.problems import Problem
from formroute.records import Destination
from formroute.routing import Department, DepartmentsDefinition, TableDefinition, compile_departments

DEPARTMENTS = """\
departments:
  streets:
    name:
      en: Streets
      fr: Rues
    private_answers: yes
    deliver:
      - email: {to: streets@example.org}
      - webhook: {url: "https://streets.example.org/in", secret_env: STREETS_SECRET}
      - desk: {}
  parks:
    name:
      en: Parks
      fr: Parcs
    deliver:
      - desk: {}
"""

TABLE = """\
table: streets
forms: [pothole]
routes:
  - route: rest
    send_to: streets
"""

DESK = "- desk: {}\n  parks"
NOTHING_ELSE = "    send_to: streets\n"

WRONG_DEPARTMENTS = [
    ("{to: streets@example.org}", "{to: streets}", "R404"),
    ("{to: streets@example.org}", "{too: streets@example.org}", "D101"),
    ('"https://streets.example.org/in"', "streets.example.org", "R405"),
    ('"https://streets.example.org/in"', '"ftp://streets.example.org"', "R405"),
    ("STREETS_SECRET", "whsec_c2VjcmV0", "R406"),
    (DESK, "- desk: {}\n        email: {to: a@example.org}\n  parks", "R403"),
    (DESK, "- {}\n  parks", "R403"),
    ("deliver:\n      - desk: {}\n", "deliver: []\n", "D120"),
    ("deliver:\n      - desk: {}\n", "deliver: desk\n", "D103"),
    ("private_answers: yes", "private_answers: sometimes", "D114"),
]

WRONG_TABLES = [
    (NOTHING_ELSE, NOTHING_ELSE + "    effective: {}\n", "R408"),
    (NOTHING_ELSE, NOTHING_ELSE + "    effective: {from: 2026-13-01}\n", "R407"),
    (NOTHING_ELSE, NOTHING_ELSE + "    effective: {from: 2027-03-01, until: 2026-12-01}\n", "R409"),
    (NOTHING_ELSE, NOTHING_ELSE + "    notify: streets\n", "R404"),
    ("forms: [pothole]", "forms: []", "D120"),
    ("forms: [pothole]", "policy: frist", "D102 D119"),
    ("send_to: streets", "sent_to: streets", "D101"),
    ("send_to: streets", "respond_within: 2 months", "R401"),
    (NOTHING_ELSE, "tests:\n  - test: one\n", "D102"),
    (NOTHING_ELSE, "tests:\n  - test: one\n    expect: {due: tomorrow}\n", "D126"),
    (NOTHING_ELSE, "tests:\n  - test: one\n    expect: {due: 9999-12-31 23:59}\n", "D126"),
    (NOTHING_ELSE, "tests:\n  - test: one\n    received: 2026-02-30 10:00\n    expect: {tags: []}\n", "D126"),
    (NOTHING_ELSE, "tests:\n  - test: one\n    expect: {}\n", "R447"),
]


def load(model: type[Definition], yaml: str, file: str = "file.yaml") -> tuple[Definition | None, Place, list[Problem]]:
    problems: list[Problem] = []
    source = parse_source(yaml, file, problems)
    assert source
    return read(model, Place.of(source), problems, ("en", "fr")), Place.of(source), problems


@pytest.mark.parametrize(("right", "wrong", "code"), WRONG_DEPARTMENTS)
def test_what_is_wrong_with_a_department_is_told(right: str, wrong: str, code: str) -> None:
    assert mistakes(DepartmentsDefinition, DEPARTMENTS, right, wrong) == code


@pytest.mark.parametrize(("right", "wrong", "code"), WRONG_TABLES)
def test_what_is_wrong_with_a_table_is_told(right: str, wrong: str, code: str) -> None:
    assert mistakes(TableDefinition, TABLE, right, wrong) == code


def mistakes(model: type[Definition], yaml: str, right: str, wrong: str) -> str:
    assert right in yaml
    definition, _, problems = load(model, yaml.replace(right, wrong))
    assert definition is None
    return " ".join(sorted(problem.code for problem in problems))


def departments(*files: str) -> tuple[dict[str, Department], list[Problem]]:
    documents: list[Document[DepartmentsDefinition]] = []
    problems: list[Problem] = []
    for number, yaml in enumerate(files):
        model, place, found = load(DepartmentsDefinition, yaml, f"{number}.yaml")
        assert isinstance(model, DepartmentsDefinition), found
        documents.append(Document(model, place))
    return compile_departments(documents, problems), problems


def test_departments_know_every_way_to_reach_them() -> None:
    found, problems = departments(DEPARTMENTS)
    assert problems == []
    assert found["streets"] == Department(
        "streets",
        Text({"en": "Streets", "fr": "Rues"}),
        private_answers=True,
        deliver=(
            Destination("streets", "email", {"to": "streets@example.org"}),
            Destination(
                "streets", "webhook", {"url": "https://streets.example.org/in", "secret_env": "STREETS_SECRET"}
            ),
            Destination("streets", "desk", {}),
        ),
    )


def test_without_a_word_a_department_gets_no_private_answers() -> None:
    assert departments(DEPARTMENTS)[0]["parks"].private_answers is False


def test_a_department_that_two_files_name_is_a_problem_of_the_second() -> None:
    _, problems = departments(DEPARTMENTS, DEPARTMENTS.replace("streets:", "streets-too:"))
    assert [f"{problem.mark} {problem.code}" for problem in problems] == ["1.yaml:11:3 R416"]
