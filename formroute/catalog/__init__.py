"""The catalogue: everything in one schemas folder, loaded and verified."""

from formroute.catalog.catalog import Catalog, UnknownFormError
from formroute.catalog.definition import CatalogDefinition
from formroute.catalog.load import check_catalog, load_catalog, read_catalog
from formroute.catalog.trial import Trial, run_tests

__all__ = [
    "Catalog",
    "CatalogDefinition",
    "Trial",
    "UnknownFormError",
    "check_catalog",
    "load_catalog",
    "read_catalog",
    "run_tests",
]
