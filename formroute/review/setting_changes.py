"""What is otherwise with what holds for a whole form, or for all forms of a catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from formroute.catalog import Catalog
from formroute.definitions import Text
from formroute.definitions.types import Period
from formroute.forms import Form
from formroute.review.change import Change, Safety
from formroute.review.form_pair import FormPair
from formroute.review.order import told_in_order
from formroute.review.rewording import quoted, reworded, written_out

_ASKED = {
    "one_at_a_time": "one question at a time",
    "page_by_page": "page by page",
    "all_at_once": "on one page",
}
# Told in words of their own, here or with the routes and the clocks.
_TOLD = frozenset(
    {
        *("city", "languages", "time_zone", "reference", "fallback", "priorities"),
        *("defaults", "groups", "calendar", "calendars"),
    }
)


def settings_of_all(old: Catalog, new: Catalog) -> Iterator[Change]:
    """What the catalogue says for every form."""

    def change(what: str, *keys: str, safety: Safety = Safety.SAFE) -> Change:
        return Change("residents", "catalog", what, new.place.at(*keys).mark, safety)

    yield from (change(f"The city's name {clause}.", "city") for clause in reworded(old.city, new.city))
    if old.languages != new.languages:
        languages, before = (", ".join(one.languages) for one in (new, old))
        what = f"The languages are {languages}, the first where nobody chose; before, {before}."
        yield change(what, "languages")
    if old.reference != new.reference:
        yield change(f"References look like `{new.reference}`; before, like `{old.reference}`.", "reference")
    if old.keep_for != new.keep_for:
        kept, safety = _kept(old.keep_for, new.keep_for)
        yield change(
            f"Answers to forms that do not say how long are kept {kept}.", "defaults", "keep_for", safety=safety
        )
    if old.come_back != new.come_back:
        what = f"A link to a draft works for {new.come_back}; before, for {old.come_back}."
        yield change(what, "defaults", "come_back")
    yield from (change(what, "groups") for what in _groups(old, new))
    was, now = (one.place.plain() or {} for one in (old, new))
    for key in sorted({*was, *now} - _TOLD):
        if was.get(key) != now.get(key):
            yield change(f"`{key}` is {written_out(now.get(key))}; before, {written_out(was.get(key))}.", key)


def form_settings(forms: FormPair, old: Catalog, new: Catalog) -> Iterator[Change]:
    """What one form says for all its questions, or the catalogue for it."""
    was, now = forms.old, forms.new
    if was.keywords != now.keywords:
        yield forms.change("It is found by other keywords.", now.place["keywords"].mark)
    if was.keep_for != now.keep_for:
        kept, safety = _kept(was.keep_for or old.keep_for, now.keep_for or new.keep_for)
        yield forms.change(f"Answers are kept {kept}.", now.place["keep_for"].mark, safety)
    if was.published != now.published:
        what = f"Public output shows {_shown(now)}; before, {_shown(was)}."
        yield forms.change(what, now.place["publish"].mark)
    if was.ask != now.ask:
        yield forms.change(f"It is asked {_ASKED[now.ask]}; before, {_ASKED[was.ask]}.", now.place["ask"].mark)
    if was.acknowledge and forms.guess.questions.get(was.acknowledge, was.acknowledge) != now.acknowledge:
        to = f"go to the answer to `{now.acknowledge}`" if now.acknowledge else "are not sent any more"
        what = f"Letters to the resident {to}; before, they went to the answer to `{was.acknowledge}`."
        yield forms.change(what, now.place["acknowledge"].mark)
    if now.acknowledge and not was.acknowledge:
        what = f"Letters to the resident go to the answer to `{now.acknowledge}`; before, none were sent."
        yield forms.change(what, now.place["acknowledge"].mark)
    if was.come_back != now.come_back:
        told = "can be sent now" if now.come_back else "cannot be sent any more"
        yield forms.change(f"Links to a draft {told}.", now.place["come_back"].mark)
    before, after = _group(old, was.id), _group(new, now.id)
    if before != after:
        what = f"It stands {_heading(new, after)} on the front page; before, {_heading(old, before)}."
        yield forms.change(what, new.place["groups"].mark)


def _kept(old: Period | None, new: Period | None) -> tuple[str, Safety]:
    """How long answers are kept, and whether some of those in the store go for it."""
    told = f"{_how_long(new)}; before, {_how_long(old)}"
    far = datetime(5000, 1, 1)
    shorter = new is not None and (old is None or old.before(far) < new.before(far))
    return (f"{told}: what was sent longer ago is erased", Safety.LOSES) if shorter else (told, Safety.SAFE)


def _how_long(period: Period | None) -> str:
    return f"for {period}" if period else "until somebody erases them"


def _shown(form: Form) -> str:
    """What of a form everybody may see."""
    return " and ".join(f"`{name}` within {_far(metres)}" for name, metres in form.published.items()) or "no place"


def _far(metres: int) -> str:
    return f"{metres} m" if metres % 1000 else f"{metres // 1000} km"


def _groups(old: Catalog, new: Catalog) -> Iterator[str]:
    """The headings of the front page, and the order of what stands below them."""
    before, after = _titles(old), _titles(new)
    for name in [name for name in before if name not in after]:
        yield f"The heading {_quoted(old, name)} of the front page is gone."
    for name in [name for name in after if name not in before]:
        yield f"There is a new heading {_quoted(new, name)} on the front page."
    for name in [name for name in after if name in before]:
        for clause in reworded(before[name], after[name]):
            yield f"The heading of the front page {clause}."
    for name, then in told_in_order(list(before), list(after)) or ():
        yield f"The heading {_quoted(new, name)} stands {_before(then and _quoted(new, then))} on the front page now."
    for group in new.groups:
        was = next((one.forms for one in old.groups if one.id == group.id), ())
        stand = told_in_order(was, group.forms)
        if stand is None:
            yield f"The forms below {_quoted(new, group.id)} stand in another order on the front page."
        for form, then in stand or ():
            yield f"The form `{form}` stands {_before(then and f'`{then}`')} on the front page now."


def _before(then: str | None) -> str:
    return f"before {then}" if then else "last"


def _titles(catalog: Catalog) -> Mapping[str, Text]:
    return {group.id: group.title for group in catalog.groups}


def _group(catalog: Catalog, form: str) -> str | None:
    return next((group.id for group in catalog.groups if form in group.forms), None)


def _quoted(catalog: Catalog, group: str) -> str:
    return quoted(_titles(catalog)[group].inside(catalog.languages[0]))


def _heading(catalog: Catalog, group: str | None) -> str:
    """Where a form is found."""
    return f"under {_quoted(catalog, group)}" if group else "under no heading of its own"
