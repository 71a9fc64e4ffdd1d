"""What holds at other moments because of another calendar, against what really happens at every half hour of a week."""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.catalog import Catalog, read_catalog
from formroute.review.difference import compare
from tests.review.cities import CATALOG, FORM, field, write

NOTICE = """\
      closed:
        type: notice
        stops: yes
        show_when: {now: {holiday: city}}
        text:
          en: We are closed today.
          fr: Nous sommes fermés.
"""
HOLE = (
    FORM
    + field("surface", "choice", more="        choices: [road, lane]\n")
    + NOTICE
    + field("call", "yes_no", "{now: after_hours}", "        required: false\n")
)
TABLE = "table: holes\nforms: [hole]\nroutes:\n  - route: rest\n    send_to: parks\n"
EXTRAS = """\
table: extras
forms: [hole]
policy: collect
routes:
  - route: night
    when: {received: after_hours}
    tags: [night]
"""
FILES = {"hole.yaml": HOLE, "holes.yaml": TABLE, "extras.yaml": EXTRAS}
WINNIPEG = ZoneInfo("America/Winnipeg")
WEEK = [datetime(2026, 6, 1, 0, 10, tzinfo=WINNIPEG) + timedelta(minutes=30 * number) for number in range(7 * 48)]


def city(folder: Path, calendar: str = "working_hours: 08:30..16:30", zone: str = "America/Winnipeg") -> Catalog:
    text = CATALOG.replace("working_hours: 08:30..16:30", calendar).replace("America/Winnipeg", zone)
    found, problems = read_catalog(write(folder, {**FILES, "catalog.yaml": text}))
    assert found is not None, [str(problem) for problem in problems]
    return found


NOW_OPEN = "now is within working hours and now is outside working hours (by the former calendar)"
NOW_CLOSED = "now is within working hours (by the former calendar) and now is outside working hours"
NOW_HOLIDAY = "now is not a holiday (city) (by the former calendar) and now is a holiday (city)"
# What is put into the calendar | what holds at other moments, when now and not before, and when before and not now
EDITS = [
    (
        "working_hours: 08:30..18:00",
        [
            (
                "the route `night` of `extras` is met",
                [],
                [(NOW_OPEN.replace("now", "received"), "`received: 2026-06-03 16:30`")],
            ),
            ("`call` is asked", [], [(NOW_OPEN, "`now: 2026-06-03 16:30`")]),
        ],
    ),
    (  # the route adds nothing on the new holiday, on which the form is closed
        "every_year: [06-05], working_hours: 08:30..16:30",
        [
            ("the notice `closed` ends the form", [(NOW_HOLIDAY, "`now: 2026-06-05 12:00`")], []),
            ("`call` is asked", [(NOW_CLOSED, "`now: 2026-06-05 12:00`")], []),
        ],
    ),
]


@pytest.mark.parametrize(("calendar", "told"), EDITS)
def test_what_is_written_alike_and_holds_at_other_moments_is_told(
    tmp_path: Path, calendar: str, told: list[tuple[object, ...]]
) -> None:
    found = compare(city(tmp_path / "old"), city(tmp_path / "new", calendar))
    assert not found.is_harmless
    said = [
        (each.what, *([(part.words, part.example) for part in parts] for parts in (each.now, each.before)))
        for each in found.retimed
    ]
    assert said == told


def fares(catalog: Catalog, at: datetime) -> tuple[object, ...]:
    """What a resident and a department notice at a moment: whether it is stopped, what is asked, and the tags."""
    checked = catalog.forms["hole"].check({"surface": "road"}, now=at)
    tags = catalog.decide("hole", {"surface": "road"}, received=at).tags
    return checked.stopped, "call" in checked.showing, tags


calendars = st.tuples(
    st.sampled_from(["working_hours: 08:30..16:30", "working_hours: 09:00..16:30", "working_hours: 08:30..18:00"]),
    st.sampled_from(["", "every_year: [06-05], ", "every_year: [06-03], "]),
).map(lambda pair: pair[1] + pair[0])


@settings(max_examples=10)
@given(calendars, calendars, st.sampled_from(["America/Winnipeg", "America/Toronto"]))
def test_something_is_told_just_where_something_happens_at_another_moment(before: str, after: str, zone: str) -> None:
    with TemporaryDirectory() as folder:
        old, new = city(Path(folder) / "old", before, zone), city(Path(folder) / "new", after)
        otherwise = [at for at in WEEK if fares(old, at) != fares(new, at)]
        assert bool(compare(old, new).retimed) == bool(otherwise)
