"""What is said to residents in their language: the product's own sentences, and texts that may be in another."""

from formroute.messages.phrase import Phrase, each_part, fill, in_language, join, lang_of, plain
from formroute.messages.sentences import (
    NO_BREAK,
    add_folder,
    adopt,
    calendar_day,
    clock,
    compiled,
    file_of,
    in_order_of,
    is_translated,
    locale,
    order_of_a_day,
    ours,
    plural,
    say,
)

__all__ = [
    "NO_BREAK",
    "Phrase",
    "add_folder",
    "adopt",
    "calendar_day",
    "clock",
    "compiled",
    "each_part",
    "file_of",
    "fill",
    "in_language",
    "in_order_of",
    "is_translated",
    "join",
    "lang_of",
    "locale",
    "order_of_a_day",
    "ours",
    "plain",
    "plural",
    "say",
]
