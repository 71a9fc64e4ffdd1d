"""Small catalogues in a folder: written by a test, or generated."""

from collections.abc import Mapping
from pathlib import Path

from hypothesis import strategies as st

SCHEMAS = Path(__file__).parent.parent.parent / "schemas"
EVERY_KIND = Path(__file__).parent.parent / "every_kind"
CATALOG = """\
city: Smallville
languages: [en, fr]
time_zone: America/Winnipeg
priorities: [high, normal]
defaults: {priority: normal}
calendar: city
calendars:
  city: {country: CA, subdivision: MB, working_hours: 08:30..16:30}
"""
DEPARTMENTS = """\
departments:
  streets:
    name: {STREETS}
    deliver: [{desk: {}}]
  parks:
    name: {PARKS}
    deliver: [{desk: {}}]
""".replace("{STREETS}", "\n      en: Streets\n      fr: Rues").replace(
    "{PARKS}", "\n      en: Parks\n      fr: Parcs & jardins"
)
FORM = """\
form: hole
title:
  en: Report a hole
  fr: Signaler un trou
summary:
  en: A hole.
  fr: Un trou.
pages:
  - page: hole
    title:
      en: The hole
      fr: Le trou
    fields:
"""


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """The folder with a catalogue in it, and these files beside its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"catalog.yaml": CATALOG, "departments.yaml": DEPARTMENTS, **files}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def text_of(name: str) -> str:
    """A text in both languages."""
    return f"\n          en: {name}\n          fr: {name} (fr)\n"


def field(name: str, kind: str, shows: str = "", more: str = "") -> str:
    """The lines of one question."""
    when = f"        show_when: {shows}\n" if shows else ""
    return f"      {name}:\n        type: {kind}\n{when}{more}        label:{text_of(name)}"


QUESTIONS = {
    "surface": ("choice", "        choices: [road, lane, walk]\n", ["road", "[road, lane]", "{not: [walk]}", "walk"]),
    "cars": ("yes_no", "", ["yes", "no"]),
    "needs": (
        "choices",
        "        choices: [ramp, bell]\n        required: false\n",
        ["{includes: ramp}", "blank", "answered", "{count: 2}"],
    ),
    "depth": (
        "integer",
        "        min: 1\n        max: 30\n        required: false\n",
        ["5..10", "{more_than: 10}", "blank", "{less_than: 3}"],
    ),
    "note": ("text", "        required: false\n", ["answered", "{contains: [wire]}", "blank"]),
    "email": ("email", "        required: false\n", ["answered", "blank"]),
}


def tests_on(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    """One test on one of these questions."""
    pairs = [f"{name}: {test}" for name in names for test in QUESTIONS[name][2]]
    return st.sampled_from(pairs)


@st.composite
def generated(draw: st.DrawFn) -> dict[str, str]:
    """A form of two to four questions, some of which hide, and a table of up to five routes."""
    names = tuple(draw(st.lists(st.sampled_from(sorted(QUESTIONS)), min_size=2, max_size=4, unique=True)))
    lines = []
    for number, name in enumerate(names):
        shows = f"{{{draw(tests_on(names[:number]))}}}" if number and draw(st.booleans()) else ""
        lines.append(field(name, QUESTIONS[name][0], shows, QUESTIONS[name][1]))
    conditions = st.lists(tests_on(names), min_size=1, max_size=2, unique_by=lambda pair: pair.split(":")[0])
    routes = [
        f"  - route: r{number}\n    when: {{{', '.join(draw(conditions))}}}\n    send_to: {to}\n"
        for number, to in enumerate(draw(st.lists(st.sampled_from(["streets", "parks"]), max_size=5)))
    ]
    rest = "  - route: rest\n    send_to: parks\n"
    return {
        "hole.yaml": FORM + "".join(lines),
        "holes.yaml": f"table: holes\nforms: [hole]\nroutes:\n{''.join(routes)}{rest}",
    }
