"""A submission that uses every sort of answer, and short ways to accept and read one."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import BindParameter, bindparam

from formroute.records import Decision, Destination, Location, Step, Submission, Told
from formroute.store import Accepted, Case, Store
from formroute.store.dialect import Instant

NOON = datetime(2026, 3, 7, 18, 0, 0, 123456, tzinfo=UTC)

ANSWERS = {
    "danger": False,
    "surface": "lane",
    "depth_cm": 12,
    "cost": Decimal("10.50"),
    "seen_on": date(2026, 3, 1),
    "seen_at": time(23, 15),
    "needs": ("ramp", "lift"),
    "where": Location("510 Main St", Decimal("49.8997"), Decimal("-97.1375")),
    "corner": Location("Portage & Main"),
    "details": "Très profond, près de l'entrée 🕳",
    "owner": {"name": "Zoë", "born": date(1990, 1, 2)},
    "rows": ({"kind": "noise", "on": date(2026, 2, 3)}, {"kind": "other", "on": date(2026, 2, 4)}),
}
SUBMISSION = Submission("pothole", "v1", ANSWERS, "web", "fr", NOON)
DECISION = Decision(
    form="pothole",
    table="streets",
    route="pothole-hazard",
    send_to="streets",
    copy_to=("ward-3",),
    priority="urgent",
    due=NOON + timedelta(days=2),
    tags=("hazard",),
    evidence=Told((Step("streets", "pothole-hazard", "depth_cm is at least 10", met=True),)),
)
EMAIL = Destination("streets", "email", {"to": "streets@example.org"})
WEBHOOK = Destination("streets", "webhook", {"url": "https://example.org/intake", "secret_env": "SECRET"})
DESK = Destination("ward-3", "desk")


class Clock:
    """A clock that a test moves by hand; `now` is what the store is given in place of the database's."""

    def __init__(self, time: datetime = NOON) -> None:
        self.time = time

    def __call__(self) -> datetime:
        return self.time

    @property
    def now(self) -> BindParameter[datetime]:
        return bindparam("moment", callable_=self, type_=Instant())

    def forward(self, span: timedelta) -> None:
        self.time += span


def accept(store: Store, reference: str, *destinations: Destination, **changes: object) -> Accepted:
    """Accept the sample submission under `reference`, its form token made from it unless given."""
    sample = Case(SUBMISSION, DECISION, destinations or (EMAIL, DESK), f"token of {reference}", '{"form": "pothole"}')
    return store.accept(replace(sample, **changes), reference)
