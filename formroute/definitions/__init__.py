"""What authors write, read strictly: YAML text with places, and the models that every document shares."""

from formroute.definitions import meant
from formroute.definitions.folder import Folder
from formroute.definitions.place import Place
from formroute.definitions.prose import Prose
from formroute.definitions.read import Definition, Document, read, read_known
from formroute.definitions.rows import Cell, Row, Rows, parse_rows, read_rows
from formroute.definitions.source import Source, parse_source, read_source
from formroute.definitions.suggest import hint, suggest
from formroute.definitions.text import Text
from formroute.definitions.unknown import named_csv, no_csv, unknown
from formroute.definitions.wrong import wrong

__all__ = [
    "Cell",
    "Definition",
    "Document",
    "Folder",
    "Place",
    "Prose",
    "Row",
    "Rows",
    "Source",
    "Text",
    "hint",
    "meant",
    "named_csv",
    "no_csv",
    "parse_rows",
    "parse_source",
    "read",
    "read_known",
    "read_rows",
    "read_source",
    "suggest",
    "unknown",
    "wrong",
]
