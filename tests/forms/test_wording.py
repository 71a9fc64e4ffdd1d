"""Warnings about the words of a form, only where nothing has to be understood to be sure."""

from __future__ import annotations

import textwrap

import pytest

from tests.forms.made import compiled, page


def asked(name: str, label: str, more: str = "") -> str:
    keys = f"type: text\nlabel:\n  en: {label}\n  fr: {label}\n{textwrap.dedent(more)}"
    return f"{name}:\n{textwrap.indent(keys, '  ')}\n"


def found(fields: str) -> list[tuple[str, int]]:
    form, problems = compiled(page(fields))
    assert form is not None, problems
    return [(problem.code, problem.mark.line) for problem in problems]


# What is asked on one page | the findings and their lines
WORDS = [
    (asked("a", "Address") + asked("b", "Phone"), []),
    (asked("a", "Address") + asked("b", "address"), [("F251", 23)]),
    ("a:\n  type: text\n  label:\n    en: Given name\n    fr: Nom\n"
     "b:\n  type: text\n  label:\n    en: Family name\n    fr: Nom\n", [("F251", 23)]),
    (asked("a", "word " * 24), []),
    (asked("a", "word " * 25), [("F254", 17), ("F254", 18)]),
    (asked("a", "word " * 25).replace("type: text", "type: declaration"), []),
    (asked("a", "Name") + asked("b", "Number", "show_when: {a: {contains: x}}\n")
     + asked("c", "Number"), []),
    (asked("a", "PLEASE WRITE YOUR NAME"), [("F252", 17), ("F252", 18)]),
    (asked("a", "Your SIN or PO BOX"), []),
    (asked("a", "PO BOX"), []),
    (asked("a", "Permit", "pattern: 'P-[0-9]{3}'"), [("F255", 19)]),
    (asked("a", "Permit", "pattern: 'P-[0-9]{3}'\nhint:\n  en: Such as P-123.\n  fr: Par exemple, P-123."), []),
    (asked("a", "Address", "hint:\n  en: Where do you live?\n  fr: Votre adresse postale.\n"), [("F253", 20)]),
    (asked("a", "Where do you live?", "hint:\n  en: Is it a flat?\n  fr: Un appartement?\n"), []),
    (asked("a", "Address", "hint:\n  en: Not sure? Leave it empty.\n  fr: Dans le doute, passez.\n"), []),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), WORDS)
def test_words_that_make_a_page_harder_are_warned_of(fields: str, expected: list[tuple[str, int]]) -> None:
    assert found(fields) == expected
