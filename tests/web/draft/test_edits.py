"""The law of windows: what somebody typed and saw taken goes only by the hand of one who saw it, or with a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.web.draft.edits import Edit, Files, Other, Rows, Typed
from formroute.web.draft.marks import KEY, mark_of, rows_of

MOST = 4
PARTS = ("kind", "name")


@dataclass
class Window:
    """A page that lies open: what it showed when it came, and what was typed on it since."""

    shown: Mapping[str, Any]
    typed: dict[tuple[str, str], str] = field(default_factory=dict)

    def edits(self, remove: str | None = None, add: str | None = None) -> list[tuple[str, Edit]]:
        """What it posts."""
        note = self.typed.get(("", "note"), self.shown.get("note") or "")
        rows = {
            row[KEY]: {part: self._box(row[KEY], part, row.get(part)) for part in PARTS}
            for row in rows_of(self.shown.get("rows"))
        }
        return [
            ("note", Typed(note, mark_of(self.shown.get("note")), mark_of(note))),
            ("rows", Rows(rows, remove, add, MOST)),
        ]

    def _box(self, key: str, part: str, shown: Any) -> Typed:
        raw = self.typed.get((key, part), shown or "")
        return Typed(raw, mark_of(shown), mark_of(raw))

    def saw(self, place: tuple[str, str], text: str) -> bool:
        """Whether it showed this text there."""
        return texts(self.shown).get(place) == text


def texts(raw: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Every text in a draft, by the key of its row and the name of its question."""
    rows = {(row[KEY], part): row[part] for row in rows_of(raw.get("rows")) for part in PARTS if row.get(part)}
    return rows | ({("", "note"): raw["note"]} if raw.get("note") else {})


STEP = st.tuples(
    st.sampled_from([0, 1]),
    st.sampled_from(["type", "post", "add", "remove", "look", "type and post"]),
    st.sampled_from([0, 1, MOST]),
    st.sampled_from(PARTS),
    st.sampled_from(["a", "b", ""]),
)


@settings(max_examples=400)
@given(st.lists(STEP, max_size=12))
def test_what_was_taken_goes_only_by_one_who_saw_it_or_with_a_word(
    steps: list[tuple[int, str, int, str, str]],
) -> None:
    raw: dict[str, Any] = {"rows": [{"kind": "dog"}, {"kind": "cat", "name": "x"}], "note": "n"}
    windows = [Window(raw), Window(raw)]
    for count, (number, what, place, part, text) in enumerate(steps):
        window = windows[number]
        keys = [row[KEY] for row in rows_of(window.shown["rows"])]
        key = keys[place] if place < len(keys) else ""
        if what.startswith("type"):
            window.typed[(key, part) if key else ("", "note")] = text
        if what == "look":
            windows[number] = Window(raw)
        elif what != "type":
            before, typed = texts(raw), {**window.typed}
            posted = window.edits(key if what == "remove" and key else None, f"new{count}" if what == "add" else None)
            told, raw = applied(raw, posted)
            after = texts(raw)
            gone = {at: text for at, text in before.items() if after.get(at) != text}
            assert all(window.saw(at, text) or (text, at[1]) in told for at, text in gone.items())
            removed = what == "remove" and key not in {row[KEY] for row in rows_of(raw["rows"])}
            assert all(after.get(at, "") == text for at, text in typed.items() if not (removed and at[0] == key))
            windows[number] = Window(raw)


def applied(raw: Mapping[str, Any], edits: list[tuple[str, Edit]]) -> tuple[set[tuple[Any, str]], dict[str, Any]]:
    """What is told, as text and question, and the draft afterwards."""
    told, after = set(), dict(raw)
    for name, edit in edits:
        others: list[Other] = list(edit.others(after.get(name)))
        told |= {(other.raw, other.part or name) for other in others}
        after[name] = edit.after(after.get(name))
    return told, after


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=3), max_size=5))
def test_files_are_added_to_whatever_is_there(posts: list[list[str]]) -> None:
    kept: Any = None
    for tokens in posts:
        kept = Files(frozenset(), tokens).after(kept)  # type: ignore[arg-type]
    assert (kept or []) == [token for tokens in posts for token in tokens]
    assert Files(frozenset("ab")).after(kept) == [token for token in kept or [] if token not in "ab"]
