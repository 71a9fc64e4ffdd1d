"""How fast `formroute.feel` evaluates and compiles, beside the engines of PyPI, each with the same plain dict.

    python tests/benchmarks/feel_speed.py

Needs `common-expression-language`, `cel-python`, `rule-engine` and `pysfeel`; one that is not installed is left out.
"""

from __future__ import annotations

import importlib
import timeit
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from time import process_time
from typing import Any

from formroute import feel

FEEL = 'depth_cm >= 10 and surface in ("road", "lane")'
CEL = 'depth_cm >= 10 && surface in ["road", "lane"]'
RULE = 'depth_cm >= 10 and surface in ["road", "lane"]'
PYSFEEL = '({depth_cm} >= 10) and ("{surface}" in ("road", "lane"))'
ANSWERS = {"depth_cm": 12, "surface": "lane"}
ROUNDS = 30
SHARE = 10
COMPILED = 1000

Once = Callable[[], Any]


def ours() -> Once:
    """`formroute.feel`, numbers already Decimal."""
    program = feel.compile(FEEL)
    answers = {**ANSWERS, "depth_cm": Decimal(12)}
    return lambda: program(answers)


def ours_with_warnings() -> Once:
    """`formroute.feel`, giving a Result."""
    program = feel.compile(FEEL)
    answers = {**ANSWERS, "depth_cm": Decimal(12)}
    return lambda: program.evaluate(answers).value


def rust_cel() -> Once:
    """`common-expression-language`, in Rust."""
    program = importlib.import_module("cel").compile(CEL)
    return lambda: program.execute(ANSWERS)


def cel_python() -> Once:
    """`cel-python`, in Python; its own conversion of the dict is part of a call."""
    celpy = importlib.import_module("celpy")
    environment = celpy.Environment()
    program = environment.program(environment.compile(CEL))
    return lambda: program.evaluate(celpy.json_to_cel(ANSWERS))


def rule_engine() -> Once:
    """`rule-engine`, in Python."""
    rule = importlib.import_module("rule_engine").Rule(RULE)
    return lambda: rule.matches(ANSWERS)


def pysfeel() -> Once:
    """`pySFeel`, which reads the text on every call, the answers written into it."""
    parser = importlib.import_module("pySFeel").SFeelParser()
    return lambda: parser.sFeelParse(PYSFEEL.format(**ANSWERS))[1]


ENGINES: Mapping[str, Callable[[], Once]] = {
    "formroute.feel": ours,
    "formroute.feel, with warnings": ours_with_warnings,
    "common-expression-language (Rust)": rust_cel,
    "cel-python": cel_python,
    "rule-engine": rule_engine,
    "pySFeel": pysfeel,
}


def measured() -> dict[str, float]:
    """Time every engine that is installed, in microseconds: the best of rounds that go through all of them in turn."""
    timers: dict[str, tuple[timeit.Timer, int]] = {}
    for name, prepare in ENGINES.items():
        with suppress(ImportError):
            once = prepare()
            assert once()
            timers[name] = (timeit.Timer(once), max(1, timeit.Timer(once).autorange()[0] // SHARE))
    best = dict.fromkeys(timers, float("inf"))
    for _ in range(ROUNDS):
        for name, (timer, number) in timers.items():
            best[name] = min(best[name], timer.timeit(number) / number * 1e6)
    return best


def seconds_to_compile(count: int) -> float:
    """Time compiling so many different expressions."""
    texts = [FEEL.replace("10", str(number)) for number in range(count)]
    start = process_time()
    for text in texts:
        feel.compile(text, ANSWERS)
    return process_time() - start


def main() -> None:
    """Print the times and their ratios to ours."""
    times = measured()
    base = times["formroute.feel"]
    for name, time in times.items():
        print(f"{name:36}{time:9.2f} µs{time / base:8.1f} ×")
    print(f"compiling {COMPILED} expressions: {seconds_to_compile(COMPILED):.2f} s")


if __name__ == "__main__":
    main()
