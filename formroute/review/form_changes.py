"""What is otherwise for residents: forms, pages, questions, choices, limits, conditions and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml

from formroute.catalog import Catalog
from formroute.conditions import ALWAYS, All, Condition, Lookup, Not, Renaming, Rows, Scope, Test, find, in_words
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.sets import Values
from formroute.definitions import Text
from formroute.forms import Field, Form
from formroute.forms.renames import Renames
from formroute.review.change import Change, Safety, pairs_alike, quoted, reworded
from formroute.review.limits import takes_less

# Kinds whose answers the other kind takes as they are.
_WIDER = {("text", "long_text"), ("integer", "number"), ("choice", "choices"), ("text", "address")}
# Told in words of their own, or of no weight for residents.
_TOLD = frozenset(
    {"type", "label", "hint", "required", "private", "choices", "show_when", "stops", "text", "was", "fields"}
)
# Compared row by row.
_MATRIX = frozenset({"rows", "scale"})
Fields = Mapping[str, Field]
_TEXTS = ("title", "summary", "after_sending")


def form_changes(old: Catalog, new: Catalog) -> Iterator[Change]:
    """Every difference for residents, that of all forms first."""
    yield from _of_all(old, new)
    gone = {name: _told(form) for name, form in old.forms.items() if name not in new.forms}
    added = {name: _told(form) for name, form in new.forms.items() if name not in old.forms}
    said = {was: name for name in added for was in new.forms[name].was if was in gone}
    likely = {**pairs_alike(gone, added), **said}
    for gone_form in (old.forms[name] for name in gone):
        yield from _gone(gone_form, likely.get(gone_form.id), said)
    for name, form in new.forms.items():
        earlier = old.forms.get(name) or old.forms.get(_key_of(name, likely))
        if earlier is None:
            yield Change(
                "residents", name, f"There is a new form, {quoted(form.title.inside(_first(form)))}.", form.place
            )
        else:
            scope = {**old.router.plans[earlier.id].scope, **new.router.plans[name].scope}
            yield from _Comparison(earlier, form, scope).changes()
            before, now = _heading(old, earlier.id), _heading(new, name)
            if before != now:
                what = f"It stands {now} on the front page; before, {before}."
                yield Change("residents", name, what, form.place)


def _of_all(old: Catalog, new: Catalog) -> Iterator[Change]:
    """What the catalogue says for every form."""
    if old.languages != new.languages:
        languages, before = (", ".join(one.languages) for one in (new, old))
        yield Change(
            "residents", "catalog", f"The languages are {languages}, the first where nobody chose; before, {before}."
        )
    if old.keep_for != new.keep_for:
        kept, before = (f"for {one.keep_for}" if one.keep_for else "until somebody erases them" for one in (new, old))
        what = f"Answers to forms that do not say how long are kept {kept}; before, {before}."
        yield Change("residents", "catalog", what)


def _heading(catalog: Catalog, form: str) -> str:
    """Where a form is found."""
    found = next((group.title for group in catalog.groups if form in group.forms), None)
    return f"under {quoted(found.inside(catalog.languages[0]))}" if found else "under no heading of its own"


def _told(form: Form) -> str:
    """What two forms are compared by when one may be the other under a new name."""
    return f"{form.title.inside(_first(form))} {' '.join(form.fields)}"


def _first(form: Form) -> str:
    return form.languages[0]


def _key_of(name: str, names: Mapping[str, str]) -> str:
    return next((one for one, other in names.items() if other == name), "")


def _gone(form: Form, likely: str | None, said: Mapping[str, str]) -> Iterator[Change]:
    if form.id in said:
        yield Change("residents", form.id, f"The form is called `{likely}` now.", form.place)
    elif likely is not None:
        what = f"The form is gone; `{likely}` looks like it under a new name."
        yield Change("residents", form.id, what, form.place, Safety.NEEDS_WAS, f"was: {form.id}")
    else:
        what = "The form is gone: nobody can send it, and drafts of it are lost."
        yield Change("residents", form.id, what, form.place, Safety.LOSES)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One form before and after; `scope` has the questions of both and the facts."""

    old: Form
    new: Form
    scope: Scope

    def changes(self) -> Iterator[Change]:
        for key in _TEXTS:
            for clause in reworded(getattr(self.old, key), getattr(self.new, key)):
                yield self.change(f"The {key.replace('_', ' ')} {clause}.")
        yield from self.settings()
        yield from self.pages()
        yield from self.fields(self.old.fields, self.new.fields, self.new.renames)
        yield from self.checks()
        if dropped := [name for name in self.old.was if name not in (*self.new.was, self.new.id)]:
            what = f"Links, drafts and programs that know the form as {_names(dropped)} do not find it any more."
            yield self.change(what, None, Safety.NEEDS_WAS, f"was: {_short(*self.new.was, *dropped)}")
        yield from self.forgotten(self.old.renames, self.new.renames, self.new.fields)

    def change(self, what: str, field: Field | None = None, safety: Safety = Safety.SAFE, fix: str = "") -> Change:
        place = field.place if field is not None else self.new.place
        return Change("residents", self.new.id, what, place, safety, fix)

    def settings(self) -> Iterator[Change]:
        if self.old.keywords != self.new.keywords:
            yield self.change("It is found by other keywords.")
        if self.old.keep_for != self.new.keep_for:
            yield self.change(f"Answers are kept for {self.new.keep_for or 'as long as the catalogue says'}.")
        if self.old.published != self.new.published:
            yield self.change("Public output shows other places, or shows them otherwise.")

    def pages(self) -> Iterator[Change]:
        old, new = ({page.id: page for page in form.pages} for form in (self.old, self.new))
        for name in old.keys() - new.keys():
            yield self.change(f"The page `{name}` is gone.")
        for name in [name for name in new if name not in old]:
            yield self.change(f"There is a new page `{name}`.")
        shared = [name for name in new if name in old]
        if shared != [name for name in old if name in new]:
            yield self.change("The pages stand in another order.")
        for name in shared:
            for clause in reworded(old[name].title, new[name].title):
                yield self.change(f"The heading of the page `{name}`, {clause}.")
            if (words := self.otherwise(old[name].visible, new[name].visible)) is not None:
                safety = self.safety(old[name].visible, new[name].visible)
                yield self.change(f"The page `{name}` is asked {words}.", None, safety)

    def fields(self, old: Fields, new: Fields, renames: Renames) -> Iterator[Change]:
        likely = likely_names(old, new, renames)
        for field in [field for name, field in old.items() if name not in new]:
            yield from self.gone(field, new.get(likely.get(field.name, "")), renames.fields)
        for name in [name for name in new if name not in old and name not in likely.values()]:
            yield self.change(f"There is {_article(new[name])}.", new[name])
        scales: set[int] = set()
        for name, field in new.items():
            earlier = old.get(name) or old.get(_key_of(name, likely))
            if earlier is not None:
                yield from self.field(earlier, field, renames)
            if earlier is not None and (choices := id(getattr(field.definition, "choices", field))) not in scales:
                scales.add(choices)  # the rows of a matrix share theirs
                yield from self.choices(earlier, field, renames.choices.get(name, {}))
        if [name for name in old if name in new] != [name for name in new if name in old]:
            yield self.change("The questions are asked in another order.")

    def gone(self, field: Field, likely: Field | None, said: Mapping[str, str]) -> Iterator[Change]:
        name = field.name
        if likely is not None and name in said:
            yield self.change(f"`{name}` is called `{likely.name}` now, and keeps its answers.", likely)
        elif likely is not None and field.kind.asks:
            what = f"`{name}` is gone; `{likely.name}` looks like it under a new name."
            yield self.change(what, likely, Safety.NEEDS_WAS, _old_name(likely, name))
        elif field.kind.asks:
            what = f"`{name}` is no longer asked ({_said(field)}); what was answered in drafts is dropped."
            yield self.change(what, None, Safety.LOSES)
        else:
            yield self.change(f"`{name}` ({_said(field)}) is gone.")

    def field(self, old: Field, new: Field, renames: Renames) -> Iterator[Change]:
        for clause in (*reworded(_text(old), _text(new)), *(f"hint {one}" for one in reworded(old.hint, new.hint))):
            yield self.change(f"`{new.name}`: {clause}.", new)
        if old.kind.name != new.kind.name:
            yield self.kind(old, new)
        if old.required != new.required and new.kind.asks:
            yield self.change(f"`{new.name}` {'must' if new.required else 'need not'} be answered now.", new)
        if old.private != new.private:
            yield self.change(
                f"Answers to `{new.name}` are {'personal now' if new.private else 'not personal any more'}.", new
            )
        if (words := self.otherwise(old.visible, new.visible)) is not None:
            safety = self.safety(old.visible, new.visible) if new.kind.asks else Safety.SAFE
            yield self.change(f"`{new.name}` {'is asked' if new.kind.asks else 'shows'} {words}.", new, safety)
        if old.stops != new.stops:
            yield self.change(f"`{new.name}` {'ends the form now' if new.stops else 'ends the form no more'}.", new)
        if isinstance(old.follows, Lookup) and isinstance(new.follows, Lookup):
            yield from self.looked_up(old.follows, new.follows, new)
        yield from self.limits(old, new)
        yield from self.offers(old, new)
        if old.row and new.row:
            rows = renames.rows.get(new.name, Renames())
            domain = self.scope[new.name].domain
            row = replace(self, scope=domain.scope) if isinstance(domain, Rows) else self
            inside = row.fields(_named(old.row), _named(new.row), rows)
            yield from (replace(each, what=f"In the rows of `{new.name}`: {each.what}") for each in inside)

    def kind(self, old: Field, new: Field) -> Change:
        kinds = old.kind.name, new.kind.name
        safety = Safety.SAFE if kinds in _WIDER or not old.kind.asks else Safety.LOSES
        return self.change(f"`{new.name}` was of the type `{kinds[0]}` and is of the type `{kinds[1]}`.", new, safety)

    def choices(self, old: Field, new: Field, renames: Mapping[str, str]) -> Iterator[Change]:
        before, after = _labels(old), _labels(new)
        likely = likely_choices(old, new, renames)
        for name, label in ((name, _inside(before[name])) for name in before if name not in after):
            other = likely.get(name)
            if name in renames:
                yield self.change(f"The choice `{name}` of `{new.name}` is called `{other}` now.", new)
            elif other is not None:
                what = f"The choice `{name}` of `{new.name}` is gone; `{other}` looks like it under a new name."
                yield self.change(what, new, Safety.NEEDS_WAS, _old_value(new, other, name))
            else:
                what = f"{quoted(label)} (`{name}`) can no longer be chosen for `{new.name}`."
                yield self.change(what, new, Safety.LOSES)
        for name in [name for name in after if name not in before and name not in likely.values()]:
            yield self.change(f"{quoted(_inside(after[name]))} (`{name}`) can be chosen for `{new.name}`.", new)
        for name in after:
            for clause in reworded(before.get(name), after[name]) if name in before else ():
                yield self.change(f"The choice `{name}` of `{new.name}`: {clause}.", new)

    def limits(self, old: Field, new: Field) -> Iterator[Change]:
        """Every other key that its author wrote otherwise."""
        before, after = _keys(old), _keys(new)
        for key in dict.fromkeys((*before, *after)):
            if before.get(key) != after.get(key) and old.kind.name == new.kind.name:
                safety = Safety.LOSES if takes_less(key, old.definition, new.definition) else Safety.SAFE
                yield self.change(f"`{key}` of `{new.name}` {_from_to(before.get(key), after.get(key))}.", new, safety)

    def looked_up(self, old: Lookup, new: Lookup, field: Field) -> Iterator[Change]:
        """Values that a file has otherwise than before, choices with the same fate together."""
        fates: dict[tuple[object, object], list[object]] = {}
        for choice in new.table if old.source == new.source else ():
            if choice in old.table and old.table[choice] != new.table[choice]:
                fates.setdefault((old.table[choice], new.table[choice]), []).append(choice)
        for (before, after), choices in fates.items():
            when = in_words(Test(Axis(new.source, Value()), Values.of(*choices)), "en", self.scope)
            told, was = ("blank" if value is None else f"`{value}`" for value in (after, before))
            yield self.change(f"`{field.name}` is {told} when {when}; before, {was}.", field)

    def offers(self, old: Field, new: Field) -> Iterator[Change]:
        """Choices that are offered to others than before."""
        renamed = likely_choices(old, new, self.new.renames.choices.get(new.name, {}))
        known = {renamed.get(value, value): value for value in _labels(old)}
        for choice in [choice for choice in _labels(new) if choice in known]:
            before, after = old.offered.get(known[choice], ALWAYS), new.offered.get(choice, ALWAYS)
            if (words := self.otherwise(before, after)) is not None:
                what = f"The choice `{choice}` of `{new.name}` is offered {words}."
                yield self.change(what, new, self.safety(before, after))

    def forgotten(self, old: Renames, new: Renames, fields: Fields) -> Iterator[Change]:
        """Names of before the old version that drafts, links and programs may still have, and that nothing says now."""
        for name, was in _dropped(old.fields, new.fields).items():
            called = new.fields.get(name, name)
            if called in fields:
                kept = (*(one for one, other in new.fields.items() if other == called), *was)
                what = f"Answers to `{called}` under {_names(was)} are not found any more."
                yield self.change(what, fields[called], Safety.NEEDS_WAS, _old_name(fields[called], *kept))
        for name, choices in old.choices.items():
            field = fields.get(new.fields.get(name, name))
            known = new.choices.get(field.name, {}) if field else {}
            for value, was in _dropped(choices, known).items() if field else ():
                called = known.get(value, value)
                if field is not None and called in _labels(field):
                    kept = (*(one for one, other in known.items() if other == called), *was)
                    what = f"The choice `{called}` of `{field.name}` is not found under {_names(was)} any more."
                    yield self.change(what, field, Safety.NEEDS_WAS, _old_value(field, called, *kept))
        for name, rows in old.rows.items():
            field = fields.get(new.fields.get(name, name))
            if field is not None and field.row:
                inside = self.forgotten(rows, new.rows.get(field.name, Renames()), _named(field.row))
                yield from (replace(each, what=f"In the rows of `{field.name}`: {each.what}") for each in inside)

    def safety(self, old: Condition, new: Condition) -> Safety:
        """What becomes of answers that were taken where `old` held and are taken where `new` holds."""
        before = guessed(self.old, self.new)(old)
        return Safety.SAFE if find(All((before, Not(new))), self.scope) is None else Safety.LOSES

    def checks(self) -> Iterator[Change]:
        old, new = (
            {(in_words(one.require, "en", form.scope), one.at): one for one in form.checks}
            for form in (self.old, self.new)
        )
        for words, at in [key for key in old if key not in new]:
            yield self.change(f"It is no longer required at `{at}` that {words}.")
        for words, at in [key for key in new if key not in old]:
            safety = Safety.SAFE if new[words, at].warning else self.safety(ALWAYS, new[words, at].require)
            yield self.change(f"It is required at `{at}` now that {words}.", None, safety)
        for key in [key for key in new if key in old]:
            for clause in reworded(old[key].message, new[key].message):
                yield self.change(f"The message at `{key[1]}`, {clause}.")

    def otherwise(self, old: Condition, new: Condition) -> str | None:
        """When something shows, where more than names is otherwise than before."""
        if old == new or guessed(self.old, self.new)(old) == new:
            return None
        before, after = (
            "always" if condition == ALWAYS else "when " + in_words(condition, "en", form.scope)
            for condition, form in ((old, self.old), (new, self.new))
        )
        return f"{after}; before, {before}"


