"""What a form tells between its questions."""

from __future__ import annotations

from typing import Annotated, Any

from formroute.definitions import Definition, Text
from formroute.definitions.types import Word, YesNo, one_of
from formroute.forms.kinds.base import Kind


class NoticeDefinition(Definition):
    """A text between the questions. One that `stops` ends the form: nothing after it is asked or sent.

    `phone` and `link` say where to turn instead.
    """

    type: Word
    text: Text
    tone: Annotated[str, one_of("info", "warning", "danger")] = "info"
    stops: YesNo = False
    phone: Word | None = None
    link: Word | None = None
    show_when: Any = None


NOTICE = Kind("notice", NoticeDefinition, widget="notice", datatype="")
