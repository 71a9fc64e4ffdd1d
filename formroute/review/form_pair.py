"""One form in two versions, and what can be said of a part of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from formroute.conditions import ALWAYS, NEVER, All, Condition, Not, Question, Renaming, Scope, Test, find, in_words
from formroute.conditions.axes.aspects import Axis
from formroute.conditions.axes.sets import ANYTHING, EVERYWHERE, Values
from formroute.forms import Field, Form
from formroute.problems import Mark
from formroute.review.change import Change, Safety
from formroute.review.likeness import guessed
from formroute.review.listing import Listing, Listings
from formroute.routing.changes.receipt import received_since


@dataclass(frozen=True)
class FormPair:
    """One form before and after. What counts, counts from `on`.

    `before` has the questions of the one and the facts, `scope` those of both. `listings` are the CSV files of the new
    version.
    """

    old: Form
    new: Form
    before: Scope
    scope: Scope
    listings: Listings
    on: date | None = None

    def change(self, what: str, at: Field | Mark | None = None, safety: Safety = Safety.SAFE, fix: str = "") -> Change:
        """A sentence about the form as it is, at one of its questions, at a line of a file or at its head."""
        place = at if isinstance(at, Mark) else (at or self.new).place.mark
        return Change("residents", self.new.id, what, place, safety, fix)

    def listing(self, field: Field) -> Listing | None:
        """The CSV file from which the choices of a question come, if they do."""
        return self.listings.of(field.place["choices_from"].plain(), "value")

    @cached_property
    def guess(self) -> Renaming:
        """What looks renamed, also where no `was:` says so."""
        return guessed(self.old, self.new)

    @cached_property
    def taken(self) -> Scope:
        """What could be answered before, under the names of today; what is new was not asked."""
        then = self.guess.scope(self.before)
        return {**{name: replace(one, visible=NEVER) for name, one in self.scope.items() if name not in then}, **then}

    def safety(self, old: Condition, new: Condition) -> Safety:
        """What becomes of answers that were taken where `old` held and are taken where `new` holds."""
        return Safety.SAFE if find(All((self.guess(old), Not(new), *self._later)), self.scope) is None else Safety.LOSES

    def is_met_first(self, old: Condition, new: Condition) -> bool:
        """Whether answers that the form took meet `new`, and did not meet `old`."""
        if old == new:
            return False
        let_through = map(self.guess, self.old.always)
        return find(All((new, Not(self.guess(old)), *let_through, *self._later)), self.taken) is not None

    def is_demanded_first(self, old: Field | None, new: Field) -> bool:
        """Whether a question must be answered by some who could leave it blank, or were not asked."""
        before = NEVER if old is None else _demanded(old, self.old)
        left = blank(self.taken[new.name]) if new.name in self.taken else ALWAYS
        return self.is_met_first(before, All((_demanded(new, self.new), left)))

    def stops_first(self, old: Field | None, new: Field) -> bool:
        """Whether a notice ends the form for some for whom it went on."""
        before = shown(old, self.old) if old is not None and old.stops else NEVER
        return new.stops and self.is_met_first(before, shown(new, self.new))

    @property
    def _later(self) -> tuple[Condition, ...]:
        return () if self.on is None or "received" not in self.scope else (received_since(self.on),)

    def otherwise(self, old: Condition, new: Condition) -> str | None:
        """When something shows, where more than names is otherwise than before."""
        if old == new or self.guess(old) == new:
            return None
        before, after = (
            "always" if condition == ALWAYS else "when " + in_words(condition, "en", form.scope)
            for condition, form in ((old, self.old), (new, self.new))
        )
        return None if after == before else f"{after}; before, {before}"


def shown(field: Field, form: Form) -> Condition:
    """When a field shows, with the page on which it stands; one in rows, when it shows there."""
    pages = (page.visible for page in form.pages for one in page.fields if one is field)
    return All((next(pages, ALWAYS), field.visible))


def blank(question: Question) -> Condition:
    """That a question has no answer."""
    main = question.domain.main
    anything = ANYTHING if isinstance(question.domain.space(main), Values) else EVERYWHERE
    return Test(Axis(question.name, main), ~anything)


def _demanded(field: Field, form: Form) -> Condition:
    return shown(field, form) if field.required and field.kind.asks else NEVER
