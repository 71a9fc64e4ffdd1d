"""What is otherwise with the pages of a form, and where its questions stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from formroute.forms import Field, Page
from formroute.problems import Mark, listed
from formroute.review.change import Change, Safety
from formroute.review.form_pair import FormPair
from formroute.review.order import told_in_order
from formroute.review.rewording import reworded

_Pages = Mapping[str, Page]


def page_changes(forms: FormPair) -> Iterator[Change]:
    """Pages that are new, gone, renamed or asked otherwise, and questions that stand elsewhere."""
    old, new = ({page.id: page for page in form.pages} for form in (forms.old, forms.new))
    called = dict(_called(forms, old, new))
    for name in [name for name in old if name not in new]:
        told = f"is called `{called[name]}` now" if name in called else "is gone"
        yield forms.change(f"The page `{name}` {told}.")
    for name in [name for name in new if name not in old and name not in called.values()]:
        yield forms.change(f"There is a new page `{name}`.", new[name].place.mark)
    names = {name: called.get(name, name) for name in old if name in new or name in called}
    places = {name: page.place.mark for name, page in new.items()}
    yield from _order(forms, list(names.values()), places, "The page `{}`", "The pages stand in another order.")
    for before, after in names.items():
        yield from _page(forms, old[before], new[after])
    yield from _moved(forms, names)


def _called(forms: FormPair, old: _Pages, new: _Pages) -> Iterator[tuple[str, str]]:
    """Pages that are gone, with the new one on which all that is left of their questions stands, if it is one."""
    taken = set(old)
    for name in [name for name in old if name not in new]:
        left = {forms.guess.questions.get(field.name, field.name) for field in old[name].fields}
        homes = {page.id for page in new.values() if not left.isdisjoint(field.name for field in page.fields)}
        if len(homes) == 1 and not homes & taken:
            taken |= homes
            yield name, homes.pop()


def _page(forms: FormPair, old: Page, new: Page) -> Iterator[Change]:
    for clause in reworded(old.title, new.title):
        yield forms.change(f"The heading of the page `{new.id}`, {clause}.", new.place["title"].mark)
    if (words := forms.otherwise(old.visible, new.visible)) is not None:
        safety, demanded = forms.safety(old.visible, new.visible), _demanded(forms, old, new)
        what = f"The page `{new.id}` is asked {words}{f'; {demanded}' if demanded else ''}."
        yield forms.change(what, new.place["show_when"].mark, Safety.LOSES if demanded else safety)


def _demanded(forms: FormPair, old: Page, new: Page) -> str:
    """Which questions of a page must be answered by some who were not asked, as a clause."""
    before = {forms.guess.questions.get(field.name, field.name): field for field in old.fields}
    names = [
        field.name
        for field in new.fields
        if field.name in before and forms.is_demanded_first(before[field.name], field)
    ]
    return f"drafts are asked for {listed(names)}, and programs that do not send that are refused" if names else ""


def _moved(forms: FormPair, names: Mapping[str, str]) -> Iterator[Change]:
    """Questions on another page than before, those with the same way together, then those in another order."""
    before = {
        forms.guess.questions.get(field.name, field.name): names.get(page.id, page.id)
        for page in forms.old.pages
        for field in page.fields
    }
    ways: dict[tuple[str, str], list[Field]] = {}
    for page in forms.new.pages:
        for field in page.fields:
            if field.name in before and before[field.name] != page.id:
                ways.setdefault((before[field.name], page.id), []).append(field)
    for (one, other), fields in ways.items():
        stand = "stands" if len(fields) == 1 else "stand"
        what = f"{listed(field.name for field in fields)} {stand} on the page `{other}`; before, on `{one}`."
        yield forms.change(what, fields[0])
    elsewhere = {field.name for fields in ways.values() for field in fields}
    then = [name for name in before if name not in elsewhere]
    now = {field.name: field for page in forms.new.pages for field in page.fields if field.name not in elsewhere}
    yield from _order(forms, then, now, "`{}`", "The questions are asked in another order.")


def _order(
    forms: FormPair, before: Sequence[str], after: Mapping[str, Field | Mark], said: str, many: str
) -> Iterator[Change]:
    """What moved among what was there already, one by one where these are few."""
    found = told_in_order(before, list(after))
    if found is None:
        yield forms.change(many)
    for name, then in found or ():
        where = f"before {said[0].lower()}{said[1:].format(then)}" if then else "last"
        yield forms.change(f"{said.format(name)} comes {where} now.", after[name])
