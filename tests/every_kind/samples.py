"""A city whose forms ask every kind of question, and what a resident types on each page."""

from functools import cache
from pathlib import Path
from typing import Any

from formroute.catalog import Catalog, load_catalog

FOLDER = Path(__file__).parent


@cache
def every_kind() -> Catalog:
    """The catalogue beside this file."""
    return load_catalog(FOLDER)


SIMPLE: dict[str, dict[str, Any]] = {
    "numbers": {
        "animals": "2",
        "weight": "2,5",
        "damage": "$1,200.50",
        "price": "",
        "licensed": "yes",
        "colour": "blue",
        "needs": ["ramp", "lift"],
        "clean": "4",
    },
    "days": {
        "seen_on": "2026-06-09",
        "birthday.year": "1990",
        "birthday.month": "3",
        "birthday.day": "27",
        "happened": "2026-06-09T18:30",
        "best_time": "09:00",
        "page": "example.com/news",
        "postal_code": "r3c1a5",
        "plate": "abc 123",
        "home": "510 Main St",
        "name": "Ann",
        "details": "One\nTwo",
        "true_all": "yes",
        "signature": "Ann Lee",
    },
}
