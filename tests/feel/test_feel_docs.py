"""The reference page: its examples are run, and it names every function."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from formroute.feel.catalogue import LINES
from tests.feel.tables import agree

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "feel.md").read_text("utf-8")
BLOCKS = re.findall(r"```feel\n(.*?)```", PAGE, re.DOTALL)
EXAMPLES = [tuple(map(str.strip, line.split("=>"))) for block in BLOCKS for line in block.strip().splitlines()]


@pytest.mark.parametrize(("source", "value"), EXAMPLES)
def test_examples_give_what_they_say(source: str, value: str) -> None:
    """Each line of the page is true."""
    assert agree(source, value)


def test_python_examples_give_what_they_say() -> None:
    """The session with Python on the page is what happens."""
    session = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(session, {}, "feel.md", None, None)
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("name", sorted({line.partition("(")[0] for line in LINES}))
def test_every_function_stands_on_the_page(name: str) -> None:
    """No function is left out."""
    assert f"`{name}(" in PAGE or f"`{name}`" in PAGE
