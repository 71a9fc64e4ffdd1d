"""The photos of an unfinished form, for whoever is filling it in: what was chosen is seen before it is sent."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, abort, send_file

from formroute.forms.files import file_answers
from formroute.records import Upload
from formroute.web.draft.drafts import Drafts
from formroute.web.site.site import Site

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
"""What every browser shows as a picture; an upload is known by its content, not by its name."""


class Photos:
    """The view that shows one; only the session whose draft holds it sees it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._drafts = Drafts(site.store)

    def photo(self, form_id: str, token: str, upload: str) -> Response:
        """The picture itself; 404 for anything else."""
        form = self._site.form(form_id)
        draft = self._drafts.open(form, token) or abort(404)
        kept = (one for answer in file_answers(form.fields.values(), draft.raw) for one in uploads_in(answer))
        found = next((one for one in kept if is_shown(one) and one.token == upload), None) or abort(404)
        try:
            return send_file(self._site.store.uploads.open(found), found.media_type, download_name=found.filename)
        except FileNotFoundError:
            abort(404)


def uploads_in(answer: object) -> Sequence[Upload]:
    """The files of one answer; none where it is something else."""
    return [one for one in answer if isinstance(one, Upload)] if isinstance(answer, tuple | list) else []


def is_shown(upload: Upload) -> bool:
    """Whether a page can show it as a picture."""
    return upload.media_type in SHOWN
