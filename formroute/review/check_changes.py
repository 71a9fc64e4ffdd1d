"""What is otherwise with the checks across the answers of a form."""

from __future__ import annotations

from collections.abc import Iterator

from formroute.conditions import NEVER, Condition, Not, Scope, in_words
from formroute.forms import Check
from formroute.review.change import Change, Safety
from formroute.review.form_pair import FormPair
from formroute.review.rewording import reworded


def check_changes(forms: FormPair) -> Iterator[Change]:
    """Checks that are new, gone, ask for something else, only warn now, or say so in other words."""
    old, new = (
        {(in_words(one.require, "en", form.scope), one.at): one for one in form.checks}
        for form in (forms.old, forms.new)
    )
    gone = [one for key, one in old.items() if key not in new]
    for one in [one for key, one in new.items() if key not in old]:
        earlier = next((other for other in gone if other.at == one.at), None)
        gone = [other for other in gone if other is not earlier]
        yield from _required(forms, earlier, one)
    for one in gone:
        told = "There is no warning" if one.warning else "It is no longer required"
        yield forms.change(f"{told} at `{one.at}` {_asked(one, forms.old.scope)}{' any more' if one.warning else ''}.")
    for key, one in new.items():
        yield from _kept(forms, old[key], one) if key in old else ()


def _required(forms: FormPair, old: Check | None, new: Check) -> Iterator[Change]:
    """A check that is new, or that asks for something else than the one at the same question before."""
    told = _said(new, forms.new.scope, "" if old else " now")
    before = ""
    if old:
        alike = bool(old.warning) == bool(new.warning)
        before = f"; before, {_asked(old, forms.old.scope) if alike else _said(old, forms.old.scope)}"
    what = f"{told[0].upper()}{told[1:]}{before}."
    yield forms.change(what, new.place["require"].mark, _safety(forms, old, new))
    yield from _message(forms, old, new) if old else ()


def _kept(forms: FormPair, old: Check, new: Check) -> Iterator[Change]:
    if bool(old.warning) != bool(new.warning):
        told = "only warns now, and can be passed" if new.warning else "must be passed now; before, it only warned"
        what = f"The check at `{new.at}` {told}."
        yield forms.change(what, new.place["require"].mark, _safety(forms, old, new))
    yield from _message(forms, old, new)


def _message(forms: FormPair, old: Check, new: Check) -> Iterator[Change]:
    for clause in reworded(old.message, new.message):
        yield forms.change(f"The message at `{new.at}`, {clause}.", new.place["message"].mark)


def _safety(forms: FormPair, old: Check | None, new: Check) -> Safety:
    return Safety.LOSES if forms.is_met_first(_refused(old), _refused(new)) else Safety.SAFE


def _refused(check: Check | None) -> Condition:
    """The answers that a check does not let through."""
    return Not(check.require) if check is not None and not check.warning else NEVER


def _said(check: Check, scope: Scope, now: str = "") -> str:
    """What a check asks for, or when it warns, as a clause."""
    sort = "there is a warning" if check.warning else "it is required"
    return f"{sort} at `{check.at}`{now} {_asked(check, scope)}"


def _asked(check: Check, scope: Scope) -> str:
    require = check.require
    if check.warning and isinstance(require, Not):
        return f"when {in_words(require.part, 'en', scope)}"
    return f"that {in_words(require, 'en', scope)}"
