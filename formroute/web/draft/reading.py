"""What a page that was posted says to each question, as edits of its draft.

The page may be older than the form: a question counts under any name it had, and on whatever page it stands by now.
"""

from __future__ import annotations

from collections.abc import Iterator

from formroute.forms import Field, Form
from formroute.forms.renames import Renames
from formroute.store import Store
from formroute.web.draft.drafts import Draft
from formroute.web.draft.edits import Edit
from formroute.web.draft.marks import Marks, read_marks
from formroute.web.draft.posting import Posted
from formroute.web.draft.rows import RowsOnPage, typed
from formroute.web.draft.uploads import receive


def with_posted(form: Form, posted: Posted, draft: Draft, store: Store | None = None, way: str = "") -> Draft:
    """The draft with what was posted; files only with the `store` to keep them in."""
    marks = read_marks(posted)
    for field, called in _asked(form, posted):
        if field.kind.widget != "file":
            draft = draft.edited(field.name, _edit(form, field, called, posted, draft, marks, store, way))
        elif store is not None:
            draft = draft.edited(field.name, receive(store, field, posted, called))
    return draft


def _asked(form: Form, posted: Posted) -> Iterator[tuple[Field, str]]:
    """The questions that the page asked, each with its name there."""
    asked = set(posted.texts.getlist("_asked"))
    for name, field in form.fields.items():
        called = form.renames.called(name, asked) if field.kind.asks else None
        if called is not None:
            yield field, called


def _edit(
    form: Form,
    field: Field,
    called: str,
    posted: Posted,
    draft: Draft,
    marks: Marks | None,
    store: Store | None,
    way: str,
) -> Edit:
    if field.row:
        page = RowsOnPage(posted, field, called, marks, form.renames.rows.get(field.name, Renames()), store)
        return page.edit(draft.raw.get(field.name), way)
    return typed(form.renames, field, called, posted, marks)
