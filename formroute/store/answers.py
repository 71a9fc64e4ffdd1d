"""Answers and decisions as JSON, and back to exactly what they were."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from formroute.messages import Phrase, in_language, plain
from formroute.records import Decision, Location, Step, Told, Upload, to_json

_READERS: Mapping[str, Any] = {
    "date_time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "decimal": Decimal,
    "location": lambda parts: Location(
        parts["address"], *(Decimal(parts[name]) if name in parts else None for name in ("latitude", "longitude"))
    ),
    "upload": lambda parts: Upload(**parts),
}

_DECIDED = tuple(field.name for field in fields(Decision) if field.name != "evidence")


def types_of(value: object) -> Any:
    """What JSON does not say of `value`: a type's name, or a mapping or list of those; None where it says all."""
    match value:
        case datetime():
            return "date_time"
        case date() | time() | Decimal() | Location() | Upload():
            return type(value).__name__.lower()
        case Mapping():
            types = {name: types_of(part) for name, part in value.items()}
            return {name: part for name, part in types.items() if part is not None} or None
        case tuple() | list():
            parts = [types_of(part) for part in value]
            return parts if any(part is not None for part in parts) else None
        case _:
            return None


def restore(value: Any, types: Any) -> Any:
    """The canonical value whose `to_json` and `types_of` these are."""
    match value:
        case _ if isinstance(types, str):
            return _READERS[types](value)
        case dict():
            known = types or {}
            return {name: restore(part, known.get(name)) for name, part in value.items()}
        case list():
            return tuple(restore(part, kind) for part, kind in zip(value, types or [None] * len(value), strict=True))
        case _:
            return value


def part(answers: Mapping[str, object], private: Collection[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Answers as the columns of two tables: those that anybody may report on, and the personal ones."""
    public = {name: value for name, value in answers.items() if name not in private}
    personal = {name: value for name, value in answers.items() if name in private}
    return _columns(public), _columns(personal)


def joined(public: Any, types: Any, personal: Any, personal_types: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers of both tables with their types, as JSON."""
    return {**public, **(personal or {})}, {**(types or {}), **(personal_types or {})}


def _columns(answers: Mapping[str, object]) -> dict[str, Any]:
    return {"answers": to_json(answers), "types": types_of(answers)}


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """A decision as a JSON object, with all that is told of its trace."""
    told = decision.evidence.told()
    parts: dict[str, Any] = {name: to_json(getattr(decision, name)) for name in _DECIDED}
    parts["notices"] = [_notice_to_json(notice) for notice in decision.notices]
    return {**parts, "trace": [asdict(step) for step in told.steps], "untold": told.untold}


def decision_from_json(parts: Mapping[str, Any]) -> Decision:
    """The decision that was stored; what an older release did not know yet has its default."""
    values: dict[str, Any] = {name: restore(parts[name], None) for name in _DECIDED if name in parts}
    values["due"] = parts["due"] and datetime.fromisoformat(parts["due"])
    values["notices"] = tuple(_notice_from_json(notice) for notice in parts.get("notices", ()))
    told = Told(tuple(Step(**step) for step in parts["trace"]), parts.get("untold", 0))
    return Decision(**values, evidence=told)


def _notice_to_json(notice: str) -> Any:
    """A notice in the submission's language is its text; another says in which it is."""
    language = notice.language if isinstance(notice, Phrase) else ""
    return {"text": plain(notice), "language": language} if language else plain(notice)


def _notice_from_json(notice: Any) -> str:
    return in_language(notice["text"], notice["language"]) if isinstance(notice, dict) else str(notice)
