"""Pages that forms share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from formroute.definitions import Document, hint, suggest
from formroute.forms.definition import BlockDefinition


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a catalogue by their names; it may have more where it is not `complete`."""

    documents: Mapping[str, Document[BlockDefinition]] = field(default_factory=dict)
    complete: bool = True

    def meant(self, name: str) -> Document[BlockDefinition] | None:
        """The block of this name, or else the one that is most likely meant."""
        return self.documents.get(name) or self.documents.get(self.near(name) or "")

    def lacks(self, name: str) -> bool:
        """Whether there surely is none of this name."""
        return self.complete and name not in self.documents

    def near(self, name: str) -> str | None:
        """The name that is most like this one."""
        return suggest(name, self.documents)

    def hint(self, name: str) -> str:
        """What to do about a name that there is not."""
        return hint(name, self.documents)