def guessed(old: Form, new: Form) -> Renaming:
    """What looks renamed, also where no `was:` says so."""
    names = likely_names(old.fields, new.fields, new.renames)
    pairs = {names.get(name, name): field for name, field in old.fields.items()}
    choices = {
        name: likely_choices(pairs[name], field, new.renames.choices.get(name, {}))
        for name, field in new.fields.items()
        if name in pairs
    }
    return Renaming(names, choices)


def likely_names(old: Fields, new: Fields, renames: Renames) -> dict[str, str]:
    """For each question that is gone the one that it became, as `was:` says or as it looks."""
    gone = {name: _said(field) for name, field in old.items() if name not in new}
    added = {name: _said(field) for name, field in new.items() if name not in old}
    sorts = {name: field.kind.name for name, field in {**old, **new}.items()}
    return {**pairs_alike(gone, added, sorts), **{was: name for was, name in renames.fields.items() if was in gone}}


def likely_choices(old: Field, new: Field, renames: Mapping[str, str]) -> dict[str, str]:
    """The same of the choices of one question."""
    before, after = _labels(old), _labels(new)
    gone = {name: _inside(text) for name, text in before.items() if name not in after}
    added = {name: _inside(text) for name, text in after.items() if name not in before}
    return {**pairs_alike(gone, added), **{was: name for was, name in renames.items() if was in gone}}


