"""What is otherwise for residents: forms, their pages, checks and texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from formroute.catalog import Catalog
from formroute.conditions import ALWAYS, in_words
from formroute.forms import Form
from formroute.review.change import Change, Safety
from formroute.review.form_pair import FormPair
from formroute.review.likeness import earlier_name, pairs_alike
from formroute.review.listing import Listings
from formroute.review.old_names import forgotten, listed, was_of
from formroute.review.question_changes import question_changes
from formroute.review.rewording import quoted, reworded

_TEXTS = ("title", "summary", "after_sending")


def form_changes(old: Catalog, new: Catalog, on: date | None = None) -> Iterator[Change]:
    """Every difference for residents, that of all forms first; answers are lost that can be given from a day `on`."""
    yield from _of_all(old, new)
    gone = {name: _told(form) for name, form in old.forms.items() if name not in new.forms}
    added = {name: _told(form) for name, form in new.forms.items() if name not in old.forms}
    said = {was: name for name in added for was in new.forms[name].was if was in gone}
    likely = {**pairs_alike(gone, added), **said}
    for gone_form in (old.forms[name] for name in gone):
        yield from _gone(gone_form, likely.get(gone_form.id), said)
    listings = Listings(Path(new.place.source.file).parent)
    for name, form in new.forms.items():
        earlier = old.forms.get(name) or old.forms.get(earlier_name(name, likely))
        if earlier is None:
            told = f"There is a new form, {quoted(form.title.inside(form.languages[0]))}."
            yield Change("residents", name, told, form.place.mark)
        else:
            scope = {**old.router.plans[earlier.id].scope, **new.router.plans[name].scope}
            yield from _changes(FormPair(earlier, form, scope, listings, on))
            before, now = _heading(old, earlier.id), _heading(new, name)
            if before != now:
                what = f"It stands {now} on the front page; before, {before}."
                yield Change("residents", name, what, form.place.mark)


def _of_all(old: Catalog, new: Catalog) -> Iterator[Change]:
    """What the catalogue says for every form."""
    if old.languages != new.languages:
        languages, before = (", ".join(one.languages) for one in (new, old))
        what = f"The languages are {languages}, the first where nobody chose; before, {before}."
        yield Change("residents", "catalog", what, new.place["languages"].mark)
    if old.keep_for != new.keep_for:
        kept, before = (f"for {one.keep_for}" if one.keep_for else "until somebody erases them" for one in (new, old))
        what = f"Answers to forms that do not say how long are kept {kept}; before, {before}."
        yield Change("residents", "catalog", what, new.place.at("defaults", "keep_for").mark)


def _heading(catalog: Catalog, form: str) -> str:
    """Where a form is found."""
    found = next((group.title for group in catalog.groups if form in group.forms), None)
    return f"under {quoted(found.inside(catalog.languages[0]))}" if found else "under no heading of its own"


def _told(form: Form) -> str:
    """What two forms are compared by when one may be the other under a new name."""
    return f"{form.title.inside(form.languages[0])} {' '.join(form.fields)}"


def _gone(form: Form, likely: str | None, said: Mapping[str, str]) -> Iterator[Change]:
    if form.id in said:
        yield Change("residents", form.id, f"The form is called `{likely}` now.", form.place.mark)
    elif likely is not None:
        what = f"The form is gone; `{likely}` looks like it under a new name."
        yield Change("residents", form.id, what, form.place.mark, Safety.NEEDS_WAS, was_of(form.id))
    else:
        what = "The form is gone: nobody can send it, and drafts of it are lost."
        yield Change("residents", form.id, what, form.place.mark, Safety.LOSES)


def _changes(forms: FormPair) -> Iterator[Change]:
    for key in _TEXTS:
        for clause in reworded(getattr(forms.old, key), getattr(forms.new, key)):
            yield forms.change(f"The {key.replace('_', ' ')} {clause}.")
    yield from _settings(forms)
    yield from _pages(forms)
    yield from question_changes(forms, forms.old.fields, forms.new.fields, forms.new.renames)
    yield from _checks(forms)
    if dropped := [name for name in forms.old.was if name not in (*forms.new.was, forms.new.id)]:
        what = f"Links, drafts and programs that know the form as {listed(dropped)} do not find it any more."
        yield forms.change(what, None, Safety.NEEDS_WAS, was_of(*forms.new.was, *dropped))
    yield from forgotten(forms, forms.old.renames, forms.new.renames, forms.new.fields)


def _settings(forms: FormPair) -> Iterator[Change]:
    if forms.old.keywords != forms.new.keywords:
        yield forms.change("It is found by other keywords.")
    if forms.old.keep_for != forms.new.keep_for:
        yield forms.change(f"Answers are kept for {forms.new.keep_for or 'as long as the catalogue says'}.")
    if forms.old.published != forms.new.published:
        yield forms.change("Public output shows other places, or shows them otherwise.")


def _pages(forms: FormPair) -> Iterator[Change]:
    old, new = ({page.id: page for page in form.pages} for form in (forms.old, forms.new))
    for name in [name for name in old if name not in new]:
        yield forms.change(f"The page `{name}` is gone.")
    for name in [name for name in new if name not in old]:
        yield forms.change(f"There is a new page `{name}`.")
    shared = [name for name in new if name in old]
    if shared != [name for name in old if name in new]:
        yield forms.change("The pages stand in another order.")
    for name in shared:
        for clause in reworded(old[name].title, new[name].title):
            yield forms.change(f"The heading of the page `{name}`, {clause}.")
        if (words := forms.otherwise(old[name].visible, new[name].visible)) is not None:
            safety = forms.safety(old[name].visible, new[name].visible)
            yield forms.change(f"The page `{name}` is asked {words}.", None, safety)


def _checks(forms: FormPair) -> Iterator[Change]:
    old, new = (
        {(in_words(one.require, "en", form.scope), one.at): one for one in form.checks}
        for form in (forms.old, forms.new)
    )
    for words, at in [key for key in old if key not in new]:
        yield forms.change(f"It is no longer required at `{at}` that {words}.")
    for words, at in [key for key in new if key not in old]:
        safety = Safety.SAFE if new[words, at].warning else forms.safety(ALWAYS, new[words, at].require)
        yield forms.change(f"It is required at `{at}` now that {words}.", None, safety)
    for key in [key for key in new if key in old]:
        for clause in reworded(old[key].message, new[key].message):
            yield forms.change(f"The message at `{key[1]}`, {clause}.")
