"""What routes tell residents while they fill in a form: an outage, say, as soon as their answers meet it.

Nothing else of a route comes out here, not even its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence
from itertools import dropwhile
from typing import NamedTuple

from markupsafe import Markup

from formroute.definitions.markdown import as_html
from formroute.forms import Checked, Form
from formroute.web.draft.drafts import Draft
from formroute.web.draft.screens import screens
from formroute.web.site.site import Site, speaking


class Notice(NamedTuple):
    """One notice; `key` tells it from others, and is the same wherever it stands."""

    key: str
    html: Markup

    @classmethod
    def of(cls, text: str) -> Notice:
        """The notice that an author wrote so in Markdown."""
        return cls(hashlib.blake2s(text.encode(), digest_size=6).hexdigest(), as_html(text))


def notices_of(site: Site, form: Form, draft: Draft, checked: Checked) -> tuple[Notice, ...]:
    """What the answers of a draft meet already; a question on a page that was not sent yet may still be answered."""
    if not site.catalog.router.tells(form.id):
        return ()
    unseen = (screen for screen in screens(form) if screen.shows(checked) and screen.id not in draft.visited)
    first = next((screen.fields[0].name for screen in unseen), None)
    told = told_so_far(site, form, checked, "web", speaking(site.catalog), _from(form, checked, first))
    return tuple(map(Notice.of, told))


def notices_with_errors(site: Site, form: Form, checked: Checked, channel: str, language: str) -> Sequence[str]:
    """What answers with errors in them meet already, in Markdown; what is wrong may still be answered otherwise."""
    wrong = {error.field for error in checked.errors}
    first = next((name for name in form.fields if name in wrong), None)
    return told_so_far(site, form, checked, channel, language, _from(form, checked, first))


def told_so_far(
    site: Site, form: Form, checked: Checked, channel: str, language: str, unasked: Container[str]
) -> Sequence[str]:
    """The notices in a language, each once."""
    catalog = site.catalog
    submission = catalog.submission(
        form.id, checked.answers, received=site.intake.now(), channel=channel, language=language
    )
    told = (notice.inside(language) for notice in catalog.notices(submission, unasked, checked.begun))
    return tuple(dict.fromkeys(told))


def _from(form: Form, checked: Checked, first: str | None) -> frozenset[str]:
    """The questions from `first` on that have no answer."""
    rest = dropwhile(lambda name: name != first, form.fields)
    return frozenset(name for name in rest if name not in checked.answers)
