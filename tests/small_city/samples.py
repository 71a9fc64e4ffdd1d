"""A city with one form and two departments, and what a resident tells it."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from formroute.catalog import Catalog, load_catalog

FOLDER = Path(__file__).parent
NOON = datetime(2026, 3, 7, 18, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
ANSWERS = {
    "danger": "no",
    "where": {"address": "510 Main St"},
    "colour": "yellow",
    "out_since": "2026-03-01",
    "details": "Behind the old school.\nIt blinks, très vite.",
    "name": "Zoë Tremblay",
}


@cache
def small_city() -> Catalog:
    """The catalogue beside this file."""
    return load_catalog(FOLDER)


def french_city(folder: Path) -> Catalog:
    """The same city with French as its first language, written to `folder`."""
    for path in FOLDER.glob("*.yaml"):
        text = path.read_text("utf-8").replace("languages: [en, fr]", "languages: [fr, en]")
        (folder / path.name).write_text(text, "utf-8")
    return load_catalog(folder)
