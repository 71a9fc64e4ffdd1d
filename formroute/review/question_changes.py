"""What is otherwise with the questions of a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from formroute.conditions import Lookup, Rows, Test, in_words
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.sets import Values
from formroute.forms import Field
from formroute.forms.renames import Renames
from formroute.review.change import Change, Safety
from formroute.review.choice_changes import choice_changes, offers
from formroute.review.form_pair import FormPair
from formroute.review.labels import Fields, by_name, said_of, text_of
from formroute.review.likeness import earlier_name, likely_names
from formroute.review.limits import takes_less
from formroute.review.old_names import old_name
from formroute.review.rewording import reworded, written_out

# Kinds whose answers the other kind takes as they are.
_WIDER = {("text", "long_text"), ("integer", "number"), ("choice", "choices"), ("text", "address")}
# Told in words of their own, or of no weight for residents.
_TOLD = frozenset(
    {"type", "label", "hint", "required", "private", "choices", "show_when", "stops", "text", "was", "fields", "errors"}
)
_DEMANDED = "drafts are asked for it, and programs that do not send it are refused"
_STOPPED = "nobody can send it while that shows"
_SIZES = {"MB": 1_000_000, "kB": 1_000, "bytes": 1}
# Compared row by row.
_MATRIX = frozenset({"rows", "scale"})


def question_changes(forms: FormPair, old: Fields, new: Fields, renames: Renames) -> Iterator[Change]:
    """Every difference of the questions of a form, or of those in its rows."""
    likely = likely_names(old, new, renames)
    for field in [field for name, field in old.items() if name not in new]:
        yield from _gone(forms, field, new.get(likely.get(field.name, "")), renames.fields)
    for name in [name for name in new if name not in old and name not in likely.values()]:
        yield _new(forms, new[name])
    scales: set[int] = set()
    for name, field in new.items():
        earlier = old.get(name) or old.get(earlier_name(name, likely))
        if earlier is not None:
            yield from _question(forms, earlier, field, renames)
        if earlier is not None and (choices := id(getattr(field.definition, "choices", field))) not in scales:
            scales.add(choices)  # the rows of a matrix share theirs
            yield from choice_changes(forms, earlier, field, renames.choices.get(name, {}))


def _new(forms: FormPair, field: Field) -> Change:
    if forms.is_demanded_first(None, field):
        return forms.change(f"There is {_article(field)}, that must be answered: {_DEMANDED}.", field, Safety.LOSES)
    if forms.stops_first(None, field):
        return forms.change(f"There is {_article(field)}: {_STOPPED}.", field, Safety.LOSES)
    return forms.change(f"There is {_article(field)}.", field)


def _gone(forms: FormPair, field: Field, likely: Field | None, said: Mapping[str, str]) -> Iterator[Change]:
    name = field.name
    if likely is not None and name in said:
        yield forms.change(f"`{name}` is called `{likely.name}` now, and keeps its answers.", likely)
    elif likely is not None and field.kind.asks:
        what = f"`{name}` is gone; `{likely.name}` looks like it under a new name."
        yield forms.change(what, likely, Safety.NEEDS_WAS, old_name(likely, name))
    elif field.kind.asks:
        what = f"`{name}` is no longer asked ({said_of(field)}); what was answered in drafts is dropped."
        yield forms.change(what, None, Safety.LOSES)
    else:
        yield forms.change(f"`{name}` ({said_of(field)}) is gone.")


def _question(forms: FormPair, old: Field, new: Field, renames: Renames) -> Iterator[Change]:
    for clause in (*reworded(text_of(old), text_of(new)), *(f"hint {one}" for one in reworded(old.hint, new.hint))):
        yield forms.change(f"`{new.name}`: {clause}.", new)
    for sort in dict.fromkeys((*old.errors, *new.errors)):
        for clause in reworded(old.errors.get(sort), new.errors.get(sort)):
            yield forms.change(f"The message `{sort}` of `{new.name}`, {clause}.", new.place["errors"].mark)
    if old.kind.name != new.kind.name:
        yield _kind(forms, old, new)
    yield from _required(forms, old, new)
    if old.private != new.private:
        yield forms.change(
            f"Answers to `{new.name}` are {'personal now' if new.private else 'not personal any more'}.", new
        )
    yield from _shown(forms, old, new)
    if new.stops and not old.stops:
        safety = Safety.LOSES if forms.stops_first(old, new) else Safety.SAFE
        yield forms.change(f"`{new.name}` ends the form now: {_STOPPED}.", new, safety)
    if old.stops and not new.stops:
        yield forms.change(f"`{new.name}` ends the form no more.", new)
    if isinstance(old.follows, Lookup) and isinstance(new.follows, Lookup):
        yield from _looked_up(forms, old.follows, new.follows, new)
    yield from _limits(forms, old, new)
    yield from offers(forms, old, new)
    if old.row and new.row:
        rows = renames.rows.get(new.name, Renames())
        domain = forms.scope[new.name].domain
        row = _in_rows(forms, old.name, domain) if isinstance(domain, Rows) else forms
        before, after = by_name(old.row), by_name(new.row)
        inside = list(question_changes(row, before, after, rows))
        if [name for name in before if name in after] != [name for name in after if name in before]:
            inside.append(forms.change("the questions are asked in another order.", new))
        yield from (replace(each, what=f"In the rows of `{new.name}`: {each.what}") for each in inside)


def _in_rows(forms: FormPair, name: str, domain: Rows) -> FormPair:
    known = forms.before[name].domain if name in forms.before else None
    return replace(forms, before=known.scope if isinstance(known, Rows) else {}, scope=domain.scope)


def _required(forms: FormPair, old: Field, new: Field) -> Iterator[Change]:
    if not new.kind.asks or old.required == new.required:
        return
    if not new.required:
        yield forms.change(f"`{new.name}` need not be answered now.", new)
    elif forms.is_demanded_first(old, new):
        yield forms.change(f"`{new.name}` must be answered now: {_DEMANDED}.", new, Safety.LOSES)
    else:
        yield forms.change(f"`{new.name}` must be answered now.", new)


def _shown(forms: FormPair, old: Field, new: Field) -> Iterator[Change]:
    """That a question is asked of others or that a notice shows to others, and what that means for them."""
    words = forms.otherwise(old.visible, new.visible)
    if words is None:
        return
    told, meaning, safety = "shows", "", Safety.SAFE
    if new.kind.asks:
        told, safety = "is asked", forms.safety(old.visible, new.visible)
    if old.required and forms.is_demanded_first(old, new):
        meaning, safety = f"; {_DEMANDED}", Safety.LOSES
    elif old.stops and forms.stops_first(old, new):
        meaning, safety = f"; {_STOPPED}", Safety.LOSES
    yield forms.change(f"`{new.name}` {told} {words}{meaning}.", new, safety)


def _kind(forms: FormPair, old: Field, new: Field) -> Change:
    kinds = old.kind.name, new.kind.name
    safety = Safety.SAFE if kinds in _WIDER or not old.kind.asks else Safety.LOSES
    return forms.change(f"`{new.name}` was of the type `{kinds[0]}` and is of the type `{kinds[1]}`.", new, safety)


def _limits(forms: FormPair, old: Field, new: Field) -> Iterator[Change]:
    """Every other key that its author wrote otherwise."""
    before, after = _keys(old), _keys(new)
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key) and old.kind.name == new.kind.name:
            safety = Safety.LOSES if takes_less(key, old.definition, new.definition) else Safety.SAFE
            was, now = (_limit(key, one) for one in (old, new))
            yield forms.change(f"`{key}` of `{new.name}` {_from_to(was, now)}.", new.place[key].mark, safety)


def _looked_up(forms: FormPair, old: Lookup, new: Lookup, field: Field) -> Iterator[Change]:
    """Values that a file has otherwise than before, choices with the same fate together."""
    fates: dict[tuple[object, object], list[object]] = {}
    for choice in new.table if old.source == new.source else ():
        if choice in old.table and old.table[choice] != new.table[choice]:
            fates.setdefault((old.table[choice], new.table[choice]), []).append(choice)
    written = field.definition.lookup
    listing = forms.listings.of(written.source, next(iter(written.match)))
    for (before, after), choices in fates.items():
        at = (listing.line(choices[0]) if listing else None) or field
        when = in_words(Test(Axis(new.source, Value()), Values.of(*choices)), "en", forms.scope)
        told, was = ("blank" if value is None else f"`{value}`" for value in (after, before))
        yield forms.change(f"`{field.name}` is {told} when {when}; before, {was}.", at)


def _article(field: Field) -> str:
    sort = "a new question" if field.kind.asks else "a new notice" if field.label is None else "a new value"
    need = " that need not be answered" if field.kind.asks and not field.required else ""
    return f"{sort} `{field.name}`, {said_of(field)}{need}"


def _keys(field: Field) -> Mapping[str, Any]:
    dumped: Mapping[str, Any] = field.definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    told = _TOLD | _MATRIX if field.kind.name == "matrix" else _TOLD
    return {key: value for key, value in dumped.items() if key not in told}


def _limit(key: str, field: Field) -> str | None:
    """What a key says, or stands for where it is not written."""
    value = field.definition.model_dump(mode="json", by_alias=True).get(key)
    if key == "max_size" and isinstance(value, int):
        return next(f"{value // size} {unit}" for unit, size in _SIZES.items() if value % size == 0)
    return None if value is None else written_out(value)


def _from_to(old: str | None, new: str | None) -> str:
    if old is None:
        return f"is {new} now"
    return f"was {old} and is not said any more" if new is None else f"was {old} and is {new} now"
