"""What is told of questions, pages and notices is just what going through every way to fill in the form shows."""

import itertools
import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from formroute.problems import Problem, Severity
from tests.forms.made import compiled, page
from tests.routing.brute_force import Raw, conditions_on, meets

Shows = Mapping[str, Raw | None]
PLACES = ["sick", "stop", "second", "more", "plough", "points", "inner", "check"]
"""What has a condition, in the order of the form: `kind` always shows and `size` is the first of the second page,
`plough` is a choice, `inner` stands in a row, after `over`, and the check stands at `size`."""
NEVER = {"second": "F241", "plough": "F245", "points": "F247", "check": "F247"}
ALWAYS = {"second": "", "plough": "F246", "points": "F248", "check": "F248"}


LABEL = "  label:\n    en: Label\n    fr: Libellé\n"


def form(shows: Shows) -> list[str]:
    """The two pages of it."""
    keys = {name: "" if when is None else f"  show_when: {json.dumps(when)}\n" for name, when in shows.items()}
    optional = f"  required: no\n{LABEL}"
    first = (
        f"kind:\n  type: choice\n  choices: [oak, elm]\n{LABEL}"
        f"sick:\n  type: yes_no\n{keys['sick']}{optional}"
        f"stop:\n  type: notice\n  stops: yes\n{keys['stop']}  text:\n    en: Stop\n    fr: Arrêt\n"
    )
    second = (
        f"size:\n  type: integer\n  min: 0\n  max: 3\n{optional}"
        f"more:\n  type: text\n{keys['more']}{optional.replace('Label', 'More')}"
    )
    second += (
        f"wanted:\n  type: choice\n{LABEL}  choices:\n    patch:\n      en: Patch\n      fr: Boucher\n"
        f"    plough:\n      label:\n        en: Plough\n        fr: Déneiger\n"
        + keys["plough"].replace("  show", "      show")
    )
    if shows["points"] is not None:
        second += f"score:\n  type: calculated\n  points:\n    - give: 1\n      when: {json.dumps(shows['points'])}\n"
    over = f"over:\n  type: choices\n  choices: [road, wire]\n{optional}"
    inner = f"inner:\n  type: text\n{keys['inner']}{optional}"
    each = "  each:\n    en: Row\n    fr: Rangée\n"
    second += f"rows:\n  type: repeat\n  min_items: 1\n  max_items: 2\n{LABEL}{each}  fields:\n"
    second += textwrap.indent(over + inner, "    ")
    shown = "" if shows["second"] is None else f"  {keys['second']}"
    return [page(first), page(second, "second").replace("    fields:\n", f"{shown}    fields:\n", 1)]


def checks(shows: Shows) -> str:
    """The check at the end of it."""
    when = json.dumps(shows["check"])
    message = "    message:\n      en: No\n      fr: Non\n"
    return "" if shows["check"] is None else f"checks:\n  - require: {when}\n    at: size\n{message}"


def ways(shows: Shows) -> Iterator[dict[str, bool]]:
    """For each way to fill in the form what was come by, in order, and whether it showed."""
    ticks = (None, ("road",), ("wire",), ("road", "wire"))
    for kind, sick, size, over in itertools.product(("oak", "elm"), (None, True, False), (None, 0, 1, 2, 3), ticks):
        answers: dict[str, Any] = {"kind": kind}
        seen: dict[str, bool] = {}
        for place in PLACES:
            when = shows[place]
            answers |= {"over": over} if place == "inner" else {}
            seen[place] = when is None or meets(when, answers)
            if seen[place]:
                answers |= {"sick": sick} if place == "sick" else {"size": size} if place == "second" else {}
            if place == ("stop" if seen[place] else "second") and not (place == "second" and seen[place]):
                break
        yield seen


def expected(shows: Shows) -> set[tuple[str, str]]:
    every = list(ways(shows))
    found = set()
    for place in PLACES:
        come_by = {way[place] for way in every if place in way}
        if come_by == {False}:
            found.add((NEVER.get(place, "F242"), place))
        elif come_by == {True} and shows[place] is not None and (code := ALWAYS.get(place, "F243")):
            found.add((code, place))
        if place == "stop" and come_by == {True}:
            found.add(("F244", place))
    return found


@given(
    st.fixed_dictionaries({
        "sick": st.none() | conditions_on("kind"),
        "stop": conditions_on("kind", "sick"),
        "second": st.none() | conditions_on("kind", "sick"),
        "more": st.none() | conditions_on("kind", "sick", "size"),
        "plough": st.none() | conditions_on("kind", "sick", "size"),
        "inner": st.none() | conditions_on("kind", "sick", "size", "over"),
        "points": st.none() | conditions_on("kind", "sick", "size"),
        "check": st.none() | conditions_on("kind", "sick", "size"),
    })
)  # fmt: skip
def test_what_never_or_always_shows_is_told_and_nothing_else(shows: Shows) -> None:
    _, problems = compiled(*form(shows), rest=checks(shows))
    assert not [found for found in problems if found.severity is Severity.ERROR]
    told = {(found.code, named(found)) for found in problems if found.code.startswith("F24")}
    assert told == expected(shows)


def named(found: Problem) -> str:
    """What a finding is about."""
    if found.code in {"F247", "F248"}:
        return "check" if "require" in found.line else "points"
    return found.what.split("`")[1]
