"""What an edit changes where rows are asked otherwise than before, against a decision for every resident."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.conditions import Lookup, Numbers, OneOf, Question, rows_of
from formroute.routing import FormScope
from formroute.routing.changes.regions import changes
from tests.routing.changes.test_regions import OUTPUTS, outcome
from tests.routing.changes.test_regions_of_forms import at, built, seen
from tests.routing.town import form, question, text

KIND = question("kind", OneOf(("oak", "elm")))


def size(shows: str = "") -> Question:
    return question("size", Numbers(0, 1, 0), {"kind": KIND}, shows=shows, required=False)


def tone(table: Mapping[object, object]) -> Question:
    return Question("tone", OneOf(("light", "dark")), text("tone"), follows=Lookup("kind", table))


def asking(*questions: Question) -> FormScope:
    trees = rows_of({one.name: one for one in (KIND, *questions)}, 0, 2)
    return form("small", text("Small"), Question("trees", trees, text("trees"), required=False))


VERSIONS = {
    "size of oaks": asking(size("kind: oak"), tone({"oak": "light", "elm": "dark"})),
    "size of elms": asking(size("kind: elm"), tone({"oak": "light", "elm": "dark"})),
    "size of all": asking(size(), tone({"oak": "light", "elm": "dark"})),
    "tone of oaks": asking(size("kind: oak"), tone({"oak": "dark"})),
}
ROWS = [
    {"kind": kind} if size is None else {"kind": kind, "size": size}
    for kind, size in product(("oak", "elm"), (None, 0, 1))
]
WOULD_ANSWER: list[dict[str, Any]] = [
    {"trees": rows} if rows else {} for count in range(3) for rows in product(ROWS, repeat=count)
]
IN_ROWS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["oak", "elm"]),
        "size": st.sampled_from(["blank", "answered", "0", {"not": ["0"]}]),
        "tone": st.sampled_from(["light", "dark", "blank"]),
    },
).filter(bool)
WHEN = st.fixed_dictionaries(
    {
        "trees": st.one_of(
            st.just("blank"), st.builds(lambda word, row: {word: row}, st.sampled_from(["some", "every"]), IN_ROWS)
        )
    }
)
ROUTES = st.lists(st.tuples(WHEN, OUTPUTS), min_size=1, max_size=2)


@settings(max_examples=40)
@given(st.permutations(sorted(VERSIONS)), ROUTES, ROUTES, st.booleans())
def test_every_resident_who_fares_otherwise_lies_in_a_region(
    names: list[str], before: Any, after: Any, same: bool
) -> None:
    forms = [VERSIONS[name] for name in names[:2]]
    old, new = (built(routes, one) for routes, one in zip((before, before if same else after), forms, strict=True))
    found = changes("small", old, new)
    assert found.undecided == ()
    for would in WOULD_ANSWER:
        then, now = (seen(one, would) for one in forms)
        asked = [
            row.keys() | other.keys() for row, other in zip(then.get("trees", ()), now.get("trees", ()), strict=True)
        ]
        if any(row.keys() - names for row, names in zip(would.get("trees", ()), asked, strict=True)):
            continue
        told = {
            (change.old, region.old_route, change.new, region.new_route)
            for change in found.changes
            for region in change.regions
            if any(part.condition.holds(together(then, now), at(would)) for part in region.parts)
        }
        (came_to, by), (comes_to, by_now) = outcome(old, then), outcome(new, now)
        assert told == ({(came_to, by, comes_to, by_now)} if came_to != comes_to else set())


def together(then: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """Each row as both versions see it, with what the old one worked out under the name that it has there."""
    rows = zip(then.get("trees", ()), now.get("trees", ()), strict=True)
    joined = tuple({**row, "tone": None, **other, "tone (before)": row.get("tone")} for row, other in rows)
    return {"trees": joined} if joined else {}
