"""Single answers in a reader's words: choices by their labels, days, times and numbers as the language writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal

from babel.dates import get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal

from formroute.conditions.answers.domains import Domain, ManyOf, OneOf
from formroute.messages import calendar_day, locale, plural, say
from formroute.records import Location, Upload

_LONGEST = 60


def listed(parts: Iterable[str], style: Literal["or", "standard"], language: str) -> str:
    """`a, b or c`; `style` is `or` or `standard` (and)."""
    return format_list(list(parts), style=style, locale=locale(language))


def quoted(text: str, language: str) -> str:
    """A text in the language's quotation marks, cut when it is long."""
    return say(language, "“{text}”", text=text if len(text) <= _LONGEST else text[:_LONGEST] + "…")


def choice_in_words(choice: object, domain: Domain | None, language: str) -> str:
    """A choice by its label."""
    if isinstance(choice, bool):
        return say(language, "yes") if choice else say(language, "no")
    if isinstance(domain, OneOf | ManyOf) and isinstance(choice, str) and choice in domain.labels:
        return domain.labels[choice].inside(language)
    return str(choice) if isinstance(domain, OneOf | ManyOf) else quoted(str(choice), language)


def number_in_words(number: int | Decimal, language: str) -> str:
    """A number with the language's separators."""
    return format_decimal(number, "#,##0.##########", locale=locale(language))


def day_in_words(day: date, language: str) -> str:
    """A calendar day."""
    return calendar_day(language, day)


def distance_in_words(age: int, language: str) -> str:
    """A day by how long ago it is; a negative age lies ahead."""
    if age == 0:
        return say(language, "today")
    if age > 0:
        return plural(language, "{count} day ago", "{count} days ago", age)
    return plural(language, "{count} day from today", "{count} days from today", -age)


def time_in_words(seconds: int) -> str:
    """A time of day, given in seconds after midnight."""
    text = str(timedelta(seconds=seconds)).zfill(8) if seconds < 24 * 3600 else "24:00:00"
    return text.removesuffix(":00")


def weekday_in_words(weekday: int, language: str) -> str:
    """The name of a day of the week, Monday being 0."""
    return str(get_day_names("wide", locale=locale(language))[weekday])


def answer_in_words(answer: Any, domain: Domain | None, language: str) -> str:
    """A canonical answer, short enough for a sentence."""
    match answer:
        case tuple() | list():
            return listed((answer_in_words(one, domain, language) for one in answer), "standard", language)
        case Mapping():
            return "; ".join(f"{name}: {answer_in_words(one, None, language)}" for name, one in answer.items())
        case bool() | str():
            return choice_in_words(answer, domain, language)
        case int() | Decimal():
            return number_in_words(answer, language)
        case datetime():
            return f"{day_in_words(answer, language)}, {answer:%H:%M}"
        case date():
            return day_in_words(answer, language)
        case time():
            return f"{answer:%H:%M}"
        case Location(address):
            return quoted(address, language)
        case Upload(_, filename):
            return quoted(filename, language)
    return str(answer)
