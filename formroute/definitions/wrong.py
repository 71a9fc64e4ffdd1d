"""How a reader of one value says that it is wrong, so that `read` can say where."""

from __future__ import annotations

from pydantic_core import PydanticCustomError


def wrong(
    code: str, *, instead: str | None = None, quote: bool = False, at: str = "", **values: object
) -> PydanticCustomError:
    """The error to raise inside a pydantic validator.

    `instead` is the word to put in its place, `quote` asks for the whole rest of the line in quotes,
    and `values` fill the catalogue's sentence for `code`. A mapping says by `at` of which of its keys it speaks.
    """
    context = {"code": code, "instead": instead, "quote": quote, "at": at, "values": values}
    return PydanticCustomError("wrong", "{code}", context)