def _named(fields: Iterable[Field]) -> Fields:
    return {field.name: field for field in fields}


def _dropped(old: Mapping[str, str], new: Mapping[str, str]) -> Mapping[str, list[str]]:
    """Old names that are not said any more, by the names for which they stood."""
    found: dict[str, list[str]] = {}
    for was, name in old.items():
        if was not in new:
            found.setdefault(name, []).append(was)
    return found


def _names(names: Iterable[str]) -> str:
    return " or ".join(f"`{name}`" for name in names)


def _short(*names: str) -> str:
    """What stands behind `was:`."""
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def _old_name(field: Field, *was: str) -> str:
    """What keeps the answers that a question had under another name: its own `was` or, of a matrix, that of a row."""
    group, _, own = field.name.rpartition(".")
    if group and own in (field.place["rows"].plain() or ()):
        return _long(own, field.short, was)
    return f"was: {_short(*was)}"


def _old_value(field: Field, value: str, *was: str) -> str:
    """The same of a choice; that of one from a CSV file stands in its line there."""
    offer = field.definition.choices[value]
    if isinstance(field.place["choices_from"].plain(), str):
        return f"value,…,was\n{value},…,{'; '.join(was)}"
    return f"was: {_short(*was)}" if offer.show_when is not None else _long(value, offer.label, was)


