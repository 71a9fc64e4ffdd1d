"""Which language a page speaks: its address says so; at the front door the last visit or the browser does."""

from collections.abc import Sequence

from babel import Locale, UnknownLocaleError
from flask import Request, Response

COOKIE = "formroute_language"
A_YEAR = 365 * 24 * 3600


def preferred(request: Request, languages: Sequence[str]) -> str:
    """The language of the reader's last visit, else the best that the browser asks for, else the first."""
    remembered = request.cookies.get(COOKIE, "")
    return remembered if remembered in languages else asked_for(request, languages)


def asked_for(request: Request, languages: Sequence[str]) -> str:
    """The best that the browser or program asks for, else the first."""
    return request.accept_languages.best_match(languages, default=languages[0])


def remember(request: Request, response: Response, language: str) -> None:
    """Let the front door open in `language` next time."""
    if request.cookies.get(COOKIE) != language:
        response.set_cookie(COOKIE, language, max_age=A_YEAR, secure=request.is_secure, httponly=True, samesite="Lax")


def own_name(language: str) -> str:
    """What a language calls itself, as a switch shows it: `Français`."""
    try:
        name = Locale.parse(language, sep="-").get_display_name(language)
    except (ValueError, UnknownLocaleError):
        return language
    return f"{name[:1].upper()}{name[1:]}" if name else language


def direction(language: str) -> str:
    """`rtl` for a language written from right to left, else `ltr`."""
    try:
        return Locale.parse(language, sep="-").text_direction
    except (ValueError, UnknownLocaleError):
        return "ltr"
