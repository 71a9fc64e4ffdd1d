"""What is otherwise for residents: forms, their pages, checks and texts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from formroute.catalog import Catalog
from formroute.forms import Form
from formroute.review.change import Change, Safety
from formroute.review.check_changes import check_changes
from formroute.review.form_pair import FormPair
from formroute.review.gone_forms import likely_forms, renamed_forms, routes_lost
from formroute.review.likeness import earlier_name
from formroute.review.listing import Listings
from formroute.review.old_names import forgotten, listed, was_of
from formroute.review.page_changes import page_changes
from formroute.review.question_changes import question_changes
from formroute.review.rewording import quoted, reworded
from formroute.review.setting_changes import form_settings, settings_of_all

_TEXTS = {"title": "title", "summary": "summary", "after_sending": "text after sending"}


def form_changes(old: Catalog, new: Catalog, on: date | None = None) -> Iterator[Change]:
    """Every difference for residents, that of all forms first; answers are lost that can be given from a day `on`."""
    yield from settings_of_all(old, new)
    said, likely = renamed_forms(old, new), likely_forms(old, new)
    for form in (form for name, form in old.forms.items() if name not in new.forms):
        yield _gone(form, likely.get(form.id), said, old)
    listings = Listings(Path(new.place.source.file).parent)
    for name, form in new.forms.items():
        earlier = old.forms.get(name) or old.forms.get(earlier_name(name, likely))
        if earlier is None:
            told = f"There is a new form, {quoted(form.title.inside(form.languages[0]))}."
            yield Change("residents", name, told, form.place.mark)
        else:
            before = old.router.plans[earlier.id].scope
            scope = {**before, **new.router.plans[name].scope}
            forms = FormPair(earlier, form, before, scope, listings, on)
            yield from _changes(forms)
            yield from form_settings(forms, old, new)


def _gone(form: Form, likely: str | None, said: Collection[str], old: Catalog) -> Change:
    if form.id in said:
        return Change("residents", form.id, f"The form is called `{likely}` now.", form.place.mark)
    if likely is not None:
        what = f"The form is gone; `{likely}` looks like it under a new name."
        return Change("residents", form.id, what, form.place.mark, Safety.NEEDS_WAS, was_of(form.id))
    routes = ", ".join(routes_lost(old, form.id))
    with_it = f" With it go the routes {routes}." if routes else ""
    what = f"The form is gone: nobody can send it, and drafts of it are lost.{with_it}"
    return Change("residents", form.id, what, form.place.mark, Safety.LOSES)


def _changes(forms: FormPair) -> Iterator[Change]:
    for key, called in _TEXTS.items():
        for clause in reworded(getattr(forms.old, key), getattr(forms.new, key)):
            yield forms.change(f"The {called} {clause}.")
    yield from page_changes(forms)
    yield from question_changes(forms, forms.old.fields, forms.new.fields, forms.new.renames)
    yield from check_changes(forms)
    if dropped := [name for name in forms.old.was if name not in (*forms.new.was, forms.new.id)]:
        what = f"Links, drafts and programs that know the form as {listed(dropped)} do not find it any more."
        yield forms.change(what, None, Safety.NEEDS_WAS, was_of(*forms.new.was, *dropped))
    yield from forgotten(forms, forms.old.renames, forms.new.renames, forms.new.fields)
