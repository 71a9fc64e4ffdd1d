"""A city with one form and two departments, and what a resident tells it."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from formroute.catalog import Catalog, load_catalog
from tests.copies import copied, edit

FOLDER = Path(__file__).parent
NOON = datetime(2026, 3, 7, 18, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c63f80f040009fb03"
    "fdfb5e6b2b0000000049454e44ae426082"
)
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
    edit(copied(FOLDER, folder) / "catalog.yaml", "languages: [en, fr]", "languages: [fr, en]")
    return load_catalog(folder)
