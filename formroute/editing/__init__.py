"""What editors need to help an author: JSON Schema of every document, from the same definitions that are read."""

from formroute.editing.documents import DOCUMENTS, editor_schema
from formroute.editing.offers import Offers

__all__ = ["DOCUMENTS", "Offers", "editor_schema"]
