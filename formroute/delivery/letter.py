"""What a department reads: a message as plain text in the department's language."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from babel.core import Locale

from formroute.delivery.message import Message
from formroute.messages import locale, say
from formroute.records import Upload

INDENT = "    "
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def legible(text: str) -> str:
    """Text without control characters and without signs that turn the direction of writing."""
    return _UNREADABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Text that cannot begin a line of its own."""
    return " ".join(legible(text).split())


def subject_of(message: Message) -> str:
    """`WPG-2026-7K3M9Q – Report a pothole`, and the priority where there is one."""
    priority = f" ({message.decision.priority})" if message.decision.priority else ""
    return one_line(f"{message.reference} – {message.title}{priority}")


def text_of(message: Message, attached: Sequence[Upload], elsewhere: Sequence[Upload]) -> str:
    """The whole letter. Answers are indented, so that none can pass for a line of ours."""
    blocks = (
        _heading(message),
        "\n".join(_facts(message)),
        "\n\n".join(_answers(message)),
        "\n".join(_files(message, attached, elsewhere)),
        f"-- \n{one_line(message.city)}",
    )
    return "\n\n".join(block for block in blocks if block) + "\n"


def _heading(message: Message) -> str:
    return f"{one_line(message.title)}\n{message.reference}"


def _facts(message: Message) -> Iterator[str]:
    language, decision, submission = message.language, message.decision, message.submission
    yield say(language, "For: {department}", department=one_line(message.department_name))
    if message.copied:
        yield say(language, "A copy for your information: {department} handles it.", department=message.handled_by)
    yield say(language, "Received: {moment}", moment=message.moment(message.received))
    yield say(
        language,
        "Sent in {spoken} by {channel}",
        spoken=_spoken(submission.language, language),
        channel=submission.channel,
    )
    if decision.priority:
        yield say(language, "Priority: {priority}", priority=decision.priority)
    if message.due:
        yield say(language, "Answer due: {moment}", moment=message.moment(message.due))
    if decision.tags:
        yield say(language, "Tags: {tags}", tags=", ".join(decision.tags))
    yield from _reasons(message)


def _reasons(message: Message) -> Iterator[str]:
    language, decision = message.language, message.decision
    if decision.route is None:
        yield say(language, "Why it came here: no route took it, so the fallback department gets it.")
        return
    yield say(language, "Why it came here: route {route} of table {table}", route=decision.route, table=decision.table)
    for reason in message.reasons:
        yield f"  - {one_line(reason)}"


def _answers(message: Message) -> Iterator[str]:
    for line in message.lines:
        yield f"{one_line(line.label)}\n{textwrap.indent(legible(line.text), INDENT, lambda _: True)}"
    if message.left_out:
        yield say(message.language, "Personal answers are left out.")


def _files(message: Message, attached: Sequence[Upload], elsewhere: Sequence[Upload]) -> Iterator[str]:
    for upload in attached:
        yield say(message.language, "Attached: {filename}", filename=one_line(upload.filename))
    for upload in elsewhere:
        yield say(
            message.language,
            "Too large to attach, kept with the submission: {filename}",
            filename=one_line(upload.filename),
        )


def _spoken(language: str, reader: str) -> str:
    return Locale.parse(language, sep="-").get_display_name(locale(reader)) or language
