"""The catalogue: everything in one schemas folder, loaded and verified."""

from formroute.catalog.catalog import Catalog
from formroute.catalog.load import check_catalog, load_catalog

__all__ = ["Catalog", "check_catalog", "load_catalog"]
