"""How long the main acts take on Winnipeg's catalogue; `./dev bench` prints it. The ceilings catch accidents only."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formroute import Catalog, Intake, Store, load_catalog

SCHEMAS = Path(__file__).parent.parent.parent / "schemas"
NOON = datetime(2026, 6, 10, 17, 0, tzinfo=UTC)
POSTED = {
    "danger": "no",
    "where": {"address": "510 Main Street", "latitude": "49.8994", "longitude": "-97.1392"},
    "neighbourhood": "st-johns",
    "surface": "lane",
    "depth_cm": "12",
    "seen_on": "2026-06-09",
    "car_damage": "no",
    "details": "Beside the bus stop",
    "email": "resident@example.com",
}


def report(what: str, act: Callable[[int], object], times: int, ceiling_ms: float) -> None:
    """Print the best of five rounds for one act; `act` gets the number of the call."""
    rounds = []
    for round_number in range(5):
        start = time.perf_counter()
        for number in range(times):
            act(round_number * times + number)
        rounds.append((time.perf_counter() - start) / times * 1_000)
    print(f"\n{what:<50} {min(rounds):10.3f} ms", end=" ")
    assert min(rounds) < ceiling_ms


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(SCHEMAS)


def test_loading_and_proving_twelve_forms() -> None:
    report("load and prove the catalogue", lambda _: load_catalog(SCHEMAS), 1, 10_000)


def test_judging(catalog: Catalog) -> None:
    pothole = catalog.forms["pothole"]
    assert pothole.check(POSTED, now=NOON).ok
    report("judge a pothole", lambda _: pothole.check(POSTED, now=NOON), 500, 10)
    report("judge an empty pothole", lambda _: pothole.check({}, now=NOON), 500, 10)


def test_deciding(catalog: Catalog) -> None:
    answers = catalog.forms["pothole"].check(POSTED, now=NOON).answers
    report("decide where a pothole goes", lambda _: catalog.decide("pothole", answers, received=NOON), 500, 10)


def test_submitting(catalog: Catalog, tmp_path: Path) -> None:
    intake = Intake(catalog, Store(f"sqlite:///{tmp_path / 'city.db'}"), clock=lambda: NOON)
    report("submit: judge, decide, store, sync", lambda n: intake.submit("pothole", POSTED, token=str(n)), 50, 1_000)
