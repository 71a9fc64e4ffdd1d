"""What a resident reads: that the request is here and what happens next, and later how far it is; no answers."""

from __future__ import annotations

from collections.abc import Iterator

from formroute.delivery.letter import Block, Letter, Lines, Link, Told
from formroute.delivery.message import Message
from formroute.messages import calendar_day, say

NEWS = {
    "in_progress": "{department} is working on your request.",
    "done": "Your request has been dealt with.",
    "declined": "{department} cannot do what you asked for.",
}
"""What a status means to a resident."""


def acknowledgement(message: Message, link: str) -> Letter:
    """The letter on receipt; `link` leads to the status page, empty where the site has no public address."""
    language = message.language
    return Letter(
        language=language,
        subject=say(language, "We have your request: {reference}", reference=message.reference),
        title=say(language, "We have your request"),
        reference=message.reference,
        blocks=tuple(_acknowledged(message, link)),
        sender=message.city,
    )


def news(message: Message, status: str, link: str) -> Letter:
    """The letter that tells of a new `status`, one of NEWS."""
    language = message.language
    told = say(language, NEWS[status], department=message.handled_by)
    return Letter(
        language=language,
        subject=say(language, "Update on your request: {reference}", reference=message.reference),
        title=say(language, "Update on your request"),
        reference=message.reference,
        blocks=(Lines((message.title,)), Lines((told,)), *_kept(message, link)),
        sender=message.city,
    )


def _acknowledged(message: Message, link: str) -> Iterator[Block]:
    language = message.language
    received = say(language, "Received on {moment}", moment=message.moment(message.received))
    yield Lines((message.title, received))
    if message.after_sending:
        yield Told(message.after_sending)
    yield Lines(tuple(_next(message)))
    yield from map(Told, message.decision.notices)
    yield from _kept(message, link)


def _next(message: Message) -> Iterator[str]:
    yield say(message.language, "It goes to {department}.", department=message.handled_by)
    if message.due:
        day = calendar_day(message.language, message.due)
        yield say(message.language, "They aim to deal with it by {day}.", day=day)


def _kept(message: Message, link: str) -> Iterator[Block]:
    """How to ask later: by the link, or by the reference alone."""
    language = message.language
    if link:
        yield Link(say(language, "See the status of your request"), link)
        yield Lines((say(language, "Anyone who has the link can see that, but not your answers."),))
    else:
        yield Lines((say(language, "Keep the reference number: with it you can ask about your request."),))
