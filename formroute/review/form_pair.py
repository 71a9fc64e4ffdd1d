"""One form before and after, and what becomes of answers where a condition is another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from formroute.conditions import ALWAYS, All, Condition, Not, Scope, find, in_words
from formroute.forms import Field, Form
from formroute.problems import Mark
from formroute.review.change import Change, Safety
from formroute.review.likeness import guessed
from formroute.review.listing import Listing, Listings
from formroute.routing.changes.receipt import received_since


@dataclass(frozen=True, slots=True)
class FormPair:
    """One form before and after; `scope` has the questions of both and the facts. What counts, counts from `on`.

    `listings` are the CSV files of the new version.
    """

    old: Form
    new: Form
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

    def safety(self, old: Condition, new: Condition) -> Safety:
        """What becomes of answers that were taken where `old` held and are taken where `new` holds."""
        before = guessed(self.old, self.new)(old)
        later = () if self.on is None or "received" not in self.scope else (received_since(self.on),)
        return Safety.SAFE if find(All((before, Not(new), *later)), self.scope) is None else Safety.LOSES

    def otherwise(self, old: Condition, new: Condition) -> str | None:
        """When something shows, where more than names is otherwise than before."""
        if old == new or guessed(self.old, self.new)(old) == new:
            return None
        before, after = (
            "always" if condition == ALWAYS else "when " + in_words(condition, "en", form.scope)
            for condition, form in ((old, self.old), (new, self.new))
        )
        return f"{after}; before, {before}"
