"""The letter by which a resident comes back to a draft: to no department, and with no answer in it."""

from __future__ import annotations

from formroute.catalog import Catalog
from formroute.delivery.letter import Letter, Lines, Link
from formroute.messages import calendar_day, say
from formroute.store import DraftLetter

_TO_WHOM = (
    "Anyone who has the link can see your answers, change them and send the form. "
    "Share it only with somebody you trust."
)


def draft_letter(catalog: Catalog, letter: DraftLetter, link: str) -> Letter:
    """The letter with its `link`."""
    language = letter.language if letter.language in catalog.languages else catalog.languages[0]
    form = catalog.today(letter.form)
    title = form.title.inside(language) if form else letter.form
    last = calendar_day(language, letter.expires.astimezone(catalog.zone))
    return Letter(
        language=language,
        subject=say(language, "Continue your form: {title}", title=title),
        title=say(language, "Continue your form"),
        reference=title,
        blocks=(
            Lines((say(language, "Your answers so far are saved. Nothing has been sent yet."),)),
            Link(say(language, "Continue where you stopped"), link),
            Lines((say(language, "The link works until {day}. Then your answers are erased.", day=last),)),
            Lines((say(language, _TO_WHOM),)),
            Lines((say(language, "If you did not ask for this email, you can delete it."),)),
        ),
        sender=catalog.city.inside(language),
    )
