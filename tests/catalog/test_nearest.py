"""What is named as the nearest answer really makes the route win: the form takes it and the router decides so.

Tried for every route that each of Winnipeg's forms is asked, from no answers at all and from the answers found so.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from formroute import Submission, load_catalog
from formroute.records import Upload, to_json
from formroute.routing import Nearest

CATALOG = load_catalog(Path(__file__).parent.parent.parent / "schemas")
NOON = datetime(2026, 6, 10, 17, tzinfo=UTC)


def as_posted(answer: object) -> object:
    """An answer as the form reads it back; a file is there already."""
    is_file = isinstance(answer, tuple) and all(isinstance(one, Upload) for one in answer)
    return list(answer) if is_file else to_json(answer)  # type: ignore[call-overload]


def sent_so(name: str, found: Nearest) -> Submission:
    """The submission that comes of what was found, judged by the form."""
    form = CATALOG.forms[name]
    facts = {one: found.moment.facts[one] for one in ("channel", "language")}
    asked = {one: as_posted(answer) for one, answer in found.answers.items() if form.fields[one].kind.asks}
    checked = form.check(asked, now=found.moment.now, **facts)
    assert (checked.errors, checked.stopped, checked.answers) == ((), None, found.answers), found.route
    return CATALOG.submission(name, checked.answers, received=found.moment.now, **facts)


@pytest.mark.parametrize("name", CATALOG.forms)
def test_the_route_wins_with_the_nearest_answers(name: str) -> None:
    plan = CATALOG.router.plans[name]
    sent, won = CATALOG.submission(name, {}, received=NOON), 0
    for route in (*plan.deciding.routes, *plan.adding.routes):
        found = CATALOG.nearest(sent, route.name)
        if found.changes is not None:
            sent, won = sent_so(name, found), won + 1
            assert route.name in [step.route for step in CATALOG.decision(sent).trace if step.met]
    assert won > len(plan.adding.routes) / 2
