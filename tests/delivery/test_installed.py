"""A city's own handler: found by its entry point, named in departments.yaml, and a handler like any other."""

import sys
from pathlib import Path

import pytest

from formroute.catalog import Catalog, load_catalog
from formroute.delivery import Worker, standard_handlers
from formroute.intake import Intake
from formroute.records import Destination
from tests.copies import copied, edit
from tests.small_city.samples import ANSWERS, FOLDER

MODULE = """
from formroute.delivery import Sent

class Tracker:
    def __init__(self, environment):
        self.folder = environment["TRACKER_FOLDER"]

    def render(self, message, delivery):
        return f"{message.reference} for {delivery.destination.settings['queue']}".encode()

    def send(self, payload, delivery):
        with open(f"{self.folder}/{delivery.key}", "wb") as file:
            file.write(payload)
        return Sent("filed")
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with an entry point, as pip leaves it on the path."""
    site = tmp_path / "site"
    info = site / "city_tracker-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "city_tracker.py").write_text(MODULE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: city-tracker\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[formroute.handlers]\ntracker = city_tracker:Tracker\n")
    monkeypatch.syspath_prepend(str(site))
    return site


def tracked(folder: Path) -> Catalog:
    """The small city, whose lights go by the tracker."""
    schemas = copied(FOLDER, folder / "schemas")
    edit(schemas / "departments.yaml", "- desk: {}", "- handler: {name: tracker, settings: {queue: lamps}}")
    return load_catalog(schemas)


def test_it_delivers_what_departments_yaml_sends_its_way(installed: Path, intake: Intake, tmp_path: Path) -> None:
    filed = tmp_path / "filed"
    filed.mkdir()
    catalog = tracked(tmp_path)
    assert catalog.departments["lights"].deliver[2] == Destination("lights", "tracker", {"queue": "lamps"})

    reference = Intake(catalog, intake.store).submit("lamp", ANSWERS).reference
    Worker(catalog, intake.store, standard_handlers(intake.store, {"TRACKER_FOLDER": str(filed)})).deliver_due()
    delivery = intake.store.find(reference).deliveries[2]
    assert delivery.state == "delivered"
    assert (filed / delivery.key).read_text() == f"{reference} for lamps"


def test_it_cannot_take_the_name_of_one_of_ours(installed: Path, intake: Intake) -> None:
    entry = installed / "city_tracker-1.0.dist-info" / "entry_points.txt"
    entry.write_text("[formroute.handlers]\nemail = city_tracker:Tracker\n")
    handlers = standard_handlers(intake.store, {"TRACKER_FOLDER": "/"})
    assert type(handlers["email"]).__name__ == "Email"


@pytest.mark.parametrize(
    ("exits", "told"),
    [
        ("self.folder =", "The installed handler tracker cannot be made: SystemExit."),
        ("return f", "A defect in tracker: SystemExit in city_tracker.py, line 9."),
        ('return Sent("filed")', "A defect in tracker: SystemExit in city_tracker.py, line 14."),
    ],
)
def test_one_that_would_end_the_process_fails_its_own_deliveries_alone(
    installed: Path, intake: Intake, tmp_path: Path, exits: str, told: str
) -> None:
    (installed / "city_tracker.py").write_text(MODULE.replace(exits, f"raise SystemExit(3); {exits}"))
    sys.modules.pop("city_tracker", None)
    catalog = tracked(tmp_path)
    reference = Intake(catalog, intake.store).submit("lamp", ANSWERS).reference
    handlers = standard_handlers(intake.store, {"TRACKER_FOLDER": str(tmp_path)})
    Worker(catalog, intake.store, {**handlers, "email": handlers["desk"]}).deliver_due()
    own = {delivery.destination.handler: delivery for delivery in intake.store.find(reference).deliveries}
    assert (own["tracker"].state, own["tracker"].cause) == ("pending", told)
    assert own["email"].state == "delivered"
