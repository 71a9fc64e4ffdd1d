"""What a form tells between its questions."""

from __future__ import annotations

import re
from typing import Annotated, Any

from formroute.definitions import Definition, Text, wrong
from formroute.definitions.types import Word, YesNo, one_of, typed
from formroute.forms.kinds.base import Kind

_LINK = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[!-~]*)?", re.ASCII)
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{1,20}", re.ASCII)


def _link(value: Any) -> str:
    if not isinstance(value, str) or not _LINK.fullmatch(value):
        shown = str(value)
        raise wrong("D128", instead=f"https://{shown}" if _LINK.fullmatch(f"https://{shown}") else None, word=shown)
    return value


def _phone(value: Any) -> str:
    if not isinstance(value, str) or not _PHONE.fullmatch(value):
        raise wrong("D129", word=str(value))
    return value


Link = Annotated[str, typed(_link)]
Phone = Annotated[str, typed(_phone)]


class NoticeDefinition(Definition):
    """A text between the questions. One that `stops` ends the form: nothing after it is asked or sent.

    `phone` and `link` say where to turn instead.
    """

    type: Word
    text: Text
    tone: Annotated[str, one_of("info", "warning", "danger")] = "info"
    stops: YesNo = False
    phone: Phone | None = None
    link: Link | None = None
    show_when: Any = None


NOTICE = Kind("notice", NoticeDefinition, widget="notice", datatype="")
