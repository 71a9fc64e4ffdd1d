"""Feed FEEL with made-up texts for as long as asked: `python -m tests.feel.fuzz --seconds 60`.

Exits with 1 at the first text that raises something else than `FeelError`, takes longer than a second, or is not the
same tree when it is written and read again. `--seed` repeats a run.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from time import monotonic, process_time

from formroute import feel
from tests.feel.expressions import FIELDS, NAMES, WORDS

SLOWEST = 1.0
SCOPE = {"depth": 3, "Full Name": "Ada", "date": None, "for": [{"kind": "a", "unit cost": 1}], "cost/benefit": 2}
TEMPLATES = (
    "{} + {}",
    "({})",
    "[{}, {}]",
    "{}[{}]",
    "if {} then {} else {}",
    "for x in {} return {}",
    "some x in {} satisfies {}",
    "{{a: {}, b: {}}}",
    "{} in ({}, < {})",
    "[{}..{}]",
    "(function(x) {})({})",
    "sort({}, function(x, y) {})",
    "string({})",
    "matches({}, {})",
    "replace({}, {}, {})",
    "{} between {} and {}",
    "date({})",
    "{}.kind",
    "{} instance of list<{}>",
    "-{}",
    "duration({}) * {}",
    "{} ** {}",
    "for i in 1..{} return {}",
    "flatten({})",
    "context put({}, {}, {})",
    "range({})",
)


def texts(chance: random.Random) -> Iterator[str]:
    """Make texts without end: nested templates, heaps of words, and both with characters changed."""
    while True:
        text = _made(chance, chance.randrange(6)) if chance.random() < 0.6 else _heap(chance)
        yield _changed(chance, text) if chance.random() < 0.3 else text


def problem(text: str) -> str | None:
    """Try a text, and say what went wrong, if anything did."""
    start = process_time()
    try:
        _try(text)
    except feel.FeelError:
        pass
    except Exception as error:  # noqa: BLE001 - to find these is what this is for
        return f"{type(error).__name__}: {error}"
    taken = process_time() - start
    return f"took {taken:.1f} s" if taken > SLOWEST else None


def _try(text: str) -> None:
    tree = feel.parse(text, NAMES, fields=FIELDS)
    if feel.parse(feel.unparse(tree), NAMES, fields=FIELDS) != tree:
        raise AssertionError(f"not the same when written: {feel.unparse(tree)}")
    feel.check(text, {"depth": "number", "Full Name": "string", "for": "list<Any>"})
    feel.evaluate(text, SCOPE)


def _made(chance: random.Random, depth: int) -> str:
    if not depth:
        return chance.choice(WORDS)
    template = chance.choice(TEMPLATES)
    parts = [_made(chance, chance.randrange(depth)) for _ in range(3)]
    return template.format(*parts)


def _heap(chance: random.Random) -> str:
    return chance.choice([" ", ""]).join(chance.choices(WORDS, k=chance.randrange(1, 40)))


def _changed(chance: random.Random, text: str) -> str:
    characters = list(text)
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(len(characters) + 1)
        code = chance.choice([chance.randrange(128), chance.randrange(0x11000)])
        characters[place : place + chance.randrange(2)] = chr(code)
    return "".join(characters)


def main() -> int:
    """Run until the time is over or something is found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    options = parser.parse_args()
    end, tried = monotonic() + options.seconds, 0
    for text in texts(random.Random(options.seed)):
        if monotonic() > end:
            break
        tried += 1
        if found := problem(text):
            print(f"seed {options.seed}: {found}\n{text!r}")
            return 1
    print(f"seed {options.seed}: {tried} texts, nothing found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
