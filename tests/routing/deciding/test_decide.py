"""Where submissions go."""

from dataclasses import replace
from datetime import datetime

import pytest

from formroute.records import Step
from tests.routing.town import SETTINGS, ZONE, compiled, decide, router, submission

STREETS = """\
table: streets
forms: [pothole, snow]
routes:
  - route: hazard
    when:
      form: pothole
      surface: [road, lane]
      depth_cm: {at_least: 10}
    send_to: streets
    priority: urgent
    respond_within: 2 days
    tags: [hole]
  - route: not-on-the-road
    when: {surface: {not: [road]}}
    send_to: parks
    copy_to: [contact-centre]
    priority: low
  - route: ambulance
    when: {blocked: {includes: ambulance}}
    send_to: streets
    priority: urgent
    respond_within: 1 business day
  - route: everything-else
    send_to: streets
"""

NOTES = """\
table: notes
forms: all
policy: collect
routes:
  - route: french
    when: {language: fr}
    tags: [french]
  - route: night
    when: {received: after_hours}
    copy_to: [contact-centre, streets]
    tags: [night, hole]
    notice:
      en: Offices are closed.
      fr: Les bureaux sont fermés.
"""

DECIDED = [
    ("pothole", {"surface": "lane", "depth_cm": 12}, "hazard", "streets", "urgent", "2026-06-12 12:00"),
    ("pothole", {"surface": "lane", "depth_cm": 9}, "not-on-the-road", "parks", "low", None),
    ("pothole", {"surface": "lane"}, "not-on-the-road", "parks", "low", None),
    ("pothole", {"surface": "road"}, "everything-else", "streets", "normal", None),
    ("pothole", {}, "everything-else", "streets", "normal", None),
    ("snow", {"surface": "road", "depth_cm": 12}, "everything-else", "streets", "normal", None),
    ("snow", {"surface": "crossing", "depth_cm": 12}, "not-on-the-road", "parks", "low", None),
    (
        "snow",
        {"surface": "road", "depth_cm": 1, "blocked": ("cars", "ambulance")},
        "ambulance",
        "streets",
        "urgent",
        "2026-06-11 16:30",
    ),
]

ADDED = [
    ("en", "2026-06-10 12:00", ("contact-centre",), (), ()),
    ("fr", "2026-06-10 12:00", ("contact-centre",), ("french",), ()),
    ("en", "2026-06-10 20:00", ("contact-centre", "streets"), ("night", "hole"), ("Offices are closed.",)),
    (
        "fr",
        "2026-06-13 12:00",
        ("contact-centre", "streets"),
        ("french", "night", "hole"),
        ("Les bureaux sont fermés.",),
    ),
]


def local(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


@pytest.mark.parametrize(("form", "answers", "route", "send_to", "priority", "due"), DECIDED)
def test_the_first_route_that_is_met_decides(
    form: str, answers: dict[str, object], route: str, send_to: str, priority: str, due: str | None
) -> None:
    decision = decide(router(STREETS, NOTES), submission(form, answers))
    assert (decision.table, decision.route, decision.send_to, decision.priority) == (
        "streets",
        route,
        send_to,
        priority,
    )
    assert decision.due == (local(due) if due else None)


@pytest.mark.parametrize(("language", "received", "copies", "tags", "notices"), ADDED)
def test_tables_that_collect_add_copies_tags_and_notices(
    language: str, received: str, copies: tuple[str, ...], tags: tuple[str, ...], notices: tuple[str, ...]
) -> None:
    """Each word once, where it came first; the deciding table's come before those of the others."""
    sent = submission("pothole", {"surface": "lane"}, local(received), language=language)
    decision = decide(router(STREETS, NOTES), sent)
    assert (decision.route, decision.copy_to, decision.tags, decision.notices) == (
        "not-on-the-road",
        copies,
        tags,
        notices,
    )


def test_nobody_gets_a_copy_of_what_is_sent_to_them() -> None:
    sent = submission("pothole", {"surface": "road"}, local("2026-06-10 20:00"))
    assert decide(router(STREETS, NOTES), sent).copy_to == ("contact-centre",)


def test_the_trace_tells_every_route_that_was_tried_and_the_test_that_settled_it() -> None:
    """A route that the form shuts out is not tried; one behind the winner is not tried either."""
    sent = submission("pothole", {"surface": "road", "depth_cm": 3}, language="fr")
    assert decide(router(STREETS, NOTES), sent).trace == (
        Step("streets", "hazard", "depth_cm is at least 10", met=False),
        Step("streets", "not-on-the-road", "surface is not Road", met=False),
        Step("streets", "ambulance", "blocked includes ambulance", met=False),
        Step("streets", "everything-else", "everything that is left", met=True),
        Step("notes", "french", "language is fr", met=True),
        Step("notes", "night", "received is outside working hours", met=False),
    )


GAP = """\
table: streets
forms: [pothole, snow]
routes:
  - route: deep
    when: {depth_cm: {at_least: 10}}
    send_to: streets
    priority: high
"""


def test_what_no_route_takes_goes_to_the_fallback_and_says_so() -> None:
    found, _ = compiled(GAP, NOTES, settings=replace(SETTINGS, fallback="contact-centre"))
    decision = decide(found, submission("pothole", {"surface": "sidewalk"}, language="fr"))
    assert (decision.route, decision.send_to, decision.priority, decision.due) == (
        None,
        "contact-centre",
        "normal",
        None,
    )
    assert decision.tags == ("unrouted", "french")


def test_a_form_of_no_table_is_not_decided() -> None:
    with pytest.raises(KeyError):
        decide(router(STREETS), submission("tree", {}))
