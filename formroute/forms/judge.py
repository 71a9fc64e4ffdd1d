"""The one judge: says yes or no to a set of answers, the same for every door.

Three steps, in this order, and no other place decides any of them: read what was given into canonical
values, walk the questions as they are asked to see which show, and only then ask what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic_core import ErrorDetails, SchemaValidator, ValidationError, core_schema

from formroute.conditions import ALWAYS, Moment
from formroute.forms.checked import Checked, FieldError
from formroute.forms.field import Check, Field, Page
from formroute.forms.kinds import CHOOSE, Kind

Raw = Mapping[str, Any]

# Our codes -> what authors call them in `errors`; every other one is `invalid`.
_AUTHORS = {"missing": "required", "range": "range"}
# pydantic-core's own refusals -> our code and sentence; its context fills the names.
_REFUSALS = {
    "string_too_long": ("too_long", "Write at most {max_length} characters."),
    "string_type": ("text", "Write the answer as text."),
    "string_pattern_mismatch": ("sign", "There is a character here that cannot be used."),
    "string_unicode": ("sign", "There is a character here that cannot be used."),
}


def validator_of(pages: Sequence[Page]) -> SchemaValidator:
    """The readers of all fields as one pydantic-core validator, every field optional and unknown ones dropped."""
    readers = {
        item.name: core_schema.typed_dict_field(item.kind.reader(item.definition), required=False)
        for page in pages
        for item in page.fields
        if item.kind.reader is not None
    }
    return SchemaValidator(core_schema.typed_dict_schema(readers, extra_behavior="ignore"))


def judge(
    pages: Sequence[Page], checks: Sequence[Check], validator: SchemaValidator, raw: Raw, moment: Moment
) -> Checked:
    """All pages judged together."""
    values, refused = _read(validator, _flat(pages, raw), moment)
    walk = _Walk(values, refused, moment)
    for page in pages:
        if walk.stopped is None and (page.visible is ALWAYS or page.visible.holds(walk.answers, moment)):
            walk.page(page)
    if walk.stopped is None:
        walk.across(checks)
    return Checked(
        walk.answers,
        tuple(walk.errors.values()),
        walk.stopped,
        frozenset(walk.showing),
        tuple(walk.pages),
        tuple(walk.warnings),
        walk.withheld,
    )


def refusal_of(name: str, kind: Kind, definition: Any, raw: object, now: datetime) -> FieldError | None:
    """Why one field would refuse an answer, whatever stands in the others; None when it would not."""
    readers = {name: core_schema.typed_dict_field(kind.reader(definition), required=False)} if kind.reader else {}
    validator = SchemaValidator(core_schema.typed_dict_schema(readers))
    return _read(validator, {name: raw}, Moment(now))[1].get(name)


def is_blank(value: object) -> bool:
    """Whether nothing was answered: no value, an empty list, or only blanks."""
    return value is None or value == () or value == [] or (isinstance(value, str) and not value.strip())


@dataclass(slots=True)
class _Walk:
    """The questions in the order they are asked: each condition sees the answers before it."""

    values: Mapping[str, object]
    refused: Mapping[str, FieldError]
    moment: Moment
    answers: dict[str, object] = field(default_factory=dict)
    errors: dict[str, FieldError] = field(default_factory=dict)
    warnings: list[FieldError] = field(default_factory=list)
    showing: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    withheld: dict[str, frozenset[str]] = field(default_factory=dict)
    stopped: str | None = None

    def page(self, page: Page) -> None:
        before = len(self.showing)
        for item in page.fields:
            if item.visible is not ALWAYS and not item.visible.holds(self.answers, self.moment):
                continue
            self.showing.append(item.name)
            self.field(item)
            if self.stopped is not None:
                break
        if len(self.showing) > before:
            self.pages.append(page.id)

    def field(self, item: Field) -> None:
        if item.offered:
            held_back = (one for one, when in item.offered.items() if not when.holds(self.answers, self.moment))
            self.withheld[item.name] = frozenset(held_back)
        if item.stops:
            self.stopped = item.name
        elif item.follows is not None:
            self.give(item.name, item.follows.answer(self.answers, self.moment))
        elif item.name in self.refused:
            self.wrong(item, self.refused[item.name])
        elif not is_blank(value := self.values.get(item.name)):
            self.answered(item, value)
        elif item.required:
            self.wrong(item, FieldError(item.name, "missing", item.kind.missing))

    def answered(self, item: Field, value: object) -> None:
        """An answer, unless it holds a choice that is not offered with the answers before it."""
        chosen = value if isinstance(value, tuple) else (value,)
        if item.offered and self.withheld[item.name].intersection(chosen):
            self.wrong(item, FieldError(item.name, "choice", CHOOSE))
        else:
            self.answers[item.name] = value

    def wrong(self, item: Field, error: FieldError) -> None:
        """An error, in the author's words where there are any."""
        words = item.errors.get(_AUTHORS.get(error.code, "invalid"))
        self.errors[item.name] = error if words is None else FieldError(item.name, error.code, words)

    def give(self, name: str, answer: object) -> None:
        """A calculated value, unless nothing came of it."""
        if not is_blank(answer):
            self.answers[name] = answer

    def across(self, checks: Sequence[Check]) -> None:
        """Checks whose message has a place to stand and whose fields are not refused already."""
        for check in checks:
            settled = check.at in self.showing and not (check.require.fields | {check.at}) & self.errors.keys()
            if not settled or check.require.holds(self.answers, self.moment):
                continue
            if check.warning:
                self.warnings.append(FieldError(check.at, check.warning, check.message))
            else:
                self.errors[check.at] = FieldError(check.at, "check", check.message)


def _flat(pages: Sequence[Page], raw: Raw) -> Raw:
    """The answers of groups under their whole names: a program may send `{"owner": {"email": …}}`."""
    given = {item.name: raw.get(item.name) for page in pages for item in page.fields if item.kind.parts}
    nested = ((group, parts) for group, parts in given.items() if isinstance(parts, Mapping))
    flat = {f"{group}.{part}": answer for group, parts in nested for part, answer in parts.items()}
    return {**flat, **raw} if flat else raw


def _read(
    validator: SchemaValidator, raw: Raw, moment: Moment
) -> tuple[Mapping[str, object], Mapping[str, FieldError]]:
    """Canonical values, and the refusal of each field that has none.

    pydantic-core gives no partial result, so after a refusal the rest is read once more.
    """
    given = {name: value for name, value in raw.items() if not is_blank(value)}
    context = {"now": moment.now}
    try:
        return validator.validate_python(given, context=context), {}
    except ValidationError as error:
        refused = {str(found["loc"][0]): _refusal(found) for found in reversed(error.errors(include_url=False))}
    rest = {name: value for name, value in given.items() if name not in refused}
    return validator.validate_python(rest, context=context), refused


def _refusal(found: ErrorDetails) -> FieldError:
    name, context = str(found["loc"][0]), found.get("ctx", {})
    if found["type"] == "refused":
        return FieldError(name, context["code"], context["message"], context["values"])
    code, message = _REFUSALS[found["type"]]
    return FieldError(name, code, message, context)
