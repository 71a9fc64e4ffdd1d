"""What is told of questions, pages and notices that no answers lead to, or all do."""

import pytest

from tests.forms.made import compiled, page

FIRST = """
surface:
  type: choice
  label: {label}
  choices: [road, lane]
depth:
  type: integer
  min: 1
  max: 9
  required: false
  show_when: {{surface: road}}
  label: {label}
"""
LABEL = "\n    en: Label\n    fr: Libellé"

CASES = [
    ("a question that shows for some answers is right", "{depth: {at_least: 5}}", []),
    (
        "one that shows for a hidden question's answer",
        "{surface: lane, depth: answered}",
        ["F242 No answers show `more`."],
    ),
    (
        "one that shows for two answers at once",
        "{all: [{surface: road}, {surface: lane}]}",
        ["F242 No answers show `more`."],
    ),
    (
        "one that shows whatever is answered",
        "{any: [{surface: road}, {surface: lane}]}",
        ["F243 `more` shows whatever is answered before it."],
    ),
]


def told(*pages: str) -> list[str]:
    _, problems = compiled(*pages)
    return [f"{found.code} {found.what}" for found in problems if found.code[0] != "D"]


@pytest.mark.parametrize(("shows", "findings"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_questions(shows: str, findings: list[str]) -> None:
    more = f"more:\n  type: text\n  label: {LABEL}\n  show_when: {shows}\n"
    assert told(page(FIRST.format(label=LABEL) + more)) == findings


def test_of_a_page_that_never_shows_the_page_alone_is_told() -> None:
    second = page(f"more:\n  type: text\n  label: {LABEL}\n  show_when: {{surface: lane}}\n", "second")
    second = second.replace("    fields:", "    show_when: {surface: lane, depth: answered}\n    fields:")
    assert told(page(FIRST.format(label=LABEL)), second) == ["F241 No answers show the page `second`."]


NOTICE = f"stop:\n  type: notice\n  stops: true\n  text: {LABEL}\n"


@pytest.mark.parametrize(
    ("shows", "findings"),
    [
        ("", ["F244 Nobody gets past `stop`, so that nothing can be sent."]),
        ("  show_when: {surface: lane}\n", []),
        (
            "  show_when: {any: [{surface: lane}, {surface: road}]}\n",
            [
                "F243 `stop` shows whatever is answered before it.",
                "F244 Nobody gets past `stop`, so that nothing can be sent.",
            ],
        ),
    ],
)
def test_a_notice_that_stops_everybody(shows: str, findings: list[str]) -> None:
    """And nothing is said of the questions after it."""
    after = f"more:\n  type: text\n  label: {LABEL}\n  show_when: {{surface: road}}\n"
    assert told(page(FIRST.format(label=LABEL) + NOTICE + shows + (after if findings else ""))) == findings


def test_a_question_after_a_notice_that_stops_its_answers_never_shows() -> None:
    after = f"more:\n  type: text\n  label: {LABEL}\n  show_when: {{surface: lane}}\n"
    stop = NOTICE + "  show_when: {surface: lane}\n"
    assert told(page(FIRST.format(label=LABEL) + stop + after)) == ["F242 No answers show `more`."]
