"""Why a submission goes where it goes, and why nowhere else, in English and French."""

from dataclasses import replace
from datetime import datetime

import pytest

from formroute.routing import Explanation, Reason
from tests.routing.town import ZONE, decide, moment, router, submission

TABLES = (
    """\
table: streets
forms: [pothole, snow]
routes:
  - route: ambulance
    when: {form: snow, blocked: {includes: ambulance}}
    send_to: streets
  - route: hazard
    when:
      surface: [road, lane]
      depth_cm: {at_least: 10}
    send_to: streets
  - route: old
    when: {seen_on: {before: 14 days ago}}
    send_to: streets
    respond_within: 2 business days
  - route: road
    when: {surface: road}
    send_to: streets
  - route: lane
    when: {surface: lane}
    send_to: parks
  - route: everything-else
    send_to: streets
""",
    """\
table: notes
forms: all
policy: collect
routes:
  - route: french
    when: {language: fr}
    tags: [french]
  - route: api
    when: {channel: api}
    tags: [api]
""",
)

ANSWERS = {"surface": "road", "depth_cm": 4, "seen_on": datetime(2026, 5, 20, tzinfo=ZONE).date()}

ENGLISH = Explanation(
    Reason("streets", "old", "seen_on is before 14 days ago"),
    (Reason("notes", "french", "language is fr"),),
    (
        Reason("streets", "ambulance", "form is “Report snow” (it is “Report a pothole”)"),
        Reason("streets", "hazard", "depth_cm is at least 10 (the answer is 4)"),
        Reason("streets", "road", "it is met too, but old stands before it"),
        Reason("streets", "lane", "surface is lane (the answer is Road)"),
        Reason("streets", "everything-else", "it is met too, but old stands before it"),
        Reason("notes", "api", "channel is api (it is web)"),
    ),
    "Friday, June 12, 2026 at 16:30: 2 business days, counted from Wednesday, June 10, 2026 at 12:00",
)

FRENCH = Explanation(
    Reason("streets", "old", "seen_on\N{NO-BREAK SPACE}: plus tôt qu’il y a 14 jours"),
    (Reason("notes", "french", "language est fr"),),
    (
        Reason(
            "streets", "ambulance", "form est «\xa0Signaler de la neige\xa0» (c’est «\xa0Signaler un nid-de-poule\xa0»)"
        ),
        Reason("streets", "hazard", "depth_cm vaut au moins 10 (la réponse est 4)"),
        Reason("streets", "road", "elle s’applique aussi, mais old passe avant"),
        Reason("streets", "lane", "surface est lane (la réponse est Rue)"),
        Reason("streets", "everything-else", "elle s’applique aussi, mais old passe avant"),
        Reason("notes", "api", "channel est api (c’est web)"),
    ),
    "vendredi 12 juin 2026 à 16\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30\N{NO-BREAK SPACE}: 2 jours ouvrables, "
    "à compter du mercredi 10 juin 2026 à 12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00",
)


@pytest.mark.parametrize(("language", "expected"), [("en", ENGLISH), ("fr", FRENCH)])
def test_every_route_is_accounted_for(language: str, expected: Explanation) -> None:
    """What won and what added tell what they asked for; what lost tells the first test that failed."""
    found, sent = router(*TABLES), submission("pothole", ANSWERS, language="fr")
    assert found.explain(sent, decide(found, sent), moment(sent), language) == expected


def test_questions_go_by_what_residents_read_where_that_is_wanted() -> None:
    found, sent = router(*TABLES), submission("pothole", {"surface": "lane"})
    explanation = found.explain(sent, decide(found, sent), moment(sent), "en", labels=True)
    assert explanation.winner == Reason("streets", "lane", "“surface” is “lane”")


def test_what_only_the_fallback_took_has_no_winner() -> None:
    """A decision of the past is explained by what it says, not decided anew."""
    found, sent = router(*TABLES), submission("pothole", {"surface": "lane"})
    decision = replace(decide(found, sent), route=None)
    explanation = found.explain(sent, decision, moment(sent), "en")
    assert (explanation.winner, explanation.due) == (None, None)
