"""What a department reads of a submission, in the department's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babel.core import Locale

from formroute.delivery.letter import Answer, Block, Letter, Lines, Link, one_line
from formroute.delivery.message import Message
from formroute.messages import locale, say
from formroute.records import Upload

CHANNELS = {
    "web": "Sent on the website, in {spoken}.",
    "api": "Sent by a program (API), in {spoken}.",
    "phone": "Taken over the telephone, in {spoken}.",
    "counter": "Taken at the counter, in {spoken}.",
    "chat": "Sent by chat, in {spoken}.",
}
"""How a submission came in, in the words of a letter."""
ANY_CHANNEL = "Sent by {channel}, in {spoken}."


def department_letter(message: Message, attached: Sequence[Upload], elsewhere: Sequence[Upload], desk: str) -> Letter:
    """The letter with `attached` files; `desk` is where those `elsewhere` can be seen, empty where there is no desk."""
    return Letter(
        language=message.language,
        subject=_subject(message),
        title=message.title,
        reference=message.reference,
        blocks=tuple(_blocks(message, attached, elsewhere, desk)),
        sender=message.city,
    )


def notice(message: Message) -> Letter:
    """The letter to somebody whom a route notifies: that it came and who handles it, and no answer."""
    language = message.language
    return Letter(
        language=language,
        subject=_subject(message),
        title=message.title,
        reference=message.reference,
        blocks=(
            Lines(
                (
                    say(language, "This came in, and {department} handles it.", department=message.handled_by),
                    *_when(message),
                    *_decided(message),
                )
            ),
            Lines((say(language, "It is sent for your information, without any answers."),)),
        ),
        sender=message.city,
    )


def _blocks(message: Message, attached: Sequence[Upload], elsewhere: Sequence[Upload], desk: str) -> Iterator[Block]:
    yield Lines(tuple(_facts(message)), message.met if message.decision.route is not None else ())
    yield from (Answer(line.label, line.text, line.rows) for line in message.lines)
    if message.left_out:
        yield Lines((say(message.language, "Personal answers are left out."),))
    if attached or elsewhere:
        yield Lines(tuple(_files(message, attached, elsewhere)))
    if elsewhere and desk:
        yield Link(say(message.language, "All files at the department desk"), desk)


def _subject(message: Message) -> str:
    priority = f" ({say(message.language, message.decision.priority)})" if message.decision.priority else ""
    return one_line(f"{message.reference} – {message.title}{priority}")


def _facts(message: Message) -> Iterator[str]:
    language = message.language
    yield say(language, "For: {department}", department=one_line(message.department_name))
    if message.copied:
        yield say(language, "A copy for your information: {department} handles it.", department=message.handled_by)
    yield from _when(message)
    yield from _decided(message)
    yield _why(message)


def _when(message: Message) -> Iterator[str]:
    language, submission = message.language, message.submission
    yield say(language, "Received: {moment}", moment=message.moment(message.received))
    spoken = _spoken(submission.language, language)
    yield say(language, CHANNELS.get(submission.channel, ANY_CHANNEL), spoken=spoken, channel=submission.channel)


def _decided(message: Message) -> Iterator[str]:
    language, decision = message.language, message.decision
    if decision.priority:
        yield say(language, "Priority: {priority}", priority=say(language, decision.priority))
    if message.due:
        yield say(language, "Answer due: {moment}", moment=message.moment(message.due))
    if decision.tags:
        yield say(language, "Tags: {tags}", tags=", ".join(decision.tags))
    for name, value in decision.values.items():
        yield say(language, "{title}: {text}", title=name, text=one_line(value))


def _why(message: Message) -> str:
    language, decision = message.language, message.decision
    if decision.route is None:
        return say(language, "Why it came here: no route took it, so the fallback department gets it.")
    return say(language, "Why it came here: route {route} of table {table}", route=decision.route, table=decision.table)


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
