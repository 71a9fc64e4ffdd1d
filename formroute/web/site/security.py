"""The headers every answer of the blueprint carries; a header that the city's own app has set stays as it is."""

from flask import Request, Response

from formroute.web.site.language import A_YEAR

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

IMPERSONAL = frozenset({"static", "front", "catalogue", "api_description"})
"""Views that show the same to everyone; every other answer may be about one person and is never stored."""


def protect(request: Request, response: Response, version: str) -> Response:
    """Add the headers that are missing, and keep personal pages out of every cache.

    A static file that is asked for by the `version` it has now may be kept for good.
    """
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    view = (request.endpoint or "").rpartition(".")[2]
    if view == "static" and request.args.get("v") == version:
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    elif view not in IMPERSONAL:
        response.headers["Cache-Control"] = "no-store"
    return response