def _long(name: str, label: Text | None, names: Sequence[str]) -> str:
    """A choice, or a row of a matrix, in its long form; each language on a line of its own."""
    was = names[0] if len(names) == 1 else list(names)
    texts = dict(label.translations) if label is not None else {}
    if len(texts) > 1:
        told: Any = {name: {"label": texts, "was": was}}
    else:
        told = {name: {"label": next(iter(texts.values()), name), "was": was}}
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1 << 30).rstrip("\n")


def _said(field: Field) -> str:
    text = _text(field)
    return quoted(text.inside(next(iter(text.languages), ""))) if text else field.kind.name


def _text(field: Field) -> Text | None:
    """What is read of a field: its label, or the text of a notice."""
    text = field.label or getattr(field.definition, "text", None)
    return text if isinstance(text, Text) else None


def _article(field: Field) -> str:
    sort = "a new question" if field.kind.asks else "a new notice" if field.label is None else "a new value"
    need = " that need not be answered" if field.kind.asks and not field.required else ""
    return f"{sort} `{field.name}`, {_said(field)}{need}"


def _labels(field: Field) -> Mapping[str, Text]:
    labels = getattr(field.definition, "labels", None)
    return {str(value): text for value, text in labels.items()} if isinstance(labels, Mapping) else {}


def _inside(text: Text) -> str:
    return text.inside(next(iter(text.languages), ""))


def _keys(field: Field) -> Mapping[str, Any]:
    dumped: Mapping[str, Any] = field.definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    told = _TOLD | _MATRIX if field.kind.name == "matrix" else _TOLD
    return {key: value for key, value in dumped.items() if key not in told}


def _from_to(old: Any, new: Any) -> str:
    if old is None:
        return f"is {new} now"
    return f"was {old} and is not said any more" if new is None else f"was {old} and is {new} now"
