"""What a posted page changes in a draft, question by question.

An edit is applied to what the draft has at that moment, which may be more than the page showed: two windows on one
draft lose nothing of each other. Where both changed the same answer the later one counts, and whoever typed it is told.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from typing_extensions import override

from formroute.records import Upload
from formroute.web.draft.marks import KEY, mark_of, rows_of


class Other(NamedTuple):
    """What another window did to an answer that this one changed too; in a repeat, `row` and `part` say where.

    `raw` is what was typed there; None for a row that this window removes though it was changed there, or that it
    changed though it was removed there.
    """

    raw: Any
    row: int | None = None
    part: str = ""


class Edit(ABC):
    """One change of one answer."""

    __slots__ = ()

    @property
    def is_new(self) -> bool:
        """Whether it says anything that its page did not show."""
        return True

    @property
    def is_edited(self) -> bool:
        """Whether somebody surely changed what its page showed."""
        return False

    @abstractmethod
    def after(self, before: Any) -> Any:
        """The raw answer afterwards; `before` is None where there was none."""

    def overlooks(self, before: Any) -> bool:  # noqa: ARG002
        """Whether `before` is neither what its page showed nor what it says itself."""
        return False

    def others(self, before: Any) -> Iterator[Other]:  # noqa: ARG002
        """What is to be told of `before`."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Whole(Edit):
    """An answer, whatever was there; with `first` only where nothing was."""

    raw: Any
    first: bool = False

    @override
    def after(self, before: Any) -> Any:
        return before if self.first and before is not None else self.raw


@dataclass(frozen=True, slots=True)
class Typed(Edit):
    """An answer on a page that showed the one with the mark `shown`; None where the page does not say."""

    raw: Any
    shown: str | None = None
    posted: str = ""

    @property
    @override
    def is_new(self) -> bool:
        return self.shown is None or self.posted != self.shown

    @property
    @override
    def is_edited(self) -> bool:
        return self.is_new and self.shown is not None

    @override
    def overlooks(self, before: Any) -> bool:
        return self.shown is not None and mark_of(before) not in ("", self.shown, mark_of(self.raw))

    @override
    def after(self, before: Any) -> Any:
        return self.raw if self.is_new or before is None else before

    @override
    def others(self, before: Any) -> Iterator[Other]:
        if self.is_new and self.overlooks(before):
            yield Other(before)


@dataclass(frozen=True, slots=True)
class Files(Edit):
    """Files taken out, by their tokens, and files added; `shown` is the mark of those on the page, where it says so."""

    removed: frozenset[str] = frozenset()
    added: Sequence[Upload] = ()
    shown: str | None = None

    @property
    @override
    def is_new(self) -> bool:
        return bool(self.added)

    @property
    @override
    def is_edited(self) -> bool:
        return bool(self.added)

    @override
    def overlooks(self, before: Any) -> bool:
        return self.shown is not None and mark_of(before) not in ("", self.shown)

    @override
    def after(self, before: Any) -> Any:
        kept = before if isinstance(before, list | tuple) else ()
        return [*(file for file in kept if _token(file) not in self.removed), *self.added]


@dataclass(frozen=True, slots=True)
class Rows(Edit):
    """The rows of a page by their keys, with what was typed in each; one of them removed, one added."""

    rows: Mapping[str, Mapping[str, Edit]]
    remove: str | None = None
    add: str | None = None
    most: int = 0

    @override
    def after(self, before: Any) -> Any:
        rows = {row[KEY]: row for row in rows_of(before)}
        for key, edits in self.rows.items():
            if key in rows or before is None or (_is_new(edits) and len(rows) < 2 * self.most):
                row = rows.get(key, {KEY: key})
                rows[key] = {**row, **{name: one.after(row.get(name)) for name, one in edits.items()}}
        if self.remove in rows and not self._is_changed_elsewhere(before):
            del rows[self.remove]
        if self.add is not None and len(rows) < self.most:
            rows[self.add] = {KEY: self.add}
        return list(rows.values())

    @override
    def others(self, before: Any) -> Iterator[Other]:
        old = {row[KEY]: row for row in rows_of(before)}
        for number, row in enumerate(self.after(before)):
            edits = self.rows.get(row[KEY], {})
            if row[KEY] == self.remove or (row[KEY] not in old and before is not None and _is_edited(edits)):
                yield Other(None, number, next(iter(edits), ""))
                continue
            for name, one in edits.items():
                yield from (Other(other.raw, number, name) for other in one.others(old.get(row[KEY], {}).get(name)))

    def _is_changed_elsewhere(self, before: Any) -> bool:
        """Whether the row to remove has answers that the page did not show."""
        row = next((row for row in rows_of(before) if row[KEY] == self.remove), {})
        return any(edit.overlooks(row.get(name)) for name, edit in self.rows.get(self.remove or "", {}).items())


def _is_new(edits: Mapping[str, Edit]) -> bool:
    return any(edit.is_new for edit in edits.values())


def _is_edited(edits: Mapping[str, Edit]) -> bool:
    return any(edit.is_edited for edit in edits.values())


def _token(file: Upload | str) -> str:
    return file.token if isinstance(file, Upload) else file
