"""What is said to residents in their language: the product's own sentences, and texts that may be in another."""

from formroute.messages.phrase import Phrase, each_part, fill, in_language, join, lang_of, plain
from formroute.messages.sentences import NO_BREAK, add_folder, calendar_day, clock, locale, plural, say

__all__ = [
    "NO_BREAK",
    "Phrase",
    "add_folder",
    "calendar_day",
    "clock",
    "each_part",
    "fill",
    "in_language",
    "join",
    "lang_of",
    "locale",
    "plain",
    "plural",
    "say",
]
