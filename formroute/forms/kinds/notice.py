"""What a form tells between its questions."""

from __future__ import annotations

import re
from typing import Annotated, Any

from formroute.conditions import WrittenCondition
from formroute.definitions import Definition, Prose, wrong
from formroute.definitions.shape import exactly
from formroute.definitions.types import Word, YesNo, one_of, typed
from formroute.forms.kinds.base import Kind

TONES = ("info", "success", "warning", "danger")
"""What a notice can be; the words are those of the design systems that cities share (Bootstrap, GOV.UK, Canada.ca)."""
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


Link = Annotated[str, typed(_link, exactly(_LINK, "https://example.org/page"))]
Phone = Annotated[str, typed(_phone, {"type": ["string", "integer"], "examples": ["911", "204-555-0123"]})]


class NoticeDefinition(Definition):
    """A text between the questions; one that `stops` ends the form: nothing after it is asked or sent."""

    type: Word
    """What it is."""

    text: Prose
    """What a resident reads, in Markdown: paragraphs, lists, `**bold**`, `*emphasis*`, `[words](https://example.org)`."""

    tone: Annotated[str, one_of(*TONES)] = "info"
    """What it is, told by an icon and a word: `info`, `success`, `warning` or `danger`."""

    stops: YesNo = False
    """`yes` if nothing is asked after it and nothing can be sent."""

    phone: Phone | None = None
    """A number to call instead."""

    link: Link | None = None
    """A page to go to instead."""

    show_when: WrittenCondition = None
    """When it is shown: a condition on earlier questions."""


NOTICE = Kind("notice", NoticeDefinition, widget="notice", datatype="")
