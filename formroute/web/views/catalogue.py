"""The front door: every form, and a search that understands everyday words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from flask import redirect, request, url_for

from formroute.catalog import Catalog
from formroute.forms import Form
from formroute.messages import in_order_of, plural, say
from formroute.web.site.language import preferred
from formroute.web.site.site import Answer, Site, speaking
from formroute.web.views.search import LONGEST, Entry, Search

MOST_FOUND = 6


class Card(NamedTuple):
    """One form as the list shows it."""

    id: str
    title: str
    summary: str


class Shelf(NamedTuple):
    """Forms under one heading; `id` is where a link on the page leads to."""

    id: str
    title: str
    cards: Sequence[Card]


class Catalogue:
    """The views that find a form."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._search = index(site.catalog)

    def front(self) -> Answer:
        """To the catalogue in the reader's language."""
        answer = redirect(url_for(".catalogue", lang=preferred(request, self._site.catalog.languages)), 302)
        answer.vary.update(("Accept-Language", "Cookie"))
        return answer

    def catalogue(self) -> Answer:
        """All forms, or with `q` those that fit it, the best first."""
        language = speaking(self._site.catalog)
        question = request.args.get("q", "")[:LONGEST].strip()
        forms = self._site.catalog.forms
        found = [forms[form_id] for form_id in self._search.find(question, MOST_FOUND)]
        return self._site.page(
            "catalogue.html",
            question=question,
            found=_cards(found, language),
            found_words=_found_words(language, len(found)),
            shelves=tuple(shelves(self._site.catalog, language)),
        )


def shelves(catalog: Catalog, language: str) -> Iterator[Shelf]:
    """Every form under its group's heading; those of no group come last."""
    grouped = {form for group in catalog.groups for form in group.forms}
    for group in catalog.groups:
        forms = (catalog.forms[form] for form in group.forms)
        yield Shelf(f"group-{group.id}", group.title.inside(language), _cards(_by_title(forms, language), language))
    rest = _by_title((form for form in catalog.forms.values() if form.id not in grouped), language)
    if rest:
        heading = say(language, "Other services") if grouped else say(language, "All services")
        yield Shelf("services", heading, _cards(rest, language))


def _by_title(forms: Iterable[Form], language: str) -> list[Form]:
    return sorted(forms, key=lambda form: in_order_of(language, form.title.inside(language)))


def _cards(forms: Iterable[Form], language: str) -> Sequence[Card]:
    return [Card(form.id, form.title.inside(language), form.summary.inside(language)) for form in forms]


def _found_words(language: str, count: int) -> str:
    if not count:
        return say(language, "Nothing matches these words")
    return plural(language, "One service matches these words", "{count} services match these words", count)


def index(catalog: Catalog) -> Search:
    """The search over all forms of a catalogue, in all its languages."""
    return Search(map(_entry, catalog.forms.values()))


def _entry(form: Form) -> Entry:
    titles, summaries = (" . ".join(text.translations.values()) for text in (form.title, form.summary))
    return Entry(form.id, titles, summaries, " , ".join(word for words in form.keywords.values() for word in words))
