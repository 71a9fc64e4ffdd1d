"""How much one expression may ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one expression and of one evaluation.

    `text` and `characters` count characters, `items` counts list items, `nesting` counts levels of the tree
    and of a value that the caller gives, `calls` counts functions inside functions. A step is a few microseconds of
    work at most.
    """

    text: int = 10_000
    nesting: int = 64
    steps: int = 100_000
    calls: int = 40
    items: int = 50_000
    characters: int = 200_000
    warnings: int = 50


LIMITS = Limits()
